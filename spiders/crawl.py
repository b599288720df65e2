"""The doors to this package: one crawl over many sources, discovery, and the loop they run in."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from scrapy.crawler import AsyncCrawlerRunner, Crawler

from spiders.discover import Found, renamed
from spiders.guard import HALT
from spiders.project import Assignment
from spiders.report import Progress
from spiders.round import Round
from spiders.scout import Scout
from spiders.tuning import tuned
from stories.model import Source, SourceState

if TYPE_CHECKING:
    from pipeline.readers import Readers
    from stories.archive import Archive
    from stories.config import Config

logger = logging.getLogger(__name__)

T = TypeVar("T")

HALTING = 2.5
"""Seconds after which a stopped crawl cuts what is still under way."""

STOPPING = 6.0
"""Seconds after which it is left to itself: what is not filed then is done by the next crawl."""


async def crawl(
    config: Config,
    archive: Archive,
    run: int,
    sources: Sequence[SourceState],
    progress: Callable[[Progress], None] | None = None,
    readers: Readers | None = None,
) -> None:
    """Ask these sources, fetch and read what is new there, and file it under the run.

    When the awaiting task is cancelled, no new request is made, what is under way is finished or
    deferred within seconds, and the cancellation goes on.

    Args:
        config: the operator's wishes.
        archive: where everything is filed.
        run: the number of an open run; opening and closing it is the caller's.
        sources: what to ask, with their validators.
        progress: called with the counts whenever they change.
        readers: the reading processes of a long-lived worker; None starts some for this crawl.

    """
    assignment = Assignment(
        config=config,
        archive=archive,
        run=run,
        sources=tuple(sources),
        progress=progress,
        readers=readers,
    )
    runner = AsyncCrawlerRunner(tuned(config))
    crawler = runner.create_crawler(Round)
    work = asyncio.ensure_future(runner.crawl(crawler, assignment=assignment))
    try:
        await asyncio.shield(work)
    except asyncio.CancelledError:
        await _stop(crawler, work)
        raise


async def discover(config: Config, urls: Sequence[str]) -> list[Found]:
    """Look for the sources of home pages, many at once; one answer an address, in their order."""
    found: dict[str, Found] = {}
    runner = AsyncCrawlerRunner(tuned(config))
    await runner.crawl(Scout, urls=tuple(dict.fromkeys(urls)), found=found)
    missing = "discovery was stopped before it came to this address"
    return [found.get(url) or Found(url=url, outlet="", error=missing) for url in urls]


def declared_sources(config: Config, name: str, found: Found) -> tuple[Source, ...]:
    """Give what was found as sources of a declared name, with the outlet the operator named."""
    declared = config.sources.get(name)
    if declared is None:
        return renamed(found, name)
    sources = renamed(found, name, declared.schedule)
    if declared.outlet is None:
        return sources
    return tuple(replace(source, outlet=declared.outlet) for source in sources)


def run(main: Callable[[], Coroutine[None, None, T]]) -> T:
    """Run a coroutine function in an event loop as crawls need it, and give its result.

    Crawls run without Twisted's reactor: on asyncio alone, with uvloop where there is one.

    Raises:
        BaseException: whatever `main` raised.

    """
    with asyncio.Runner(loop_factory=new_loop) as runner:
        return runner.run(main())


def new_loop() -> asyncio.AbstractEventLoop:
    """Make an event loop, a fast one where uvloop is installed."""
    try:
        import uvloop  # noqa: PLC0415 - not on every platform
    except ImportError:
        return asyncio.new_event_loop()
    return uvloop.new_event_loop()


async def _stop(crawler: Crawler, work: asyncio.Future[None]) -> None:
    """End a crawl: no new requests, a few seconds for what is under way, then cut it."""
    ending = asyncio.ensure_future(crawler.stop_async())
    done, _ = await asyncio.wait({work}, timeout=HALTING)
    if not done:
        crawler.signals.send_catch_log(HALT)
        done, _ = await asyncio.wait({work}, timeout=STOPPING - HALTING)
    if not done:
        logger.warning("the crawl did not end within %.0f s of being stopped", STOPPING)
        work.cancel()
    ending.cancel()
    await asyncio.gather(work, ending, return_exceptions=True)
