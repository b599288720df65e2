"""Events (a place for the filing room)."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from stories.model import Story


class Events:
    """What the filing room keeps of events in one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def stories(self, ids: Sequence[int]) -> dict[int, Story]:
        """These stories, without their topics."""
        return {}
