"""Outward from a watched story: one walk over the ways of a topic, until none is worth a request.

All that it knows lies in the archive and moves in the filer's transactions: a walk that is killed
is taken up by the next one where it stood.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from scrapy import Spider

from spiders import report
from spiders.errand import bring
from spiders.fetch import Answer, content_type
from spiders.frontier import Came, Frontier, Walked
from spiders.harvest import Harvest
from spiders.outlets import host_of
from spiders.polite import Polite
from spiders.unfetched import UnfetchedError
from stories.archive.coverage import Asked, Way, WayKind, WayState
from stories.model import Outcome, Page, Sighting, Step

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from pipeline.readers import Readers
    from stories.archive import Archive
    from stories.config import Config

AT_ONCE, AT_FIRST = 8, 2
"""Ways followed at once: more would be chosen before the first have taught anything."""


GATHER = 0.03
"""Seconds for which an answer waits for others, to be filed with them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """A walk's work: for which topic, under which run, where what it finds goes."""

    config: Config
    archive: Archive
    run: int
    topic: str
    readers: Readers
    progress: Callable[[report.Progress], None] | None = None


class Outward(Spider):
    """Walks outward; how it went is in `walked` when the crawl has ended."""

    name = "outward"
    custom_settings = {"ITEM_PIPELINES": {}}  # noqa: RUF012 - Scrapy's own way

    def __init__(self, errand: Errand, walked: Walked, **arguments: Any) -> None:  # noqa: ANN401
        super().__init__(**arguments)
        self.errand = errand
        self.walked = walked

    async def start(self) -> AsyncIterator[Any]:
        """Walk until there is nothing left that is worth a request."""
        walk = Walk(self.errand, self.walked, self.crawler)
        try:
            await walk.run()
        except Exception as error:  # noqa: BLE001 - handed to whoever sent it: Scrapy would but log it
            self.walked.error = error
        finally:
            walk.close()
        nothing: tuple[Any, ...] = ()
        for one in nothing:
            yield one


class Walk:
    """One walk: asks what promises most, a few at once, and hands over what came."""

    def __init__(self, errand: Errand, walked: Walked, crawler: Crawler) -> None:
        self._errand = errand
        self._walked = walked
        self._crawler = crawler
        self._frontier = Frontier(errand.config, errand.archive, errand.run, errand.topic, walked)
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="filer")
        self._read = 0

    def close(self) -> None:
        """Let the filing thread go home."""
        self._thread.shutdown(wait=True)

    async def run(self) -> None:
        """Follow the best way there is, until none is worth it."""
        frontier = self._frontier
        await self._in_thread(frontier.set_out)
        under_way: dict[asyncio.Task[Came], Way] = {}
        try:
            while True:
                at_once = AT_ONCE if frontier.is_settled else AT_FIRST
                while len(under_way) < at_once and (way := frontier.next(len(under_way))):
                    under_way[asyncio.ensure_future(self._follow(way))] = way
                if not under_way:
                    if await self._in_thread(frontier.second_look):
                        continue
                    break
                await asyncio.wait(under_way, return_when=asyncio.FIRST_COMPLETED)
                done, _ = await asyncio.wait(under_way, timeout=GATHER)
                for task in done:
                    frontier.back(under_way.pop(task))
                await self._in_thread(frontier.take_in, [task.result() for task in done])
                self._tell(len(under_way))
        finally:
            for task in under_way:
                task.cancel()
            await asyncio.gather(*under_way, return_exceptions=True)
        await self._in_thread(frontier.close)

    async def _follow(self, way: Way) -> Came:
        """Ask one way; whatever comes of it is an answer."""
        robots = self._frontier.robots_cost(way)
        try:
            brought = await bring(self._crawler, way.url, self._errand.config.fetch.max_bytes)
        except UnfetchedError as error:
            asked = 0 if error.reason == "robots" else 1
            return _unfetched(way, error, {way.host: asked + robots})
        page = brought.page
        spent = {way.host: 1 + robots}
        for hop in brought.asked[1:]:
            spent[host_of(hop)] = spent.get(host_of(hop), 0) + 1
        steps = (
            Step(at=page.fetched, what=f"met as {way.how} on {way.parent or 'the story'}"),
            report.fetched(page, brought.seconds),
        )
        answer = Answer(url=page.answered, content_type=_type_of(page), body=page.body)
        if way.kind is not WayKind.PAGE:
            harvest = await self._in_thread(
                self._frontier.harvester.listing,
                way,
                answer,
                page.fetched,
                self._errand.config.fetch.max_feed_bytes,
            )
            return Came(way=way, spent=spent, harvest=harvest, steps=steps)
        article = await self._errand.readers.read(page)
        self._read += 1
        sitemaps = await self._sitemaps(page.answered)
        return Came(
            way=way,
            spent=spent,
            harvest=await self._in_thread(self._frontier.judge, way, answer, article, sitemaps),
            steps=steps,
            page=(answer, article, tuple(sitemaps)),
        )

    async def _sitemaps(self, url: str) -> Sequence[str]:
        """What robots.txt names; it was asked for with the page."""
        polite = self._crawler.get_downloader_middleware(Polite)
        if polite is None or not self._errand.config.fetch.robots:
            return ()
        try:
            found: Sequence[str] = (await polite.robots.rules(url)).sitemaps()
        except UnfetchedError:
            return ()
        return found

    def _tell(self, under_way: int) -> None:
        if self._errand.progress is None:
            return
        states = self._walked.states
        self._errand.progress(
            report.Progress(
                fetched=self._walked.requests,
                read=self._read,
                filed=states[WayState.FOUND],
                dropped=states[WayState.OFF] + states[WayState.DROPPED],
                failed=states[WayState.FAILED] + states[WayState.REFUSED],
                queue=self._frontier.left + under_way,
            )
        )

    async def _in_thread(self, do: Callable[..., Any], *arguments: object) -> Any:  # noqa: ANN401
        return await asyncio.get_running_loop().run_in_executor(self._thread, do, *arguments)


def _unfetched(way: Way, error: UnfetchedError, spent: dict[str, int]) -> Came:
    state = WayState.REFUSED if error.outcome is Outcome.REFUSED else WayState.FAILED
    asked = Asked(key=way.key, state=state, why=str(error)[:500])
    verdict = None
    if way.kind is WayKind.PAGE:
        now = datetime.now(UTC)
        sighting = Sighting(url=way.url, source="", seen=now)
        verdict = replace(report.verdict(sighting, error, now, ()), source=None)
    return Came(way=way, spent=spent, harvest=Harvest(asked=asked), verdict=verdict)


def _type_of(page: Page) -> str:
    values = [value for name, value in page.headers if name.lower() == "content-type"]
    return content_type(values[0].encode("latin-1")) if values else ""
