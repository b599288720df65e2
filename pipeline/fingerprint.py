"""A text as numbers: its words, the runs of words it is compared by, and a sample of them to keep.

The sample is a FracMinHash sketch (Irber et al. 2022): of the five-word runs, those whose hash is
divisible by a round number. Samples of a part and of the whole share what the texts share, which
the signatures of MinHash do not: that is what finds truncated copies.
"""

from __future__ import annotations

from dataclasses import dataclass
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from pipeline.checksums import checksums
from stories.ascending import once
from stories.words import LONGEST as CUT
from stories.words import spaced, words

Hashes = NDArray[np.uint64]

SKETCHED = 5
"""Words in a run of the sketch: long enough to be rare."""

COMPARED = 3
"""Words in a run of the comparison: short enough to survive an editor."""

RATES = (16, 4, 1)
"""One of so many runs is kept; the finer rates are for texts that would leave too few. Powers of
two, so that the last bits of a hash say by which it is divisible."""

ENOUGH = 16

LENGTH, LONGEST = 32, 15
"""Where the length of a word lies in its hash, and the longest that is told apart."""

SHORT = 400
"""Characters below which a text is hashed faster word by word than all at once."""

_FACTORS = tuple(
    np.uint64(one)
    for one in (
        0x9E3779B97F4A7C15,
        0xC2B2AE3D27D4EB4F,
        0x165667B19E3779F9,
        0x27D4EB2F165667C5,
        0x85EBCA77C2B2AE63,
    )
)
_MIX = np.uint64(0xBF58476D1CE4E5B9)
_HIGH, _LOW = np.uint64(29), np.uint64(32)
_TO_LENGTH = np.uint64(LENGTH)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fingerprint:
    """What is compared of a text.

    `words` has a hash for each word; `own` is false where the word stands in a block quotation.
    `digest` is 64 bits of all words, `sketch` the sample of five-word runs, ascending; both are
    signed, as databases count.
    """

    words: Hashes
    own: NDArray[np.bool_]
    digest: int
    sketch: tuple[int, ...]


def fingerprint(text: str, roles: str = "") -> Fingerprint:
    """Make the fingerprint of a text that has a paragraph a line, with one role a line."""
    if "q" in roles:
        hashed, own = _by_lines(text, roles)
    else:
        hashed = hashes(text)
        own = np.ones(len(hashed), dtype=np.bool_)
    signed = runs(hashed, SKETCHED).view(np.int64)
    return Fingerprint(
        words=hashed, own=own, digest=_digest(hashed), sketch=tuple(_sample(signed).tolist())
    )


def runs(hashed: Hashes, length: int) -> Hashes:
    """A hash for each run of so many words, in order; none for a text that is shorter."""
    count = len(hashed) - length + 1
    if count <= 0:
        return np.zeros(0, dtype=np.uint64)
    mixed = hashed[:count] * _FACTORS[0]
    for place in range(1, length):
        mixed += hashed[place : place + count] * _FACTORS[place]
    mixed ^= mixed >> _HIGH
    mixed *= _MIX
    mixed ^= mixed >> _LOW
    return mixed


def hashes(text: str) -> Hashes:
    """A hash for each word of a text, in order; the word's length is in the bits from `LENGTH`."""
    found = checksums(spaced(text).encode()) if len(text) >= SHORT else None
    if found is None or (len(found[1]) and found[1].max() > CUT):
        few = [crc32(word.encode()) | min(len(word), LONGEST) << LENGTH for word in words(text)]
        return np.array(few, dtype=np.uint64)
    sums, lengths = found
    return np.minimum(lengths, LONGEST).astype(np.uint64) << _TO_LENGTH | sums


def _by_lines(text: str, roles: str) -> tuple[Hashes, NDArray[np.bool_]]:
    parts, marks = [], []
    for number, line in enumerate(text.split("\n")):
        part = hashes(line)
        parts.append(part)
        marks.append(np.full(len(part), roles[number : number + 1] != "q"))
    return np.concatenate(parts), np.concatenate(marks)


def _digest(hashed: Hashes) -> int:
    """Depends on every word and on its place, and on nothing else."""
    places = np.arange(1, len(hashed) + 1, dtype=np.uint64)
    mixed = (hashed + places * _FACTORS[0]) * _MIX
    mixed ^= mixed >> _HIGH
    mixed *= _FACTORS[1]
    return int(mixed.sum(dtype=np.uint64).astype(np.int64))


def _sample(signed: NDArray[np.int64]) -> NDArray[np.int64]:
    """The finest rate that is needed; rates nest, so that samples of any two texts can meet."""
    kept = signed
    for rate in RATES:
        kept = once(signed[signed & (rate - 1) == 0])
        if len(kept) >= ENOUGH:
            break
    return kept
