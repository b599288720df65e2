"""Sketches of full epochs, bound: pages of hashes in ascending order, each with its article.

A page of 128 hashes is one short row: a tenth of what as many rows take, to write and to keep.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection

from stories.archive.arrays import numbers
from stories.archive.bulk import insert_rows, rows_among, rows_of
from stories.ascending import is_first
from stories.tables.filing import sketch_page

EPOCH = 8_192
"""So many articles are an epoch, whose sketches lie side by side."""

PAGE = 128
"""Hashes on a page, as long as none is on two; what is added later makes it longer."""

BEFORE = -(1 << 63)
"""What comes before any hash."""

Hashes = NDArray[np.int64]
Articles = NDArray[np.int64]
Entries = tuple[Hashes, Articles]
NONE: Hashes = np.zeros(0, dtype=np.int64)

_SIZE = 10
_BESIDE = (
    "SELECT first, entries FROM sketch_page WHERE epoch = ?1 AND first IN"
    " (SELECT (SELECT max(first) FROM sketch_page WHERE epoch = ?1 AND first <= one.value)"
    " FROM json_each(?2) AS one)"
)
_BESIDE_ON_POSTGRESQL = (
    "SELECT DISTINCT ON (page.epoch, page.first) page.epoch, page.first, page.entries"
    " FROM unnest(%s::bigint[], %s::bigint[]) AS one (epoch, hash) CROSS JOIN LATERAL"
    " (SELECT * FROM sketch_page AS other WHERE other.epoch = one.epoch"
    " AND other.first <= one.hash ORDER BY other.first DESC LIMIT 1) AS page"
)
_ANY = "SELECT 1 FROM sketch_page WHERE epoch {among} LIMIT 1"
_EVERY = "SELECT entries FROM sketch_page WHERE epoch {among}"


def epoch(number: int) -> int:
    """The epoch of an article."""
    return number // EPOCH


def ordered(hashes: Hashes, articles: Articles) -> Entries:
    """Hashes with their articles in ascending order, each pair once."""
    order = np.lexsort((articles, hashes))
    hashes, articles = hashes[order], articles[order]
    first = is_first(hashes) | is_first(articles)
    return hashes[first], articles[first]


def having(connection: Connection, sought: Mapping[int, Hashes]) -> Iterator[tuple[int, int]]:
    """Of the hashes sought in each epoch those that are there, with the articles."""
    for number, _, (hashes, articles) in _pages_beside(connection, sought):
        mine = sought[number]
        found = mine.take(np.searchsorted(mine, hashes), mode="clip") == hashes
        yield from zip(hashes[found].tolist(), articles[found].tolist(), strict=True)


def hashes_of(connection: Connection, number: int) -> Hashes:
    """All hashes of an epoch."""
    rows = rows_among(connection, _EVERY, [number])
    return np.concatenate([NONE, *(_read(number, entries)[0] for (entries,) in rows)])


def are_there(connection: Connection, number: int) -> bool:
    """Whether an epoch was bound."""
    return bool(rows_among(connection, _ANY, [number]))


def bind(connection: Connection, number: int, hashes: Hashes, articles: Articles) -> None:
    """Make the pages of an epoch that has none."""
    _write(connection, number, _cut(*ordered(hashes, articles)))


def add(connection: Connection, number: int, hashes: Hashes, articles: Articles) -> None:
    """Add hashes to the pages of an epoch that has some."""
    hashes, articles = ordered(hashes, articles)
    beside = sorted(_pages_beside(connection, {number: hashes}), key=lambda page: page[1])
    place = np.searchsorted([first for _, first, _ in beside], hashes, "right") - 1
    _write(
        connection,
        number,
        [
            (
                first,
                ordered(
                    np.concatenate((older, hashes[place == at])),
                    np.concatenate((whose, articles[place == at])),
                ),
            )
            for at, (_, first, (older, whose)) in enumerate(beside)
        ],
    )


def remove(connection: Connection, number: int, hashes: Hashes, article: int) -> None:
    """Take hashes of an article out of the pages of its epoch."""
    _write(
        connection,
        number,
        [
            (first, (older[~gone], whose[~gone]))
            for _, first, (older, whose) in _pages_beside(connection, {number: np.sort(hashes)})
            if (gone := (whose == article) & np.isin(older, hashes)).any()
        ],
    )


def _cut(hashes: Hashes, articles: Articles) -> Iterator[tuple[int, Entries]]:
    """The first hash of each page, and what is on it; the first page begins before any hash."""
    begins = is_first(hashes).nonzero()[0]
    cuts = begins.take(np.searchsorted(begins, np.arange(0, len(hashes), PAGE)), mode="clip")
    cuts = cuts[is_first(cuts)]
    first = [BEFORE, *hashes[cuts[1:]].tolist()]
    pages = zip(np.split(hashes, cuts[1:]), np.split(articles, cuts[1:]), strict=True)
    return zip(first, pages, strict=True)


def _write(connection: Connection, number: int, pages: Iterable[tuple[int, Entries]]) -> None:
    insert_rows(
        connection,
        sketch_page,
        ("epoch", "first", "entries"),
        [(number, first, _written(hashes, articles)) for first, (hashes, articles) in pages],
        otherwise="UPDATE SET entries = excluded.entries",
    )


def _pages_beside(
    connection: Connection, sought: Mapping[int, Hashes]
) -> Iterator[tuple[int, int, Entries]]:
    """The pages on which these hashes of epochs are, if anywhere: epoch, first hash, entries."""
    if connection.dialect.name == "sqlite":
        for number, hashes in sought.items():
            listed = json.dumps(hashes.tolist())
            for first, entries in rows_of(connection, _BESIDE, (number, listed)):
                yield number, first, _read(number, entries)
    elif sought:
        epochs = [number for number, hashes in sought.items() for _ in range(len(hashes))]
        every: Sequence[int] = np.concatenate(list(sought.values())).tolist()
        rows = rows_of(connection, _BESIDE_ON_POSTGRESQL, (numbers(epochs), numbers(every)))
        for number, first, entries in rows:
            yield number, first, _read(number, entries)


def _written(hashes: Hashes, articles: Articles) -> bytes:
    return hashes.astype("<i8").tobytes() + (articles % EPOCH).astype("<u2").tobytes()


def _read(number: int, entries: bytes) -> Entries:
    count = len(entries) // _SIZE
    hashes = np.frombuffer(entries, "<i8", count)
    return hashes, np.frombuffer(entries, "<u2", count, 8 * count).astype(np.int64) + number * EPOCH
