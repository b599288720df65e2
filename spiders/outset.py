"""What a walk sets out with: what earlier walks knew, the story, and all that is stored."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from pipeline.address import key
from pipeline.compared import Place
from pipeline.features import features_of
from pipeline.likeness import SURE, Likeness
from pipeline.seed import Seed
from spiders.budget import Budget
from spiders.chart import Chart
from spiders.harvest import Harvester
from spiders.onward import Onward, said_of
from spiders.outlets import Outlets, host_of
from spiders.promise import Promise
from spiders.search import queries, ways_of
from spiders.study import Study
from stories.archive.asking import Question
from stories.model import Article
from stories.sections import templates
from stories.ways import BY_HEADING, Report, Watched, Way, WayKind, WayState

if TYPE_CHECKING:
    from stories.archive import Archive, Transaction
    from stories.config import Config

DAY = timedelta(hours=22)
"""For how long a host's robots.txt, once asked for, is certainly known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outset:
    """The story and its query, and what is known of the ways on from it."""

    watched: Watched
    query: str
    outlets: Outlets
    chart: Chart
    study: Study


def set_out(config: Config, archive: Archive, run: int, topic: str, now: datetime) -> Outset:
    """Remember what earlier walks knew, and start from the story and all that is stored.

    Raises:
        LookupError: the topic has no story.

    """
    budget = Budget(config)
    with archive.reading() as tx:
        watched, filed_as = tx.coverage.watched(topic), tx.topics.get(topic)
        if watched is None or filed_as is None:
            raise LookupError(f"{topic} is no watched topic")
        ways = {way.key: way for way in tx.coverage.ways(topic)}
        ever = tx.coverage.spent(topic, datetime.min.replace(tzinfo=UTC))
        budget.spend(tx.coverage.spent(topic, now))
        budget.requests = sum(ever.values())
        today = tx.coverage.spent(topic, now - DAY)
        polled = frozenset(host_of(state.source.url) for state in tx.sources.all())
        outlets = Outlets(tx.coverage.names(), {way.host for way in ways.values()} | polled)
        for way in ways.values():
            outlets.seen_at(way.url)
        onward = _onward(config, watched, filed_as.query, outlets, polled)
        harvester = Harvester(onward, outlets, floor=config.outward.floor, since=watched.since)
        chart = Chart(Promise(config, budget), onward, ways)
        study = Study(harvester, chart, watched.language, templates(config.search))
        stored = _remember(study, chart, tx)
    for way in ways.values():
        chart.promise.learn(way)
    for host, state in chart.promise.hosts.items():
        state.known = host in today
    starts = list(_starts(watched, onward, _first_questions(config, onward, ways.values())))
    with archive.writing() as tx:
        offered = (*starts, *_stored(chart, topic, tx))
        tx.coverage.record(topic, run, Report(offered=offered), now)
        waits = tx.coverage.ways(topic)
    again = now - timedelta(seconds=config.outward.again)
    chart.ways = {way.key: way for way in waits}
    chart.waiting = {
        way.key: way
        for way in waits
        if _may_be_asked(way, again, config.fetch.tries) and way.key not in stored
    }
    study.learn()
    chart.weigh_again()
    return Outset(watched=watched, query=filed_as.query, outlets=outlets, chart=chart, study=study)


def _onward(
    config: Config, watched: Watched, query: str, outlets: Outlets, polled: frozenset[str]
) -> Onward:
    seed = Seed(
        title=watched.title,
        lines=tuple(watched.text.splitlines()),
        roles=watched.roles,
        language=watched.language,
        outlet=watched.outlet,
        authors=watched.authors,
    )
    likeness = Likeness(features_of(seed, query, outlets))
    story = likeness.read(
        "story", watched.title, watched.text, known=1.0, language=watched.language
    )
    # What its headline names, and what it says again and again, before what is merely rare.
    weights = {
        name: (story.place(name) is Place.HEADLINE) + one.topic - one.other
        for name, one in likeness.features.items()
    }
    return Onward(
        likeness,
        outlets,
        queries(query, weights),
        since=watched.since,
        polled=polled,
        allowed=config.fetch.allow_private,
    )


def _remember(study: Study, chart: Chart, tx: Transaction) -> set[str]:
    """What earlier walks read: stored pages again, of the others the terms that they had.

    Gives the keys under which these pages are stored.
    """
    likeness = study.harvester.likeness
    stored = [way.article for way in chart.ways.values() if way.article is not None]
    articles = tx.articles.get_many(stored)
    for way in chart.ways.values():
        if way.hint and way.how in BY_HEADING:
            likeness.heading(way.key, *said_of(way, asked=False), listed=way.how == "listed")
        if way.article in articles:
            one = articles[way.article].article
            likeness.read(way.key, one.title, one.text, language=one.language)
            if way.state is WayState.FOUND and one.published is not None:
                study.dates.append(one.published.at)
        elif way.state is WayState.OFF and way.score is not None:
            likeness.recall(way.key, way.terms, way.score)
    study.learn()
    return {one.article.key for one in articles.values()}


def _may_be_asked(way: Way, again: datetime, tries: int) -> bool:
    if way.state is WayState.WAITING:
        return True
    if way.asked is None or way.asked > again:
        return False
    return way.state is WayState.ASKED or (way.state is WayState.FAILED and way.tries < tries)


def _first_questions(config: Config, onward: Onward, ways: Iterable[Way]) -> list[Way]:
    """What the search endpoints are asked for at first; later by what the coverage has."""
    before = {way.host for way in ways if way.how == "search" and way.tries}
    endpoints: Mapping[str, str] = templates(config.search)
    asked = ways_of(endpoints, onward.queries, distance=1, parent=None)
    return [way for way in asked if way.host not in before]


def _starts(watched: Watched, onward: Onward, asked: Sequence[Way]) -> Sequence[Way]:
    """The ways on from the story itself, and the search endpoints."""
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
    return [*onward.stored(story, article), *asked]


def _stored(chart: Chart, topic: str, tx: Transaction) -> Sequence[Way]:
    """What is stored and filed under the topic, as ways that were found, and the ways on."""
    known = {way.article for way in chart.ways.values()}
    ids = [n for n in tx.asking.ids(Question(topic=topic)) if n not in known]
    found: list[Way] = []
    for number, one in tx.articles.get_many(ids).items():
        article = one.article
        way = Way(
            key=article.key, url=article.url, kind=WayKind.PAGE, how="archive", parent=None,
            distance=1, hint=article.title, evidence=SURE, why="stored already",
            state=WayState.COPY if one.copy else WayState.FOUND, article=number,
        )  # fmt: skip
        found.append(way)
        chart.onward.likeness.read(way.key, article.title, article.text, language=article.language)
        if way.state is WayState.FOUND:
            chart.promise.learn(way)
            found += chart.onward.stored(way, article)
    return found
