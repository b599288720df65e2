"""What a story is about, as it stands now: the sum of its articles' vectors, and their days."""

from __future__ import annotations

from dataclasses import dataclass
from math import log1p
from typing import Self

import numpy as np
from numpy.typing import NDArray

from pipeline.terms import Terms
from stories.archive.subjects import Profile
from stories.ascending import once

A_DAY = 4
"""So many steps of the logarithm a day counts as."""

LONGEST, KEPT_TERMS = 16_000, 12_000
"""A vector that is longer than the first is cut to its heaviest terms, so many."""

TERM_BYTES = 4
"""Bytes of a term in a story's terms."""

Vector = tuple[NDArray[np.uint32], NDArray[np.float32]]


@dataclass(slots=True)
class Standing:
    """What a story is about: the sum of its articles' weighted terms, as the archive keeps it.

    Days are counted since the year 1; `members` is how many articles were summed up. `terms` and
    `weights` are in bytes, for most stories are read, multiplied once with all others near an
    article, and let go: an array of each would cost more than that. In order, so that a row of the
    archive makes one.
    """

    first_day: int
    last_day: int
    members: int
    terms: bytes
    weights: bytes
    _length: float = 0.0

    @classmethod
    def of(cls, about: Terms, day: int) -> Self:
        """A story of one article."""
        return cls(day, day, 1, *_written(about.ids, about.weights))

    def profile(self) -> Profile:
        """The story as the archive keeps it."""
        return Profile(self.first_day, self.last_day, self.members, self.terms, self.weights)

    def gap(self, first_day: int, last_day: int) -> float:
        """The logarithm of the days between this story and such a time."""
        return log1p(A_DAY * max(0, first_day - self.last_day, self.first_day - last_day))

    def vector(self) -> Vector:
        """The sum, as ascending ids of terms and their weights."""
        return ids_of(self.terms), weights_of(self.weights)

    def length(self) -> float:
        """The length of the vector."""
        if not self._length:
            weights = weights_of(self.weights)
            self._length = float(np.dot(weights, weights)) ** 0.5
        return self._length

    def add(self, ids: NDArray[np.uint32], weights: NDArray[np.float32]) -> None:
        """Add another vector to the sum."""
        mine, mine_weigh = self.vector()
        both = once(np.concatenate((mine, ids)))
        total = np.zeros(len(both), dtype=np.float32)
        total[np.searchsorted(both, mine)] = mine_weigh
        total[np.searchsorted(both, ids)] += weights
        if len(both) > LONGEST:
            heaviest = np.sort(np.lexsort((both, -total))[:KEPT_TERMS])
            both, total = both[heaviest], total[heaviest]
        self.terms, self.weights = _written(both, total)
        self._length = 0.0


def ids_of(terms: bytes) -> NDArray[np.uint32]:
    """The ids of the terms of a story, or of several one after the other."""
    return np.frombuffer(terms, dtype="<u4")


def weights_of(weights: bytes) -> NDArray[np.float32]:
    """The weights of the terms of a story, or of several one after the other."""
    return np.frombuffer(weights, dtype="<f4")


def _written(ids: NDArray[np.uint32], weights: NDArray[np.float32]) -> tuple[bytes, bytes]:
    return ids.astype("<u4", copy=False).tobytes(), weights.astype("<f4", copy=False).tobytes()
