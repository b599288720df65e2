"""Where words stand in a volume: many words are read in one go, places of wanted articles alone."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from stories.volumes.pages import PLACE_BITS, Block
from stories.volumes.varint import MORE, Bytes, Numbers, decode, running

Mask = NDArray[np.bool_]
Range = tuple[int, int, int]
"""Words that follow each other in one block: its number, the first and the last of them."""

SPARSE = 8
"""Places are picked out one by one when fewer than one in so many are wanted."""

WIDTH = 64
LONG = 100
"""Bytes a number sought from which on it pays not to look at each of them."""


class Postings:
    """The articles that some words are in, a range of words after the other.

    An article comes once for each of the words that it has.
    """

    __slots__ = ("_packed", "_parts", "_times", "articles", "ranges", "sizes")

    def __init__(self, ranges: Sequence[Range], blocks: Sequence[Block]) -> None:
        self.ranges = ranges
        self._parts = [
            (block, first, last) for block, (_, first, last) in zip(blocks, ranges, strict=True)
        ]
        each = [block.counts(first, last) for block, first, last in self._parts]
        self.sizes = np.array([int(counts.sum()) for counts in each], np.int64)
        self._packed = decode(_joined([block.articles(a, b) for block, a, b in self._parts]))
        self._times: Numbers | None = None
        counts = np.concatenate(each) if each else np.empty(0, np.int64)
        self.articles = running(self._packed >> 1, counts)

    @property
    def times(self) -> Numbers:
        """How often each of the articles has the word."""
        if self._times is None:
            self._times = self._packed & 1
            many = decode(_joined([block.many(a, b) for block, a, b in self._parts]))
            if len(many):
                self._times[self._times == 0] = many
        return self._times

    def each(self, of_range: NDArray[np.int64]) -> NDArray[np.int64]:
        """For every article what `of_range` says of the range that it comes from."""
        return np.repeat(of_range, self.sizes)

    def wanted(self, keep: Mask) -> Numbers:
        """The numbers of the ranges in which an article is to be kept."""
        if not keep.any():
            return np.empty(0, np.int64)
        starts = np.cumsum(self.sizes) - self.sizes
        return np.logical_or.reduceat(keep, starts).nonzero()[0]

    def spots(self, which: Numbers, pages: Sequence[bytes], keep: Mask) -> Numbers:
        """Article and place, in one number, of every occurrence in the articles to be kept.

        `which` is what :meth:`wanted` gave and `pages` are their places, a page a range.
        """
        articles, times = self.articles, self.times
        if len(which) < len(self.ranges):
            there = np.zeros(len(self.ranges), np.bool_)
            there[which] = True
            inside = np.repeat(there, self.sizes)
            articles, times, keep = articles[inside], times[inside], keep[inside]
        streams = []
        for at, page in zip(which.tolist(), pages, strict=True):
            block, first, last = self._parts[at]
            streams.append(block.places(page, first, last))
        at = _places(_joined(streams), times, keep)
        if not keep.all():
            articles, times = articles[keep], times[keep]
        spots: Numbers = (np.repeat(articles, times) << PLACE_BITS) | at
        return spots


def _joined(parts: Sequence[Bytes]) -> Bytes:
    return parts[0] if len(parts) == 1 else np.concatenate([np.empty(0, np.uint8), *parts])


def _places(stream: Bytes, times: Numbers, keep: Mask) -> Numbers:
    """The places of the articles to be kept; `times` says how many each of all articles has."""
    if keep.all():
        return running(decode(stream), times)
    kept = times[keep]
    if SPARSE * int(kept.sum()) > int(times.sum()):
        found: Numbers = running(decode(stream), times)[np.repeat(keep, times)]
        return found
    firsts = (np.cumsum(times) - times)[keep]
    starts = _ends(stream, firsts - 1) + 1
    sizes = _ends(stream, firsts + kept - 1) + 1 - starts
    picked = np.arange(int(sizes.sum())) + np.repeat(starts - (np.cumsum(sizes) - sizes), sizes)
    return running(decode(stream[picked]), kept)


def _ends(stream: Bytes, numbers: Numbers) -> Numbers:
    """Where these numbers of a stream (counted from 0) have their last byte; -1 before the first.

    Of a long stream last bytes are counted by the 64, and looked at one by one only where a number
    is to be.
    """
    if len(stream) < LONG * len(numbers):
        ends: Numbers = (stream < MORE).nonzero()[0][numbers]
        ends[numbers < 0] = -1
        return ends
    last = np.zeros(-(-len(stream) // WIDTH) * WIDTH, np.bool_)
    np.less(stream, MORE, out=last[: len(stream)])
    each = np.bitwise_count(np.packbits(last).view(np.uint64)).astype(np.int64)
    upto = np.cumsum(each)
    group = np.searchsorted(upto, numbers, side="right")
    rest = (numbers - (upto[group] - each[group])).astype(np.int16)
    windows = np.cumsum(last.reshape(-1, WIDTH)[group], axis=1, dtype=np.uint8)
    ends = group * WIDTH + np.count_nonzero(windows <= rest[:, None], axis=1)
    ends[numbers < 0] = -1
    return ends
