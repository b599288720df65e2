"""What a story is about, as it stands now: the sum of its articles' vectors, and their days."""

from __future__ import annotations

from dataclasses import dataclass
from math import log1p
from typing import Self

import numpy as np
from numpy.typing import NDArray

from stories.archive.subjects import Profile
from stories.ascending import once

A_DAY = 4
"""So many steps of the logarithm a day counts as."""

LONGEST, KEPT_TERMS = 16_000, 12_000
"""A vector that is longer than the first is cut to its heaviest terms, so many."""


@dataclass(slots=True, kw_only=True)
class Standing:
    """What a story is about: ascending `ids` of terms, and the sum of their weights.

    Days are counted since the year 1; `members` is how many articles were summed up.
    """

    first_day: int
    last_day: int
    members: int
    ids: NDArray[np.uint32]
    weights: NDArray[np.float32]
    _length: float = 0.0

    @classmethod
    def of(cls, one: Profile) -> Self:
        """A story as the archive has it."""
        return cls(
            first_day=one.first_day,
            last_day=one.last_day,
            members=one.members,
            ids=np.frombuffer(one.terms, dtype="<u4"),
            weights=np.frombuffer(one.weights, dtype="<f4"),
        )

    def profile(self) -> Profile:
        """The story as the archive keeps it."""
        return Profile(
            first_day=self.first_day,
            last_day=self.last_day,
            members=self.members,
            terms=self.ids.astype("<u4").tobytes(),
            weights=self.weights.astype("<f4").tobytes(),
        )

    def gap(self, first_day: int, last_day: int) -> float:
        """The logarithm of the days between this story and such a time."""
        return log1p(A_DAY * max(0, first_day - self.last_day, self.first_day - last_day))

    def length(self) -> float:
        """The length of the vector."""
        self._length = self._length or float(np.dot(self.weights, self.weights)) ** 0.5
        return self._length

    def add(self, ids: NDArray[np.uint32], weights: NDArray[np.float32]) -> None:
        """Add another vector to the sum."""
        both = once(np.concatenate((self.ids, ids)))
        total = np.zeros(len(both), dtype=np.float32)
        total[np.searchsorted(both, self.ids)] = self.weights
        total[np.searchsorted(both, ids)] += weights
        if len(both) > LONGEST:
            heaviest = np.sort(np.lexsort((both, -total))[:KEPT_TERMS])
            both, total = both[heaviest], total[heaviest]
        self.ids, self.weights, self._length = both, total, 0.0
