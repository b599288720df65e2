"""Several volumes made into one, without the articles that are no longer in them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np

from stories.volumes.bind import COLUMNS, NAMED, Binder, shelve
from stories.volumes.pages import (
    DOC_BITS,
    PLACE_BITS,
    Kind,
    Page,
    key_of,
    write_blocks,
)
from stories.volumes.postings import Postings
from stories.volumes.varint import Numbers, decode, running
from stories.volumes.volume import Volume

SLICE = 40
"""Blocks of the largest volume that are merged at a time; bounds the memory it takes."""


def merged(sources: Sequence[Volume]) -> Iterator[Page]:
    """The pages of a volume that has the living articles of all of these."""
    ids = np.concatenate([one.ids for one in sources]).astype(np.int64)
    living = np.concatenate([one.living for one in sources])
    order = np.flatnonzero(living)[np.argsort(ids[living])]
    yield from _columns(sources, order)
    # What each article of each source is called in the new volume; -1 when it is not in it.
    new = np.full(len(ids), -1, np.int64)
    new[order] = np.arange(len(order))
    firsts = np.cumsum([0, *map(len, sources)])
    names = [new[firsts[at] : firsts[at + 1]] for at in range(len(sources))]
    yield from shelve(_blocks(sources, names))


def _columns(sources: Sequence[Volume], order: Numbers) -> Iterator[Page]:
    binder = Binder()
    rows = {
        name: np.concatenate([one.column(name).astype(np.int64) for one in sources])[order].tolist()
        for name in COLUMNS
        if name not in NAMED
    }
    for name in NAMED:
        whole = np.concatenate(
            [np.array(one.names(name), object)[one.column(name)] for one in sources]
        )
        rows[name] = whole[order].tolist()
    for values in zip(*rows.values(), strict=True):
        binder.note(**dict(zip(rows, values, strict=True)))
    return binder.columns()


def _blocks(
    sources: Sequence[Volume], names: Sequence[Numbers]
) -> Iterator[tuple[str, Page, Page]]:
    largest = max((one.directory() for one in sources), key=len)
    # Words below the largest volume's first one belong to the first slice.
    bounds: list[str | None] = ["", *largest[SLICE::SLICE], None]
    number = 0
    for low, high in pairwise(bounds):
        words, keys = _slice(sources, names, low or "", high)
        if words:
            for block in write_blocks(keys, words, number):
                yield block
                number += 1


def _slice(
    sources: Sequence[Volume], names: Sequence[Numbers], low: str, high: str | None
) -> tuple[list[str], Numbers]:
    """All words from `low` to below `high`, and their sorted keys in the new volume."""
    ranks: dict[str, int] = {}
    found: list[Numbers] = []
    for one, name in zip(sources, names, strict=True):
        directory = one.directory()
        first = max(0, bisect_left(directory, low) - 1)
        stop = len(directory) if high is None else bisect_left(directory, high)
        for at in range(first, stop):
            block = one.block(at)
            held = block.words()
            begin = bisect_left(held, low)
            end = len(held) if high is None else bisect_left(held, high)
            if begin >= end:
                continue
            here = Postings([(at, begin, end - 1)], [block])
            articles, times = here.articles, here.times
            stream = block.places(one.page(Kind.PLACES, at), begin, end - 1)
            spots = running(decode(stream), times)
            codes = np.array(
                [ranks.setdefault(word, len(ranks)) for word in held[begin:end]], np.int64
            )
            codes = np.repeat(codes, block.counts(begin, end - 1))
            new = name[articles]
            keys = key_of(np.repeat(codes, times), np.repeat(new, times), spots)
            found.append(keys[np.repeat(new >= 0, times)])
        one.forget()
    if not found:
        return [], np.empty(0, np.int64)
    keys = np.concatenate(found)
    bits = PLACE_BITS + DOC_BITS
    used = np.unique(keys >> bits)
    listed = list(ranks)
    words = sorted(listed[code] for code in used.tolist())
    order = np.empty(len(ranks), np.int64)
    order[[ranks[word] for word in words]] = np.arange(len(words))
    keys = (order[keys >> bits] << bits) | (keys & ((1 << bits) - 1))
    keys.sort()
    return words, keys
