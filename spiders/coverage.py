"""Outward from a watched story: one walk over the ways of a topic, until none is worth a request.

All that it knows lies in the archive and moves in the filer's transactions: a walk that is killed
is taken up by the next one where it stood.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from scrapy import Spider

from pipeline.address import key
from pipeline.file import Ended, Filed, Filer, Read
from pipeline.relevance import SURE, Relevant, general_bits
from pipeline.well_known import folded
from spiders import report
from spiders.errand import bring
from spiders.fetch import Answer, content_type
from spiders.harvest import Harvest, Harvester
from spiders.outlets import Outlets, host_of
from spiders.polite import Polite
from spiders.promise import Promise
from spiders.search import queries, ways_of
from spiders.unfetched import UnfetchedError
from stories.archive.coverage import Asked, Origin, Report, Watched, Way, WayKind, WayState
from stories.model import Article, Dropped, Outcome, Page, Sighting, Step, Verdict
from stories.sections import templates

if TYPE_CHECKING:
    from pipeline.readers import Readers
    from stories.archive import Archive, Transaction
    from stories.config import Config
    from stories.model import FiledArticle

logger = logging.getLogger(__name__)

AT_ONCE = 8
"""Ways followed at once: more would be chosen before the first have taught anything."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """A walk's work: for which topic, under which run, where what it finds goes."""

    config: Config
    archive: Archive
    run: int
    topic: str
    readers: Readers
    progress: Callable[[report.Progress], None] | None = None


@dataclass(slots=True, kw_only=True)
class Walked:
    """How a walk went: what it asked and found, and the sentence on why it ended."""

    requests: int = 0
    states: Counter[str] = field(default_factory=Counter)
    left: int = 0
    ended: str = ""
    error: Exception | None = None

    @property
    def found(self) -> int:
        """Articles of the topic that this walk found."""
        return self.states[WayState.FOUND]


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """What one way answered with: a harvest, or the verdict on why there is none."""

    way: Way
    spent: dict[str, int]
    harvest: Harvest
    steps: tuple[Step, ...] = ()
    verdict: Verdict | None = None


class Outward(Spider):
    """Walks outward; what it did is in `walked` when the crawl has ended."""

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
        except Exception as error:  # handed to whoever sent it: Scrapy would but log it
            self.walked.error = error
        finally:
            walk.close()
        nothing: tuple[Any, ...] = ()
        for one in nothing:
            yield one


