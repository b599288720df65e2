"""Which hashes an epoch of sketches may have: most need not be looked up in it at all.

A Bloom filter (Bloom 1970) of three places a hash, which are made of two (Kirsch and Mitzenmacher
2008). Of the hashes that an epoch does not have, less than one of a hundred is asked for in vain.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, delete, select

from stories.archive.upsert import upsert
from stories.tables.filing import sieve

Bits = NDArray[np.uint8]
Hashes = NDArray[np.int64]

SIZE = 1 << 22
"""Bits of a sieve: 512 KiB for the 250,000 to 350,000 hashes of an epoch."""

PLACES = 3

_UPPER, _LOWER = np.int64(33), np.int64(11)


def empty() -> Bits:
    """A sieve that lets nothing through."""
    return np.zeros(SIZE >> 3, dtype=np.uint8)


def sift(bits: Bits, hashes: Hashes) -> Hashes:
    """Those of the hashes that may be in the epoch."""
    for number in range(PLACES):
        place = _place(hashes, number)
        hashes = hashes[(bits[place >> 3] >> (place & 7).astype(np.uint8)) & 1 == 1]
    return hashes


def mark(bits: Bits, hashes: Hashes) -> None:
    """Let these hashes through."""
    for number in range(PLACES):
        place = _place(hashes, number)
        np.bitwise_or.at(bits, place >> 3, np.uint8(1) << (place & 7).astype(np.uint8))


def kept(connection: Connection, epoch: int) -> Bits | None:
    """The sieve of an epoch, when it was made."""
    found = connection.execute(select(sieve.c.bits).where(sieve.c.epoch == epoch)).scalar()
    return None if found is None else np.frombuffer(bytearray(found), dtype=np.uint8)


def keep(connection: Connection, epoch: int, bits: Bits) -> None:
    """Keep the sieve of an epoch."""
    upsert(connection, sieve, [{"epoch": epoch, "bits": bits.tobytes()}], replace=("bits",))


def drop(connection: Connection, epoch: int) -> None:
    """What the sieve of an epoch says is no longer so."""
    connection.execute(delete(sieve).where(sieve.c.epoch == epoch))


def _place(hashes: Hashes, number: int) -> Hashes:
    place: Hashes = ((hashes >> _UPPER) + number * (hashes >> _LOWER)) & np.int64(SIZE - 1)
    return place
