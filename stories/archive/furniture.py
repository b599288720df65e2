"""What each outlet repeats on its pages: how often which line was met, and when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from sqlalchemy import Connection, and_, delete, func, insert, or_, select

from stories.archive.chunks import chunks
from stories.archive.upsert import upsert
from stories.tables.furniture import outlet_line, outlet_pages

BITS: Final = 40
"""Bits of a line's hash: with the number of its outlet above them it is the key of a row."""


class Met(NamedTuple):
    """On how many pages of its outlet a line stood, and the numbers of the first and the last."""

    pages: int
    first: int
    last: int


class Furniture:
    """The lines of outlets' pages, by hashes of :data:`BITS` bits."""

    def __init__(self, connection: Connection) -> None:
        """Read and write within the transaction of a connection."""
        self._connection = connection

    def outlets(self, names: Iterable[str]) -> dict[str, tuple[int, int]]:
        """The number of each outlet, and how many of its pages were counted; new ones get one."""
        wanted = sorted(set(names))
        found = self._outlets(wanted)
        fresh = [name for name in wanted if name not in found]
        if fresh:
            last = self._connection.execute(select(func.max(outlet_pages.c.id))).scalar() or 0
            rows = [
                {"id": number, "outlet": name, "pages": 0}
                for number, name in enumerate(fresh, last + 1)
            ]
            self._connection.execute(insert(outlet_pages), rows)
            found |= self._outlets(fresh)
        return found

    def _outlets(self, names: list[str]) -> dict[str, tuple[int, int]]:
        columns = (outlet_pages.c.outlet, outlet_pages.c.id, outlet_pages.c.pages)
        return {
            name: (number, pages)
            for some in chunks(names)
            for name, number, pages in self._connection.execute(
                select(*columns).where(outlet_pages.c.outlet.in_(some))
            )
        }

    def lines(self, wanted: Iterable[tuple[int, int]]) -> dict[tuple[int, int], Met]:
        """What is known of lines: by the number of their outlet and their hash."""
        keys = sorted({_key(outlet, mark) for outlet, mark in wanted})
        mask = (1 << BITS) - 1
        return {
            (key >> BITS, key & mask): Met(pages, first, last)
            for some in chunks(keys)
            for key, pages, first, last in self._connection.execute(
                select(outlet_line).where(outlet_line.c.key.in_(some))
            )
        }

    def keep(
        self, met: Mapping[tuple[int, int], Met], pages: Mapping[str, tuple[int, int]]
    ) -> None:
        """Write down what was met, and how many pages of which outlets were counted."""
        rows = [
            {"key": _key(*which), "pages": one.pages, "first": one.first, "last": one.last}
            for which, one in sorted(met.items())
        ]
        upsert(self._connection, outlet_line, rows, replace=("pages", "first", "last"))
        counted = [
            {"id": number, "outlet": name, "pages": count}
            for name, (number, count) in sorted(pages.items())
        ]
        upsert(self._connection, outlet_pages, counted, replace=("pages",))

    def forget(self, outlet: int, *, once_before: int, before: int) -> None:
        """Drop an outlet's lines last met before a page, and before another if met only once."""
        old = or_(
            outlet_line.c.last < before,
            and_(outlet_line.c.pages == 1, outlet_line.c.last < once_before),
        )
        mine = outlet_line.c.key.between(_key(outlet, 0), _key(outlet + 1, 0) - 1)
        self._connection.execute(delete(outlet_line).where(mine, old))


def _key(outlet: int, mark: int) -> int:
    return (outlet << BITS) | mark
