"""`newsdesk run`: clock and crew at work for months, until SIGTERM, SIGINT or SIGHUP.

All work with the archive is done in one loop, which lasts: whatever goes wrong in it (a full disk,
a locked database) is logged, shown in the pulse and tried again.
"""

from __future__ import annotations

import errno
import logging
import os
import time
from collections import deque
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from pipeline.souring import soured
from scheduler.clock import Clock
from scheduler.crew import Crew
from scheduler.dispatch import Claim, Crawled, Went, bury_the_dead, claim, settle
from scheduler.due import Asked, make_up, overdue, split
from scheduler.hand import Ended
from scheduler.lock import HeldError, Lock
from scheduler.pulse import Beat, lock_path
from scheduler.reload import Watch
from scheduler.roster import align
from scheduler.round import JOB, PATIENCE
from scheduler.signals import Signals
from scheduler.timetable import Timetable, mark, timetables
from scheduler.walks import Walks, owed
from stories.archive import Archive, open_archive
from stories.config import Config
from stories.model import Run

_log = logging.getLogger(__name__)
WHAT = "schedule"
LOOK = 5.0
_LONGEST_PAUSE = 60.0
_MAKE_UP_EVERY = 300.0


def serve(config: Config) -> None:
    """Work on the schedules of a home until told to stop; then end within ten seconds.

    Raises BlockingIOError when another process does so already, ArchiveError when the database
    cannot be used at all, CronError for a timetable that never fires.
    """
    try:
        lock = Lock(lock_path(config))
    except HeldError as error:
        beat = Beat.read(error.text)
        who = f"process {beat.pid}" if beat else "another process"
        raise BlockingIOError(
            errno.EWOULDBLOCK, f"newsdesk run is at work here already ({who})", str(config.home)
        ) from None
    with lock, open_archive(config.database) as archive, Signals() as signals:
        Service(config, archive, lock, signals).run()


