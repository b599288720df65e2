"""Which hashes an epoch of sketches may have: most need not be looked up in it at all.

A Bloom filter of one hash function (Bloom 1970): a bit for every value that the upper bits of a
hash can take. Of the hashes that an epoch does not have, one of 20 to 30 is asked for in vain.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, delete, select

from stories.archive.bulk import rows_of
from stories.archive.chunks import chunks
from stories.archive.upsert import upsert
from stories.tables.filing import sieve

Bits = NDArray[np.uint8]
Hashes = NDArray[np.int64]

SIZE = 1 << 23
"""Bits of a sieve: 1 MiB for the 300,000 to 500,000 hashes of an epoch."""

_UPPER = np.int64(33)


def sift(bits: Bits, hashes: Hashes) -> Hashes:
    """Those of the hashes that may be in the epoch."""
    place = _place(hashes)
    may: Hashes = hashes[(bits[place >> 3] >> (place & 7).astype(np.uint8)) & 1 == 1]
    return may


def take(connection: Connection, epoch: int, *, full: bool) -> Bits:
    """The sieve of an epoch; that of a full one is kept when it is asked for first."""
    kept = connection.execute(select(sieve.c.bits).where(sieve.c.epoch == epoch)).scalar()
    if kept is not None:
        return np.frombuffer(bytearray(kept), dtype=np.uint8)
    mark = "?" if connection.dialect.name == "sqlite" else "%s"
    found = rows_of(connection, f"SELECT hash FROM sketch WHERE epoch = {mark}", (epoch,))  # noqa: S608 - a mark of the driver
    bits = np.zeros(SIZE >> 3, dtype=np.uint8)
    _put(bits, np.fromiter(chain.from_iterable(found), np.int64, len(found)))
    if full:
        upsert(connection, sieve, [{"epoch": epoch, "bits": bits.tobytes()}], replace=("bits",))
    return bits


def add(connection: Connection, fresh: Mapping[int, Sequence[int]], known: dict[int, Bits]) -> None:
    """Hashes were added to epochs: the sieves that are `known` get them, those kept are dropped."""
    for one, hashes in fresh.items():
        if one in known:
            _put(known[one], np.array(hashes, dtype=np.int64))
    # That of the latest epoch is not kept yet.
    latest = max(known, default=None)
    for some in chunks(sorted(one for one in fresh if latest is None or one < latest)):
        connection.execute(delete(sieve).where(sieve.c.epoch.in_(some)))


def _put(bits: Bits, hashes: Hashes) -> None:
    place = _place(hashes)
    np.bitwise_or.at(bits, place >> 3, np.uint8(1) << (place & 7).astype(np.uint8))


def _place(hashes: Hashes) -> NDArray[np.int64]:
    return (hashes >> _UPPER) & np.int64(SIZE - 1)
