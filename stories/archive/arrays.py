"""Arrays as PostgreSQL reads them, in bytes: its driver takes many times as long to write them.

The layout is that of `array_send` in PostgreSQL's source: dimensions, whether there are nulls, the
type, length and lower bound; then each element behind its size. All numbers are big-endian.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import Any

import numpy as np

BIGINT, BYTEA, TEXT = 20, 17, 25
_HEAD = struct.Struct("!iiIii")
_SIZE = struct.Struct("!i")
_NUMBER = np.dtype([("size", ">i4"), ("value", ">i8")])


class Numbers(bytes):
    """The value of a parameter that is a `bigint[]`."""

    __slots__ = ()


class Blobs(bytes):
    """The value of a parameter that is a `bytea[]`."""

    __slots__ = ()


class Texts(bytes):
    """The value of a parameter that is a `text[]`."""

    __slots__ = ()


def numbers(some: Sequence[int]) -> Numbers:
    """Integers of 64 bits."""
    rows = np.empty(len(some), _NUMBER)
    rows["size"], rows["value"] = 8, some
    return Numbers(_head(BIGINT, len(some)) + rows.tobytes())


def blobs(some: Sequence[bytes]) -> Blobs:
    """Values of bytes, of any length."""
    return Blobs(_sized(BYTEA, some))


def texts(some: Sequence[str]) -> Texts:
    """Texts that can be stored."""
    return Texts(_sized(TEXT, [one.encode() for one in some]))


def teach(driver: Any) -> None:  # noqa: ANN401 - psycopg is there only where it is wanted
    """Let a connection of psycopg send these values as what they are."""
    from psycopg.adapt import Dumper  # noqa: PLC0415 - as above
    from psycopg.pq import Format  # noqa: PLC0415 - as above

    class Packed(Dumper):
        format = Format.BINARY

        def dump(self, obj: bytes) -> bytes:
            return obj

    class PackedNumbers(Packed):
        oid = 1016

    class PackedBlobs(Packed):
        oid = 1001

    class PackedTexts(Packed):
        oid = 1009

    driver.adapters.register_dumper(Numbers, PackedNumbers)
    driver.adapters.register_dumper(Blobs, PackedBlobs)
    driver.adapters.register_dumper(Texts, PackedTexts)


def _sized(kind: int, some: Sequence[bytes]) -> bytes:
    parts = [_head(kind, len(some))]
    for one in some:
        parts += (_SIZE.pack(len(one)), one)
    return b"".join(parts)


def _head(kind: int, count: int) -> bytes:
    return _HEAD.pack(1, 0, kind, count, 1)
