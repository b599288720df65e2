"""Crontab lines in a time zone: when the next fire is, through both nights on which clocks change.

The five fields mean what they mean to Debian's cron: weekdays count from Sunday (0 or 7), and the
two day fields are joined with *or*, unless one of them starts with ``*``. ``L`` in the day field
and ``MON#2`` or ``5L`` in the weekday field are understood as well, and so are ``@hourly``,
``@daily`` and the like.

When the clock changes, we do what Debian's cron does:

- A line that names its hours and minutes (``30 1 * * *``) fires once a wall time: at the first of
  two equal wall times in autumn; in spring, where its wall time does not exist, at the moment
  that the clock is put forward.
- A line whose minutes or hours start with ``*`` (``*/10 * * * *``) follows the clock as it runs:
  through both of the equal hours in autumn, and not at all in an hour that spring leaves out.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from cronsim import CronSim, CronSimError

_SHORTHANDS = {
    "@hourly": "0 * * * *",
    "@daily": "0 0 * * *",
    "@midnight": "0 0 * * *",
    "@weekly": "0 0 * * 0",
    "@monthly": "0 0 1 * *",
    "@yearly": "0 0 1 1 *",
    "@annually": "0 0 1 1 *",
}
_ALLOWED = {
    "minute": "0-59",
    "hour": "0-23",
    "day-of-month": "1-31",
    "month": "1-12 or jan-dec",
    "day-of-week": "0-7 or sun-sat, where 0 and 7 are Sunday",
}
_SECOND = timedelta(seconds=1)
_DAY = timedelta(days=1)


class CronError(ValueError):
    """A crontab line that cannot be understood or can never fire, or an unknown time zone."""


@dataclass(frozen=True, slots=True)
class Cron:
    """A crontab line in a time zone. Made by :func:`parse`, which has checked both."""

    line: str
    zone: ZoneInfo

    def after(self, at: datetime) -> datetime:
        """Give the first fire later than the aware datetime `at`, in UTC.

        Raises CronError where there is none within fifty years.
        """
        at = at.astimezone(UTC)
        minute, hour, *_ = _fields(self.line)
        if minute.startswith("*") or hour.startswith("*"):
            return self._as_the_clock_runs(at)
        return self._once_a_wall_time(at)

    def _once_a_wall_time(self, at: datetime) -> datetime:
        for wall in self._walls(at.astimezone(self.zone).replace(tzinfo=None)):
            fire = wall.replace(tzinfo=self.zone).astimezone(UTC)
            if fire.astimezone(self.zone).replace(tzinfo=None) != wall:
                fire = self._clock_change(fire - _DAY, fire) or fire
            if fire > at:
                return fire
        raise self._never()

    def _as_the_clock_runs(self, at: datetime) -> datetime:
        since, offset = at, self._offset(at)
        while True:
            wall = next(self._walls(since.replace(tzinfo=None) + offset), None)
            if wall is None:
                raise self._never()
            fire = (wall - offset).replace(tzinfo=UTC)
            change = self._clock_change(at, fire)
            if change is None:
                return fire
            at, since, offset = change, change - _SECOND, self._offset(change)

    def _walls(self, wall: datetime) -> CronSim:
        return CronSim(_SHORTHANDS.get(self.line, self.line), wall)

    def _offset(self, at: datetime) -> timedelta:
        return at.astimezone(self.zone).utcoffset() or timedelta()

    def _clock_change(self, start: datetime, end: datetime) -> datetime | None:
        """Find the first instant later than `start`, up to `end`, with another offset.

        zoneinfo does not tell its transitions. They are weeks apart, so a look a day finds them.
        """
        before = self._offset(start)
        while start < end:
            later = min(start + _DAY, end)
            if self._offset(later) != before:
                while later - start > _SECOND:
                    middle = start + (later - start) // _SECOND // 2 * _SECOND
                    if self._offset(middle) == before:
                        start = middle
                    else:
                        later = middle
                return later
            start = later
        return None

    def _never(self) -> CronError:
        return CronError(f"{self.line!r} never fires: no such day within fifty years")


def parse(line: str, zone: str = "UTC") -> Cron:
    """Read a crontab line of five fields, or a shorthand such as ``@daily``, for an IANA zone.

    Raises CronError, whose text says what was found and what is allowed.
    """
    line = " ".join(line.split()).lower()
    if line.startswith("@") and line not in _SHORTHANDS:
        raise CronError(f"{line!r} is not one of {', '.join(sorted(_SHORTHANDS))}")
    fields = _fields(line)
    if len(fields) != len(_ALLOWED):
        raise CronError(
            f"{line!r} has {len(fields)} fields, not five: minute, hour, day, month, weekday"
        )
    cron = Cron(line, _zone(zone))
    try:
        cron.after(datetime.now(UTC))
    except CronSimError as error:
        raise _explained(line, fields, error) from None
    return cron


def _fields(line: str) -> list[str]:
    return _SHORTHANDS.get(line, line).split()


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (LookupError, ValueError, OSError):
        raise CronError(
            f"{name!r} is not a time zone; write it as in Europe/Berlin or UTC"
        ) from None


def _explained(line: str, fields: list[str], error: CronSimError) -> CronError:
    """Say which field is wrong; the parser names it as in "Bad day-of-month"."""
    name = str(error).removeprefix("Bad ")
    if name not in _ALLOWED:
        return CronError(f"{line!r} is not a crontab line: {error}")
    found = fields[list(_ALLOWED).index(name)]
    try:
        CronSim(f"0 0 {found} * *" if name == "day-of-month" else line, datetime.now(UTC))
    except CronSimError:
        return CronError(f"{found!r} in {line!r} is no {name}; allowed: {_ALLOWED[name]}")
    return CronError(f"{line!r} never fires: none of its months has a day {found}")
