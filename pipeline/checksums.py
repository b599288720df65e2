"""The CRC-32 of each word of a text, all of them at once.

A CRC is linear: that of a word is what each of its bytes adds for its distance from the end, by
exclusive or, and what the length adds. So a table says it, and no word is made into an object.
"""

from __future__ import annotations

from zlib import crc32

import numpy as np
from numpy.typing import NDArray

LONGEST = 255
"""Bytes of the longest word whose checksum can be told."""

_SPACE = 0x20
_CONTINUES, _OF_TWO_BITS = 0x80, 0xC0


def _table() -> NDArray[np.uint32]:
    """What a byte adds that is so far from the end, one for the last; what ends a word, nothing."""
    table = np.zeros((LONGEST + 1, 256), dtype=np.uint32)
    last = table[1] = [crc32(bytes([byte])) ^ crc32(b"\0") for byte in range(256)]
    for far in range(2, LONGEST + 1):
        table[far] = np.array(last)[table[far - 1] & 0xFF] ^ table[far - 1] >> 8
    return table


_ADDED = _table().ravel()
_BY_LENGTH = np.array([crc32(bytes(length)) for length in range(LONGEST + 1)], dtype=np.uint32)


def checksums(spaced: bytes) -> tuple[NDArray[np.uint32], NDArray[np.int64]] | None:
    """Of each word, in order, the CRC-32 of its UTF-8 and how many characters it has.

    Words are what stands between spaces. None when one is too long.
    """
    data = np.frombuffer(spaced + b" ", dtype=np.uint8)
    ends = (data == _SPACE).nonzero()[0]
    starts = np.zeros(len(ends), dtype=np.int64)
    np.add(ends[:-1], 1, out=starts[1:])
    sizes = ends - starts
    if sizes.max() > LONGEST:
        return None
    # In 16 bits: the distance above the byte, which is a place of the table. That distances are
    # differences modulo 2**16 does them no harm.
    which = np.repeat(ends.astype(np.uint16), sizes + 1)
    which -= np.arange(len(data), dtype=np.uint16)
    which <<= 8
    which |= data
    found = np.bitwise_xor.reduceat(_ADDED[which], starts) ^ _BY_LENGTH[sizes]
    characters = sizes
    if not spaced.isascii():
        begins = (data & _OF_TWO_BITS) != _CONTINUES
        characters = np.add.reduceat(begins, starts, dtype=np.int64) - 1
    words = sizes > 0
    return found[words], characters[words]
