"""What an article is about: its words and word pairs, weighted by how rare they are in the press.

Three views of an article lie side by side in one vector: all of its words, the words of its title
and lead, and the word pairs of its title and beginning. The scalar product of two such vectors is
the weighted mean of the three cosines. A mark beside them, too light to count in it, says whose
article it is.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.counting import LEAD, PAIRS, VIEWS, WORDS, Counted, Worded, count
from pipeline.frequencies import SPACE, Frequencies
from stories.ascending import greatest

SHARES = {WORDS: 0.55, LEAD: 0.28, PAIRS: 0.17}
"""How much each view counts."""

HOUSE_MARK = 0.01
"""What the mark of an outlet weighs: next to nothing, so that two articles of an outlet are no
nearer for it."""

FAINT = 0.01
"""A term that weighs less is left out: a fifth of them, with 0.4 % of an article's length."""

SOUGHT = 16
"""By so many of its weightiest words an article's neighbours are sought."""

_ROOTS = np.sqrt([SHARES[view] for view in range(VIEWS)])


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """An article's vector: ascending `ids`, their `weights`, and the words to seek others by.

    `sought` has the weightiest words with their weights, the weightiest first; `house` is the
    outlet's mark, which is among the ids.
    """

    ids: NDArray[np.uint32]
    weights: NDArray[np.float32]
    sought: tuple[tuple[int, float], ...]
    house: int


def terms(some: Counted, frequencies: Frequencies) -> list[Terms]:
    """Weigh what was counted in some articles, each by itself."""
    weights = _weights(some, frequencies)
    sought = weights.astype(np.float64)
    sought[some.words] += weights[some.leads]
    heard = weights >= FAINT
    return [_terms(some, place, weights, heard, sought) for place in range(len(some.houses))]


def about(one: Worded, frequencies: Frequencies) -> Terms:
    """What a single article is about."""
    return terms(count([one]), frequencies)[0]


def _weights(some: Counted, frequencies: Frequencies) -> NDArray[np.float32]:
    """The weight of each term; the product of a view with itself is the share of that view."""
    # Those of title and lead are as rare as they are in all words.
    weights = some.times * frequencies.rarity(some.ids & 2 * SPACE - 1, some.likely)
    starts, sizes = some.starts[:-1], some.starts[1:] - some.starts[:-1]
    there = sizes.nonzero()[0]
    lengths = np.zeros(len(sizes))
    if len(there):
        lengths[there] = np.sqrt(np.add.reduceat(weights * weights, starts[there]))
    scales = np.tile(_ROOTS, len(some.houses)) / np.where(lengths > 0, lengths, 1.0)
    scaled: NDArray[np.float32] = (weights * np.repeat(scales, sizes)).astype(np.float32)
    return scaled


def _terms(
    some: Counted,
    place: int,
    weights: NDArray[np.float32],
    heard: NDArray[np.bool_],
    sought: NDArray[np.float64],
) -> Terms:
    """What one of the articles is about."""
    start, pairs, _, end = some.starts[VIEWS * place : VIEWS * (place + 1) + 1].tolist()
    mine = heard[start:end]
    kept, house = some.ids[start:end][mine], some.houses[place]
    ids = np.empty(len(kept) + 1, dtype="<u4")
    ids[:-1], ids[-1] = kept, house
    heaviest = np.empty(len(ids), dtype=np.float32)
    heaviest[:-1], heaviest[-1] = weights[start:end][mine], HOUSE_MARK
    best = start + greatest(sought[start:pairs], SOUGHT)
    best = best[sought[best] > 0]
    return Terms(
        ids=ids,
        weights=heaviest,
        sought=tuple(zip(some.ids[best].tolist(), sought[best].tolist(), strict=True)),
        house=house,
    )
