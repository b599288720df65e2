"""The cron lines of newsdesk.toml, and who is owed a poll by them.

What was missed while nobody ran needs no memory of fires: a source is owed a poll when its
timetable had a fire since it was last polled. However many fires were missed, that is made up once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from stories.archive import Transaction
from stories.config import Config, TopicConfig
from stories.cron import Cron, parse
from stories.model import SourceState
from stories.sections import ADAPTIVE


@dataclass(frozen=True, slots=True)
class Timetable:
    """A crontab line, and whose it is: names, declared or sources' own, of whom it asks.

    No names means everybody.
    """

    cron: Cron
    names: tuple[str, ...]

    def covers(self, state: SourceState) -> bool:
        """Whether a source goes by this timetable."""
        own = {state.source.name, state.source.declared}
        return not self.names or not own.isdisjoint(self.names)


def timetables(config: Config) -> tuple[Timetable, ...]:
    """Every cron line of a configuration: those of sources, and of topics for their sources.

    Raises CronError for a line that cannot be understood or never fires.
    """
    zone = config.schedule.time_zone
    named: list[tuple[Cron, tuple[str, ...]]] = [
        (parse(source.schedule, zone), (name,))
        for name, source in config.sources.items()
        if source.enabled and source.schedule != ADAPTIVE
    ]
    named += [(cron_of(config, topic), topic.sources) for topic in config.topics.values()]
    together: dict[tuple[Cron, bool], tuple[str, ...]] = {}
    for cron, names in named:
        key = (cron, not names)
        together[key] = tuple(dict.fromkeys((*together.get(key, ()), *names)))
    return tuple(Timetable(cron, names) for (cron, _), names in together.items())


def cron_of(config: Config, topic: TopicConfig) -> Cron:
    """The line by which a topic goes: its own, or that of topics that name none."""
    zone = topic.time_zone or config.schedule.time_zone
    return parse(topic.schedule or config.schedule.topics, zone)


def owed(
    tx: Transaction, tables: Iterable[Timetable], states: Iterable[SourceState], now: datetime
) -> tuple[str, ...]:
    """Name the sources whose timetable has had a fire since they were last polled.

    Whose outlet has asked us to wait is not among them: it is due when the wait is over.
    """
    tables = tuple(tables)
    late = [
        state.source.name
        for state in states
        if state.polled is not None
        and any(table.covers(state) and table.cron.after(state.polled) <= now for table in tables)
    ]
    return tuple(name for name in late if not asked_to_wait(tx, name, now))


def mark(tx: Transaction, tables: Iterable[Timetable], now: datetime) -> int:
    """Mark every source due that is owed a poll by its timetable; returns how many there are."""
    names = owed(tx, tables, tx.sources.all(), now)
    if names:
        tx.sources.mark_due(names, now)
    return len(names)


def asked_to_wait(tx: Transaction, name: str, now: datetime) -> bool:
    """Whether the outlet has asked at the last poll of a source to be left alone until later."""
    last = next(iter(tx.sources.polls(name, 1)), None)
    return last is not None and last.retry_after is not None and last.retry_after > now
