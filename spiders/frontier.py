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
from pipeline.questions import questions
from pipeline.seed import Seed
from pipeline.sharpen import sharpened
from pipeline.well_known import folded
from spiders import report
from spiders.budget import Budget
from spiders.harvest import SURELY, TOPICAL, Harvest, Harvester
from spiders.onward import Onward, said_of
from spiders.outlets import Outlets, host_of
from spiders.promise import Promise
from spiders.search import queries, ways_of
from spiders.standing import Shown
from stories.archive.asking import Question
from stories.model import Article, Dropped, Outcome, Sighting, Step, Topic, Verdict
from stories.sections import templates
from stories.ways import (
    Asked,
    Origin,
    Report,
    Watched,
    Way,
    WayKind,
    WayState,
    tells_more,
)
from stories.words import words

if TYPE_CHECKING:
    from spiders.fetch import Answer
    from spiders.unfetched import UnfetchedError
    from stories.archive import Archive, Transaction
    from stories.config import Config
    from stories.model import FiledArticle

LEARN_EVERY = 4
EAGER = 40
"""Pages after which is learned anew what the topic's pages have; at first after each."""

QUESTIONS = 5
"""Further questions to each search endpoint then, and each time that twice as much is known."""

USUAL = 60
"""Articles that a topic is expected to have until more of them are known."""

SHOWS = 20
"""Pages that an endpoint shows of those that answer, as long as none has shown more."""

MANY_LINES = 60
"""Headings that were seen elsewhere before what a vague one says is believed."""

KNOWN_WELL = 10
"""Pages of the topic from which its best terms are known well enough to search for them."""

FEW_DATES = 8
"""Days of coverage from which they say how far back it goes."""

DOUBTED = 0.3
"""Likelihood below which a page that was found is not counted as coverage any more."""

