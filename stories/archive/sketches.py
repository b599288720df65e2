"""Sketches: the samples of texts by which later articles find what they may repeat.

Those of the latest epoch lie loose, a row an article, and are kept in mind; when the next epoch
begins they are bound into pages, and a sieve of them is kept in mind instead.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from sqlalchemy import Connection, delete, func, select

from stories.archive import sieves, sketch_pages
from stories.archive.bulk import insert_rows, rows_among
from stories.archive.loose_sketches import LooseSketches
from stories.archive.sketch_pages import EPOCH, Entries, Hashes, epoch
from stories.tables.filing import sketch, sketch_page

EPOCHS = 16
"""So many epochs are searched, the latest."""

_LOOSE = "SELECT article_id, hashes FROM sketch WHERE article_id {among}"


@dataclass(slots=True, kw_only=True)
class Recalled:
    """The sketches that a filer keeps in mind; all of it can be had from the archive again.

    `sieves` has those of the epochs that were asked for, None where an epoch is not bound; `bound`
    is the latest one that is, -1 while there is none.
    """

    loose: LooseSketches | None = None
    bound: int = -1
    sieves: dict[int, sieves.Bits | None] = field(default_factory=dict)

    def forget(self) -> None:
        """Keep nothing in mind."""
        self.loose = None
        self.sieves.clear()


class Sketches:
    """The rows of `sketch`, `sketch_page` and `sieve` in one transaction."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def sharing(self, hashes: Sequence[int], recalled: Recalled) -> dict[int, list[int]]:
        """The articles whose sketch has each of these hashes, in order of arrival.

        Looked for in the latest `EPOCHS` alone: bounded work, whatever the archive holds.
        """
        every = np.array(sorted(hashes), dtype=np.int64)
        loose = self._loose(recalled)
        latest = max(epoch(loose.last), recalled.bound)
        sought: dict[int, Hashes] = {}
        for number in range(max(0, latest - EPOCHS + 1), latest + 1):
            bits = self._sieve(number, recalled)
            if bits is not None and len(some := sieves.sift(bits, every)):
                sought[number] = some
        found: dict[int, list[int]] = {}
        for value, article in sketch_pages.having(self._connection, sought):
            found.setdefault(value, []).append(article)
        for value, article in loose.having(every):
            found.setdefault(value, []).append(article)
        for articles in found.values():
            articles.sort()
        for number in [one for one in recalled.sieves if one <= latest - EPOCHS]:
            del recalled.sieves[number]
        return found

    def remember(self, fresh: Mapping[int, Sequence[int]], recalled: Recalled) -> None:
        """Add hashes to the sketches of articles; bind what is of no epoch but the latest."""
        fresh = {one: some for one, some in fresh.items() if len(some)}
        if not fresh:
            return
        loose = self._loose(recalled)
        start = EPOCH * max(epoch(max(fresh)), epoch(loose.last), recalled.bound)
        if 0 < loose.first < start:
            self._bind(loose.take(0, start - 1), recalled)
            self._connection.execute(delete(sketch).where(sketch.c.article_id < start))
        self._bind(_entries({one: some for one, some in fresh.items() if one < start}), recalled)
        self._add({one: some for one, some in fresh.items() if one >= start}, loose)

    def forget(self, number: int, hashes: Sequence[int], recalled: Recalled) -> None:
        """Take these hashes out of an article's sketch, because its text has changed."""
        loose = self._loose(recalled)
        if loose.first <= number <= loose.last:
            loose.take(number, number)
            self._connection.execute(delete(sketch).where(sketch.c.article_id == number))
        sketch_pages.remove(
            self._connection, epoch(number), np.array(hashes, dtype=np.int64), number
        )

    def _add(self, fresh: Mapping[int, Sequence[int]], loose: LooseSketches) -> None:
        rows = {one: np.array(some, dtype="<i8").tobytes() for one, some in fresh.items()}
        # Those of an article whose sketch is there already are added to it.
        older = [one for one in fresh if one <= loose.last]
        for number, there in rows_among(self._connection, _LOOSE, older):
            rows[number] = there + rows[number]
        insert_rows(
            self._connection,
            sketch,
            ("article_id", "hashes"),
            list(rows.items()),
            otherwise="UPDATE SET hashes = excluded.hashes",
        )
        loose.add(*_entries(fresh))

    def _bind(self, entries: Entries, recalled: Recalled) -> None:
        """Bring hashes onto the pages of their epochs."""
        epochs = entries[1] // EPOCH
        for number in sorted(set(epochs.tolist())):
            hashes, articles = (part[epochs == number] for part in entries)
            bits = self._sieve(number, recalled)
            if bits is None:
                sketch_pages.bind(self._connection, number, hashes, articles)
                recalled.bound = max(recalled.bound, number)
                bits = recalled.sieves[number] = sieves.empty()
                sieves.mark(bits, hashes)
                sieves.keep(self._connection, number, bits)
            else:
                sketch_pages.add(self._connection, number, hashes, articles)
                sieves.mark(bits, hashes)
                sieves.drop(self._connection, number)

    def _loose(self, recalled: Recalled) -> LooseSketches:
        """The loose sketches, as the archive has them at this moment."""
        if recalled.loose is None:
            recalled.loose = LooseSketches()
            rows = self._connection.execute(select(sketch)).all()
            recalled.loose.add(*_entries({row[0]: np.frombuffer(row[1], "<i8") for row in rows}))
            bound = self._connection.execute(select(func.max(sketch_page.c.epoch))).scalar()
            recalled.bound = -1 if bound is None else bound
        return recalled.loose

    def _sieve(self, number: int, recalled: Recalled) -> sieves.Bits | None:
        """The sieve of an epoch that is bound; made when there is none."""
        if number not in recalled.sieves:
            bits = sieves.kept(self._connection, number)
            if bits is None and len(hashes := sketch_pages.hashes_of(self._connection, number)):
                bits = sieves.empty()
                sieves.mark(bits, hashes)
                sieves.keep(self._connection, number, bits)
            recalled.sieves[number] = bits
        return recalled.sieves[number]


def _entries(some: Mapping[int, Sequence[int] | Hashes]) -> Entries:
    """All hashes of some articles, each with its article."""
    sizes = [len(one) for one in some.values()]
    hashes = [np.asarray(one, dtype=np.int64) for one in some.values()]
    return (
        np.concatenate([sketch_pages.NONE, *hashes]),
        np.repeat(np.array(list(some), dtype=np.int64), sizes),
    )
