"""What newsdesk.toml declares, brought into the archive: sources, and topics with their past."""

from __future__ import annotations

from stories.archive import Archive
from stories.config import Config
from stories.model import Topic


def align(config: Config, archive: Archive) -> None:
    """Bring the archive's sources and topics in line with the configuration.

    A topic that is new, or asks something else than before, is filed over all that is stored.
    """
    topics = [
        Topic(name=name, query=one.query, schedule=one.schedule, sources=tuple(one.sources))
        for name, one in config.topics.items()
    ]
    with archive.writing() as tx:
        tx.sources.sync(config.sources)
        for name in tx.topics.sync(topics):
            tx.topics.refile(name)
