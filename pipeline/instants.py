"""Times as the web writes them: ISO 8601, RFC 5322, epochs, day-first and month-first forms."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from importlib.resources import files
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from pipeline.datings import SHAPES
from stories.model import Precision


class Moment(NamedTuple):
    """A time as it was read: `at` is naive when no zone was said."""

    at: datetime
    precision: Precision

    @property
    def zoned(self) -> bool:
        """Whether the zone was said, so that the instant is known and not only the local time."""
        return self.at.tzinfo is not None


_LONGEST: Final = 200
_SECONDS_DIGITS: Final = 10
_CENTURY: Final = 100
_MIDNIGHT: Final = 24
_NOON: Final = 12
_WIDEST: Final = 14 * 60
_AFTERNOON: Final = frozenset({"午後", "下午", "오후"})
_BUDDHIST: Final = 2400
_BUDDHIST_AHEAD: Final = 543
_DIGITS: Final = {
    zero + number: str(number)
    for zero in (0x0660, 0x06F0, 0x0966, 0x09E6, 0x0E50, 0xFF10)
    for number in range(10)
}
"""Digits of other scripts: Arabic, Persian, Hindi, Bengali, Thai, and wide ones."""

_ZONES: Final = {
    "Z": 0, "UTC": 0, "GMT": 0, "WET": 0, "WEST": 60, "BST": 60, "CET": 60, "MEZ": 60,
    "CEST": 120, "MESZ": 120, "EET": 120, "EEST": 180, "MSK": 180, "SAST": 120, "EAT": 180,
    "EST": -300, "EDT": -240, "CST": -360, "CDT": -300, "MST": -420, "MDT": -360,
    "PST": -480, "PDT": -420, "AKST": -540, "AKDT": -480, "HST": -600, "NST": -210, "NDT": -150,
    "AST": -240, "ADT": -180, "BRT": -180, "ART": -180, "JST": 540, "KST": 540, "HKT": 480,
    "SGT": 480, "PHT": 480, "WIB": 420, "WITA": 480, "WIT": 540, "ICT": 420, "NZST": 720,
    "NZDT": 780, "AEST": 600, "AEDT": 660, "ACST": 570, "ACDT": 630, "AWST": 480, "PKT": 300,
    "GST": 240, "TRT": 180,
}  # fmt: skip
"""Minutes east of UTC of the zones' names on news pages. IST is left out: three zones own it."""
_PLACES: Final = {
    "ET": "America/New_York", "CT": "America/Chicago", "MT": "America/Denver",
    "PT": "America/Los_Angeles", "AKT": "America/Anchorage",
}  # fmt: skip
"""Names that leave it to the day whether it is summer time."""

_MONTHS: Final = {
    name: number
    for number, line in enumerate(
        (files("pipeline") / "words" / "months.txt").read_text(encoding="utf-8").splitlines()
    )
    if number
    for name in line.split()
}

_EPOCH = re.compile(r"(?:1\d{9}|1\d{12})\Z")


def moment(text: str, *, month_first: bool = False) -> Moment | None:
    """Read the first time that stands in a text, or None.

    In forms of numbers alone day comes before month, unless `month_first` and that makes a date.
    """
    text = text.strip()[:_LONGEST]
    if not text.isascii():
        text = text.translate(_DIGITS)
    if not any(char.isdigit() for char in text):
        return None
    if _EPOCH.match(text):
        seconds = int(text) / (1000 if len(text) > _SECONDS_DIGITS else 1)
        return Moment(datetime.fromtimestamp(seconds, UTC), Precision.SECOND)
    for shape in SHAPES:
        for found in shape.finditer(text):
            part = found.groupdict()
            if month_first and shape is SHAPES[-1]:
                swapped = _read(part | {"d": part["mo"], "mo": part["d"]})
                if swapped:
                    return swapped
            if read := _read(part):
                return read
    return None


def _read(part: dict[str, str | None]) -> Moment | None:
    name = part.get("mon") or part.get("mon2")
    month = _MONTHS.get(name.lower()) if name else int(part["mo"] or 0)
    year = int(part.get("y") or part.get("y2") or 0)
    if not month or not year:
        return None
    if year < _CENTURY:
        year += 20 * _CENTURY
    if year > _BUDDHIST:
        year -= _BUDDHIST_AHEAD
    hour, minute, second = (int(part.get(unit) or 0) for unit in "hms")
    half = (part.get("ap") or part.get("half") or "").lower()
    if half and hour <= _NOON:
        hour = hour % _NOON + (_NOON if half[:1] == "p" or half in _AFTERNOON else 0)
    zone = _zone(part.get("z")) if part.get("h") else None
    try:
        midnight = datetime(year, month, int(part.get("d") or part.get("d2") or 0), tzinfo=zone)
        if part.get("h") is None:
            return Moment(midnight, Precision.DAY)
        days, hour = divmod(hour, _MIDNIGHT)
        at = midnight + timedelta(days=days)
        at = at.replace(hour=hour, minute=minute, second=min(second, 59))
        if place := _PLACES.get((part.get("z") or "").upper()):
            at = at.replace(
                tzinfo=timezone(at.replace(tzinfo=ZoneInfo(place)).utcoffset() or timedelta())
            )
    except ValueError:
        return None
    return Moment(at, Precision.SECOND if part.get("s") else Precision.MINUTE)


def _zone(text: str | None) -> timezone | None:
    if not text:
        return None
    text = text.upper().replace("\N{MINUS SIGN}", "-").lstrip("(")
    if text[:3] in {"GMT", "UTC"} and len(text) > len("GMT"):
        text = text[3:]
    if text[0] in "+-":
        digits = text[1:].replace(":", "")
        digits = (digits if len(digits) > 1 else f"0{digits}").ljust(4, "0")
        minutes = int(digits[:2]) * 60 + int(digits[2:])
        east = -minutes if text[0] == "-" else minutes
        return timezone(timedelta(minutes=east)) if minutes <= _WIDEST else None
    known = _ZONES.get(text)
    return None if known is None else timezone(timedelta(minutes=known))
