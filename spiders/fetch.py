"""What was fetched; and one request with its answer, for code that reads as a story."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scrapy import Request

from spiders.guard import check_url
from spiders.unfetched import failed, unfetched
from stories.model import Page, Step

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Encoding": "gzip, deflate",
    "Accept-Language": "*",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What answered: the address after redirects, the content type, the unpacked body."""

    url: str
    content_type: str
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A page on its way to the readers, with what happened to its address so far."""

    page: Page
    key: str
    trail: tuple[Step, ...]


Fetch = Callable[[str], Awaitable[Answer]]
"""Fetches one address; raises UnfetchedError."""


def fetcher(crawler: Crawler, most_bytes: int) -> Fetch:
    """Give a function that fetches through a running crawl: guarded, polite, capped."""
    agent = str(crawler.settings["USER_AGENT"])

    async def fetch(url: str) -> Answer:
        engine = crawler.engine
        if engine is None:
            raise failed("shutdown", "the crawl has ended")
        check_url(url)
        request = Request(
            url,
            headers={**HEADERS, "User-Agent": agent},
            meta={"download_maxsize": most_bytes},
            dont_filter=True,
        )
        try:
            response = await engine.download_async(request)
        except Exception as error:
            known = unfetched(error)
            if known is None or known is error:
                raise
            raise known from error
        return Answer(
            url=response.url,
            content_type=content_type(response.headers.get(b"Content-Type")),
            body=response.body,
        )

    return fetch


def content_type(value: bytes | None) -> str:
    """Give a Content-Type header as text."""
    return value.decode("latin-1") if value else ""
