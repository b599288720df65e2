"""In how many articles each term occurs: what the filer has learned of the press so far."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from stories.archive.vocabulary import Vocabulary

Numbers = NDArray[np.int64]

SPACE = 1 << 18
"""Words are told apart by 18 bits of their hash; so are pairs, in a space of their own."""

EVERY = 5_000
"""So many articles are counted each; of those after them, one of `ONE_OF`."""
ONE_OF = 8

PAGE, ARTICLES = 1_024, -1
"""Terms on a page of the vocabulary; the page that has the number of all articles counted."""

BOUND = 256
"""When so many articles are counted besides the pages, they are bound into these."""

IMAGINED = 80.0
"""So many articles are imagined before the first, so that chance does not rule the first ones."""


@dataclass(slots=True, kw_only=True)
class Frequencies:
    """In how many articles each term occurs, among those counted so far.

    `fresh` has the terms of articles that were counted and are not written down yet; `loose` is
    how many are written down and not bound into the pages.
    """

    counts: NDArray[np.int32] = field(default_factory=lambda: np.zeros(2 * SPACE, dtype=np.int32))
    articles: int = 0
    loose: int = 0
    fresh: dict[int, Numbers] = field(default_factory=dict)

    def are_to_count(self, number: int) -> bool:
        """Whether an article is counted: it is not when so many were that a sample will do."""
        return self.articles < EVERY or number % ONE_OF == 0

    def count(self, number: int, ids: Numbers) -> None:
        """Count the terms of an article, each once, if it is to be counted."""
        if not self.are_to_count(number):
            return
        self.articles += 1
        self.counts[ids] += 1
        self.fresh[number] = ids

    @contextmanager
    def before(self, number: int) -> Iterator[None]:
        """See them, for a while, as they were before this article was counted and those after it.

        The articles of a batch are counted together; what is weighed while one of them is placed
        must not depend on the others.
        """
        later = [ids for one, ids in self.fresh.items() if one >= number]
        self.articles -= len(later)
        for ids in later:
            self.counts[ids] -= 1
        try:
            yield
        finally:
            self.articles += len(later)
            for ids in later:
                self.counts[ids] += 1

    def write(self, vocabulary: Vocabulary) -> None:
        """Keep what was counted; what has gathered is bound into pages."""
        vocabulary.add({number: ids.astype("<u4").tobytes() for number, ids in self.fresh.items()})
        self.loose += len(self.fresh)
        self.fresh.clear()
        if self.loose >= BOUND:
            counts = self.counts.astype("<u4").reshape(-1, PAGE)
            pages = {page: row.tobytes() for page, row in enumerate(counts) if row.any()}
            vocabulary.bind({ARTICLES: np.array([self.articles], "<u4").tobytes(), **pages})
            self.loose = 0

    def learn(self, vocabulary: Vocabulary) -> None:
        """Take up what was written, here or by another process, and nothing else."""
        self.counts[:] = 0
        self.articles = self.loose = 0
        for page, counts in vocabulary.pages().items():
            numbers = np.frombuffer(counts, "<u4")
            if page == ARTICLES:
                self.articles = int(numbers[0])
            else:
                self.counts[page * PAGE : (page + 1) * PAGE] = numbers
        for ids in vocabulary.loose().values():
            self.counts[np.frombuffer(ids, "<u4")] += 1
            self.articles += 1
            self.loose += 1

    def rarity(self, ids: Numbers, likely: NDArray[np.float64]) -> NDArray[np.float64]:
        """The weight of terms: the logarithm of how few articles have them, never negative.

        `likely` is in which part of all articles one would expect each, knowing none of them.
        """
        shares = (self.articles + IMAGINED) / (self.counts[ids] + IMAGINED * likely)
        rarity: NDArray[np.float64] = np.log(np.maximum(shares, 1.0))
        return rarity
