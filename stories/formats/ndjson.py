"""NDJSON: an object a line, as `newsdesk import` takes it back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import orjson

from stories.formats import About
from stories.row import Row


def write(rows: Iterable[Row], about: About) -> Iterator[bytes]:  # noqa: ARG001 - as every format
    """One line for each row."""
    for row in rows:
        yield orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE)
