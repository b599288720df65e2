"""Do the articles of a story fall clearly into two? How alike they are goes in, parts come out.

The cut is sought along the second eigenvector of the likenesses (normalized cuts, Shi and Malik
2000): articles are put in order by it, cut at every place, and each goes where its mean likeness is
greater. Of the cuts found the one counts across which least goes, for as much as goes within.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pipeline.terms import Terms

Likeness = NDArray[np.float64]

ACROSS = 0.165
"""The mean likeness of two parts is at most so much: what joins is as near as that only to a story
with many articles or with hardly a rival."""

OF_WITHIN = 0.6
"""It is at most such a part of the mean likeness within them (their geometric mean). On random
halves of labelled events 24 stories were divided by this, 21 of them rightly."""

LEAST = 2
"""Articles in the smaller part: one that is unlike the others may be a report in its own words."""

TURNS = 3
"""So often each article may change sides for a cut."""


def likeness(some: Sequence[Terms]) -> Likeness:
    """The scalar product of each article with each other one; nought with itself."""
    every, place = np.unique(np.concatenate([one.ids for one in some]), return_inverse=True)
    weights = np.concatenate([one.weights for one in some])
    ends = np.cumsum([len(one.ids) for one in some])
    starts = [0, *ends[:-1].tolist()]
    found = np.zeros((len(some), len(some)))
    for row, (start, end) in enumerate(zip(starts, ends.tolist(), strict=True)):
        mine = np.zeros(len(every), dtype=np.float32)
        mine[place[start:end]] = weights[start:end]
        found[row] = np.add.reduceat(mine[place] * weights, starts)
    np.fill_diagonal(found, 0.0)
    # The two halves were added up in another order, and may differ in the last digit.
    return (found + found.T) / 2


def parts(alike: Likeness) -> tuple[list[int], list[int]] | None:
    """The two parts of a story by the places of its articles, or None when it is one.

    The larger part comes first, of two as large the one with the first article.
    """
    best: tuple[float, NDArray[np.bool_]] | None = None
    order = _order(alike) if len(alike) >= 2 * LEAST else np.zeros(0, dtype=np.int64)
    for place in range(LEAST, len(order) - LEAST + 1):
        side = np.zeros(len(order), dtype=np.bool_)
        side[order[:place]] = True
        side = _settled(alike, side)
        across = float(alike[side][:, ~side].mean())
        within = _within(alike, side) * _within(alike, ~side)
        share = across / within**0.5 if within > 0 else 1.0
        if across <= ACROSS and share <= OF_WITHIN and (best is None or share < best[0]):
            best = (share, side)
    if best is None:
        return None
    both = [np.flatnonzero(best[1]).tolist(), np.flatnonzero(~best[1]).tolist()]
    stays, goes = sorted(both, key=lambda part: (-len(part), part))
    return stays, goes


def _order(alike: Likeness) -> NDArray[np.int64]:
    """The articles so that those which belong together are side by side."""
    degrees = np.maximum(alike.sum(axis=1), 1e-9)
    _, vectors = np.linalg.eigh(alike / np.sqrt(np.outer(degrees, degrees)))
    return np.argsort(vectors[:, -2] / np.sqrt(degrees), kind="stable")


def _settled(alike: Likeness, side: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The cut, after articles have gone to the side that they are more like."""
    for _ in range(TURNS):
        mine, theirs = int(side.sum()), int((~side).sum())
        one = alike @ side / np.where(side, max(mine - 1, 1), mine)
        other = alike @ ~side / np.where(side, theirs, max(theirs - 1, 1))
        now = one > other
        if (now == side).all() or min(now.sum(), (~now).sum()) < LEAST:
            break
        side = now
    return side


def _within(alike: Likeness, side: NDArray[np.bool_]) -> float:
    """The mean likeness of two articles of one part."""
    many = int(side.sum())
    return float(alike[side][:, side].sum()) / (many * (many - 1))
