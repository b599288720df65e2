"""What an article is about: its words and word pairs, weighted by how rare they are in the press.

Three views of an article lie side by side in one vector: all of its words, the words of its title
and lead, and the word pairs of its title and beginning. The scalar product of two such vectors is
the weighted mean of the three cosines. A mark beside them, too light to count in it, says whose
article it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from pipeline.commonness import expected
from pipeline.fingerprint import LENGTH, Hashes, hashes, runs
from pipeline.unspaced import by_twos
from stories.archive.vocabulary import Vocabulary

Numbers = NDArray[np.int64]

SPACE = 1 << 18
"""Words are told apart by 18 bits of their hash; so are pairs, in a space of their own."""

ALL, LEAD, PAIRS = 0.55, 0.28, 0.17
"""How much each view counts."""

HOUSES, HOUSE_MARK = 3 * SPACE, 0.01
"""Where the marks of the outlets begin in a vector, and what a mark weighs: next to nothing, so
that two articles of an outlet are no nearer for it."""

FAINT = 0.01
"""A term that weighs less is left out: a fifth of them, with 0.4 % of an article's length."""

LEAD_WORDS, PAIR_WORDS, TITLE_TIMES = 60, 100, 3

NAME = 4
"""Letters of the shortest part of an address that is an outlet's name: not `com` or `co`."""

SOUGHT = 16
"""By so many of its weightiest words an article's neighbours are sought."""

EVERY = 5_000
"""So many articles are counted each; of those after them, one of `ONE_OF`."""
ONE_OF = 8

PAGE, ARTICLES = 1_024, -1
"""Terms on a page of the vocabulary; the page that has the number of all articles counted."""

BOUND = 256
"""When so many articles are counted besides the pages, they are bound into these."""

IMAGINED = 80.0
"""So many articles are imagined before the first, so that chance does not rule the first ones."""

_A_PAIR = 0.02
_LENGTH_BITS = 4
_MARK = np.array([HOUSE_MARK], dtype=np.float32)


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


@dataclass(slots=True, kw_only=True)
class Frequencies:
    """In how many articles each term occurs, among those counted so far.

    `fresh` has the terms of articles that were counted and are not written down yet; `loose` is
    how many are written down and not bound into the pages.
    """

    counts: NDArray[np.int64] = field(default_factory=lambda: np.zeros(2 * SPACE, dtype=np.int64))
    articles: int = 0
    loose: int = 0
    fresh: dict[int, Numbers] = field(default_factory=dict)

    def count(self, number: int, ids: Numbers) -> None:
        """Count the terms of an article, unless so many were counted that a sample will do."""
        if self.articles >= EVERY and number % ONE_OF:
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
        terms = np.concatenate(later) if later else np.zeros(0, dtype=np.int64)
        self.articles -= len(later)
        np.subtract.at(self.counts, terms, 1)
        try:
            yield
        finally:
            self.articles += len(later)
            np.add.at(self.counts, terms, 1)

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Terms in ascending order, how often an article has each (damped), how likely any has it."""

    ids: Numbers
    times: NDArray[np.float64]
    likely: NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """The three views of an article, counted, and the mark of its outlet."""

    all: Tally
    lead: Tally
    pairs: Tally
    house: int

    @property
    def ids(self) -> Numbers:
        """The words and pairs of the article, each once."""
        return np.concatenate((self.all.ids, self.pairs.ids))


def counted(title: Hashes, text: Hashes, language: str | None = None, outlet: str = "") -> Counted:
    """Count the terms of an article in its three views; the outlet's own name is none."""
    own = _own(outlet)
    title, text = _without(by_twos(title), own), _without(by_twos(text), own)
    heading = np.tile(title, TITLE_TIMES)
    return Counted(
        all=_words(np.concatenate((heading, text)), language),
        lead=_words(np.concatenate((heading, text[:LEAD_WORDS])), language),
        pairs=_pairs(np.concatenate((runs(title, 2), runs(text[:PAIR_WORDS], 2)))),
        house=HOUSES + crc32(outlet.encode()) % SPACE,
    )


def terms(one: Counted, frequencies: Frequencies) -> Terms:
    """Weigh what was counted."""
    everything = _view(one.all, frequencies, ALL)
    pairs = _view(one.pairs, frequencies, PAIRS)
    lead = _view(one.lead, frequencies, LEAD)
    sought = everything.astype(np.float64)
    sought[np.searchsorted(one.all.ids, one.lead.ids)] += lead
    best = np.lexsort((one.all.ids, -sought))[:SOUGHT]
    best = best[sought[best] > 0]
    ids = np.concatenate((one.all.ids, one.pairs.ids, one.lead.ids + 2 * SPACE))
    weights = np.concatenate((everything, pairs, lead))
    heard = weights >= FAINT
    return Terms(
        ids=np.append(ids[heard], one.house).astype("<u4"),
        weights=np.append(weights[heard], _MARK),
        sought=tuple(
            (number, weight)
            for number, weight in zip(
                one.all.ids[best].tolist(), sought[best].tolist(), strict=True
            )
            if weight > 0
        ),
        house=one.house,
    )


def _words(hashed: Hashes, language: str | None) -> Tally:
    # Term and length in one number, to be sorted once.
    marked = (term_of(hashed) << _LENGTH_BITS) + (hashed >> np.uint64(LENGTH)).astype(np.int64)
    marked.sort()
    first, times = _in_a_row(marked >> _LENGTH_BITS)
    ids = marked[first] >> _LENGTH_BITS
    lengths = marked[first] & ((1 << _LENGTH_BITS) - 1)
    return Tally(
        ids=ids,
        times=1.0 + np.log(times),
        likely=expected(ids, lengths, language, SPACE),
    )


def _in_a_row(ordered: Numbers) -> tuple[Numbers, Numbers]:
    """Where each number of a sorted list stands first, and how often it is there."""
    first = np.diff(ordered, prepend=-1).nonzero()[0]
    return first, np.diff(first, append=len(ordered))


@lru_cache(maxsize=4_096)
def _own(outlet: str) -> Hashes:
    """The words of an outlet's address that are long enough to be its name."""
    found = hashes(outlet)
    return found[found >> np.uint64(LENGTH) >= NAME]


def _without(hashed: Hashes, own: Hashes) -> Hashes:
    for one in own:
        hashed = hashed[hashed != one]
    return hashed


def _pairs(hashed: Hashes) -> Tally:
    ordered = np.sort(term_of(hashed))
    first, times = _in_a_row(ordered)
    return Tally(
        ids=ordered[first] + SPACE, times=1.0 + np.log(times), likely=np.full(len(first), _A_PAIR)
    )


def likely_of(hashed: Hashes) -> NDArray[np.float64]:
    """In which part of all articles one expects each word of no language in particular."""
    lengths = (hashed >> np.uint64(LENGTH)).astype(np.int64)
    return expected(term_of(hashed), lengths, None, SPACE)


def term_of(hashed: Hashes) -> Numbers:
    """The term that each word is."""
    return (hashed & np.uint64(SPACE - 1)).astype(np.int64)


def _view(one: Tally, frequencies: Frequencies, share: float) -> NDArray[np.float32]:
    """Weights of one view, scaled so that its product with itself is its share."""
    weights = one.times * frequencies.rarity(one.ids, one.likely)
    length = float(np.sqrt((weights * weights).sum()))
    scaled = weights * (np.sqrt(share) / length) if length else weights
    return scaled.astype(np.float32)
