"""Unpacking stops at sizes and ratios that no honest page has."""

from __future__ import annotations

import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spiders.unfetched import UnfetchedError
from spiders.unpack import Unpacker, unpack

TEXT = b"The council met on Monday. " * 400


def fed(encoding: str, data: bytes, step: int, limit: int = 10_000_000) -> bytes:
    unpacker = Unpacker(encoding, limit)
    for start in range(0, len(data), step):
        unpacker.feed(data[start : start + step])
    return unpacker.body()


@given(
    st.binary(max_size=5_000),
    st.integers(min_value=1, max_value=6_000),
    st.sampled_from(["gzip", "deflate", "raw", "identity", ""]),
)
def test_whatever_was_packed_comes_out_in_steps_of_any_size(
    data: bytes, step: int, how: str
) -> None:
    packer = zlib.compressobj(wbits=-15)
    packed = {
        "gzip": gzip.compress(data),
        "deflate": zlib.compress(data),
        "raw": packer.compress(data) + packer.flush(),
    }.get(how, data)
    if how == "raw" and packed[0] & 0x0F == 8 and int.from_bytes(packed[:2]) % 31 == 0:
        return  # reads as zlib's own header, as one in 500 raw streams of noise does
    assert fed("deflate" if how == "raw" else how, packed, step) == data


def test_members_of_a_gzip_file_follow_each_other_and_padding_is_left() -> None:
    data = gzip.compress(TEXT) + gzip.compress(b"more") + bytes(64)
    for step in (1, 7, 1000, 100_000):
        assert fed("gzip", data, step) == TEXT + b"more"


def test_a_page_that_is_said_to_be_packed_and_is_not_is_read_as_it_is() -> None:
    assert fed("gzip", TEXT, 10) == TEXT


def test_a_stream_that_ends_early_gives_what_came() -> None:
    packed = gzip.compress(TEXT * 50)
    assert TEXT.startswith(fed("gzip", packed[: len(packed) // 2], 100)[:1000])


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, gzip", "compress", "x" * 5000])
def test_what_was_not_asked_for_is_not_unpacked(encoding: str) -> None:
    with pytest.raises(UnfetchedError, match="encoding"):
        Unpacker(encoding, 1000)


def test_a_broken_stream_says_so() -> None:
    packed = bytearray(gzip.compress(TEXT))
    packed[40] ^= 0xFF
    with pytest.raises(UnfetchedError, match="encoding"):
        fed("gzip", bytes(packed) + b"x" * 100, 10)


@pytest.mark.parametrize("limit", [10_000_000, 10**12])
def test_bombs_end_at_the_limit_or_the_ratio(limit: int) -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    bomb = b"".join(packer.compress(bytes(1_000_000)) for _ in range(30)) + packer.flush()
    unpacker = Unpacker("gzip", limit)
    with pytest.raises(UnfetchedError, match="size"):
        unpacker.feed(bomb)
    assert unpacker.size <= 11_000_000


def test_what_was_sent_counts_too() -> None:
    with pytest.raises(UnfetchedError, match="size"):
        fed("", b"x" * 2000, 100, limit=1000)


def test_whole_files() -> None:
    assert unpack(gzip.compress(TEXT), 100_000) == TEXT
    with pytest.raises(UnfetchedError, match="size"):
        unpack(gzip.compress(TEXT), 100)
