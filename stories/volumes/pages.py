"""What a volume is made of: numbered pages of bytes, and how words and places lie on them.

Words are sorted and cut into blocks of about BLOCK bytes. A block has two pages: one with its
words and the articles that each is in, one with the places where it stands in them, which only
phrases and the like need. Streams of numbers are :mod:`stories.volumes.varint`.

An article's place numbers: the text from 0, the title from GAP after the end of the text, so that
nothing reaches from one into the other. Words of the byline are words of their own, after MARK.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from stories.volumes.varint import MORE, Bytes, Numbers, decode, encode, running

GAP = 1 << 10
MARK = "\x01"
BLOCK = 5_000

DOC_BITS = 17
PLACE_BITS = 25
MOST_ARTICLES = 1 << 16
MOST_PLACES = (1 << PLACE_BITS) - 1
MOST_WORDS = 1 << (63 - DOC_BITS - PLACE_BITS)


class Kind(IntEnum):
    """What is on a page."""

    DIRECTORY = 0
    COLUMN = 1
    NAMES = 2
    WORDS = 3
    PLACES = 4


@dataclass(frozen=True, slots=True)
class Page:
    """One page: what is on it, its number among its kind, its bytes."""

    kind: Kind
    number: int
    data: bytes


def key_of(rank: Numbers, article: Numbers, place: Numbers) -> Numbers:
    """Word, article and place in one number that sorts by the three."""
    return (rank << (DOC_BITS + PLACE_BITS)) | (article << PLACE_BITS) | place


def write_blocks(keys: Numbers, words: list[str], number: int) -> Iterator[tuple[str, Page, Page]]:
    """The blocks for sorted keys of these sorted words: first word, page of words, of places."""
    pairs = keys >> PLACE_BITS
    first = np.flatnonzero(np.diff(pairs, prepend=-1))
    times = np.diff(first, append=len(keys))
    ranks = (pairs[first] >> DOC_BITS).astype(np.int64)
    articles = pairs[first] & ((1 << DOC_BITS) - 1)
    heads = np.flatnonzero(np.diff(ranks, prepend=-1))
    if len(heads) != len(words):
        raise ValueError(f"{len(words)} words, and keys for {len(heads)}")
    steps = np.diff(articles, prepend=0)
    steps[heads] = articles[heads]
    docs, doc_ends = encode((steps << 1) | (times == 1))
    many, many_ends = encode(times[times > 1])
    places = keys & MOST_PLACES
    hops = np.diff(places, prepend=0)
    hops[first] = places[first]
    spots, spot_ends = encode(hops)
    # Where each word's share of the three streams ends.
    tails = np.append(heads[1:], len(ranks)) - 1
    docs_to = doc_ends[tails]
    several = np.cumsum(times > 1)[tails]
    many_to = np.where(several > 0, many_ends[several - 1], 0) if len(many_ends) else several * 0
    spots_to = spot_ends[np.append(first, len(keys))[tails + 1] - 1]
    counts = np.diff(np.append(heads, len(ranks)))
    start = 0
    for stop in _cuts(docs_to, words):
        names = "\n".join(words[start:stop]).encode()
        parts = []
        for stream, ends in ((docs, docs_to), (many, many_to), (spots, spots_to)):
            begin = int(ends[start - 1]) if start else 0
            parts.append((stream[begin : int(ends[stop - 1])], ends[start:stop] - begin))
        table = [counts[start:stop], parts[0][1], parts[1][1]]
        head = np.array([stop - start, len(names), len(parts[0][0])])
        data = b"".join(
            (
                *(array.astype("<u4").tobytes() for array in (head, *table)),
                names,
                parts[0][0].tobytes(),
                parts[1][0].tobytes(),
            )
        )
        where = parts[2][1].astype("<u4").tobytes() + parts[2][0].tobytes()
        yield words[start], Page(Kind.WORDS, number, data), Page(Kind.PLACES, number, where)
        number += 1
        start = stop


def _cuts(ends: Numbers, words: list[str]) -> Iterator[int]:
    """Where to begin a new block: before one would grow over BLOCK, and after each big word."""
    begin = size = 0
    sizes = np.diff(ends, prepend=0).tolist()
    for at, (more, word) in enumerate(zip(sizes, words, strict=True)):
        more += 16 + len(word)  # noqa: PLW2901 - what the word takes in the table too
        if at > begin and size + more > BLOCK:
            yield at
            begin, size = at, 0
        size += more
    yield len(words)


class Block:
    """A page of words, read where it is asked."""

    __slots__ = ("_counts", "_data", "_docs", "_docs_to", "_many", "_many_to", "words")

    def __init__(self, data: bytes) -> None:
        count, names, docs = np.frombuffer(data, "<u4", 3).tolist()
        at = 12
        self._counts = np.frombuffer(data, "<u4", count, at)
        self._docs_to = np.frombuffer(data, "<u4", count, at + 4 * count)
        self._many_to = np.frombuffer(data, "<u4", count, at + 8 * count)
        at += 12 * count
        self.words = data[at : at + names].decode().split("\n")
        self._data = np.frombuffer(data, np.uint8)
        self._docs = at + names
        self._many = self._docs + docs

    def articles(self, first: int, last: int) -> tuple[Numbers, Numbers]:
        """The articles that the words from `first` to `last` are in, and how often each.

        An article comes once for each of these words.
        """
        begin = int(self._docs_to[first - 1]) if first else 0
        packed = decode(self._data[self._docs + begin : self._docs + int(self._docs_to[last])])
        steps = packed >> 1
        if first == last:
            articles = np.cumsum(steps)
        else:
            articles = running(steps, self._counts[first : last + 1].astype(np.int64))
        times = packed & 1
        more = int(self._many_to[first - 1]) if first else 0
        many = decode(self._data[self._many + more : self._many + int(self._many_to[last])])
        if len(many):
            times[times == 0] = many
        return articles, times

    def counts(self, first: int, last: int) -> Numbers:
        """In how many articles each of these words is."""
        return self._counts[first : last + 1].astype(np.int64)


def places(data: bytes, count: int, first: int, last: int, times: Numbers) -> Numbers:
    """The places of the words from `first` to `last` of a block that has `count` words.

    `times` is what :meth:`Block.articles` gave for the same words.
    """
    return running(decode(_stream(data, count, first, last)), times)


def some_places(
    data: bytes, count: int, first: int, last: int, times: Numbers, keep: NDArray[np.bool_]
) -> Numbers:
    """The same for those articles alone that are to be kept, without reading the others."""
    stream = _stream(data, count, first, last)
    ends = np.flatnonzero(stream < MORE) + 1
    kept = times[keep]
    firsts = (np.cumsum(times) - times)[keep]
    numbers = np.arange(int(kept.sum())) + np.repeat(firsts - (np.cumsum(kept) - kept), kept)
    starts = np.where(numbers > 0, ends[numbers - 1], 0)
    sizes = ends[numbers] - starts
    found = (stream[starts] & 127).astype(np.int64)
    for place in range(1, int(sizes.max()) if len(sizes) else 1):
        here = np.flatnonzero(sizes > place)
        found[here] |= (stream[starts[here] + place] & 127).astype(np.int64) << (7 * place)
    return running(found, kept)


def _stream(data: bytes, count: int, first: int, last: int) -> Bytes:
    ends = np.frombuffer(data, "<u4", count)
    begin = int(ends[first - 1]) if first else 0
    return np.frombuffer(data, np.uint8)[4 * count + begin : 4 * count + int(ends[last])]