STILL = 0.75
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
    """What one way answered with, or why it did not.

    `asked` is the address of every request that was made for it, `article` what was read of a page,
    `sitemaps` what the robots.txt of its host names.
    """

    way: Way
    asked: tuple[str, ...]
    answer: Answer | None = None
    article: Article | Dropped | None = None
    sitemaps: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    error: UnfetchedError | None = None

    @property
    def spent(self) -> Counter[str]:
        """The requests that were made for it, by host."""
        return Counter(host_of(url) for url in self.asked)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """An answer and what it gives: a harvest, and the verdict where there is no page."""

    came: Came
    harvest: Harvest
    verdict: Verdict | None = None

    @property
    def way(self) -> Way:
        """The way that was asked."""
        return self.came.way


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
        self._budget = Budget(config)
        self._promise = Promise(config, self._budget)
        self._dates: list[datetime] = []
        self._unlearned = 0
        self._ask_at = KNOWN_WELL
        self._shows = SHOWS
        self._found_now: set[str] = set()
        self._doubted: set[str] = set()

    @property
    def left(self) -> int:
        """How many ways wait."""
        return len(self._waiting)

    @property
    def is_settled(self) -> bool:
        """Whether enough was read to tell the topic's pages from others."""
        return self._promise.settled

    def next(self) -> Way | None:
        """The way to follow now; None when none is worth it."""
        way = self._promise.best(self._waiting.values())
        if way is not None:
            del self._waiting[way.key]
            self._promise.begin(way)
        return way

    def back(self, way: Way) -> None:
        """A way that was followed is back."""
        self._promise.end(way)

    def _gather(self, came: Came) -> Gathered:
        """What an answer gives, by what is known now."""
        way, answer = came.way, came.answer
        if came.error is not None or answer is None:
            return _unfetched(came)
        if way.kind is not WayKind.PAGE:
            most = self._config.fetch.max_feed_bytes
            return Gathered(came=came, harvest=self.harvester.listing(way, answer, _now(), most))
        assert came.article is not None  # noqa: S101 - who brings a page reads it
        original = next(
            (w for w in self._ways.values() if w.how == "original" and w.parent == way.key), None
        )
        return Gathered(
            came=came,
            harvest=self.harvester.page(way, answer, came.article, came.sitemaps, original),
        )

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
        self._budget.spend(hour)
        self._budget.requests = sum(ever.values())
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
        self._learn()
        self._weigh_again()

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
        onward = Onward(
            likeness,
            self._outlets,
            self._asked,
            since=watched.since,
            polled=polled,
            allowed=self._config.fetch.allow_private,
        )
        self.harvester = Harvester(
            onward, self._outlets, floor=self._config.outward.floor, since=watched.since
        )

    def _remember_pages(self, tx: Transaction) -> None:
        """What earlier walks read: stored pages again, of the others the terms that they had."""
        likeness = self.harvester.likeness
        stored = [way.article for way in self._ways.values() if way.article is not None]
        articles = tx.articles.get_many(stored)
        for way in self._ways.values():
            if way.hint and way.how in {"listed", "search", "hit"}:
                likeness.heading(way.key, *said_of(way, asked=False))
            if way.article in articles:
                one = articles[way.article].article
                likeness.read(way.key, one.title, one.text, language=one.language)
                if way.state is WayState.FOUND and one.published is not None:
                    self._dates.append(one.published.at)
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
        # Endpoints that were asked already are asked further by what the coverage proved to have.
        before = {w.host for w in self._ways.values() if w.how == "search" and w.tries}
        asked = [
            way
            for way in ways_of(templates(self._config.search), self._asked, distance=1, parent=None)
            if way.host not in before
        ]
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
        return [*self.harvester.onward.stored(story, article), *asked]

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
                found += self.harvester.onward.stored(way, article)
        return found

    def take_in(self, came: Sequence[Came]) -> None:
        """File what came and write the frontier, in one transaction."""
        self._take_in([self._gather(one) for one in came])

    def _take_in(self, came: Sequence[Gathered]) -> None:
        now = _now()
        papers: list[Read | Ended] = []
        of_paper: list[Gathered] = []
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
        self._unlearned += sum(one.came.article is not None for one in came)
        pages = len(self.harvester.likeness.pages)
        if self._unlearned and (self._unlearned >= LEARN_EVERY or pages < EAGER):
            self._learn()
            self._weigh_again()
            self._take_up()
            self._ask_better()

    def _new_in(self, one: Gathered) -> int:
        """How many ways of a list point to coverage that was not known of, or not as such."""
        if one.way.kind is WayKind.PAGE:
            return 0
        new = set()
        for way in one.harvest.offered:
            if way.kind is not WayKind.PAGE or way.evidence < LIKELY:
                continue
            known = self._waiting.get(way.key)
            if way.key not in self._ways or (known and self._evidence_now(known) < LIKELY):
                new.add(way.key)
        return len(new)

    def _evidence_now(self, way: Way) -> int:
        """How much of the topic what is said of a page holds, by what is known now."""
        return self.harvester.onward.evidence(*said_of(way), url=way.url)

    def _paper(self, one: Gathered, now: datetime) -> Read:
        article = one.harvest.article
        assert article is not None  # noqa: S101 - asked by who calls
        said = Step(at=now, what=f"{self._topic}: {one.harvest.asked.why}")
        return Read(
            article=replace(article, source=None),
            steps=(*one.came.steps, report.read(article, now), said),
        )

    def _filed(
        self, one: Gathered, filed: FiledArticle, tx: Transaction
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
        self, came: Sequence[Gathered], ends: dict[str, Asked], origins: dict[int, Origin]
    ) -> Report:
        spent: Counter[str] = Counter()
        names: dict[str, tuple[str, str]] = {}
        for one in came:
            spent.update(one.came.spent)
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

    def _settle(self, one: Gathered, end: Asked, now: datetime) -> None:
        """Bring what is kept in memory to what was written."""
        before = self._ways.get(one.way.key, one.way)
        way = replace(
            before, state=end.state, why=end.why, score=end.score, terms=end.terms,
            brought=before.brought + end.brought, article=end.article, asked=now,
            tries=before.tries + 1,
        )  # fmt: skip
        self._ways[way.key] = way
        self._budget.spend(one.came.spent)
        for host in one.came.spent:
            self._promise.hosts[host].known = True
        self._promise.learn(replace(way, brought=end.brought), self._shown(one))
        self._walked.requests += len(one.came.asked)
        self._walked.states[end.state.value] += 1
        if end.state is WayState.FOUND:
            self._found_now.add(way.key)
            article = one.harvest.article
            if article is not None and article.published is not None:
                self._dates.append(article.published.at)
        if end.state is WayState.OFF and one.came.article is not None:
            self._shelved[way.key] = one.came
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
            elif there.key in self._waiting:
                self._ways[there.key] = self._waiting[there.key] = _both(known, there)

    def _shown(self, one: Gathered) -> Shown | None:
        """What a list showed, against the days of what was found."""
        shown = one.harvest.shown
        if shown is not None and one.way.how == "search":
            self._shows = max(self._shows, shown.addresses)
        if shown is None or shown.reaches is None or len(self._dates) < FEW_DATES:
            return shown
        older = sum(date < shown.reaches for date in self._dates)
        return replace(shown, beyond=older / len(self._dates))

    def _learn(self) -> None:
        self._unlearned = 0
        likeness = self.harvester.likeness
        likeness.learn()
        likeness.widen(self._watched.language)
        likeness.learn()
        self._doubt()
        self._promise.settled = len(likeness.pages) >= KNOWN_WELL and likeness.lines >= MANY_LINES
        self.harvester.least = TOPICAL if self._promise.settled else SURELY

    def _doubt(self) -> None:
        """Pages that were taken for coverage and prove to be none do not count any more."""
        pages = self.harvester.likeness.pages
        for key_, way in self._ways.items():
            if way.state is not WayState.FOUND or key_ not in pages:
                continue
            doubtful = pages[key_].likely < DOUBTED
            if doubtful != (key_ in self._doubted):
                (self._doubted.add if doubtful else self._doubted.remove)(key_)
                self._promise.doubt(way.host, -1 if doubtful else 1)

    def _weigh_again(self) -> None:
        """What lines say is worth more, or less, by what was learned since."""
        titles = self.harvester.likeness.titles()
        for name, way in list(self._waiting.items()):
            if way.kind is not WayKind.PAGE or way.how in {"original", "story"}:
                continue
            evidence = self._evidence_now(way)
            how = way.how
            if how == "hit":
                heading = self.harvester.onward.evidence(*said_of(way, asked=False), url=way.url)
                how = "search" if heading >= LIKELY else how
            if how == "related" and not self._promise.hosts[way.host].found:
                # Somebody who never had coverage of his own offers a heading that is known.
                said = f" {' '.join(words(way.hint or ''))} "
                how = "repeated" if any(title in said for title in titles) else how
            if evidence != way.evidence or how != way.how:
                again = replace(way, evidence=evidence, how=how)
                self._ways[name] = self._waiting[name] = again
        self._promise.gather(self._waiting.values())

    def _ask_better(self) -> None:
        """Ask the search endpoints for what the coverage proved to have, now and again."""
        if self._budget.found < self._ask_at:
            return
        self._ask_at = max(2 * KNOWN_WELL, round(1.5 * self._budget.found))
        asked = self._questions_asked()
        best = questions(
            self.harvester.likeness,
            asked,
            QUESTIONS,
            language=self._watched.language,
            shows=self._shows,
            expected=max(USUAL, 1.5 * self._budget.found),
        )
        found = [str(one) for one in best]
        self.harvester.onward.queries = found or self.harvester.onward.queries
        better = ways_of(templates(self._config.search), found, distance=1, parent=None)
        offered = tuple(way for way in better if way.key not in self._ways)
        with self._archive.writing() as tx:
            tx.coverage.record(self._topic, self._run, Report(offered=offered), _now())
        for way in offered:
            self._ways[way.key] = self._waiting[way.key] = way

    def _questions_asked(self) -> list[str]:
        """What search endpoints were asked for, or wait to be."""
        return [
            (way.hint or "").partition(": ")[2]
            for way in self._ways.values()
            if way.how == "search" and way.kind is WayKind.SEARCH
        ]

    def second_look(self) -> bool:
        """File pages that were put aside and prove to be of the topic, then take what is left.

        False when there is nothing more to do.
        """
        self._learn()
        self._weigh_again()
        return self._take_up() or self._budget.lower()

    def _take_up(self) -> bool:
        """File what was put aside and proves to be of the topic; whether there was any."""
        pages = self.harvester.likeness.pages
        again = []
        for name, one in list(self._shelved.items()):
            page = pages.get(name)
            if page is not None and page.likely >= self.harvester.least:
                del self._shelved[name]
                harvested = self._gather(replace(one, asked=()))
                if harvested.harvest.asked.state is not WayState.OFF:
                    again.append(harvested)
                    self._promise.hosts[one.way.host].off -= 1
        if again:
            self._take_in(again)
        return bool(again)

    def close(self) -> None:
        """At the end: the sharpened query, what repeats a later find, which hosts are closed."""
        now = _now()
        self._learn()
        query = self._sharpened()
        ends: list[Asked] = []
        origins: dict[int, Origin] = {}
        closed = {
            way.host: self._promise.hosts[way.host].why_closed(way.host)
            for way in self._waiting.values()
            if self._promise.hosts[way.host].is_closed
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
                    key=way.key, state=WayState.COPY, evidence=way.evidence, why=way.why,
                    score=way.score, terms=way.terms, article=number,
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
        self._walked.ended = self._budget.why_stopped(len(left)) + self._silent(now)

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


def _both(known: Way, new: Way) -> Way:
    """A way that waits, with what is said of it now as well."""
    if new.kind is not WayKind.PAGE:
        named = min(SURE, known.evidence + 1) if new.how == known.how else known.evidence
        if tells_more(new, known):
            return replace(known, how=new.how, hint=new.hint, evidence=named)
        return replace(known, evidence=named)
    if new.how == "hit" and known.how in {"hit", "search"} and known.hint and new.hint:
        asked = new.hint[new.hint.rfind("[") :]
        if asked in known.hint:
            return known
        return replace(
            known, hint=f"{known.hint} {asked}", evidence=max(known.evidence, new.evidence)
        )
    if tells_more(new, known):
        return replace(known, evidence=new.evidence, hint=new.hint, how=new.how)
    return known


def _unfetched(came: Came) -> Gathered:
    """The end of a way that gave no page."""
    error, way = came.error, came.way
    assert error is not None  # noqa: S101 - asked by who calls
    state = WayState.REFUSED if error.outcome is Outcome.REFUSED else WayState.FAILED
    verdict = None
    if way.kind is WayKind.PAGE:
        now = _now()
        sighting = Sighting(url=way.url, source="", seen=now)
        verdict = replace(report.verdict(sighting, error, now, ()), source=None)
    asked = Asked(key=way.key, state=state, evidence=way.evidence, why=str(error)[:500])
    return Gathered(came=came, harvest=Harvest(asked=asked), verdict=verdict)


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
