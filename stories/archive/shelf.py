"""What a process remembers of an archive's words between questions: volumes, pages, sheets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from threading import RLock
from typing import Any

from sqlalchemy import Connection

from stories.archive.chunks import chunks
from stories.sheet import Sheet
from stories.volumes.pages import Kind
from stories.volumes.volume import PageName, Volume

KIND_BITS = 4
NUMBER_BITS = 24
MOST_KEPT = 48 * 2**20
"""Bytes of pages that are read until what was not used meanwhile is let go."""

MOST_SHEETS = 20_000


def page_id(number: int, kind: Kind, page: int) -> int:
    """The key of a page's row."""
    return ((number << KIND_BITS) | kind) << NUMBER_BITS | page


@dataclass(frozen=True, slots=True)
class Bound:
    """What the list of volumes says of one of them."""

    id: int
    articles: int
    first: int
    last: int
    first_at: int
    last_at: int
    gone: bytes


class Shelf:
    """What a process remembers of an archive's volumes and loose sheets between questions."""

    def __init__(self) -> None:
        self.lock = RLock()
        self.volumes: dict[int, tuple[bytes, Volume]] = {}
        self.sheets: dict[int, Sheet] = {}
        self.kept = 0
        self.connection: Connection | None = None

    def fetch(self, number: int, names: Sequence[PageName]) -> dict[PageName, bytes]:
        """Pages of one volume, by the connection that asks now."""
        ids = {page_id(number, kind, page): (kind, page) for kind, page in names}
        return {ids[at]: data for at, data in self.pages(sorted(ids))}

    def pages(self, ids: Sequence[int]) -> list[tuple[int, bytes]]:
        """Pages by their keys."""
        assert self.connection is not None  # noqa: S101 - asked within a question only
        # Below SQLAlchemy: PostgreSQL sends bytes as they are only when asked for it.
        driver: Any = self.connection.connection.driver_connection
        found: list[tuple[int, bytes]] = []
        for some in chunks(ids):
            if self.connection.dialect.name == "sqlite":
                marks = ",".join("?" * len(some))
                rows = driver.execute(
                    f"SELECT id, data FROM volume_page WHERE id IN ({marks})",  # noqa: S608 - question marks
                    some,
                )
            else:
                rows = driver.execute(
                    "SELECT id, data FROM volume_page WHERE id = ANY(%s)", [list(some)], binary=True
                )
            found += rows.fetchall()
        self.kept += sum(len(data) for _, data in found)
        return found

    def bring(self, wanted: Iterable[tuple[Volume, PageName]]) -> None:
        """Have volumes take pages that they lack, all in one statement."""
        by_id = {page_id(one.number, *page): (one, page) for one, page in wanted}
        for at, data in self.pages(sorted(by_id)):
            one, page = by_id[at]
            one.take(page, data)

    def tidy(self) -> None:
        """Let go of what was not used for long when there is much else."""
        if self.kept > MOST_KEPT:
            for _, one in self.volumes.values():
                one.age()
            self.kept = 0
        if len(self.sheets) > MOST_SHEETS:
            self.sheets.clear()
