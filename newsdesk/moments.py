"""Points in time as an operator writes and reads them."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from newsdesk.misuse import Misuse
from stories.model import Precision

if TYPE_CHECKING:
    from datetime import tzinfo

    from stories.model import Instant

AGO = re.compile(r"(\d{1,6})\s*(m|min|h|d|w)")
UNITS = {
    "m": timedelta(minutes=1),
    "min": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
    "w": timedelta(weeks=1),
}
ALLOWED = (
    "Write an age (90m, 12h, 7d, 2w), a day (2026-11-22), a time (2026-11-22T18:30), or today."
)


def moment(told: str, now: datetime, zone: tzinfo) -> datetime:
    """The instant that `told` means at `now`; days and times without offset are those of `zone`.

    Raises Misuse for what is neither an age, a day, a time, ``today`` nor ``yesterday``.
    """
    word = told.strip().lower()
    today = now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    if word in ("today", "yesterday"):
        return today - timedelta(days=word == "yesterday")
    try:
        if ago := AGO.fullmatch(word):
            return now - int(ago[1]) * UNITS[ago[2]]
        at = datetime.fromisoformat(told.strip())
    except (ValueError, OverflowError) as error:
        raise Misuse(f"{told} is not a point in time.", ALLOWED) from error
    return at if at.tzinfo else at.replace(tzinfo=zone)


def clock(at: datetime | None, zone: tzinfo) -> str:
    """``Sun 22 Nov 18:30`` in `zone`, with the year when it is not the present one."""
    if at is None:
        return "-"
    there = at.astimezone(zone)
    return f"{_day(there)} {there:%H:%M}"


def claimed(instant: Instant | None, zone: tzinfo) -> str:
    """What an outlet says of its date, no more exactly than it says it."""
    if instant is None:
        return "no date"
    match instant.precision:
        case Precision.MONTH:
            return f"{instant.at:%b %Y}"
        case Precision.DAY:
            return _day(instant.at)
        case _:
            return clock(instant.at, zone)


def _day(at: datetime) -> str:
    year = "" if at.year == datetime.now(at.tzinfo).year else f" {at.year}"
    return f"{at:%a} {at.day} {at:%b}{year}"


def distance(at: datetime | None, now: datetime) -> str:
    """How far `at` is from `now`: ``12 min ago``, ``in 3 h``, ``now``."""
    if at is None:
        return "-"
    seconds = (at - now).total_seconds()
    size = abs(seconds)
    if size < 30:  # noqa: PLR2004 - half a minute, below which "now" is the honest word
        return "now"
    for unit, length in (("d", 172_800), ("h", 7_200), ("min", 0)):
        if size >= length:
            span = max(1, round(size / {"d": 86_400, "h": 3_600, "min": 60}[unit]))
            return f"in {span} {unit}" if seconds > 0 else f"{span} {unit} ago"
    return "now"
