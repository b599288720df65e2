"""What a walk knows and does about it: from the archive at its start, and back with each answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from pipeline.address import key
from pipeline.features import features_of
from pipeline.file import Ended, Filed, Filer, Read
from pipeline.likeness import LIKELY, SURE, Likeness
from pipeline.seed import Seed
from pipeline.sharpen import best, sharpened
from pipeline.well_known import folded
from spiders import report
from spiders.harvest import TOPICAL, Harvest, Harvester
from spiders.outlets import Outlets, host_of
from spiders.promise import Promise
from spiders.search import MOST_QUERIES, queries, ways_of
from stories.archive.asking import Question
from stories.archive.coverage import (
    Asked,
    Origin,
    Report,
    Watched,
    Way,
    WayKind,
    WayState,
    tells_more,
)
from stories.model import Article, Dropped, Step, Topic, Verdict
from stories.sections import templates
from stories.words import words

if TYPE_CHECKING:
    from spiders.fetch import Answer
    from stories.archive import Archive, Transaction
    from stories.config import Config
    from stories.model import FiledArticle

LEARN_EVERY = 4
EAGER = 40
"""Pages after which is learned anew what the topic's pages have; at first after each."""

SEARCHES = 14
"""Terms that are then searched for at each endpoint, for as long as that brings something."""

MANY_LINES = 60
"""Headings that were seen elsewhere before what a vague one says is believed."""

KNOWN_WELL = 10
"""Pages of the topic from which its best terms are known well enough to search for them."""

STILL = 0.9
"""Share of the pages found that must still be taken for the topic's when its query is sharpened."""

_NO_PAGE = frozenset({WayState.REFUSED, WayState.FAILED, WayState.DROPPED})


@dataclass(slots=True, kw_only=True)
class Walked:
    """How a walk went: what it asked and found, the sentence on why it ended, the query it left."""

    requests: int = 0
    states: Counter[str] = field(default_factory=Counter)
    left: int = 0
    ended: str = ""
    query: str | None = None
    error: Exception | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """What one way answered with: a harvest, or the verdict on why there is none.

    `page` is what the harvest was made of, for when more is known of the topic.
    """

    way: Way
    spent: dict[str, int]
    harvest: Harvest
    steps: tuple[Step, ...] = ()
    verdict: Verdict | None = None
    page: tuple[Answer, Article | Dropped, tuple[str, ...]] | None = None


