"""The timetables as APScheduler jobs: a fire says that a timetable's time has come, nothing more.

The jobs live in memory and are made anew from the configuration at every start: APScheduler's
stored jobs are pickles, lost when a function is renamed, and fired twice when two share a store.
Nothing is lost with them (see :mod:`scheduler.timetable`).
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from datetime import UTC, datetime

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.base import BaseTrigger

from scheduler.timetable import Timetable
from stories.cron import Cron

# A fire that comes late, after a night's sleep of the machine, is a fire none the less.
GRACE = 24 * 3600
# It tells of every job that it starts.
logging.getLogger("apscheduler").setLevel(logging.WARNING)


class Clock:
    """Calls `fire` with a timetable, from a thread of its own, whenever its time has come."""

    def __init__(self, fire: Callable[[Timetable], None]) -> None:
        self._fire = fire
        self._scheduler = BackgroundScheduler(
            timezone=UTC,
            executors={"default": ThreadPoolExecutor(1)},
            job_defaults={"coalesce": True, "misfire_grace_time": GRACE, "max_instances": 1},
        )

    def start(self) -> None:
        """Run."""
        self._scheduler.start()

    def show(self, tables: Iterable[Timetable]) -> None:
        """Go by these timetables from now on, instead of any others."""
        self._scheduler.remove_all_jobs()
        for table in tables:
            self._scheduler.add_job(self._fire, _Fires(table.cron), args=[table])

    def close(self) -> None:
        """Stop, and wait for a fire that is under way."""
        if self._scheduler.running:
            self._scheduler.shutdown()


class _Fires(BaseTrigger):  # type: ignore[misc]  # APScheduler 3 has no types
    """APScheduler's view of a crontab line of ours."""

    def __init__(self, cron: Cron) -> None:
        self._cron = cron

    def get_next_fire_time(self, previous: datetime | None, now: datetime) -> datetime:
        return self._cron.after(max(previous, now) if previous else now)
