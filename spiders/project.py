"""What a crawl is given to do; and how the `scrapy` command comes by it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from scrapy import signals

from spiders.tuning import TUNED, tune
from stories.archive import open_archive
from stories.config import load
from stories.model import SourceKind, SourceState

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.settings import BaseSettings

    from pipeline.readers import Readers
    from spiders.report import Progress
    from stories.archive import Archive
    from stories.config import Config


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """A crawl's work: its sources, and where what it finds goes.

    `run` is the number of an open run; `readers` are those of a long-lived worker, None makes
    the crawl start and stop its own.
    """

    config: Config
    archive: Archive
    run: int
    sources: Sequence[SourceState]
    progress: Callable[[Progress], None] | None = None
    readers: Readers | None = None


def configure(settings: BaseSettings) -> None:
    """Tune the settings of a crawl that the `scrapy` command started; ours are tuned already."""
    if not settings.getbool(TUNED):
        tune(settings, load())


def assigned(crawler: Crawler, kinds: Collection[SourceKind], name: str | None) -> Assignment:
    """Give a crawl of the `scrapy` command its work: the named source, or all of these kinds.

    The run is closed and the archive with it when the spider is.

    Raises:
        ValueError: no such source is declared or was found.

    """
    config = load()
    archive = open_archive(config.database)
    with archive.writing() as tx:
        tx.sources.sync(config.sources)
        states = tx.sources.named(name) if name else tx.sources.all()
        mine = [state for state in states if state.source.kind in kinds]
        if mine:
            run = tx.runs.start(f"scrapy {name or 'all'}", datetime.now(UTC), len(mine)).id
    if not mine:
        archive.close()
        wanted = f"source {name!r}" if name else "source"
        raise ValueError(f"there is no {wanted} of kind {', '.join(sorted(kinds))}")

    def finish(reason: str) -> None:
        status = "done" if reason == "finished" else "stopped"
        with archive.writing() as tx:
            tx.runs.finish(run, status, datetime.now(UTC), "" if status == "done" else reason)
        archive.close()

    # Weak references are the default, and nothing else holds this function.
    crawler.signals.connect(finish, signal=signals.spider_closed, weak=False)
    return Assignment(config=config, archive=archive, run=run, sources=mine)
