"""Binding: the sheets of many articles, in order of their ids, into the pages of one volume."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from stories.sheet import Sheet
from stories.volumes.pages import (
    GAP,
    MARK,
    MOST_ARTICLES,
    MOST_PLACES,
    MOST_WORDS,
    Kind,
    Page,
    key_of,
    write_blocks,
)

# The arrays of a volume, an element an article; those of NAMED are numbers of names.
COLUMNS = ("id", "published", "seen", "length", "lead", "outlet", "language", "site")
NAMED = ("outlet", "language", "site")

NEVER = np.iinfo(np.int64).min
"""What stands for an instant that is not known."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TICK = timedelta(microseconds=1)


def ticks(at: datetime | None) -> int:
    """An instant as microseconds since 1970."""
    return int(NEVER) if at is None else (at - _EPOCH) // _TICK


def instant(number: int) -> datetime:
    """The instant that :func:`ticks` counted."""
    return _EPOCH + number * _TICK


class Binder:
    """Takes sheets in order of their ids; at most MOST_ARTICLES of them."""

    def __init__(self) -> None:
        self._codes: dict[str, int] = {}
        self._tokens = array("I")
        self._runs = array("I")
        self._columns: dict[str, array[int]] = {
            name: array("I" if name in NAMED else "q") for name in COLUMNS
        }
        self._names: dict[str, dict[str, int]] = {name: {} for name in NAMED}

    def __len__(self) -> int:
        return len(self._columns["id"])

    @property
    def full(self) -> bool:
        """Whether the volume has as many articles or words as it can hold."""
        return len(self) >= MOST_ARTICLES or len(self._codes) > MOST_WORDS - 200_000

    def add(self, sheet: Sheet) -> None:
        """Take in one article."""
        text = sheet.text[: MOST_PLACES - 2 * GAP - len(sheet.title)]
        codes = self._codes
        for tokens in (text, sheet.title, [MARK + token for token in sheet.byline]):
            self._tokens.extend([codes.setdefault(token, len(codes)) for token in tokens])
            self._runs.append(len(tokens))
        self.note(
            id=sheet.id,
            published=ticks(sheet.published),
            seen=ticks(sheet.seen),
            length=len(text),
            lead=min(sheet.lead, len(text)),
            outlet=sheet.outlet,
            language=sheet.language,
            site=sheet.site,
        )

    def note(self, **row: int | str) -> None:
        """Take in what the columns say of one article."""
        for name, value in row.items():
            if isinstance(value, str):
                names = self._names[name]
                value = names.setdefault(value.replace("\n", " "), len(names))  # noqa: PLW2901 - its number
            self._columns[name].append(value)

    def ids(self) -> list[int]:
        """The articles taken in so far."""
        return self._columns["id"].tolist()

    def span(self) -> tuple[int, int, int, int]:
        """First and last id, first and last instant (as ticks) of what was taken in."""
        known = (*self._columns["published"], *self._columns["seen"])
        times = [at for at in known if at != NEVER]
        ids = self._columns["id"]
        return ids[0], ids[-1], min(times), max(times)

    def pages(self) -> Iterator[Page]:
        """The pages of the volume."""
        yield from self.columns()
        words = sorted(self._codes)
        codes = np.fromiter((self._codes[word] for word in words), np.int64, len(words))
        ranks = np.empty(len(words), np.int64)
        ranks[codes] = np.arange(len(words))
        keys = self._keys(ranks)
        keys.sort()
        yield from shelve(write_blocks(keys, words, 0) if words else ())

    def columns(self) -> Iterator[Page]:
        """The pages of the columns, and of the names in them."""
        for number, name in enumerate(COLUMNS):
            yield Page(Kind.COLUMN, number, pack(np.array(self._columns[name])))
        for number, name in enumerate(NAMED):
            yield Page(Kind.NAMES, number, "\n".join(self._names[name]).encode())

    def _keys(self, ranks: NDArray[np.int64]) -> NDArray[np.int64]:
        runs = np.array(self._runs, np.int64)
        length = runs[0::3]
        starts = np.zeros(len(runs), np.int64)
        starts[1::3] = length + GAP
        firsts = np.cumsum(runs) - runs
        place = np.arange(len(self._tokens)) + np.repeat(starts - firsts, runs)
        article = np.repeat(np.arange(len(runs)) // 3, runs)
        return key_of(ranks[np.frombuffer(self._tokens, np.uint32)], article, place)


def shelve(blocks: Iterable[tuple[str, Page, Page]]) -> Iterator[Page]:
    """The pages of blocks, and at their end the directory: the first word of each block."""
    first: list[str] = []
    for word, words, places in blocks:
        first.append(word)
        yield words
        yield places
    yield Page(Kind.DIRECTORY, 0, "\n".join(first).encode())


def pack(column: NDArray[np.int64] | Sequence[int]) -> bytes:
    """An array in as few bytes an element as its numbers need; what they are comes first."""
    numbers = np.asarray(column)
    if len(numbers) and numbers.min() >= 0:
        numbers = numbers.astype(np.min_scalar_type(int(numbers.max())))
    else:
        numbers = numbers.astype(np.int64)
    numbers = numbers.astype(numbers.dtype.newbyteorder("<"))
    return numbers.dtype.str.encode().ljust(8) + numbers.tobytes()


def unpack(data: bytes) -> NDArray[np.int64]:
    """The array that :func:`pack` packed."""
    return np.frombuffer(data, np.dtype(data[:8].decode().strip()), offset=8)
