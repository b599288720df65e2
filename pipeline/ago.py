"""Times that a page tells from the moment of reading: *vor 3 Stunden*, *yesterday at 14:05*."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Final, NamedTuple

from pipeline.instants import Moment
from stories.model import Precision

_UNITS: Final = {
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(weeks=1),
    "month": timedelta(days=30),
}
_EXACT: Final = timedelta(hours=1)
_MONTH: Final = timedelta(days=30)
_CLOCK = (
    r"(?:[\s,|\-]*(?:um|at|à|a las|alle|às|om|kl\.?|o|v|в|\N{CYRILLIC SMALL LETTER O})?"
    r"\s*(?P<h>[01]?\d|2[0-3])[:.h](?P<m>[0-5]\d))?"
)
_LONGEST: Final = 80
_SATURDAY: Final = 5
_BEFORE_DAY: Final = r"(?:on|am|vom|le|el|il|i|på|op|den|v|w|we|na|в|во|\u0443)\s+"
_ALONE: Final = rf"\A\W*(?:[^\W\d]+\W+)?(?:{_BEFORE_DAY})?(?:NAMES)"
_END: Final = r"\s*(?:h|uhr|uur|utc|gmt|[ap]\.?m\.?)?\W*\Z"
"""A weekday tells a time only where a line has hardly anything else."""


class _Shape(NamedTuple):
    """A way to tell a time: the shape, and what its words are worth."""

    shape: re.Pattern[str]
    units: Mapping[str, timedelta]
    back: timedelta
    weekday: int | None = None


def ago(text: str, now: datetime) -> Moment | None:
    """Read a time that is told from `now`, in a short line; None when there is none.

    Minutes ago are known to the minute; what is told in hours is known to the day only, and what
    is told in months to the month. A time of day comes without a zone, as its readers have it.
    """
    if len(text) > _LONGEST:
        return None
    for shape in _shapes():
        if found := shape.shape.search(text):
            return _told(found, shape, now)
    return None


def _told(found: re.Match[str], shape: _Shape, now: datetime) -> Moment:
    said = found.groupdict()
    unit = shape.units.get((said.get("unit") or "").lower())
    if unit is None:
        back = shape.back
        if shape.weekday is not None:
            back = timedelta(days=(now.weekday() - shape.weekday) % 7)
        day = (now - back).replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
        if said.get("h") is None:
            return Moment(day, Precision.DAY)
        at = day.replace(hour=int(said["h"]), minute=int(said["m"]))
        return Moment(at, Precision.MINUTE)
    count = said["count"] or "1"
    at = (now - int(count if count.isdigit() else 1) * unit).replace(second=0, microsecond=0)
    if unit < _EXACT:
        return Moment(at, Precision.MINUTE)
    day = at.replace(hour=0, minute=0, tzinfo=None)
    return Moment(day, Precision.MONTH if unit >= _MONTH else Precision.DAY)


@cache
def _shapes() -> tuple[_Shape, ...]:
    source = (files("pipeline") / "words" / "ago.toml").read_text(encoding="utf-8")
    tongues: dict[str, dict[str, list[str]]] = tomllib.loads(source)
    return tuple(shape for tongue in tongues.values() for shape in _of(tongue))


def _of(tongue: Mapping[str, Sequence[str]]) -> list[_Shape]:
    units = {word: size for name, size in _UNITS.items() for word in tongue[name]}
    count = rf"(?P<count>\d{{1,3}}{''.join(f'|{re.escape(one)}' for one in tongue['one'])})"
    unit = f"(?P<unit>{_any(list(units))})" + r"\.?"
    shapes = []
    for told in tongue["ago"]:
        pattern = (
            re.escape(told).replace("N", count, 1).replace("U", unit, 1).replace(r"\ ", r"\s*")
        )
        shapes.append(_Shape(_whole(pattern), units, timedelta()))
    for name, back in (("today", 0), ("yesterday", 1)):
        shapes.append(_Shape(_whole(f"(?:{_any(tongue[name])}){_CLOCK}"), {}, timedelta(days=back)))
    for weekday, names in enumerate(tongue["weekdays"]):
        line = re.compile(_ALONE.replace("NAMES", names) + _CLOCK + _END, re.IGNORECASE)
        shapes.append(_Shape(line, {}, timedelta(), weekday))
    for name in tongue["weekend"]:
        line = re.compile(_ALONE.replace("NAMES", re.escape(name)) + _END, re.IGNORECASE)
        shapes.append(_Shape(line, {}, timedelta(), _SATURDAY))
    return shapes


def _any(words: Sequence[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _whole(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){pattern}(?![^\W\d])", re.IGNORECASE)
