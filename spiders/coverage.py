"""Outward from a watched story: one walk over the ways of a topic, until none is worth a request.

All that it knows lies in the archive and moves in the filer's transactions: a walk that is killed
is taken up by the next one where it stood.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from scrapy import Spider

from spiders import report
from spiders.came import Came, Walked
from spiders.errand import bring
from spiders.fetch import Answer, content_type
from spiders.frontier import Frontier
from spiders.polite import Polite
from spiders.unfetched import UnfetchedError
from stories.model import Page, Step
from stories.ways import Way, WayKind, WayState

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from pipeline.readers import Readers
    from stories.archive import Archive
    from stories.config import Config

AT_ONCE, AT_FIRST = 8, 2
"""Ways followed at once: more would be chosen before the first have taught anything."""


PATIENCE = 2.0
"""Seconds for which answers wait for the one to what was asked before them."""


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
                while len(under_way) < at_once and (way := frontier.next()):
                    under_way[asyncio.ensure_future(self._follow(way))] = way
                if not under_way:
                    if await self._in_thread(frontier.second_look):
                        continue
                    break
                done = await _in_order(under_way)
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
        asked: list[str] = []
        most = self._errand.config.fetch.max_bytes
        try:
            brought = await bring(self._crawler, way.url, most, asked)
        except UnfetchedError as error:
            return Came(way=way, asked=tuple(asked), error=error)
        page = brought.page
        steps = (
            Step(at=page.fetched, what=f"met as {way.how} on {way.parent or 'the story'}"),
            report.fetched(page, brought.seconds),
        )
        answer = Answer(url=page.answered, content_type=_type_of(page), body=page.body)
        if way.kind is not WayKind.PAGE:
            return Came(way=way, asked=tuple(asked), steps=steps, answer=answer)
        article = await self._errand.readers.read(page)
        self._read += 1
        return Came(
            way=way,
            asked=tuple(asked),
            steps=steps,
            answer=answer,
            article=article,
            sitemaps=tuple(await self._sitemaps(page.answered)),
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


async def _in_order(under_way: Iterable[asyncio.Task[Came]]) -> list[asyncio.Task[Came]]:
    """The answer to what was asked first; when that takes its time, those to what came after.

    So that what a walk learns, and by it where it goes, does not depend on who is quicker.
    """
    tasks = list(under_way)
    await asyncio.wait(tasks[:1], timeout=PATIENCE)
    if tasks[0].done():
        return tasks[:1]
    await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    return [task for task in tasks if task.done()]


def _type_of(page: Page) -> str:
    values = [value for name, value in page.headers if name.lower() == "content-type"]
    return content_type(values[0].encode("latin-1")) if values else ""
