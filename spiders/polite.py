"""The one downloader middleware: robots.txt, Retry-After, per-host pace and redirects."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, cast
from urllib.parse import urljoin, urlsplit

from scrapy import Request
from w3lib.url import safe_url_string

from spiders.conditional import WAIT_UNSAID, retry_after
from spiders.guard import HALT
from spiders.robots import MAX_BYTES, Robots
from spiders.unfetched import UnfetchedError, deferred, failed, refused
from stories.model import Step

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response

MAX_REDIRECTS = 5
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_BUSY = frozenset({429, 503})
_NOT_MODIFIED = 304
_SUCCESS = range(200, 300)


class Polite:
    """Asks before it fetches, waits when it is told to, and follows where it is sent.

    Whatever is not an answer to be read (2xx, 304) ends as an UnfetchedError in the errback.
    A request with ``meta["any_status"]`` is let through untouched: that is robots.txt itself.
    Where there is a list in ``meta["asked"]``, the address of every request that is made for it
    is added: the one that meets a host first is charged with its robots.txt.
    """

    def __init__(self, crawler: Crawler) -> None:
        settings = crawler.settings
        self._crawler = crawler
        self._agent: str = str(settings["USER_AGENT"]).partition("/")[0] or "*"
        folder = settings.get("ROBOTS_FOLDER")
        self._robots = Robots(Path(folder) if folder else None, self._ask, _now)
        self._robots.forget()
        self._obeys = settings.getbool("ROBOTS")
        self._held: dict[str, datetime] = {}
        self._owing: dict[str, list[str]] = {}
        crawler.signals.connect(self._halt, signal=HALT)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Polite:
        """Make one for a crawl, as Scrapy does."""
        return cls(crawler)

    @property
    def robots(self) -> Robots:
        """The rules met so far; discovery reads the sitemaps in them."""
        return self._robots

    async def process_request(self, request: Request) -> None:
        """Let a request through only if its host wants it, now."""
        host = urlsplit(request.url).netloc
        until = self._held.get(host)
        if until is not None and until > _now():
            raise deferred("retry-after", f"{host} asked to be left alone", until=until)
        if "any_status" in request.meta or not self._obeys:
            _note(request, [request.url])
            return
        rules = await self._robots.rules(request.url)
        _note(request, self._owing.pop(host.lower(), ()))
        trouble = rules.answer.trouble
        if trouble is not None:
            raise UnfetchedError(
                trouble.outcome, trouble.reason, trouble.detail, retry_at=trouble.retry_at
            )
        if rules.answer.later:
            raise deferred("robots", "robots.txt does not answer", until=_now() + WAIT_UNSAID)
        if not rules.allows(request.url, self._agent):
            raise refused("robots", f"robots.txt of {host} forbids it")
        if wait := rules.delay(self._agent):
            self._slow_down(request, wait)
        _note(request, [request.url])

    def process_response(self, request: Request, response: Response) -> Response | Request:
        """Follow redirects, hold busy hosts, and end what is neither read nor unchanged."""
        status = response.status
        if "any_status" not in request.meta and status in _SUCCESS:
            return response
        if status in _REDIRECTS and b"Location" in response.headers:
            return self._follow(request, response)
        if status in _BUSY:
            until = self._hold(request, response)
            if "any_status" not in request.meta:
                raise deferred(f"http-{status}", "busy", until=until, status=status)
        if "any_status" in request.meta or status == _NOT_MODIFIED:
            return response
        raise failed(f"http-{status}", status=status)

    def _follow(self, request: Request, response: Response) -> Request:
        hops: tuple[str, ...] = (*request.meta.get("hops", ()), request.url)
        place = cast("bytes", response.headers[b"Location"])
        try:
            url = urljoin(request.url, safe_url_string(place.strip()))
            scheme = urlsplit(url).scheme
        except ValueError as error:
            raise refused("redirects", f"to no address: {error}") from error
        if scheme not in {"http", "https"}:
            raise refused("scheme", f"redirected to {url[:200]}")
        if len(hops) > MAX_REDIRECTS or hops.count(url) > 1:
            raise refused("redirects", f"more than {MAX_REDIRECTS}, or in a circle")
        note = Step(at=_now(), what=f"redirected to {url} ({response.status})")
        meta = {
            **request.meta,
            "hops": hops,
            "trail": (*request.meta.get("trail", ()), note),
        }
        meta.pop("download_slot", None)
        return request.replace(url=url, meta=meta, dont_filter=True, priority=request.priority + 1)

    def _hold(self, request: Request, response: Response) -> datetime:
        now = _now()
        value = response.headers.get(b"Retry-After")
        said = retry_after(value.decode("latin-1") if value else None, now)
        until = said if said is not None else now + WAIT_UNSAID
        self._held[urlsplit(request.url).netloc] = until
        return until

    def _slow_down(self, request: Request, wait: float) -> None:
        """Keep a Crawl-delay: one request at a time, with a pause between two."""
        downloader = self._crawler.engine.downloader
        host = downloader.get_slot_key(request)
        downloader.per_slot_settings.setdefault(host, {"delay": wait, "concurrency": 1})
        slot = downloader.slots.get(host)
        if slot is not None and slot.delay < wait:
            slot.delay, slot.concurrency = wait, 1

    def _halt(self) -> None:
        """Let go what waits its turn with a slow host: the guard refuses it at once."""
        downloader = self._crawler.engine.downloader
        for slot in downloader.slots.values():
            slot.close()
            slot.delay, slot.concurrency = 0.0, len(slot.queue) + slot.concurrency
            downloader._process_queue(slot)  # noqa: SLF001 - nothing else wakes a slot early

    async def _ask(self, url: str) -> tuple[int, bytes]:
        engine = self._crawler.engine
        if engine is None:
            raise failed("shutdown", "the crawl has ended")
        owing = self._owing.setdefault(urlsplit(url).netloc.lower(), [])
        request = Request(
            url,
            meta={"any_status": True, "cut": True, "download_maxsize": MAX_BYTES, "asked": owing},
            dont_filter=True,
            priority=10,
        )
        response = await engine.download_async(request)
        return response.status, response.body


def _note(request: Request, urls: Iterable[str]) -> None:
    """Add to what was asked on a request's behalf, for whoever wants to know."""
    asked = request.meta.get("asked")
    if asked is not None:
        asked.extend(urls)


def _now() -> datetime:
    return datetime.now(UTC)