class Frontier:
    """The ways of one topic during one walk. All but :meth:`next` is for the filing thread."""

    def __init__(
        self, config: Config, archive: Archive, run: int, topic: str, walked: Walked
    ) -> None:
        self._config = config
        self._archive = archive
        self._run = run
        self._topic = topic
        self._walked = walked
        self._filer = Filer(archive, run)
        self._ways: dict[str, Way] = {}
        self._waiting: dict[str, Way] = {}
        self._shelved: dict[str, Came] = {}
        self._promise = Promise(config)
        self._unlearned = 0
        self._asked_better = False
        self._found_now: set[str] = set()

    @property
    def left(self) -> int:
        """How many ways wait."""
        return len(self._waiting)

    @property
    def is_settled(self) -> bool:
        """Whether enough was read to tell the topic's pages from others."""
        return self._promise.settled

    def next(self, under_way: int) -> Way | None:
        """The way to follow now; None when none is worth it."""
        way = self._promise.best(self._waiting.values(), others_under_way=under_way > 0)
        if way is not None:
            del self._waiting[way.key]
            self._promise.hosts[way.host].under_way += 1
        return way

    def back(self, way: Way) -> None:
        """A way that was followed is back."""
        self._promise.hosts[way.host].under_way -= 1

    def robots_cost(self, way: Way) -> int:
        """Requests for robots.txt that asking this way costs."""
        return self._promise.cost(way) - 1

    def judge(
        self, way: Way, answer: Answer, article: Article | Dropped, sitemaps: Sequence[str]
    ) -> Harvest:
        """What a page is, by what is known now."""
        original = next(
            (w for w in self._ways.values() if w.how == "original" and w.parent == way.key), None
        )
        return self.harvester.page(way, answer, article, sitemaps, original)

    def set_out(self) -> None:
        """Remember what earlier walks knew, and start from the story and all that is stored."""
        now = _now()
        with self._archive.reading() as tx:
            watched = tx.coverage.watched(self._topic)
            topic = tx.topics.get(self._topic)
            if watched is None or topic is None:
                raise LookupError(f"{self._topic} is no watched topic")
            self._watched, self._query = watched, topic.query
            self._ways = {way.key: way for way in tx.coverage.ways(self._topic)}
            ever = tx.coverage.spent(self._topic, datetime.min.replace(tzinfo=UTC))
            hour = tx.coverage.spent(self._topic, now)
            today = tx.coverage.spent(self._topic, now - timedelta(hours=22))
            names = tx.coverage.names()
            polled = frozenset(host_of(state.source.url) for state in tx.sources.all())
            self._make_harvester(watched, names, polled)
            self._remember_pages(tx)
        for way in self._ways.values():
            self._promise.learn(way)
        self._promise.spend(hour)
        self._promise.requests = sum(ever.values())
        for host, state in self._promise.hosts.items():
            state.known = host in today
        starts = list(self._starts(watched))
        with self._archive.writing() as tx:
            offered = (*starts, *self._from_the_archive(tx))
            tx.coverage.record(self._topic, self._run, Report(offered=offered), now)
            waits = tx.coverage.ways(self._topic)
        again = now - timedelta(seconds=self._config.outward.again)
        self._ways = {way.key: way for way in waits}
        self._waiting = {way.key: way for way in waits if self._may_be_asked(way, again)}

    def _make_harvester(
        self, watched: Watched, names: dict[str, tuple[str, str]], polled: frozenset[str]
    ) -> None:
        hosts = {way.host for way in self._ways.values()} | polled
        self._outlets = Outlets(names, hosts)
        self._seed = Seed(
            title=watched.title,
            lines=tuple(watched.text.splitlines()),
            roles=watched.roles,
            language=watched.language,
            outlet=watched.outlet,
            authors=watched.authors,
        )
        likeness = Likeness(features_of(self._seed, self._query, self._outlets))
        likeness.read("story", watched.title, watched.text, known=1.0, language=watched.language)
        weights = {name: -one.other for name, one in likeness.features.items()}
        self._asked = queries(self._query, weights)
        self.harvester = Harvester(
            likeness,
            self._outlets,
            self._asked,
            floor=self._config.outward.floor,
            since=watched.since,
            polled=polled,
            allowed=self._config.fetch.allow_private,
        )

    def _remember_pages(self, tx: Transaction) -> None:
        """What earlier walks read: stored pages again, of the others the terms that they had."""
        likeness = self.harvester.likeness
        stored = [way.article for way in self._ways.values() if way.article is not None]
        articles = tx.articles.get_many(stored)
        for way in self._ways.values():
            if way.hint and way.how in {"listed", "search"}:
                likeness.heading(way.key, way.hint)
            if way.article in articles:
                one = articles[way.article].article
                likeness.read(way.key, one.title, one.text, language=one.language)
            elif way.state is WayState.OFF and way.score is not None:
                likeness.recall(way.key, way.terms, way.score)
        self._learn()

    def _may_be_asked(self, way: Way, again: datetime) -> bool:
        if way.state is WayState.WAITING:
            return True
        if way.asked is None or way.asked > again:
            return False
        return way.state is WayState.ASKED or (
            way.state is WayState.FAILED and way.tries < self._config.fetch.tries
        )

    def _starts(self, watched: Watched) -> Sequence[Way]:
        """The ways on from the story itself, and the search endpoints."""
        asked = list(ways_of(templates(self._config.search), self._asked, distance=1, parent=None))
        if watched.url:
            story = Way(
                key=key(watched.url), url=watched.url, kind=WayKind.PAGE, how="original",
                parent=None, distance=0, hint=watched.title, evidence=SURE,
            )  # fmt: skip
            return [story, *asked]
        story = Way(
            key=f"story:{watched.topic}", url="", kind=WayKind.PAGE, how="story", parent=None,
            distance=0,
        )  # fmt: skip
        article = Article(
            url="", raw_url="", key="", outlet=watched.outlet or "", title=watched.title,
            text=watched.text, language=watched.language, seen=watched.made, fetched=watched.made,
        )  # fmt: skip
        return [*self.harvester.stored(story, article), *asked]

    def _from_the_archive(self, tx: Transaction) -> Sequence[Way]:
        """What is stored and filed under the topic, as ways that were found, and the ways on."""
        known = {way.article for way in self._ways.values()}
        ids = [n for n in tx.asking.ids(Question(topic=self._topic)) if n not in known]
        found: list[Way] = []
        for number, one in tx.articles.get_many(ids).items():
            article = one.article
            way = Way(
                key=article.key, url=article.url, kind=WayKind.PAGE, how="archive", parent=None,
                distance=1, hint=article.title, evidence=SURE, why="stored already",
                state=WayState.COPY if one.copy else WayState.FOUND, article=number,
            )  # fmt: skip
            found.append(way)
            self.harvester.likeness.read(
                way.key, article.title, article.text, language=article.language
            )
            if way.state is WayState.FOUND:
                self._promise.learn(way)
                found += self.harvester.stored(way, article)
        return found

    def take_in(self, came: Sequence[Came]) -> None:
        """File what came and write the frontier, in one transaction."""
        now = _now()
        papers: list[Read | Ended] = []
        of_paper: list[Came] = []
        for one in came:
            if one.harvest.article is not None:
                papers.append(self._paper(one, now))
                of_paper.append(one)
            elif one.verdict is not None:
                papers.append(Ended(verdict=one.verdict))
                of_paper.append(one)
        ends: dict[str, Asked] = {
            one.way.key: replace(one.harvest.asked, brought=self._new_in(one)) for one in came
        }

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
            tx.coverage.record(self._topic, self._run, self._report(came, ends, origins), now)

        self._filer.file(papers, also=write)
        for one in came:
            self._settle(one, ends[one.way.key], now)
        self._unlearned += sum(one.page is not None for one in came)
        pages = len(self.harvester.likeness.pages)
        if self._unlearned and (self._unlearned >= LEARN_EVERY or pages < EAGER):
            self._learn()
            self._weigh_again()
            self._ask_better()

    def _new_in(self, one: Came) -> int:
        """How many ways of a list point to coverage that was not known of."""
        if one.way.kind is WayKind.PAGE:
            return 0
        return sum(
            way.kind is WayKind.PAGE and way.evidence >= LIKELY and way.key not in self._ways
            for way in one.harvest.offered
        )

    def _paper(self, one: Came, now: datetime) -> Read:
        article = one.harvest.article
        assert article is not None  # noqa: S101 - asked by who calls
        said = Step(at=now, what=f"{self._topic}: {one.harvest.asked.why}")
        return Read(
            article=replace(article, source=None),
            steps=(*one.steps, report.read(article, now), said),
        )

    def _filed(
        self, one: Came, filed: FiledArticle, tx: Transaction
    ) -> tuple[Asked, Origin | None]:
        """What a page is once it is filed: coverage, or a copy of coverage."""
        asked = replace(one.harvest.asked, article=filed.id)
        for other in self._ways.values():
            if other.article == filed.id and other.key != one.way.key:
                return replace(asked, state=WayState.STANDS, why=f"the same as {other.url}"), None
        if filed.copy is not None:
            why = f"repeats {filed.copy.url}"
            return replace(asked, state=WayState.COPY, why=why), _origin(filed, tx)
        return asked, one.harvest.origin

    def _report(
        self, came: Sequence[Came], ends: dict[str, Asked], origins: dict[int, Origin]
    ) -> Report:
        spent: Counter[str] = Counter()
        names: dict[str, tuple[str, str]] = {}
        for one in came:
            spent.update(one.spent)
            names.update({folded(n): (n, h) for n, h in one.harvest.names if folded(n)})
        return Report(
            asked=tuple(ends.values()),
            offered=tuple(way for one in came for way in one.harvest.offered),
            reopened=tuple(
                one.way.parent
                for one in came
                if one.way.parent is not None and _leaves_a_copy(one.way, ends[one.way.key])
            ),
            spent=spent,
            names=names,
            origins=origins,
        )

    def _settle(self, one: Came, end: Asked, now: datetime) -> None:
        """Bring what is kept in memory to what was written."""
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
        if end.state is WayState.FOUND:
            self._found_now.add(way.key)
        if end.state is WayState.OFF and one.page is not None:
            self._shelved[way.key] = one
        for name, host in one.harvest.names:
            self._outlets.called(name, host)
        parent = self._ways.get(way.parent or "")
        if parent is not None and _leaves_a_copy(way, end):
            waits = replace(parent, state=WayState.WAITING)
            self._ways[parent.key] = self._waiting[parent.key] = waits
        for there in one.harvest.offered:
            known = self._ways.get(there.key)
            if known is None:
                self._ways[there.key] = self._waiting[there.key] = there
            elif there.key in self._waiting and there.how == known.how == "credit":
                more = replace(known, evidence=min(3, known.evidence + 1))
                self._ways[there.key] = self._waiting[there.key] = more
            elif there.key in self._waiting and tells_more(there, known):
                better = replace(known, evidence=there.evidence, hint=there.hint, how=there.how)
                self._ways[there.key] = self._waiting[there.key] = better

    def _learn(self) -> None:
        self._unlearned = 0
        likeness = self.harvester.likeness
        likeness.learn()
        likeness.widen(self._watched.language)
        likeness.learn()
        self._promise.settled = len(likeness.pages) >= KNOWN_WELL and likeness.lines >= MANY_LINES

    def _weigh_again(self) -> None:
        """What lines say is worth more, or less, by what was learned since."""
        titles = self.harvester.likeness.titles()
        for name, way in list(self._waiting.items()):
            if way.kind is not WayKind.PAGE or way.how in {"original", "story"}:
                continue
            evidence = self.harvester.evidence(way.hint or "", url=way.url)
            how = way.how
            if how == "related" and not self._promise.hosts[way.host].found:
                # Somebody who never had coverage of his own offers a heading that is known.
                said = f" {' '.join(words(way.hint or ''))} "
                how = "repeated" if any(title in said for title in titles) else how
            if evidence != way.evidence or how != way.how:
                again = replace(way, evidence=evidence, how=how)
                self._ways[name] = self._waiting[name] = again

    def _ask_better(self) -> None:
        """Once it is known which terms the coverage has, ask the search endpoints for those."""
        if self._asked_better or self._promise.found < KNOWN_WELL:
            return
        self._asked_better = True
        if (
            sum(
                way.how == "search" and way.kind is WayKind.SEARCH and way.tries > 0
                for way in self._ways.values()
            )
            > MOST_QUERIES * len(self._config.search) + 2
        ):
            return  # an earlier walk did
        asked = best(self.harvester.likeness, SEARCHES)
        self.harvester.queries = asked
        better = ways_of(templates(self._config.search), asked, distance=1, parent=None)
        offered = tuple(way for way in better if way.key not in self._ways)
        with self._archive.writing() as tx:
            tx.coverage.record(self._topic, self._run, Report(offered=offered), _now())
        for way in offered:
            self._ways[way.key] = self._waiting[way.key] = way

    def second_look(self) -> bool:
        """File pages that were put aside and prove to be of the topic, then take what is left.

        False when there is nothing more to do.
        """
        self._learn()
        self._weigh_again()
        pages = self.harvester.likeness.pages
        again = []
        for name, one in list(self._shelved.items()):
            page = pages.get(name)
            if page is not None and page.likely >= TOPICAL and one.page is not None:
                del self._shelved[name]
                harvest = self.judge(one.way, *one.page)
                if harvest.asked.state is not WayState.OFF:
                    again.append(replace(one, harvest=harvest, spent={}))
                    self._promise.hosts[one.way.host].off -= 1
        if again:
            self.take_in(again)
            return True
        return self._promise.lower()

    def close(self) -> None:
        """At the end: the sharpened query, what repeats a later find, which hosts are closed."""
        now = _now()
        self._learn()
        query = self._sharpened()
        ends: list[Asked] = []
        origins: dict[int, Origin] = {}
        closed = {
            way.host: self._promise.why_closed(way.host)
            for way in self._waiting.values()
            if self._promise.is_closed(way.host)
        }
        with self._archive.writing() as tx:
            if query is not None:
                self._ask_instead(tx, query)
            filed = set(tx.asking.ids(Question(topic=self._topic)))
            found = {w.article: w for w in self._ways.values() if w.state is WayState.FOUND}
            articles = tx.articles.get_many([number for number in found if number is not None])
            for number, one in articles.items():
                way = found[number]
                end = Asked(
                    key=way.key, state=WayState.COPY, why=way.why, score=way.score,
                    terms=way.terms, article=number,
                )  # fmt: skip
                if one.copy is not None:
                    ends.append(replace(end, why=f"repeats {one.copy.url}"))
                    origins[number] = _origin(one, tx)
                elif number not in filed:
                    why = f"does not answer the query; {way.why}"
                    ends.append(replace(end, state=WayState.OFF, why=why))
            for end in ends:
                if end.key in self._found_now:
                    self._walked.states[WayState.FOUND] -= 1
                    self._walked.states[end.state.value] += 1
            tx.coverage.record(
                self._topic,
                self._run,
                Report(asked=tuple(ends), closed=closed, origins=origins),
                now,
            )
        self._walked.query = query
        left = [way for way in self._waiting.values() if way.host not in closed]
        self._walked.left = len(left)
        self._walked.ended = self._promise.why_stopped(len(left)) + self._silent(now)

    def _silent(self, now: datetime) -> str:
        """Which search endpoints did not answer today, as the end of a sentence."""
        today = now - timedelta(hours=22)
        names = {
            (way.hint or way.host).partition(":")[0]
            for way in self._ways.values()
            if way.how == "search" and way.kind is WayKind.SEARCH and way.state is WayState.FAILED
            if way.asked is not None and way.asked > today
        }
        return f"; no answer from {', '.join(sorted(names))}" if names else ""

    def _sharpened(self) -> str | None:
        """Another query, when nobody has edited the proposed one and pages say so."""
        if not self._config.outward.refine or self._query != self._watched.proposed:
            return None
        pages = self.harvester.likeness.pages
        found = [way.key for way in self._ways.values() if way.state is WayState.FOUND]
        still = sum(name in pages and pages[name].likely >= TOPICAL for name in found)
        if still < STILL * len(found):
            return None  # what was learned last speaks of something else
        query = sharpened(self.harvester.likeness)
        return query if query != self._query else None

    def _ask_instead(self, tx: Transaction, query: str) -> None:
        tx.coverage.watch(replace(self._watched, proposed=query))
        tx.topics.sync(
            [replace(t, query=query) if t.name == self._topic else t for t in tx.topics.all()]
        )
        tx.topics.refile(self._topic)


def _origin(filed: FiledArticle, tx: Transaction) -> Origin:
    """Whose reporting a copy is."""
    assert filed.copy is not None  # noqa: S101 - asked by who calls
    first = tx.articles.get(filed.copy.of)
    return Origin(
        outlet=first.article.outlet if first else host_of(filed.copy.url),
        url=filed.copy.url,
        evidence=f"{filed.copy.score:.0%} of the shorter text ({filed.copy.kind})",
    )


def _leaves_a_copy(way: Way, end: Asked) -> bool:
    """Whether an original cannot be had, so that the page that named it must stand for it."""
    return way.how == "original" and way.parent is not None and end.state in _NO_PAGE


def _now() -> datetime:
    return datetime.now(UTC)


__all__ = ["Came", "Frontier", "Topic", "Walked"]
