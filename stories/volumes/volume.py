"""One bound volume as it is read: columns, and where words stand; pages come as they are needed."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from stories.volumes.bind import COLUMNS, NAMED, NEVER, unpack
from stories.volumes.pages import PLACE_BITS, Block, Kind, places, some_places
from stories.volumes.varint import Numbers

PageName = tuple[Kind, int]
Mask = NDArray[np.bool_]

# No word has this character in it, so every word that starts with p is below p + ABOVE.
ABOVE = "\U0010ffff"


class Volume:
    """A volume by its number; `fetch` gives pages by their names, each kept while it is used."""

    def __init__(
        self,
        number: int,
        fetch: Callable[[int, Sequence[PageName]], dict[PageName, Any]],
        gone: Sequence[int] = (),
    ) -> None:
        self.number = number
        self._fetch = fetch
        self._columns: dict[str, NDArray[np.int64]] = {}
        self._names: dict[str, list[str]] = {}
        self._directory: list[str] | None = None
        self._blocks: dict[int, Block] = {}
        self._places: dict[int, bytes] = {}
        self.ids = self.column("id")
        self.living = np.ones(len(self.ids), np.bool_)
        if len(gone):
            self.living[self.places_of(np.asarray(gone, np.int64))] = False

    def __len__(self) -> int:
        return len(self.ids)

    def places_of(self, ids: NDArray[np.int64]) -> NDArray[np.int64]:
        """Which of the volume's articles have these ids; ids that are not in it are left out."""
        at = np.searchsorted(self.ids, ids)
        at[at == len(self.ids)] = 0
        return at[self.ids[at] == ids] if len(self.ids) else at[:0]

    def column(self, name: str) -> NDArray[np.int64]:
        """One of COLUMNS, or ``at``: when published or, where that is not known, first seen."""
        if name == "at" and name not in self._columns:
            published = self.column("published")
            self._columns[name] = np.where(published == NEVER, self.column("seen"), published)
        if name not in self._columns:
            page = (Kind.COLUMN, COLUMNS.index(name))
            self._columns[name] = unpack(self._fetch(self.number, [page])[page])
        return self._columns[name]

    def names(self, name: str) -> list[str]:
        """What the numbers in one of the NAMED columns stand for."""
        if name not in self._names:
            page = (Kind.NAMES, NAMED.index(name))
            self._names[name] = self._fetch(self.number, [page])[page].decode().split("\n")
        return self._names[name]

    def directory(self) -> list[str]:
        """The first word of each block."""
        if self._directory is None:
            page = (Kind.DIRECTORY, 0)
            text = self._fetch(self.number, [page])[page].decode()
            self._directory = text.split("\n") if text else []
        return self._directory

    def block_of(self, word: str) -> int | None:
        """The number of the block in which a word must be, if it is there at all."""
        at = bisect_right(self.directory(), word) - 1
        return at if at >= 0 else None

    def blocks_of(self, start: str) -> range:
        """The numbers of the blocks that may have words which start so."""
        directory = self.directory()
        first = max(0, bisect_right(directory, start) - 1)
        return range(first, bisect_left(directory, start + ABOVE))

    def block(self, number: int) -> Block:
        """A block of words."""
        if number not in self._blocks:
            page = (Kind.WORDS, number)
            self._blocks[number] = Block(self._fetch(self.number, [page])[page])
        return self._blocks[number]

    def page(self, kind: Kind, number: int) -> bytes:
        """A page, as bytes."""
        data: bytes = self._fetch(self.number, [(kind, number)])[kind, number]
        return data

    def have(self, blocks: Iterable[int]) -> list[PageName]:
        """The pages of words among these that are not here yet."""
        return [(Kind.WORDS, number) for number in blocks if number not in self._blocks]

    def take(self, number: int, data: bytes) -> None:
        """Here is a page of words that was missing."""
        self._blocks[number] = Block(data)

    def bring(self, blocks: Iterable[int]) -> None:
        """Fetch the places of these blocks, in one go."""
        missing = {(Kind.PLACES, number) for number in blocks if number not in self._places}
        if missing:
            for (_, number), data in self._fetch(self.number, sorted(missing)).items():
                self._places[number] = data

    def forget(self) -> None:
        """Let go of the blocks."""
        self._blocks.clear()
        self._places.clear()

    def find(self, token: str, *, prefix: bool = False) -> list[tuple[int, int, int]]:
        """Where a word, or every word that starts so, is: block, first and last of its words."""
        if prefix:
            found = []
            for number in self.blocks_of(token):
                words = self.block(number).words
                first, stop = bisect_left(words, token), bisect_left(words, token + ABOVE)
                if first < stop:
                    found.append((number, first, stop - 1))
            return found
        number_of = self.block_of(token)
        if number_of is None:
            return []
        words = self.block(number_of).words
        at = bisect_left(words, token)
        return [(number_of, at, at)] if at < len(words) and words[at] == token else []

    def articles(self, token: str, *, prefix: bool = False) -> tuple[Numbers, Numbers]:
        """The articles that have a word, and how often; with a prefix once for each such word."""
        found = [
            self.block(number).articles(first, last)
            for number, first, last in self.find(token, prefix=prefix)
        ]
        if len(found) == 1:
            return found[0]
        if not found:
            return np.empty(0, np.int64), np.empty(0, np.int64)
        return np.concatenate([one for one, _ in found]), np.concatenate([two for _, two in found])

    def spots(self, token: str, within: Mask, *, prefix: bool = False) -> Numbers:
        """Article and place, in one number, of every occurrence in the articles of `within`."""
        found = []
        for number, first, last in self.find(token, prefix=prefix):
            block = self.block(number)
            articles, times = block.articles(first, last)
            keep = within[articles]
            if not keep.any():
                continue
            self.bring([number])
            data, count = self._places[number], len(block.words)
            if keep.all():
                at = places(data, count, first, last, times)
            else:
                at = some_places(data, count, first, last, times, keep)
                articles, times = articles[keep], times[keep]
            found.append((np.repeat(articles, times) << PLACE_BITS) | at)
        if not found:
            return np.empty(0, np.int64)
        spots = np.concatenate(found) if len(found) > 1 else found[0]
        if prefix:
            spots.sort()
        return spots
