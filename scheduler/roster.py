"""What newsdesk.toml declares, brought into the archive: sources, and topics with their past."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from stories.archive import Archive
from stories.archive.backfilling import Backfill
from stories.config import Config
from stories.model import Topic


def align(
    config: Config, archive: Archive, progress: Callable[[Backfill], None] | None = None
) -> None:
    """Bring the archive's sources and topics in line with the configuration.

    A topic that is new, or asks something else than before, is filed over all that is stored.
    """
    topics = [
        Topic(name=name, query=one.query, schedule=one.schedule, sources=tuple(one.sources))
        for name, one in config.topics.items()
    ]
    with archive.writing() as tx:
        tx.sources.sync(config.sources)
        stale = tx.topics.sync(topics)
    for name in stale:
        # Another process may have taken it out of newsdesk.toml meanwhile.
        with suppress(LookupError):
            archive.backfill(name, progress)
