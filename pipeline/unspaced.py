"""Words of scripts that are written without spaces: two characters, instead of one.

The tokenisation gives one token a character there, which alone says next to nothing: many reports
that have nothing in common have most of their characters in common. So each is taken together with
the next one, which is as much as a short word says.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from pipeline.fingerprint import LENGTH, Hashes, hashes, runs
from stories.ascending import once

AS_LONG_AS, ENDINGS = 9, 3
"""Of how many letters a word of a spaced script is that is as common: where both characters are
hiragana, which endings and particles are written in, a short one."""

_CHARACTER = (np.uint64(1) << np.uint64(LENGTH)) - np.uint64(1)


def by_twos(words: Hashes) -> Hashes:
    """The words, with each run of single characters as its overlapping pairs; order is kept."""
    single = words >> np.uint64(LENGTH) == 1
    places = single.nonzero()[0]
    if not len(places):
        return words
    ascii_ones, hiragana = _tables()
    single[places] = ~_among(words[places], ascii_ones)
    joins = np.zeros(len(words), dtype=np.bool_)
    joins[:-1] = single[:-1] & single[1:]
    if not joins.any():
        return words
    endings = _among(words, hiragana)
    lengths = np.where(endings[:-1] & endings[1:], ENDINGS, AS_LONG_AS).astype(np.uint64)
    pairs = words.copy()
    pairs[:-1] = (runs(words, 2) & _CHARACTER) | lengths << np.uint64(LENGTH)
    # The last character of a run is in the pair before it.
    last = np.zeros(len(words), dtype=np.bool_)
    last[1:] = joins[:-1]
    last &= ~joins
    found: Hashes = np.where(joins, pairs, words)[~last]
    return found


@lru_cache(maxsize=1)
def _tables() -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    letters = " ".join("0123456789abcdefghijklmnopqrstuvwxyz")
    kana = "".join(map(chr, range(0x3041, 0x3097)))
    return once(hashes(letters)), once(hashes(kana))


def _among(words: Hashes, some: Hashes) -> NDArray[np.bool_]:
    """Which words are some of those, which are in order."""
    among: NDArray[np.bool_] = some.take(np.searchsorted(some, words), mode="clip") == words
    return among
