"""Excel's XLSX, by XlsxWriter: a row a record; every cell is text or a number, never a formula."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]  # has no types

from stories.formats import About
from stories.row import FIELDS, Row

MOST_ROWS = 1_048_575
LONGEST = 32_767
CHUNK = 1 << 20


def write(rows: Iterable[Row], about: About) -> Iterator[bytes]:
    """The file; made on disk, a row at a time, because its directory comes at the end.

    Rows beyond what a sheet can hold go on in another one, and texts are cut at 32,767 characters.
    """
    with TemporaryDirectory() as folder:
        path = Path(folder) / "export.xlsx"
        # Rows are let go as soon as they are written; nothing is made into a link or a formula.
        with xlsxwriter.Workbook(
            str(path),
            {
                "constant_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
                "tmpdir": folder,
            },
        ) as book:
            book.set_properties({"title": about.title[:255]})
            sheet, at = _sheet(book), 1
            for row in rows:
                if at > MOST_ROWS:
                    sheet, at = _sheet(book), 1
                for column, name in enumerate(FIELDS):
                    value = row[name]
                    if isinstance(value, int | float):
                        sheet.write_number(at, column, value)
                    elif value:
                        sheet.write_string(at, column, _text(value)[:LONGEST])
                at += 1
        with path.open("rb") as file:
            while piece := file.read(CHUNK):
                yield piece


def _sheet(book: Any) -> Any:  # noqa: ANN401 - has no types
    """Another sheet, with the fields' names."""
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, FIELDS)
    return sheet


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return "; ".join(value)
    return json.dumps(value, ensure_ascii=False)
