"""One request through a running crawl for somebody who needs the whole page, and what it took."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from scrapy import Request, Spider

from spiders.fetch import HEADERS
from spiders.guard import check_url
from spiders.unfetched import UnfetchedError, failed, unfetched
from stories.model import Page, Sighting

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """A page, and the seconds that it took."""

    page: Page
    seconds: float


async def bring(crawler: Crawler, url: str, most_bytes: int, asked: list[str]) -> Brought:
    """Fetch a page, guarded and politely.

    `asked` is filled with the address of every request that was made for it, in order: robots.txt
    and redirects among them, whatever came of it.

    Raises:
        UnfetchedError: there is no page to be had, and why.

    """
    engine = crawler.engine
    if engine is None:
        raise failed("shutdown", "the crawl has ended")
    check_url(url)
    request = Request(
        url,
        headers={**HEADERS, "User-Agent": str(crawler.settings["USER_AGENT"])},
        meta={"download_maxsize": most_bytes, "asked": asked},
        dont_filter=True,
    )
    clock = asyncio.get_running_loop().time
    started = clock()
    try:
        response: Response = await engine.download_async(request)
    except Exception as error:
        known = unfetched(error)
        if known is None or known is error:
            raise
        raise known from error
    now = datetime.now(UTC)
    page = Page(
        url=url,
        answered=response.url,
        status=response.status,
        headers=tuple(
            (name.decode("latin-1"), b", ".join(values).decode("latin-1"))
            for name, values in response.headers.items()
        ),
        body=response.body,
        fetched=now,
        sighting=Sighting(url=url, source="", seen=now),
    )
    return Brought(page=page, seconds=clock() - started)


class Messenger(Spider):
    """Brings one page; what came is put into `got`, what was asked for it into `asked`."""

    name = "messenger"
    custom_settings = {"ITEM_PIPELINES": {}}  # noqa: RUF012 - Scrapy's own way

    def __init__(
        self,
        url: str,
        got: list[Page | UnfetchedError],
        asked: list[str],
        **arguments: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(**arguments)
        self._url = url
        self._got = got
        self._asked = asked

    async def start(self) -> AsyncIterator[Any]:
        """Go, and come back."""
        most = self.settings.getint("DOWNLOAD_MAXSIZE")
        try:
            self._got.append((await bring(self.crawler, self._url, most, self._asked)).page)
        except UnfetchedError as error:
            self._got.append(error)
        nothing: tuple[Any, ...] = ()
        for one in nothing:
            yield one
