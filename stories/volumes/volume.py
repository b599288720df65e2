"""One bound volume as it is read: columns, and where words stand; pages come as they are needed."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from stories.volumes.bind import COLUMNS, NAMED, NEVER, unpack
from stories.volumes.kept import Kept
from stories.volumes.pages import Block, Kind
from stories.volumes.postings import Mask, Postings, Range
from stories.volumes.varint import Numbers

PageName = tuple[Kind, int]

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
        self._blocks: Kept[Block] = Kept()
        self._places: Kept[bytes] = Kept()
        self._living: Mask | None = None
        self.gone = gone

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def ids(self) -> NDArray[np.int64]:
        """The ids of its articles, in order of arrival."""
        return self.column("id")

    @property
    def gone(self) -> Sequence[int]:
        """The ids of articles of which what the volume says is no longer so."""
        return self._gone

    @gone.setter
    def gone(self, ids: Sequence[int]) -> None:
        self._gone = ids
        self._living = None

    @property
    def living(self) -> Mask:
        """Which of its articles are not gone."""
        if self._living is None:
            self._living = np.ones(len(self), np.bool_)
            if len(self._gone):
                self._living[self.places_of(np.asarray(self._gone, np.int64))] = False
        return self._living

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
        found = self._blocks.get(number)
        if found is None:
            page = (Kind.WORDS, number)
            found = self._blocks.put(number, Block(self._fetch(self.number, [page])[page]))
        return found

    def page(self, kind: Kind, number: int) -> bytes:
        """A page, as bytes."""
        data: bytes = self._fetch(self.number, [(kind, number)])[kind, number]
        return data

    def lacks(self, kind: Kind, numbers: Iterable[int]) -> list[PageName]:
        """The pages of words or of places among these that are not here."""
        kept: Kept[Any] = self._blocks if kind is Kind.WORDS else self._places
        return [(kind, number) for number in numbers if kept.get(number) is None]

    def lacks_directory(self) -> list[PageName]:
        """The page of the directory, when it is not here."""
        return [] if self._directory is not None else [(Kind.DIRECTORY, 0)]

    def lacks_columns(self, names: Iterable[str]) -> list[PageName]:
        """The pages of these columns, and of what stands in them, that are not here."""
        wanted = [
            (Kind.COLUMN, COLUMNS.index(name))
            for name in dict.fromkeys(names)
            if name in COLUMNS and name not in self._columns
        ]
        return wanted + [
            (Kind.NAMES, NAMED.index(name))
            for name in dict.fromkeys(names)
            if name in NAMED and name not in self._names
        ]

    def take(self, page: PageName, data: bytes) -> None:
        """Here is a page that was missing."""
        kind, number = page
        match kind:
            case Kind.WORDS:
                self._blocks.put(number, Block(data))
            case Kind.PLACES:
                self._places.put(number, data)
            case Kind.COLUMN:
                self._columns[COLUMNS[number]] = unpack(data)
            case Kind.NAMES:
                self._names[NAMED[number]] = data.decode().split("\n")
            case Kind.DIRECTORY:
                self._directory = data.decode().split("\n") if data else []

    def age(self) -> None:
        """Let go of the words and places that were not used since this was last said."""
        self._blocks.age()
        self._places.age()

    def forget(self) -> None:
        """Let go of all words and places."""
        self.age()
        self.age()

    def find(self, token: str, *, prefix: bool = False) -> list[Range]:
        """Where a word, or every word that starts so, is: block, first and last of its words."""
        if prefix:
            numbers: Iterable[int] = self.blocks_of(token)
        else:
            number = self.block_of(token)
            numbers = () if number is None else (number,)
        return [
            (number, *at)
            for number in numbers
            if (at := self.block(number).find(token, prefix=prefix)) is not None
        ]

    def postings(self, ranges: Sequence[Range]) -> Postings:
        """The articles that these words are in."""
        return Postings(ranges, [self.block(number) for number, _, _ in ranges])

    def spots(self, postings: Postings, keep: Mask) -> Numbers:
        """Article and place, in one number, of every occurrence in the articles to be kept."""
        which = postings.wanted(keep)
        if not len(which):
            return np.empty(0, np.int64)
        numbers = [postings.ranges[at][0] for at in which.tolist()]
        missing = self.lacks(Kind.PLACES, dict.fromkeys(numbers))
        if missing:
            for page, data in self._fetch(self.number, missing).items():
                self.take(page, data)
        pages = [self._places.get(number) for number in numbers]
        return postings.spots(which, [page for page in pages if page is not None], keep)
