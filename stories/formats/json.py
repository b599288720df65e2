"""JSON: one array, a row a line, written as it comes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import orjson

from stories.formats import About
from stories.row import Row


def write(rows: Iterable[Row], about: About) -> Iterator[bytes]:  # noqa: ARG001 - as every format
    """The array, piece by piece."""
    before = b"[\n"
    for row in rows:
        yield before + orjson.dumps(row)
        before = b",\n"
    yield b"[]\n" if before == b"[\n" else b"\n]\n"
