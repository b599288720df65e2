"""What the operator sees."""

__version__ = "0.1.0"
