"""Of two texts that share something: does the later one repeat the other, quote it, or neither?

What separates a copy from a commentary is not how alike the two texts are, but how much of the
*later* one is the earlier one's: wire copy is hardly anything else however much was cut, while a
commentary has a third of its own. Shares are of words that lie in runs of three that both texts
have, so that an editor's changes cost little.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from pipeline.fingerprint import COMPARED, Fingerprint, Hashes, runs
from stories.model import CopyKind

METHOD = "share-of-the-later/1"

COPIED = 0.72
"""The later text is a copy when at least this share of its words is the earlier one's."""

WHOLE = 0.90
"""A text is repeated as a whole when at least this share of its words is found in the other."""

OPENING = 80
"""Words at the start of a longer text that must be a shorter, earlier one's: an extended copy."""

RENEWED = 0.50
"""Of the same outlet's texts within `SOON`, this share is enough: it says the same anew."""

SOON = timedelta(days=3)
LONG = timedelta(days=7)
"""So far apart only a text repeated as a whole counts: furniture and templates last longer."""

QUOTED_RUN, QUOTED_WORDS, QUOTED = 12, 40, 0.15
"""A quotation: runs of so many words, so many words in all, such a share of either text."""

_SHORT = 0.60
_SAME = 0.98


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlap:
    """What two texts share, in shares of the words of each (0 to 1).

    `opening` is the share of the later text's first words, `quoted` that of the words in long
    runs (`quoted_words` of them).
    """

    earlier: float
    later: float
    opening: float
    quoted: float
    quoted_words: int
    earlier_words: int
    later_words: int

    @property
    def score(self) -> float:
        """The share of the smaller text that both have."""
        return self.earlier if self.earlier_words < self.later_words else self.later


def overlap(earlier: Fingerprint, later: Fingerprint) -> Overlap:
    """Compare two texts word for word."""
    first, second = runs(earlier.words, COMPARED), runs(later.words, COMPARED)
    in_first = _covered(_among(first, second), len(earlier.words))
    in_second = _covered(_among(second, first), len(later.words))
    long = _in_long_runs(in_second)
    return Overlap(
        earlier=_share(in_first & earlier.own),
        later=_share(in_second & later.own),
        opening=_share(in_second[:OPENING]),
        quoted=long / max(1, min(len(earlier.words), len(later.words))),
        quoted_words=long,
        earlier_words=len(earlier.words),
        later_words=len(later.words),
    )


def kind_of_copy(shared: Overlap, *, same_outlet: bool, apart: timedelta) -> CopyKind | None:
    """In which way the later text repeats the earlier one; None when it does not.

    `apart` is the time between the two, never negative.
    """
    if apart > LONG and max(shared.earlier, shared.later) < WHOLE:
        return None
    if shared.earlier >= _SAME and shared.later >= _SAME:
        return CopyKind.SAME
    extended = (
        shared.earlier >= WHOLE
        and shared.opening >= WHOLE
        and shared.later_words > shared.earlier_words
    )
    if same_outlet and apart <= SOON and max(shared.later, shared.earlier * extended) >= RENEWED:
        return CopyKind.UPDATE
    if shared.later < COPIED:
        return CopyKind.EXTENDED if extended else None
    if shared.later_words < _SHORT * shared.earlier_words:
        return CopyKind.TRUNCATED
    return CopyKind.EXTENDED if extended and shared.later < WHOLE else CopyKind.WIRE


def quotes(shared: Overlap, *, same_outlet: bool) -> bool:
    """Whether one repeats the other at length and yet is an article of its own."""
    return not same_outlet and shared.quoted_words >= QUOTED_WORDS and shared.quoted >= QUOTED


def _among(some: Hashes, others: Hashes) -> NDArray[np.bool_]:
    """Which of the hashes are among the others."""
    if not len(others):
        return np.zeros(len(some), dtype=np.bool_)
    ordered = np.sort(others)
    found = np.searchsorted(ordered, some)
    found[found == len(ordered)] = 0
    among: NDArray[np.bool_] = ordered[found] == some
    return among


def _covered(shared: NDArray[np.bool_], length: int) -> NDArray[np.bool_]:
    """Which words lie in a run that is shared."""
    covered = np.zeros(length, dtype=np.bool_)
    for place in range(COMPARED):
        covered[place : place + len(shared)] |= shared
    return covered


def _in_long_runs(covered: NDArray[np.bool_]) -> int:
    """How many of the covered words stand in long runs."""
    between = np.zeros(len(covered) + 2, dtype=np.bool_)
    between[1:-1] = covered
    edges = (between[1:] != between[:-1]).nonzero()[0]
    lengths = edges[1::2] - edges[::2]
    return int(lengths[lengths >= QUOTED_RUN].sum())


def _share(covered: NDArray[np.bool_]) -> float:
    return float(covered.mean()) if len(covered) else 0.0