class Walk:
    """One walk, from what the archive remembers to what it will."""

    def __init__(self, errand: Errand, walked: Walked, crawler: Any) -> None:  # noqa: ANN401 - Scrapy's
        self._errand = errand
        self._walked = walked
        self._crawler = crawler
        self._filer = Filer(errand.archive, errand.run)
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="filer")
        self._ways: dict[str, Way] = {}
        self._waiting: dict[str, Way] = {}
        self._promise = Promise(errand.config)
        self._read = 0

    def close(self) -> None:
        """Let the filing thread go home."""
        self._thread.shutdown(wait=True)

    async def run(self) -> None:
        """Follow the best way there is, until none is worth it."""
        await self._in_thread(self._set_out)
        under_way: dict[asyncio.Task[Came], Way] = {}
        try:
            while True:
                self._send(under_way)
                if not under_way:
                    break
                done, _ = await asyncio.wait(under_way, return_when=asyncio.FIRST_COMPLETED)
                came = [task.result() for task in done]
                for task in done:
                    self._promise.hosts[under_way.pop(task).host].under_way -= 1
                await self._in_thread(self._take_in, came)
                self._tell(len(under_way))
        finally:
            for task in under_way:
                task.cancel()
            await asyncio.gather(*under_way, return_exceptions=True)
        await self._in_thread(self._audit)
        self._walked.left = len(self._waiting)
        self._walked.ended = self._promise.why_stopped(len(self._waiting))

    def _send(self, under_way: dict[asyncio.Task[Came], Way]) -> None:
        while len(under_way) < AT_ONCE:
            way = self._promise.best(self._waiting.values(), others_under_way=bool(under_way))
            if way is None:
                return
            del self._waiting[way.key]
            self._promise.hosts[way.host].under_way += 1
            under_way[asyncio.ensure_future(self._follow(way))] = way

    async def _follow(self, way: Way) -> Came:
        """Ask one way; whatever comes of it is an answer."""
        now = _now()
        robots = 0 if self._promise.hosts[way.host].known else 1
        spent = {way.host: 1 + robots}
        try:
            brought = await bring(self._crawler, way.url, self._errand.config.fetch.max_bytes)
        except UnfetchedError as error:
            return _unfetched(way, error, spent if error.reason != "robots" else {way.host: robots})
        page = brought.page
        for hop in brought.asked[1:]:
            spent[host_of(hop)] = spent.get(host_of(hop), 0) + 1
        steps = (
            Step(at=now, what=f"met as {way.how} on {way.parent or 'the story'}"),
            report.fetched(page, brought.seconds),
        )
        answer = Answer(url=page.answered, content_type=_type_of(page), body=page.body)
        if way.kind is WayKind.PAGE:
            harvest = await self._page(way, page, answer)
        else:
            harvest = self._harvester.listing(
                way, answer, now, self._errand.config.fetch.max_feed_bytes
            )
        return Came(way=way, spent=spent, harvest=harvest, steps=steps)

    async def _page(self, way: Way, page: Page, answer: Answer) -> Harvest:
        article = await self._errand.readers.read(page)
        self._read += 1
        original = next(
            (
                other
                for other in self._ways.values()
                if other.how == "original" and other.parent == way.key
            ),
            None,
        )
        return self._harvester.page(
            way, answer, article, await self._sitemaps(answer.url), original
        )

    async def _sitemaps(self, url: str) -> Sequence[str]:
        polite = self._crawler.get_downloader_middleware(Polite)
        if polite is None or not self._errand.config.fetch.robots:
            return ()
        try:
            found: Sequence[str] = (await polite.robots.rules(url)).sitemaps()
        except UnfetchedError:
            return ()
        return found

    def _set_out(self) -> None:
        """Remember what earlier rounds knew, and take the story and all that is stored as starts."""
        errand = self._errand
        now = _now()
        with errand.archive.reading() as tx:
            watched = tx.coverage.watched(errand.topic)
            self._ways = {way.key: way for way in tx.coverage.ways(errand.topic)}
            ever = tx.coverage.spent(errand.topic, datetime.min.replace(tzinfo=UTC))
            hour = tx.coverage.spent(errand.topic, now)
            today = tx.coverage.spent(errand.topic, now - timedelta(hours=22))
            names = tx.coverage.names()
            sources = tx.sources.all()
            topic = tx.topics.get(errand.topic)
        if watched is None or topic is None:
            raise LookupError(f"{errand.topic} is no watched topic")
        self._since = watched.since
        polled = frozenset(host_of(state.source.url) for state in sources)
        hosts = {way.host for way in self._ways.values()} | polled
        relevant = Relevant(topic.query, general_bits(watched.language))
        self._outlets = Outlets(names, hosts)
        asked = queries(topic.query, relevant.weights)
        self._harvester = Harvester(
            relevant,
            self._outlets,
            asked,
            floor=errand.config.outward.floor,
            since=watched.since,
            polled=polled,
        )
        for way in self._ways.values():
            self._promise.learn(way)
        self._promise.spend(hour)
        self._promise.requests = sum(ever.values())
        for host, state in self._promise.hosts.items():
            state.known = host in today
        starts = [*self._starts(watched, now), *ways_of(
            templates(errand.config.search), asked, distance=1, parent=None)]  # fmt: skip
        with errand.archive.writing() as tx:
            stored = self._from_the_archive(tx, now)
            tx.coverage.record(errand.topic, errand.run, Report(offered=(*starts, *stored)), now)
            waits = tx.coverage.ways(errand.topic)
        self._ways = {way.key: way for way in waits}
        again = now - timedelta(seconds=errand.config.outward.again)
        self._waiting = {
            way.key: way
            for way in waits
            if way.state is WayState.WAITING
            or (way.state is WayState.ASKED and way.asked is not None and way.asked <= again)
            or (way.state is WayState.FAILED and way.tries < errand.config.fetch.tries
                and way.asked is not None and way.asked <= again)
        }  # fmt: skip

    def _starts(self, watched: Watched, now: datetime) -> list[Way]:
        """The ways on from the story itself."""
        del now
        if watched.url:
            return [
                Way(
                    key=key(watched.url),
                    url=watched.url,
                    kind=WayKind.PAGE,
                    how="original",
                    parent=None,
                    distance=0,
                    hint=watched.title,
                    evidence=SURE,
                )
            ]
        story = Way(
            key=f"story:{watched.topic}", url="", kind=WayKind.PAGE, how="story", parent=None,
            distance=0,
        )  # fmt: skip
        article = Article(
            url="", raw_url="", key="", outlet=watched.outlet or "", title=watched.title,
            text=watched.text, language=watched.language, seen=watched.made, fetched=watched.made,
        )  # fmt: skip
        return list(self._harvester.stored(story, article))

    def _from_the_archive(self, tx: Transaction, now: datetime) -> list[Way]:
        """What is stored and filed under the topic, as ways that were found, and the ways on."""
        from stories.archive.asking import Question  # noqa: PLC0415 - with the query's parser

        ids = tx.asking.ids(Question(topic=self._errand.topic))
        known = {way.article for way in self._ways.values()}
        found: list[Way] = []
        for number, one in tx.articles.get_many([i for i in ids if i not in known]).items():
            article = one.article
            state = WayState.COPY if one.copy else WayState.FOUND
            way = Way(
                key=article.key, url=article.url, kind=WayKind.PAGE, how="archive", parent=None,
                distance=1, hint=article.title, evidence=SURE, state=state,
                why="stored already", article=number, asked=None,
            )  # fmt: skip
            found.append(way)
            self._promise.learn(way)
            if state is WayState.FOUND:
                found += self._harvester.stored(way, article)
        del now
        return found

    def _take_in(self, came: Sequence[Came]) -> None:
        """File what came and write the frontier, in one transaction."""
        now = _now()
        papers: list[Read | Ended] = []
        of_paper: list[Came] = []
        for one in came:
            if one.harvest.article is not None:
                step = report.read(one.harvest.article, now)
                said = Step(at=now, what=f"{self._errand.topic}: {one.harvest.asked.why}")
                papers.append(
                    Read(
                        article=replace(one.harvest.article, source=None),
                        steps=(*one.steps, step, said),
                    )
                )
                of_paper.append(one)
            elif one.verdict is not None:
                papers.append(Ended(verdict=one.verdict))
                of_paper.append(one)
        ends: dict[str, Asked] = {one.way.key: one.harvest.asked for one in came}
        offered: list[Way] = []

        def write(tx: Transaction, filed: Sequence[Filed]) -> None:
            numbers = {
                one.way.key: answer.article
                for one, answer in zip(of_paper, filed, strict=True)
                if answer.article is not None
            }
            articles = tx.articles.get_many(list(numbers.values()))
            origins: dict[int, Origin] = {}
            for one in came:
                number = numbers.get(one.way.key)
                if number is not None:
                    ends[one.way.key], origin = self._filed(one, articles[number], tx)
                    if origin is not None:
                        origins[number] = origin
            self._report(tx, came, ends, origins, offered, now)

        self._filer.file(papers, also=write)
        self._remember(came, ends, offered, now)

    def _filed(
        self, one: Came, filed: FiledArticle, tx: Transaction
    ) -> tuple[Asked, Origin | None]:
        """What a page is once it is filed: coverage, or a copy of coverage."""
        asked = replace(one.harvest.asked, article=filed.id)
        twin = next(
            (w for w in self._ways.values() if w.article == filed.id and w.key != one.way.key), None
        )
        if twin is not None:
            return replace(asked, state=WayState.STANDS, why=f"the same as {twin.url}"), None
        if self._errand.topic not in filed.topics:
            return replace(asked, state=WayState.OFF), None
        if filed.copy is not None:
            origin = Origin(
                outlet=self._outlet_of(filed.copy.of, tx) or host_of(filed.copy.url),
                url=filed.copy.url,
                evidence=f"{filed.copy.score:.0%} of the shorter text ({filed.copy.kind})",
            )
            why = f"repeats {filed.copy.url}"
            return replace(asked, state=WayState.COPY, why=why), origin
        return asked, one.harvest.origin

    def _outlet_of(self, number: int, tx: Transaction) -> str | None:
        found = tx.articles.get(number)
        return found.article.outlet if found else None

    def _report(
        self,
        tx: Transaction,
        came: Sequence[Came],
        ends: dict[str, Asked],
        origins: dict[int, Origin],
        offered: list[Way],
        now: datetime,
    ) -> None:
        spent: Counter[str] = Counter()
        names: dict[str, tuple[str, str]] = {}
        for one in came:
            spent.update(one.spent)
            names.update({folded(n): (n, h) for n, h in one.harvest.names if folded(n)})
            dead = ends[one.way.key].state not in {WayState.OFF, WayState.FOUND, WayState.COPY}
            offered += [
                way
                for way in one.harvest.offered
                if not (dead and way.distance > self._errand.config.outward.distance)
            ]
        reopened = tuple(
            one.way.parent
            for one in came
            if one.way.how == "original"
            and one.way.parent is not None
            and ends[one.way.key].state in {WayState.REFUSED, WayState.FAILED, WayState.DROPPED}
        )
        tx.coverage.record(
            self._errand.topic,
            self._errand.run,
            Report(
                asked=tuple(ends.values()),
                offered=tuple(offered),
                reopened=reopened,
                spent=spent,
                names=names,
                origins=origins,
            ),
            now,
        )

    def _remember(
        self, came: Sequence[Came], ends: dict[str, Asked], offered: list[Way], now: datetime
    ) -> None:
        """Bring what is kept in memory to what was written."""
        for one in came:
            end = ends[one.way.key]
            before = self._ways.get(one.way.key, one.way)
            way = replace(
                before, state=end.state, why=end.why, score=end.score, terms=end.terms,
                brought=before.brought + end.brought, article=end.article, asked=now,
                tries=before.tries + 1,
            )  # fmt: skip
            self._ways[way.key] = way
            self._promise.learn(replace(way, brought=end.brought))
            self._promise.spend(one.spent)
            self._walked.requests += sum(one.spent.values())
            self._walked.states[end.state.value] += 1
            for name, host in one.harvest.names:
                self._outlets.called(name, host)
            parent = self._ways.get(way.parent or "")
            if way.how == "original" and parent is not None and end.state in {
                WayState.REFUSED, WayState.FAILED, WayState.DROPPED,
            }:  # fmt: skip
                self._ways[parent.key] = self._waiting[parent.key] = replace(
                    parent, state=WayState.WAITING
                )
        for way in offered:
            there = self._ways.get(way.key)
            if there is None:
                self._ways[way.key] = self._waiting[way.key] = way
            elif way.key in self._waiting and way.evidence > there.evidence:
                self._ways[way.key] = self._waiting[way.key] = replace(
                    there, evidence=way.evidence, hint=way.hint, how=way.how
                )

    def _audit(self) -> None:
        """At the end: what turned out to repeat a later find, and which hosts are closed."""
        errand = self._errand
        now = _now()
        found = {
            way.article: way
            for way in self._ways.values()
            if way.state is WayState.FOUND and way.article is not None
        }
        closed = {
            way.host: self._promise.why_closed(way.host)
            for way in self._waiting.values()
            if self._promise.is_closed(way.host)
        }
        with errand.archive.writing() as tx:
            copies = tx.copies.of([number for number in found if number is not None])
            ends, origins = [], {}
            for number, copy in copies.items():
                way = found[number]
                ends.append(
                    Asked(
                        key=way.key,
                        state=WayState.COPY,
                        why=f"repeats {copy.url}",
                        score=way.score,
                        terms=way.terms,
                        article=number,
                    )  # fmt: skip
                )
                origins[number] = Origin(
                    outlet=self._outlet_of(copy.of, tx) or host_of(copy.url),
                    url=copy.url,
                    evidence=f"{copy.score:.0%} of the shorter text ({copy.kind})",
                )
            tx.coverage.record(
                errand.topic,
                errand.run,
                Report(asked=tuple(ends), closed=closed, origins=origins),
                now,
            )
        self._walked.states[WayState.FOUND] -= len(copies)
        self._walked.states[WayState.COPY] += len(copies)
        for name in [way.key for way in self._waiting.values() if way.host in closed]:
            del self._waiting[name]

    def _tell(self, under_way: int) -> None:
        if self._errand.progress is not None:
            states = self._walked.states
            self._errand.progress(
                report.Progress(
                    fetched=self._walked.requests,
                    read=self._read,
                    filed=states[WayState.FOUND],
                    dropped=states[WayState.OFF] + states[WayState.DROPPED],
                    failed=states[WayState.FAILED] + states[WayState.REFUSED],
                    queue=len(self._waiting) + under_way,
                )
            )

    async def _in_thread(self, do: Callable[..., None], *arguments: object) -> None:
        await asyncio.get_running_loop().run_in_executor(self._thread, do, *arguments)


def _unfetched(way: Way, error: UnfetchedError, spent: dict[str, int]) -> Came:
    state = WayState.REFUSED if error.outcome is Outcome.REFUSED else WayState.FAILED
    asked = Asked(key=way.key, state=state, why=str(error)[:500])
    verdict = None
    if way.kind is WayKind.PAGE:
        sighting = Sighting(url=way.url, source="", seen=_now())
        verdict = replace(report.verdict(sighting, error, _now(), ()), source=None)
    return Came(way=way, spent=spent, harvest=Harvest(asked=asked), verdict=verdict)


def _type_of(page: Page) -> str:
    values = [value for name, value in page.headers if name.lower() == "content-type"]
    return content_type(values[0].encode("latin-1")) if values else ""


def _now() -> datetime:
    return datetime.now(UTC)


__all__ = ["Dropped", "Errand", "Outward", "Walk", "Walked"]
