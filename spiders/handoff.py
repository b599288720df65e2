"""The one item pipeline: polls to the filer, pages to the readers, what they read to the filer."""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, datetime
from typing import TYPE_CHECKING, cast

from pipeline.file import Ended, Filer, Polled, Read
from pipeline.readers import Readers
from spiders import report
from spiders.fetch import Fetched
from spiders.guard import HALT
from spiders.round import Round
from spiders.tray import Tray
from spiders.unfetched import failed, shutdown
from stories.model import Article, Dropped, Outcome, Page, Verdict

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

logger = logging.getLogger(__name__)


class HandOff:
    """Hands over what the spider yields, and gives it back what is to be fetched next.

    Scrapy waits for each item to be done, and stops fetching while more than
    SCRAPER_SLOT_MAX_ACTIVE_SIZE bytes are in here: that is the bound on the way to the readers.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._spider = cast("Round", crawler.spider)
        self._work = self._spider.assignment
        self._own_readers: Readers | None = None
        self._reading: set[asyncio.Future[Article | Dropped]] = set()
        self._halted = False
        crawler.signals.connect(self._halt, signal=HALT)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> HandOff:
        """Make one for a crawl, as Scrapy does."""
        return cls(crawler)

    async def open_spider(self) -> None:
        """Set the readers and the filer to work."""
        work = self._work
        if work.readers is None:
            self._own_readers = Readers(work.config.read.processes, work.config.read.deadline)
        self._readers = work.readers or cast("Readers", self._own_readers)
        filing = work.config.file
        filer = Filer(work.archive, work.run, tries=work.config.fetch.tries)
        self._tray = Tray(filer.file, filing.batch, filing.patience, self._more_to_come)

    async def close_spider(self) -> None:
        """File what is still under way as deferred, and let everybody go home."""
        now, left = _now(), self._spider.give_up()
        await asyncio.gather(
            *(self._end(report.verdict(one, shutdown(), now, (report.seen(one),))) for one in left),
            return_exceptions=True,  # logged by the tray; what is not filed goes on waiting
        )
        await self._tray.close()
        if self._own_readers is not None:
            self._own_readers.close()

    async def process_item(self, item: object) -> object:
        """Hand over one poll, page or ending; returns once it is committed."""
        if isinstance(item, Polled):
            await self._poll(item)
        elif isinstance(item, Fetched):
            await self._page(item)
        elif isinstance(item, Ended):
            await self._end(item.verdict)
        return item

    async def _poll(self, polled: Polled) -> None:
        filed = await self._tray.file(polled)
        self._spider.count_poll(polled, len(filed.fetch))
        engine = self._crawler.engine
        for state in self._spider.gap_fillers(polled, filed.fetch):
            if engine is not None:
                engine.crawl(self._spider.ask(state))
        for what in self._spider.take_up(filed.fetch):
            if isinstance(what, Ended):
                await self._end(what.verdict)
            elif engine is not None:
                engine.crawl(what)

    async def _page(self, item: Fetched) -> None:
        article = await self._read(item.page)
        now = _now()
        if article is None:
            await self._end(report.verdict(item.page.sighting, shutdown(), now, item.trail))
            return
        self._spider.tally.add("read")
        if isinstance(article, Dropped):
            await self._end(
                Verdict(
                    url=item.page.sighting.url,
                    key=item.key,
                    at=now,
                    outcome=Outcome.DROPPED,
                    reason=str(article),
                    source=item.page.sighting.source,
                    steps=item.trail,
                )
            )
            return
        try:
            filed = await self._tray.file(
                Read(article=article, steps=(*item.trail, report.read(article, now)))
            )
        except Exception as error:  # noqa: BLE001 - whatever a filer raised costs one page
            # Logged by the tray. The address goes on waiting, so that nothing is lost with it.
            trouble = failed("filing", f"{type(error).__name__}: {error}"[:300])
            await self._end(report.verdict(item.page.sighting, trouble, now, item.trail))
            return
        self._spider.ended(item.key, filed.verdict.outcome if filed.verdict else Outcome.FILED)

    async def _read(self, page: Page) -> Article | Dropped | None:
        """Have a page read; None when the crawl is halted meanwhile."""
        reading = asyncio.ensure_future(self._readers.read(page))
        self._reading.add(reading)
        try:
            return await reading
        except asyncio.CancelledError:
            if self._halted:
                return None
            raise
        finally:
            self._reading.discard(reading)

    def _more_to_come(self) -> bool:
        """Whether a page is being read or fetched, so that the filer may wait for it."""
        return bool(self._reading) or bool(self._crawler.engine.downloader.active)

    def _halt(self) -> None:
        """Give up what is being read: it is fetched again by the next crawl."""
        self._halted = True
        for reading in self._reading:
            reading.cancel()

    async def _end(self, verdict: Verdict) -> None:
        filed = await self._tray.file(Ended(verdict=verdict))
        self._spider.ended(verdict.key, (filed.verdict or verdict).outcome)


def _now() -> datetime:
    return datetime.now(UTC)
