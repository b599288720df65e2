"""Times as the web writes them: ISO 8601, RFC 5322, epochs, day-first and month-first forms."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from importlib.resources import files
from typing import Final, NamedTuple

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
_AFTERNOON: Final = frozenset({"午後", "오후"})

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

_MONTHS: Final = {
    name: number
    for number, line in enumerate(
        (files("pipeline") / "words" / "months.txt").read_text(encoding="utf-8").splitlines()
    )
    if number
    for name in line.split()
}

_CLOCK = r"(?P<h>[01]?\d|2[0-4])[:.](?P<m>[0-5]\d)(?::(?P<s>[0-5]\d|60))?(?:[.,]\d{1,9})?"
_HALF = r"\s*(?P<ap>[ap]\.?m\b\.?)?"
_ZONE = r"\s*(?P<z>Z|UTC|GMT|[+\N{MINUS SIGN}-]\d\d:?(?:\d\d)?|[A-Z]{2,5}\b)?"
_YEAR = r"(?P<y>(?:19|20)\d\d)"
_DAY = r"(?P<d>3[01]|[12]\d|0?[1-9])"
_MONTH = r"(?P<mo>0?[1-9]|1[0-2])"
_NAME = r"(?P<mon>[^\W\d_]{3,12})"
_GAP = r"[\s,|\-\N{EN DASH}\N{BULLET}\N{MIDDLE DOT}]*"
_AT = r"(?:um|klo|kl\.?|at|h|a las|alle|ore|à|v|o|в|\N{CYRILLIC SMALL LETTER O})?[\s,]*"
_OF_YEAR = r"(?:\s*(?:\N{CYRILLIC SMALL LETTER GHE}\.?|\N{CYRILLIC SMALL LETTER ER}\.?|r\.|jm))?"
_LATER = rf"(?:{_GAP}{_AT}{_CLOCK}{_HALF}\s*(?:h|Uhr)?{_ZONE})?"

_SHAPES: Final = tuple(
    re.compile(shape, re.IGNORECASE)
    for shape in (
        # 2026-05-09T10:00:00Z, 2026/05/09 10:00
        (
            rf"(?<!\d){_YEAR}(?P<sep>[-/.]?){_MONTH}(?P=sep){_DAY}(?!\d|T\d{{4}})"
            rf"(?:(?:\s*[T,|\-\N{{EN DASH}}]\s*|\s+(?:at\s+)?){_CLOCK}{_HALF}{_ZONE})?"
        ),
        # 20260509T100000Z
        rf"(?<!\d){_YEAR}(?P<mo>\d\d)(?P<d>\d\d)T(?P<h>\d\d)(?P<m>\d\d)(?P<s>\d\d)?{_ZONE}",
        # Sat May 09 10:00:00 CEST 2026, Sat May 9 2026 10:00:00 GMT+0200
        (
            rf"\w{{3}},?\s+{_NAME}\s+(?P<d>\d\d?)\s+(?:{_YEAR}\s+)?{_CLOCK}\s+"
            r"(?P<z>[A-Z]{3,4}(?:[+-]\d{4})?)(?:\s+(?P<y2>(?:19|20)\d\d))?"
        ),
        # 2026年5月9日 午後3時12分
        (
            rf"{_YEAR}\s*[年년]\s*(?P<mo>\d\d?)\s*[月월]\s*(?P<d>\d\d?)\s*[日일]"
            r"(?:[^\d午오]{0,8}(?P<half>午前|午後|오전|오후)?\s*(?P<h>\d\d?)\s*[:時时시]\s*(?P<m>\d\d)?"
            r"\s*[分분]?(?::(?P<s>\d\d))?)?"
        ),
        # 15:56 BST, 9 May 2026
        (
            rf"{_CLOCK}{_HALF}{_ZONE}[\s,|\N{{BULLET}}\N{{MIDDLE DOT}}]+"
            rf"(?:{_DAY}\s+{_NAME}|(?P<mon2>[^\W\d_]{{3,12}})\.?\s+(?P<d2>3[01]|[12]\d|0?[1-9])),?"
            rf"\s+{_YEAR}"
        ),
        # 9. Mai 2026, 10.00 Uhr; 9 de mayo de 2026
        (
            rf"(?<!\d){_DAY}(?:\.|er|st|nd|rd|th|º)?\s*(?:de\s+|di\s+|of\s+)?[-/]?{_NAME}\.?,?"
            rf"\s*(?:de\s+|del\s+)?[-/]?{_YEAR}{_OF_YEAR}{_LATER}"
        ),
        # May 9, 2026 10:00 AM
        rf"(?<![^\W\d_]){_NAME}\.?\s+{_DAY}(?:st|nd|rd|th)?,?\s+{_YEAR}{_LATER}",
        # 09.05.2026, 10:00; 9/5/26
        rf"(?<!\d){_DAY}(?P<sep>[./-])\s?{_MONTH}(?P=sep)\s?(?P<y>(?:19|20)\d\d|\d\d)(?!\d){_LATER}",
    )
)
_EPOCH = re.compile(r"(?:1\d{9}|1\d{12})\Z")


def moment(text: str, *, month_first: bool = False) -> Moment | None:
    """Read the first time that stands in a text, or None.

    In forms of numbers alone day comes before month, unless `month_first` and that makes a date.
    """
    text = text.strip()[:_LONGEST]
    if not any(char.isdigit() for char in text):
        return None
    if _EPOCH.match(text):
        seconds = int(text) / (1000 if len(text) > _SECONDS_DIGITS else 1)
        return Moment(datetime.fromtimestamp(seconds, UTC), Precision.SECOND)
    for shape in _SHAPES:
        for found in shape.finditer(text):
            part = found.groupdict()
            if month_first and shape is _SHAPES[-1]:
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
    hour, minute, second = (int(part.get(unit) or 0) for unit in "hms")
    half = (part.get("ap") or part.get("half") or "").lower()
    if half and hour <= _NOON:
        hour = hour % _NOON + (_NOON if half[:1] == "p" or half in _AFTERNOON else 0)
    zone = _zone(part.get("z")) if part.get("h") else None
    try:
        midnight = datetime(year, month, int(part.get("d") or part.get("d2") or 0), tzinfo=zone)
    except ValueError:
        return None
    if part.get("h") is None:
        return Moment(midnight, Precision.DAY)
    days, hour = divmod(hour, _MIDNIGHT)
    at = midnight + timedelta(days=days)
    at = at.replace(hour=hour, minute=minute, second=min(second, 59))
    return Moment(at, Precision.SECOND if part.get("s") else Precision.MINUTE)


def _zone(text: str | None) -> timezone | None:
    if not text:
        return None
    text = text.upper().replace("\N{MINUS SIGN}", "-")
    if text[:3] in {"GMT", "UTC"} and len(text) > len("GMT"):
        text = text[3:]
    if text[0] in "+-":
        digits = text[1:].replace(":", "").ljust(4, "0")
        minutes = int(digits[:2]) * 60 + int(digits[2:])
        east = -minutes if text[0] == "-" else minutes
        return timezone(timedelta(minutes=east)) if minutes <= _WIDEST else None
    known = _ZONES.get(text)
    return None if known is None else timezone(timedelta(minutes=known))
