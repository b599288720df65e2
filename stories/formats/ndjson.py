"""NDJSON: an object a line, as `newsdesk import` takes it back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from stories.formats import About
from stories.row import Row

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def write(rows: Iterable[Row], about: About) -> Iterator[str]:  # noqa: ARG001 - as every format
    """One line for each row."""
    for row in rows:
        yield _encode(row) + "\n"
