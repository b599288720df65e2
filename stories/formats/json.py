"""JSON: one array, a row a line, written as it comes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from stories.formats import About
from stories.row import Row

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def write(rows: Iterable[Row], about: About) -> Iterator[str]:  # noqa: ARG001 - as every format
    """The array, piece by piece."""
    before = "[\n"
    for row in rows:
        yield before + _encode(row)
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"
