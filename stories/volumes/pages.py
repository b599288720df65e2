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

from stories.volumes.varint import Bytes, Numbers, encode

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

    __slots__ = ("_counts", "_data", "_docs", "_docs_to", "_many", "_many_to", "_names")

    def __init__(self, data: bytes) -> None:
        count, names, docs = np.frombuffer(data, "<u4", 3).tolist()
        at = 12
        self._counts = np.frombuffer(data, "<u4", count, at)
        self._docs_to = np.frombuffer(data, "<u4", count, at + 4 * count)
        self._many_to = np.frombuffer(data, "<u4", count, at + 8 * count)
        at += 12 * count
        # A line each, between line ends: thousands of pages are kept, and as many more objects
        # would have to be let go with each of them if words were objects.
        self._names = b"\n%b\n" % data[at : at + names]
        self._data = np.frombuffer(data, np.uint8)
        self._docs = at + names
        self._many = self._docs + docs

    def words(self) -> list[str]:
        """The words, sorted."""
        return self._names[1:-1].decode().split("\n")

    def find(self, token: str, *, prefix: bool = False) -> tuple[int, int] | None:
        """The numbers of the first and the last of the words that are this or start so."""
        sought = b"\n%b" % token.encode() if prefix else b"\n%b\n" % token.encode()
        first = self._names.find(sought)
        if first < 0:
            return None
        number = self._names.count(b"\n", 0, first)
        if not prefix:
            return number, number
        return number, number + self._names.count(b"\n", first, self._names.rfind(sought))

    def articles(self, first: int, last: int) -> Bytes:
        """The packed articles that the words from `first` to `last` are in.

        A number an article and word: the step from the one before it (from 0 for each word), twice,
        and one more where the word stands there only once.
        """
        begin = int(self._docs_to[first - 1]) if first else 0
        return self._data[self._docs + begin : self._docs + int(self._docs_to[last])]

    def many(self, first: int, last: int) -> Bytes:
        """How often the words stand in each of the articles in which they do so more than once."""
        begin = int(self._many_to[first - 1]) if first else 0
        return self._data[self._many + begin : self._many + int(self._many_to[last])]

    def counts(self, first: int, last: int) -> Numbers:
        """In how many articles each of these words is."""
        return self._counts[first : last + 1].astype(np.int64)

    def places(self, page: bytes, first: int, last: int) -> Bytes:
        """The packed places of these words, on the page of places that belongs to this one.

        A number a place: the step from the one before it, from 0 for each word and article.
        """
        count = len(self._counts)
        ends = np.frombuffer(page, "<u4", count)
        begin = int(ends[first - 1]) if first else 0
        return np.frombuffer(page, np.uint8)[4 * count + begin : 4 * count + int(ends[last])]
