"""The spider of discovery: many home pages at once, each looked at by a search of its own."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime
from typing import Any

from scrapy import Spider

from pipeline.address import outlet
from spiders.discover import Found, Search
from spiders.fetch import fetcher
from spiders.polite import Polite
from spiders.unfetched import UnfetchedError

logger = logging.getLogger(__name__)


class Scout(Spider):
    """Looks for the sources of home pages, and puts what it finds into `found`."""

    name = "scout"
    custom_settings = {"ITEM_PIPELINES": {}}  # noqa: RUF012 - Scrapy's own way

    def __init__(self, urls: Sequence[str], found: dict[str, Found], **arguments: Any) -> None:  # noqa: ANN401
        super().__init__(**arguments)
        self._urls = urls
        self._found = found

    async def start(self) -> AsyncIterator[Any]:
        """Search, as many outlets at once as there may be requests."""
        room = asyncio.Semaphore(self.settings.getint("CONCURRENT_REQUESTS"))
        await asyncio.gather(*(self._search(url, room) for url in self._urls))
        nothing: tuple[Any, ...] = ()
        for one in nothing:
            yield one

    async def _search(self, url: str, room: asyncio.Semaphore) -> None:
        fetch = fetcher(self.crawler, self.settings.getint("DOWNLOAD_MAXSIZE"))
        async with room:
            try:
                self._found[url] = await Search(url, fetch, self._sitemaps).run()
            except Exception as error:  # one outlet's trouble must not end the others' search
                logger.exception("discovery of %s failed at %s", url, datetime.now(UTC))
                self._found[url] = Found(
                    url=url, outlet=outlet(url), error=f"{type(error).__name__}: {error}"
                )

    async def _sitemaps(self, url: str) -> Sequence[str]:
        """Give what robots.txt names; Polite has asked for it with the home page."""
        polite = self.crawler.get_downloader_middleware(Polite)
        if polite is None:
            return ()
        try:
            return (await polite.robots.rules(url)).sitemaps()
        except UnfetchedError:
            return ()
