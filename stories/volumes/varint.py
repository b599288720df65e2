"""Whole numbers, arrays at a time; as bytes they have seven bits each, the low ones first."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
Bytes = NDArray[np.uint8]

MORE = 128


def encode(numbers: Numbers) -> tuple[Bytes, Numbers]:
    """The bytes of all numbers (none negative, below 2**49), and where each of them ends."""
    sizes = np.ones(len(numbers), np.int64)
    for bits in range(7, 49, 7):
        longer = numbers >= (1 << bits)
        if not longer.any():
            break
        sizes += longer
    ends = np.cumsum(sizes)
    out = np.zeros(int(ends[-1]) if len(ends) else 0, np.uint8)
    starts = ends - sizes
    for place in range(int(sizes.max()) if len(sizes) else 0):
        here = sizes > place
        low = (numbers[here] >> (7 * place)) & 127
        out[starts[here] + place] = low + np.where(sizes[here] > place + 1, MORE, 0)
    return out, ends


def decode(data: Bytes) -> Numbers:
    """The numbers that these bytes are."""
    if not len(data) or data.max() < MORE:
        return data.astype(np.int64)
    ends = np.flatnonzero(data < MORE)
    starts = np.empty_like(ends)
    starts[0] = 0
    starts[1:] = ends[:-1] + 1
    sizes = ends - starts
    numbers = (data[starts] & 127).astype(np.int64)
    for place in range(1, int(sizes.max()) + 1):
        here = np.flatnonzero(sizes >= place)
        numbers[here] |= (data[starts[here] + place] & 127).astype(np.int64) << (7 * place)
    return numbers


def running(steps: Numbers, counts: Numbers) -> Numbers:
    """Sums that start anew: `counts` says how many of the steps each of the runs has."""
    if not len(steps):
        return steps
    sums: Numbers = np.cumsum(steps)
    firsts = np.cumsum(counts) - counts
    before = np.where(firsts > 0, sums[firsts - 1], 0)
    sums -= np.repeat(before, counts)
    return sums


def both(some: Numbers, others: Numbers) -> Numbers:
    """What is in both of two sorted arrays."""
    few, many = (some, others) if len(some) <= len(others) else (others, some)
    at = np.searchsorted(many, few)
    at[at == len(many)] = 0
    return few[many[at] == few] if len(many) else few[:0]
