"""Where to begin when two kinds of pages are told apart: the way in which the pages differ most.

The terms that come and go together make up the first principal component (Pearson 1901, here by
power iteration); either end of it may be the topic. Which it is, and whether it is any better than
to begin from the story, shows in how well the kinds explain the pages in the end.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from pipeline.compared import Place, Read, logistic

FEWEST = 8
"""Pages from which they have a way to differ."""

_SAID = {Place.NOWHERE: 0.0, Place.PASSING: 0.6}
"""How much it counts where a page has a term, against 1 for a place that is no passing mention."""

_ROUNDS, _SURE = 30, 3.0
"""Rounds of the iteration, and the logarithm of the odds that is guessed of the outermost page."""

_SELDOM = 0.1
"""Added to how much a term comes and goes, so that what one page has does not decide."""


def ends(pages: Sequence[Read], terms: Sequence[str]) -> list[list[float]]:
    """Two guesses how likely each page is of the topic, one the opposite of the other.

    Empty while there are too few pages, or when all have the same of the terms.
    """
    if len(pages) < FEWEST:
        return []
    columns = [_scaled([_SAID.get(page.place(name), 1.0) for page in pages]) for name in terms]
    columns = [column for column in columns if any(column)]
    if not columns:
        return []
    along = _first_component(columns)
    furthest = max(map(abs, along)) or 1.0
    said = [_SURE * one / furthest for one in along]
    return [[logistic(sign * one) for one in said] for sign in (1, -1)]


def _scaled(column: Sequence[float]) -> list[float]:
    """How far each page is from the mean, against how far they usually are."""
    mean = sum(column) / len(column)
    usual = math.sqrt(sum((one - mean) ** 2 for one in column) / len(column))
    return [(one - mean) / (usual + _SELDOM) for one in column]


def _first_component(columns: Sequence[Sequence[float]]) -> list[float]:
    """How far each page lies along the direction in which they differ most."""
    direction = [1.0 + place / len(columns) for place in range(len(columns))]
    along: list[float] = []
    for _ in range(_ROUNDS):
        pages = zip(*columns, strict=True)
        along = [sum(map(float.__mul__, direction, page)) for page in pages]
        direction = [sum(map(float.__mul__, along, column)) for column in columns]
        length = math.hypot(*direction) or 1.0
        direction = [one / length for one in direction]
    return along
