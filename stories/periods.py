"""Periods in a query: ``published:[2026-01 TO 2026-03-15]``, in UTC, as they are written."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Literal

from stories.clauses import Period
from stories.lucene import tree as lucene
from stories.mending import refusal

_MOMENT = re.compile(
    r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ](\d\d)(?::(\d\d)(?::(\d\d))?)?(Z|[+-]\d\d:?\d\d)?)?)?)?"
)
_HINT = "write published:[2026-01-15 TO 2026-02], * for an open end"


def period(item: lucene.Item, field: str) -> Period:
    """A range, or what is after or before a moment; raises QueryError."""
    of: Literal["published", "seen"] = "published" if field == "published" else "seen"
    match item:
        case lucene.Range():
            first = _border(item.low, after=not item.include_low)
            end = _border(item.high, after=item.include_high)
            if first is not None and end is not None and first >= end:
                raise refusal(item, "the period ends before it begins", "the earlier one first")
            return Period(of=of, first=first, end=end)
        case lucene.From():
            return Period(of=of, first=_border(item.a, after=not item.include), end=None)
        case _:
            return Period(of=of, first=None, end=_border(item.a, after=item.include))


def _border(item: lucene.Item, *, after: bool) -> datetime | None:
    value = item.value[1:-1] if isinstance(item, lucene.Phrase) else str(item.value)
    if value == "*":
        return None
    first, end = span(item, value)
    return end if after else first


def span(item: lucene.Item, value: str) -> tuple[datetime, datetime]:
    """The first instant of what is named (a year, month, day, hour ...), and the first after it."""
    got = _MOMENT.fullmatch(value.replace("\\", "").strip())
    if got is None:
        raise refusal(item, f"{value} is no date", _HINT)
    year, month, day, hour, minute, second, offset = got.groups()
    zone = "+00:00" if offset in {None, "Z"} else offset
    try:
        first = datetime.fromisoformat(
            f"{year}-{month or '01'}-{day or '01'}"
            f"T{hour or '00'}:{minute or '00'}:{second or '00'}{zone}"
        ).astimezone(UTC)
        return first, _after(first, len([part for part in got.groups()[:6] if part]))
    except (ValueError, OverflowError):
        raise refusal(item, f"{value} is no date", _HINT) from None


def _after(first: datetime, exact: int) -> datetime:
    """The end of what begins at `first` and was written with so many numbers."""
    match exact:
        case 1:
            return first.replace(year=first.year + 1)
        case 2:
            return (first + timedelta(days=31)).replace(day=1)
        case 3:
            return first + timedelta(days=1)
        case 4:
            return first + timedelta(hours=1)
        case 5:
            return first + timedelta(minutes=1)
        case _:
            return first + timedelta(seconds=1)
