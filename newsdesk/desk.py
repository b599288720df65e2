"""The desk of one home folder: its configuration, and its archive brought up to it."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from newsdesk.misuse import unknown
from newsdesk.moments import moment
from stories.archive import open_archive
from stories.config import load
from stories.model import Topic

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import tzinfo
    from pathlib import Path

    from stories.archive import Archive
    from stories.config import Config


class Desk:
    """Configuration and archive, open; the archive knows every declared source and topic."""

    def __init__(self, config: Config, archive: Archive) -> None:
        """Of :func:`at`."""
        self.config = config
        self.archive = archive

    @property
    def zone(self) -> tzinfo:
        """The zone in which times are shown and understood."""
        return ZoneInfo(self.config.schedule.time_zone)

    def moment(self, told: str | None, now: datetime) -> datetime | None:
        """What an option like ``--since`` means here; None stays None."""
        return None if told is None else moment(told, now, self.zone)

    def known_topic(self, name: str) -> None:
        """Raise Misuse unless `name` is a topic of newsdesk.toml."""
        if name not in self.config.topics:
            raise unknown("topic", name, self.config.topics, see="newsdesk topic list")


@contextmanager
def at(home: Path | None) -> Iterator[Desk]:
    """Open the desk of `home`.

    What newsdesk.toml declares may have been edited by hand since the last command: sources are
    brought in line, and a topic that is new or asks something else is filed over all that is
    stored. Raises ConfigError and ArchiveError.
    """
    config = load(home)
    with open_archive(config.database) as archive:
        align(config, archive)
        yield Desk(config, archive)


def align(config: Config, archive: Archive) -> None:
    """Bring the archive's sources and topics in line with newsdesk.toml."""
    topics = [
        Topic(name=name, query=one.query, schedule=one.schedule, sources=tuple(one.sources))
        for name, one in config.topics.items()
    ]
    with archive.writing() as tx:
        tx.sources.sync(config.sources)
        for name in tx.topics.sync(topics):
            tx.topics.refile(name)
