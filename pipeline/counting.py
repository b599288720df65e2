"""How often which terms occur in articles: in all words, in title and lead, in pairs of words.

The terms of several articles are counted at once, in one long row of numbers that are sorted
together: an array costs as much to begin with as a few hundred numbers to count.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from pipeline.commonness import expected
from pipeline.fingerprint import LENGTH, Hashes, hashes, runs
from pipeline.frequencies import SPACE, Numbers
from pipeline.unspaced import by_twos
from stories.ascending import is_first, steps

WORDS, PAIRS, LEAD, VIEWS = 0, 1, 2, 3
"""The views of an article. A term of a view is `view * SPACE` and its bits of the hash."""

HOUSES = VIEWS * SPACE
"""Where the marks of the outlets begin."""

LEAD_WORDS, PAIR_WORDS, TITLE_TIMES = 60, 100, 3

NAME = 4
"""Letters of the shortest part of an address that is an outlet's name: not `com` or `co`."""

_A_PAIR = 0.02
"""In which part of all articles a pair of words is expected."""

# A term of an article in one number, to be sorted: article, view, bits of the hash, length.
_LENGTH_BITS, _TERM_BITS, _VIEW_BITS = 4, 18, 2
_VIEW = _LENGTH_BITS + _TERM_BITS
_ARTICLE = _VIEW + _VIEW_BITS


@dataclass(frozen=True, slots=True, kw_only=True)
class Worded:
    """The words of an article, hashed."""

    title: Hashes
    text: Hashes
    language: str | None = None
    outlet: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """The terms of some articles, article by article and view by view, ascending in each.

    `ids` has each once, `times` how often it is there (damped), `likely` in which part of all
    articles one expects it; `words` is which term of `WORDS` in the same row each one of `LEAD`
    is. `starts` is where each view of each article begins, and the end; `houses` has the marks of
    the outlets.
    """

    ids: Numbers
    times: NDArray[np.float64]
    likely: NDArray[np.float64]
    leads: Numbers
    words: Numbers
    starts: Numbers
    houses: list[int]

    def common(self, place: int = 0) -> Numbers:
        """The words and pairs of one of the articles, each once: what frequencies are told of."""
        found: Numbers = self.ids[self.starts[VIEWS * place] : self.starts[VIEWS * place + LEAD]]
        return found


def count(some: Sequence[Worded]) -> Counted:
    """Count the terms of articles in their views; an outlet's own name is none."""
    marked = np.concatenate(_marked(some))
    marked.sort()
    first = is_first(marked >> _LENGTH_BITS).nonzero()[0]
    terms = marked[first]
    views = np.arange(len(some))[:, None] << _VIEW_BITS | np.arange(VIEWS)
    starts = np.append(np.searchsorted(terms, views.ravel() << _VIEW), len(terms))
    whose = terms >> _LENGTH_BITS
    leads = (whose >> _TERM_BITS & (1 << _VIEW_BITS) - 1 == LEAD).nonzero()[0]
    return Counted(
        ids=whose & (1 << _TERM_BITS + _VIEW_BITS) - 1,
        times=1.0 + np.log(steps(first, len(marked))),
        likely=_likely(terms, some, starts),
        leads=leads,
        words=np.searchsorted(whose, whose[leads] - LEAD * SPACE),
        starts=starts,
        houses=[HOUSES + crc32(one.outlet.encode()) % SPACE for one in some],
    )


def likely_of(hashed: Hashes) -> NDArray[np.float64]:
    """In which part of all articles one expects each word of no language in particular."""
    lengths = (hashed >> np.uint64(LENGTH)).astype(np.int64)
    return expected(term_of(hashed), lengths, None, SPACE)


def term_of(hashed: Hashes) -> Numbers:
    """The term that each word is."""
    return (hashed & np.uint64(SPACE - 1)).astype(np.int64)


def _marked(some: Sequence[Worded]) -> tuple[Numbers, Numbers]:
    """The words and the pairs of articles, with article and view in their upper bits."""
    words: list[Hashes] = []
    paired: list[Hashes] = []
    for one in some:
        own = _own(one.outlet)
        title, text = _without(by_twos(one.title), own), _without(by_twos(one.text), own)
        heading = [title] * TITLE_TIMES
        words += (np.concatenate((*heading, text)), np.concatenate((*heading, text[:LEAD_WORDS])))
        paired += (title, text[:PAIR_WORDS])
    places = np.arange(len(some)) << _ARTICLE
    of_words = places[:, None] | np.array([WORDS, LEAD]) << _VIEW
    hashed = np.concatenate(words)
    marked = term_of(hashed) << _LENGTH_BITS
    marked += (hashed >> np.uint64(LENGTH)).astype(np.int64)
    marked += np.repeat(of_words.ravel(), [len(one) for one in words])
    pairs, sizes = _pairs(paired)
    pairs <<= _LENGTH_BITS
    pairs += np.repeat(np.repeat(places | PAIRS << _VIEW, 2), sizes)
    return marked, pairs


def _pairs(some: Sequence[Hashes]) -> tuple[Numbers, Numbers]:
    """The pairs of words in each of these rows, one row after the other; and how many in each."""
    lengths = np.array([len(one) for one in some])
    pairs = runs(np.concatenate(some), 2)
    within = np.ones(len(pairs) + 1, dtype=np.bool_)
    ends = np.cumsum(lengths)
    within[ends[ends > 0] - 1] = False
    return term_of(pairs[within[: len(pairs)]]), np.maximum(lengths - 1, 0)


def _likely(terms: Numbers, some: Sequence[Worded], starts: Numbers) -> NDArray[np.float64]:
    bits = terms >> _LENGTH_BITS & SPACE - 1
    lengths = terms & (1 << _LENGTH_BITS) - 1
    found: list[NDArray[np.float64]] = []
    end = 0
    for language, ones in groupby(some, lambda one: one.language):
        start, end = end, end + len(list(ones))
        mine = slice(starts[VIEWS * start], starts[VIEWS * end])
        found.append(expected(bits[mine], lengths[mine], language, SPACE))
    likely = np.concatenate(found)
    likely[terms >> _VIEW & (1 << _VIEW_BITS) - 1 == PAIRS] = _A_PAIR
    return likely


@lru_cache(maxsize=4_096)
def _own(outlet: str) -> Hashes:
    """The words of an outlet's address that are long enough to be its name."""
    found = hashes(outlet)
    return found[found >> np.uint64(LENGTH) >= NAME]


def _without(hashed: Hashes, own: Hashes) -> Hashes:
    for one in own:
        hashed = hashed[hashed != one]
    return hashed
