"""Several volumes made into one, without the articles that are no longer in them; in steps."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

import numpy as np

from stories.volumes.bind import COLUMNS, NAMED, Binder
from stories.volumes.pages import DOC_BITS, PLACE_BITS, Kind, Page, key_of, write_blocks
from stories.volumes.postings import Postings
from stories.volumes.varint import Numbers, decode, running
from stories.volumes.volume import Volume

SLICE = 40
"""Blocks of the largest volume that are merged in one step; bounds what it takes."""


def columns_of(sources: Sequence[Volume]) -> Binder:
    """What the columns of the merged volume hold: the living articles of all of these."""
    ids = np.concatenate([one.ids for one in sources]).astype(np.int64)
    living = np.concatenate([one.living for one in sources])
    order = living.nonzero()[0][np.argsort(ids[living])]
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
    return binder


def steps(sources: Sequence[Volume]) -> list[tuple[str, str | None]]:
    """The words in so many steps: from the one up to and without the other; the same each time."""
    largest = max((one.directory() for one in sources), key=len)
    # Words below the largest volume's first one belong to the first step.
    bounds: list[str | None] = ["", *largest[SLICE::SLICE], None]
    return list(zip(map(str, bounds[:-1]), bounds[1:], strict=True))


def merged(
    sources: Sequence[Volume], ids: Numbers, step: tuple[str, str | None], number: int
) -> Iterator[tuple[str, Page, Page]]:
    """The blocks of one step, counted from `number`, in the volume that has articles `ids`.

    An article that has gone from a source since the first step is gone from that volume, too: what
    is said of it there does not count.
    """
    names = []
    for one in sources:
        at = np.searchsorted(ids, one.ids)
        at[at == len(ids)] = 0
        names.append(np.where((ids[at] == one.ids) & one.living, at, -1))
    words, keys = _slice(sources, names, *step)
    if words:
        yield from write_blocks(keys, words, number)


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
