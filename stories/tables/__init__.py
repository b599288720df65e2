"""How the nouns lie in the database; only the archive imports this."""

from __future__ import annotations

from stories.tables import filing, press
from stories.tables.schema import metadata

__all__ = ["filing", "metadata", "press"]
