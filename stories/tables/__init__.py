"""How the nouns lie in the database; only the archive imports this."""

from __future__ import annotations

from stories.tables import coverage, filing, furniture, press, volumes
from stories.tables.schema import metadata

__all__ = ["coverage", "filing", "furniture", "metadata", "press", "volumes"]
