"""The walks outward that `newsdesk run` makes: for each watched topic, when its timetable says so.

As with sources, what was missed needs no memory of fires: a topic is owed a walk when its timetable
had a fire since it last went. A topic that never went is owed one at once.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Iterable
from datetime import datetime

from scheduler.crew import Crew
from scheduler.hand import Ended
from scheduler.outward import JOB, PATIENCE, Begun, begin, end, what
from scheduler.timetable import cron_of
from stories.archive import Archive, Transaction
from stories.config import Config
from stories.model import Run

_log = logging.getLogger(__name__)


def owed(config: Config, tx: Transaction, now: datetime) -> tuple[str, ...]:
    """Name the watched topics whose timetable has had a fire since they last went outward."""
    names = []
    for name in tx.coverage.topics():
        topic = config.topics.get(name)
        if topic is None:
            continue
        last = tx.runs.last(what(name))
        if last is None or cron_of(config, topic).after(last) <= now:
            names.append(name)
    return tuple(names)


class Walks:
    """One worker that walks for one topic after another, in a process that ends with its walk.

    :meth:`hear` is quick and touches no archive; :meth:`look` does what is to be done, and may
    fail and be called again.
    """

    def __init__(self) -> None:
        self._crew = Crew(JOB, renew_after=1, patience=PATIENCE)
        self._waiting: deque[str] = deque()
        self._under_way: dict[int, Begun] = {}
        self._ended: deque[Ended] = deque()

    @property
    def pipes(self) -> tuple[int, ...]:
        """What becomes readable when there is something to hear."""
        return self._crew.pipes

    def want(self, names: Iterable[str]) -> None:
        """Take up topics that are owed a walk, but those that wait or are under way."""
        busy = {*self._waiting, *(begun.topic for begun in self._under_way.values())}
        self._waiting.extend(name for name in names if name not in busy)

    def hear(self) -> bool:
        """Listen to the worker, and hold it to its deadline; tells whether a walk has ended."""
        ended = [report for report in self._crew.wait(0.0) if isinstance(report, Ended)]
        self._ended.extend(ended)
        return bool(ended)

    def look(self, config: Config, archive: Archive, *, stopping: bool = False) -> None:
        """Close the walks that have ended, and begin the next that is wanted."""
        self.hear()
        while self._ended:
            report = self._ended[0]
            begun = self._under_way[report.number]
            run, _ = end(config, archive, begun, report, stopped=stopping)
            _log.info("run %d, outward for %s, %s: %s", run.id, begun.topic, run.status, run.note)
            del self._under_way[report.number]
            self._ended.popleft()
        while self._waiting and self._crew.free:
            topic = self._waiting.popleft()
            if topic in config.topics:
                self._begin(config, archive, topic)

    def stop(self) -> None:
        """Ask for the end; :meth:`close` waits for it."""
        self._waiting.clear()
        self._crew.stop()

    def close(self, config: Config, archive: Archive) -> None:
        """End what is under way within the patience, and close its run."""
        self._ended.extend(one for one in self._crew.close() if isinstance(one, Ended))
        self.look(config, archive, stopping=True)

    def _begin(self, config: Config, archive: Archive, topic: str) -> None:
        begun = begin(config, archive, topic)
        if isinstance(begun, Run):
            return
        try:
            number = self._crew.give(begun.order(config), deadline=config.schedule.deadline)
        except OSError as error:
            end(config, archive, begun, Ended(number=0, failure=f"no worker: {error}"))
            raise
        self._under_way[number] = begun
