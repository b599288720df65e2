"""The desk of one home folder: its configuration, and its archive brought in line with it."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from newsdesk.misuse import unknown
from newsdesk.moments import moment
from newsdesk.progress import filing_shown
from scheduler import roster
from stories.archive import Archive, open_archive
from stories.config import Config, load
from stories.model import Topic

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import tzinfo
    from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Configuration and archive, open: see :func:`at`."""

    config: Config
    archive: Archive

    @property
    def zone(self) -> tzinfo:
        """The zone in which times are shown and understood."""
        return ZoneInfo(self.config.schedule.time_zone)

    def moment(self, told: str | None) -> datetime | None:
        """The instant that an option like ``--since`` means here; None stays None."""
        return None if told is None else moment(told, datetime.now(UTC), self.zone)

    def known_topic(self, name: str) -> None:
        """Raise Misuse unless `name` is a topic of newsdesk.toml."""
        if name not in self.config.topics:
            raise unknown("topic", name, self.config.topics, see="newsdesk topic list")


@contextmanager
def at(home: Path | None) -> Iterator[Desk]:
    """Open the desk of `home`. Raises ConfigError and ArchiveError.

    newsdesk.toml may have been edited by hand since the last command, so the archive is brought in
    line with it, but only when it is not: one who asks should not have to wait for a crawl's pen.
    """
    config = load(home)
    with open_archive(config.database) as archive:
        if not _in_line(config, archive):
            with filing_shown() as progress:
                roster.align(config, archive, progress)
        yield Desk(config=config, archive=archive)


def align(home: Path | None) -> None:
    """Bring the archive in line with newsdesk.toml, whatever it looks like."""
    config = load(home)
    with open_archive(config.database) as archive, filing_shown() as progress:
        roster.align(config, archive, progress)


def _in_line(config: Config, archive: Archive) -> bool:
    """Whether what is declared is known: the topics as they are, the sources by name.

    Not while a topic is still to be filed over what is stored, as after a kill.
    """
    topics = [
        Topic(name=name, query=one.query, schedule=one.schedule, sources=one.sources)
        for name, one in sorted(config.topics.items())
    ]
    with archive.reading() as tx:
        if tx.topics.stale():
            return False
        known = {state.source.declared for state in tx.sources.all()} | set(
            tx.sources.undiscovered()
        )
        return known == {name for name, one in config.sources.items() if one.enabled} and (
            sorted(tx.topics.all(), key=lambda topic: topic.name) == topics
        )
