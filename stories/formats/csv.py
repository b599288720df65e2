"""CSV: a row a record, lists as readable text, and nothing that a spreadsheet would execute."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator

from stories.formats import About
from stories.row import FIELDS, Row

# What a cell must start with for a spreadsheet to compute it, in plain and in full-width form.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # noqa: RUF001


def write(rows: Iterable[Row], about: About) -> Iterator[str]:  # noqa: ARG001 - as every format
    """A heading with the fields' names, then a record for each row."""
    buffer = io.StringIO()
    record = csv.writer(buffer)
    record.writerow(FIELDS)
    for row in rows:
        record.writerow([_cell(row[field]) for field in FIELDS])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
    yield buffer.getvalue()


def _cell(value: object) -> str:
    """The value as text: lists of words with semicolons, what has parts as JSON."""
    match value:
        case None:
            return ""
        case str():
            return _defused(value)
        case list() if all(isinstance(one, str) for one in value):
            return _defused("; ".join(value))
        case dict() | list():
            return json.dumps(value, ensure_ascii=False)
        case _:
            return str(value)


def _defused(text: str) -> str:
    """With an apostrophe before what would be a formula (OWASP's way)."""
    return f"'{text}" if text.lstrip(" \u00a0").startswith(_FORMULA) else text