class Service:
    """One home's clock and crew. Runs in the main thread."""

    def __init__(self, config: Config, archive: Archive, lock: Lock, signals: Signals) -> None:
        self._config = config
        self._archive = archive
        self._lock = lock
        self._signals = signals
        self._watch = Watch(config)
        self._clock = Clock(self._fire)
        self._crew = Crew(JOB, size=config.schedule.workers, patience=PATIENCE)
        self._walks = Walks()
        self._fired: deque[Timetable] = deque()
        self._under_way: dict[int, tuple[Claim, Asked]] = {}
        self._ended: deque[tuple[Claim, Went]] = deque()
        self._make_up_at = 0.0
        self._eager = True
        self._beat = Beat(pid=os.getpid(), since=_now(), looked=_now())

    def run(self) -> None:
        """Look after the work, over and over, until a signal comes."""
        tables = timetables(self._config)
        align(self._config, self._archive)
        self._clock.start()
        self._clock.show(tables)
        _log.info("at work on %d sources", len(self._config.sources))
        pause = LOOK
        while not self._signals.stop:
            try:
                self._look()
            except Exception as error:  # noqa: BLE001 - the one loop that must survive
                _log.exception("the work could not be looked after; it is tried again")
                pause = min(pause * 2, _LONGEST_PAUSE)
                self._say(f"{type(error).__name__}: {error}")
            else:
                pause = LOOK
            self._wait(pause)
        self._end()

    def _wait(self, seconds: float) -> None:
        """Until so much time has passed, a batch has ended, or somebody wakes us."""
        until = time.monotonic() + seconds
        news = False
        while not news and (left := until - time.monotonic()) > 0:
            walks = self._walks.pipes
            for report in self._crew.wait(left, [self._signals.fileno(), *walks]):
                if isinstance(report, Ended):
                    self._hear(report)
                    news = True
            news |= self._signals.drain() | self._walks.hear()

    def _look(self) -> None:
        now = _now()
        self._reload()
        while self._ended:
            self._close(*self._ended[0], now)
            self._ended.popleft()
        bury_the_dead(self._config, self._archive, now=now)
        self._mark(now)
        self._walks.look(self._config, self._archive)
        while self._crew.free and (asked := self._ripe(now)):
            self._give(asked, now)
        self._eager = False
        self._say(self._watch.mistake)

    def _reload(self) -> None:
        changed = self._watch.look()
        if changed is None:
            return
        align(changed, self._archive)
        self._config = changed
        self._clock.show(timetables(changed))
        self._crew.resize(changed.schedule.workers)
        self._crew.renew()
        self._watch.taken(changed)
        self._eager = True
        _log.info("newsdesk.toml has changed and is in force")

    def _fire(self, table: Timetable) -> None:
        """Called in the clock's thread; the marking is done in ours."""
        self._fired.append(table)
        self._signals.wake()

    def _mark(self, now: datetime) -> None:
        """Mark due whose timetable has fired, and now and then who may have missed that."""
        tables = tuple(self._fired)
        late = time.monotonic() >= self._make_up_at
        if tables or late:
            with self._archive.writing() as tx:
                if tables:
                    self._eager |= mark(tx, tables, now) > 0
                if late:
                    make_up(self._config, tx, now)
            with self._archive.reading() as tx:
                self._walks.want(owed(self._config, tx, now))
        for _ in tables:
            self._fired.popleft()
        if late:
            self._make_up_at = time.monotonic() + _MAKE_UP_EVERY

    def _ripe(self, now: datetime) -> Asked | None:
        """A batch of who is due, unless it is worth waiting a little for more to join them."""
        schedule = self._config.schedule
        with self._archive.reading() as tx:
            asked = overdue(self._config, tx, now, schedule.batch)
        discovering = {name for _, some in self._under_way.values() for name in some.homes}
        homes = {name: url for name, url in asked.homes.items() if name not in discovering}
        asked = Asked(states=asked.states, homes=homes)
        if not asked:
            return None
        gather = timedelta(seconds=min(60.0, schedule.shortest / 5))
        waiting = [state.due for state in asked.states if state.due is not None]
        new = len(waiting) < len(asked)
        full = len(asked) >= schedule.batch
        if self._eager or new or full or min(waiting) + gather <= now:
            return next(split(asked, schedule.batch))
        return None

    def _give(self, asked: Asked, now: datetime) -> None:
        lasts = self._config.schedule.deadline
        claimed = claim(self._config, self._archive, WHAT, asked, now=now, lasts=lasts)
        if isinstance(claimed, Run):
            return
        try:
            number = self._crew.give(claimed.batch(self._config, claimed.asked), deadline=lasts)
        except OSError as error:
            went = Went(status="failed", note=f"no worker could be started: {error}")
            self._ended.append((claimed, went))
            raise
        self._under_way[number] = (claimed, claimed.asked)

    def _hear(self, report: Ended) -> None:
        claimed, asked = self._under_way.pop(report.number)
        went = Went()
        if isinstance(report.result, Crawled):
            went.done(report.result)
        elif self._signals.stop and not report.died:
            went.status, went.note = "stopped", "the service was stopped"
        else:
            went.lost([*asked.names, *asked.homes], report.failure or "no word of how it went")
        self._ended.append((claimed, went))

    def _close(self, claimed: Claim, went: Went, now: datetime) -> None:
        run = settle(self._config, self._archive, claimed, went, now=now)
        counts = ", ".join(f"{n} {name}" for name, n in run.counts.items() if n)
        _log.info("run %d %s: %s%s", run.id, run.status, counts, run.note and f" ({run.note})")
        with self._archive.reading() as tx:
            for one in soured(tx, run.id):
                _log.warning("%s", one)

    def _say(self, trouble: str) -> None:
        self._beat = replace(self._beat, looked=_now(), trouble=trouble)
        with suppress(OSError):  # a full disk does not stop the work
            self._lock.write(self._beat.dump())

    def _end(self) -> None:
        _log.info("stopping")
        self._clock.close()
        self._walks.stop()
        for report in self._crew.close():
            if isinstance(report, Ended):
                self._hear(report)
        now = _now()
        for claimed, went in self._ended:
            try:
                self._close(claimed, went, now)
            except Exception:  # noqa: BLE001 - the others are to be closed none the less
                _log.exception("run %d could not be closed", claimed.run.id)
        try:
            self._walks.close(self._config, self._archive)
        except Exception:  # noqa: BLE001 - what is left open is closed by the next to walk
            _log.exception("a walk outward could not be closed")
        _log.info("stopped")


def _now() -> datetime:
    return datetime.now(UTC)
