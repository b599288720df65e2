"""Sketches that are on no page yet, as a filer keeps them in mind: those of the latest epoch.

A few sorted lists, each at least twice as long as the next one (a logarithmic method, Bentley and
Saxe 1980): what is added is merged a few times in all.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from stories.archive import sieves
from stories.archive.sketch_pages import NONE, Articles, Entries, Hashes


class LooseSketches:
    """Hashes with their articles; `first` and `last` are the ends of these, 0 while there are none.

    A hash may be there twice with an article.
    """

    def __init__(self) -> None:
        """Begin with none."""
        self._begin()

    def _begin(self) -> None:
        self._lists: list[Entries] = []
        self._bits = sieves.empty()
        self.first = self.last = 0

    def add(self, hashes: Hashes, articles: Articles) -> None:
        """Add hashes, each with its article."""
        if not len(hashes):
            return
        sieves.mark(self._bits, hashes)
        self.first = min(self.first or int(articles.min()), int(articles.min()))
        self.last = max(self.last, int(articles.max()))
        self._lists.append(_ordered(hashes, articles))
        while len(self._lists) > 1 and len(self._lists[-2][0]) < 2 * len(self._lists[-1][0]):
            last, before = self._lists.pop(), self._lists.pop()
            self._lists.append(_ordered(*_joined([before, last])))

    def having(self, sought: Hashes) -> Iterator[tuple[int, int]]:
        """Those of the hashes that are there, with the articles."""
        sought = sieves.sift(self._bits, sought)
        for hashes, articles in self._lists if len(sought) else ():
            start, end = np.searchsorted(hashes, sought), np.searchsorted(hashes, sought, "right")
            for place in (start < end).nonzero()[0].tolist():
                for article in articles[start[place] : end[place]].tolist():
                    yield int(sought[place]), article

    def take(self, first: int, last: int) -> Entries:
        """Take out, and return, what is of these articles and those between them."""
        hashes, articles = _joined(self._lists)
        gone = (articles >= first) & (articles <= last)
        self._begin()
        self.add(hashes[~gone], articles[~gone])
        return hashes[gone], articles[gone]


def _joined(some: list[Entries]) -> Entries:
    return (
        np.concatenate([NONE, *(hashes for hashes, _ in some)]),
        np.concatenate([NONE, *(articles for _, articles in some)]),
    )


def _ordered(hashes: Hashes, articles: Articles) -> Entries:
    order = np.argsort(hashes, kind="stable")
    return hashes[order], articles[order]
