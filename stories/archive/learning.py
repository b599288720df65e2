"""The forms of words: which words of a language are reduced to one stem."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection

from stories.archive.bulk import insert_rows
from stories.archive.chunks import chunks
from stories.sheet import Sheet
from stories.stems import stem
from stories.tables.schema import storable
from stories.tables.volumes import form

MOST_KNOWN = 1 << 20
"""Words that a process remembers to have learned, eight bytes each."""


class Form(NamedTuple):
    """A word of a language, by the code of its stemmer."""

    code: str
    word: str


def spoken(sheets: Iterable[Sheet]) -> Iterator[Form]:
    """The words of these sheets that have a stemmer, each once."""
    words: dict[str, set[str]] = {}
    for one in sheets:
        if one.stemmer:
            words.setdefault(one.stemmer, set()).update(one.text, one.title, one.byline)
    return forms(words)


def forms(words: Mapping[str, Iterable[str]]) -> Iterator[Form]:
    """Words by the code of their stemmer."""
    for code, some in words.items():
        yield from (Form(code, word) for word in sorted(some) if not word.isdigit())


def learn(connection: Connection, some: Iterable[Form]) -> None:
    """Remember the forms."""
    rows = [
        (storable(f"{one.code}:{stem(one.word, one.code)}"), storable(one.word)) for one in some
    ]
    for part in chunks(rows, 20_000):
        insert_rows(connection, form, ("stem", "word"), part)


class Learned:
    """What a process has learned already: most words of a batch were in the one before it."""

    def __init__(self) -> None:
        self._known: NDArray[np.int64] = np.empty(0, np.int64)

    def new(self, some: Iterable[Form]) -> list[Form]:
        """Those that have not been learned yet, as far as is remembered."""
        listed = list(some)
        hashes = _hashes(listed)
        at = np.searchsorted(self._known, hashes)
        at[at == len(self._known)] = 0
        known = self._known[at] == hashes if len(self._known) else np.zeros(len(listed), np.bool_)
        return [one for one, there in zip(listed, known.tolist(), strict=True) if not there]

    def remember(self, some: Iterable[Form]) -> None:
        """These are in the database, and committed."""
        known = self._known if len(self._known) < MOST_KNOWN else self._known[:0]
        self._known = np.union1d(known, _hashes(list(some)))


def _hashes(some: list[Form]) -> NDArray[np.int64]:
    # Of 64 bits: two words of a million have the same one once in ten million archives.
    return np.fromiter((hash(one) for one in some), np.int64, len(some))
