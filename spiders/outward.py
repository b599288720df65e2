"""The doors to the way outward: one walk for a topic, and the one page of a story to watch."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress

from scrapy.crawler import AsyncCrawlerRunner

from pipeline.readers import Readers
from spiders.came import Walked
from spiders.coverage import Errand, Outward
from spiders.errand import Messenger
from spiders.guard import HALT
from spiders.report import Progress
from spiders.tuning import tuned
from spiders.unfetched import UnfetchedError, failed
from stories.archive import Archive
from stories.config import Config
from stories.model import Page

STOPPING = 5.0
"""Seconds for what is under way when a walk is stopped."""


async def fetch_story(config: Config, url: str, asked: list[str]) -> Page:
    """Fetch the one page of a story, as politely and guarded as everything.

    `asked` is filled with the address of every request that was made for it.

    Raises:
        UnfetchedError: there is no page to be had, and why.

    """
    runner = AsyncCrawlerRunner(tuned(config))
    crawler = runner.create_crawler(Messenger)
    got: list[Page | UnfetchedError] = []
    await runner.crawl(crawler, url=url, got=got, asked=asked)
    if not got or isinstance(got[0], UnfetchedError):
        raise got[0] if got and isinstance(got[0], UnfetchedError) else failed("shutdown")
    return got[0]


async def walk(
    config: Config,
    archive: Archive,
    run: int,
    topic: str,
    readers: Readers,
    progress: Callable[[Progress], None] | None = None,
) -> Walked:
    """Walk outward from a watched topic's story within its budget, and say how it went.

    When the awaiting task is cancelled nothing new is asked; what was filed stays, the rest waits
    for the next walk.

    Raises:
        LookupError: the topic has no story.

    """
    walked = Walked()
    errand = Errand(
        config=config, archive=archive, run=run, topic=topic, readers=readers, progress=progress
    )
    runner = AsyncCrawlerRunner(tuned(config))
    crawler = runner.create_crawler(Outward)
    work = asyncio.ensure_future(runner.crawl(crawler, errand=errand, walked=walked))
    try:
        await asyncio.shield(work)
    except asyncio.CancelledError:
        crawler.signals.send_catch_log(HALT)
        stop = asyncio.ensure_future(crawler.stop_async())
        with suppress(asyncio.TimeoutError):
            await asyncio.wait_for(asyncio.shield(work), STOPPING)
        stop.cancel()
        work.cancel()
        await asyncio.gather(work, stop, return_exceptions=True)
        raise
    if walked.error is not None:
        raise walked.error
    return walked
