"""One walk's way outward: what to ask next, and what an answer changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from pipeline.address import key
from pipeline.file import Ended, Filed, Filer, Read
from pipeline.well_known import folded
from spiders import report
from spiders.came import Came, Gathered, Walked, unfetched
from spiders.closing import ask_instead, better_query, credit_of, last_ends, silent
from spiders.outset import set_out
from stories.model import Step
from stories.ways import Asked, Origin, Report, Way, WayKind, WayState

if TYPE_CHECKING:
    from stories.archive import Archive, Transaction
    from stories.config import Config
    from stories.model import FiledArticle

LEARN_EVERY = 4
EAGER = 40
"""Pages after which is learned anew what the topic's pages have; at first after each."""

_NO_PAGE = frozenset({WayState.REFUSED, WayState.FAILED, WayState.DROPPED})


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
        self._shelved: dict[str, Came] = {}
        self._unlearned = 0
        self._found_now: set[str] = set()

    @property
    def left(self) -> int:
        """How many ways wait."""
        return len(self._chart.waiting)

    @property
    def is_settled(self) -> bool:
        """Whether enough was read to tell the topic's pages from others."""
        return self._promise.settled

    def set_out(self) -> None:
        """Remember what earlier walks knew, and start from the story and all that is stored.

        Raises:
            LookupError: the topic has no story.

        """
        self._outset = set_out(self._config, self._archive, self._run, self._topic, _now())
        self._chart, self._study = self._outset.chart, self._outset.study
        self._promise = self._chart.promise
        self._budget = self._promise.budget
        self.harvester = self._study.harvester

    def next(self) -> Way | None:
        """The way to follow now; None when none is worth it."""
        return self._chart.next()

    def back(self, way: Way) -> None:
        """A way that was followed is back."""
        self._promise.end(way)

    def _gather(self, came: Came) -> Gathered:
        """What an answer gives, by what is known now."""
        way, answer = came.way, came.answer
        if came.error is not None or answer is None:
            return unfetched(came)
        if way.kind is not WayKind.PAGE:
            most = self._config.fetch.max_feed_bytes
            return Gathered(came=came, harvest=self.harvester.listing(way, answer, _now(), most))
        assert came.article is not None  # noqa: S101 - who brings a page reads it
        original = self._chart.original_of(way)
        return Gathered(
            came=came,
            harvest=self.harvester.page(way, answer, came.article, came.sitemaps, original),
        )

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
            one.way.key: replace(one.harvest.asked, brought=self._chart.new_in(one)) for one in came
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
            self._take_up()
            self._ask_better()

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
        for other in self._chart.ways.values():
            if other.article == filed.id and other.key != one.way.key:
                return replace(asked, state=WayState.STANDS, why=f"the same as {other.url}"), None
        if filed.copy is not None:
            why = f"repeats {filed.copy.url}"
            origin = credit_of(filed, tx, self._outset.outlets)
            return replace(asked, state=WayState.COPY, why=why), origin
        return asked, one.harvest.origin

    def _report(
        self, came: Sequence[Gathered], ends: dict[str, Asked], origins: dict[int, Origin]
    ) -> Report:
        spent: Counter[str] = Counter()
        names: dict[str, tuple[str, str]] = {}
        for one in came:
            spent.update(one.came.spent)
            for name, host in one.harvest.names:
                held = names.get(folded(name))
                if folded(name) and self._outset.outlets.has_right(name, host, held):
                    names[folded(name)] = (name, host)
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
        before = self._chart.ways.get(one.way.key, one.way)
        way = replace(
            before, state=end.state, why=end.why, score=end.score, terms=end.terms,
            brought=before.brought + end.brought, article=end.article, asked=now,
            tries=before.tries + 1,
        )  # fmt: skip
        self._chart.ways[way.key] = way
        self._budget.spend(one.came.spent)
        for host in one.came.spent:
            self._promise.hosts[host].known = True
        told = replace(way, brought=end.brought)
        if one.came.answer is not None:
            told = self._promise.passed(told, one.came.answer.url)
        self._promise.learn(told, self._study.shown(one))
        self._walked.requests += len(one.came.asked)
        self._walked.states[end.state.value] += 1
        if end.state is WayState.FOUND:
            self._found_now.add(way.key)
            article = one.harvest.article
            if article is not None and article.published is not None:
                self._study.dates.append(article.published.at)
        answer = one.came.answer
        if answer is not None and (name := key(answer.url)) != way.key:
            self._chart.stands(way, name)
        if end.state is WayState.OFF and one.came.article is not None:
            self._shelved[way.key] = one.came
        for name, host in one.harvest.names:
            self._outset.outlets.called(name, host)
        parent = self._chart.ways.get(way.parent or "")
        if parent is not None and _leaves_a_copy(way, end):
            self._chart.wait(parent)
        self._chart.offer(one.harvest.offered)

    def _learn(self) -> None:
        """Find out anew what is of the topic, and what all that waits is worth by that."""
        self._unlearned = 0
        self._study.learn()
        self._chart.weigh_again()

    def _ask_better(self) -> None:
        """Ask the search endpoints for what the coverage proved to have, now and again."""
        better = self._study.better_questions()
        if better:
            with self._archive.writing() as tx:
                tx.coverage.record(self._topic, self._run, Report(offered=tuple(better)), _now())
            self._chart.offer(better)

    def second_look(self) -> bool:
        """File pages that were put aside and prove to be of the topic, then take what is left.

        False when there is nothing more to do.
        """
        self._learn()
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
        self._study.learn()
        query = better_query(self._outset) if self._config.outward.refine else None
        waiting = self._chart.waiting.values()
        closed = {
            way.host: self._promise.hosts[way.host].why_closed(way.host)
            for way in waiting
            if self._promise.hosts[way.host].is_closed
        }
        with self._archive.writing() as tx:
            if query is not None:
                ask_instead(self._outset, tx, query)
            ends, origins = last_ends(self._outset, tx)
            told = Report(asked=tuple(ends), closed=closed, origins=origins)
            tx.coverage.record(self._topic, self._run, told, now)
        for end in ends:
            if end.key in self._found_now:
                self._walked.states[WayState.FOUND] -= 1
                self._walked.states[end.state.value] += 1
        self._walked.query = query
        self._walked.left = sum(way.host not in closed for way in waiting)
        why = self._budget.why_stopped(self._walked.left)
        self._walked.ended = why + silent(self._chart.questions(), now)


def _leaves_a_copy(way: Way, end: Asked) -> bool:
    """Whether an original cannot be had, so that the page that named it must stand for it."""
    return way.how == "original" and way.parent is not None and end.state in _NO_PAGE


def _now() -> datetime:
    return datetime.now(UTC)
