"""The end of a walk: the sharpened query, what repeats a later find, why it ended."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pipeline.address import site
from pipeline.sharpen import sharpened
from spiders.harvest import TOPICAL
from spiders.outlets import Outlets, host_of
from spiders.whose import whose
from stories.archive.asking import Question
from stories.model import Precision
from stories.ways import Asked, Origin, Way, WayState

if TYPE_CHECKING:
    from spiders.outset import Outset
    from stories.archive import Transaction
    from stories.model import Article, FiledArticle

STILL = 0.75
"""Share of the pages found that must still be taken for the topic's when its query is sharpened."""

PART_OF_NAME = 4
"""Letters from which what stands before a site's name may be a part of another outlet's."""


def better_query(outset: Outset) -> str | None:
    """Another query, when nobody has edited the proposed one and pages say so."""
    if outset.query != outset.watched.proposed:
        return None
    likeness = outset.study.harvester.likeness
    found = [way.key for way in outset.chart.ways.values() if way.state is WayState.FOUND]
    pages = (likeness.pages.get(name) for name in found)
    still = sum(page is not None and page.likely >= TOPICAL for page in pages)
    if still < STILL * len(found):
        return None  # what was learned last speaks of something else
    query = sharpened(likeness, outset.study.language)
    return query if query != outset.query else None


def ask_instead(outset: Outset, tx: Transaction, query: str) -> None:
    """Put a query in the place of the proposed one."""
    topic = outset.watched.topic
    tx.coverage.watch(replace(outset.watched, proposed=query))
    tx.topics.sync([replace(t, query=query) if t.name == topic else t for t in tx.topics.all()])
    tx.topics.refile(topic)


def last_ends(outset: Outset, tx: Transaction) -> tuple[list[Asked], dict[int, Origin]]:
    """What was found and is a copy of what came later, or does not answer the query any more.

    And whose the others are, by all the names that outlets are known by now.
    """
    ends: list[Asked] = []
    origins: dict[int, Origin] = {}
    filed = set(tx.asking.ids(Question(topic=outset.watched.topic)))
    had = {WayState.FOUND, WayState.COPY}
    found = {w.article: w for w in outset.chart.ways.values() if w.state in had}
    outlets = outset.outlets
    articles = tx.articles.get_many([number for number in found if number is not None])
    known = tx.coverage.origins(list(articles))
    for number, one in articles.items():
        way = found[number]
        end = Asked(
            key=way.key, state=WayState.COPY, evidence=way.evidence, why=way.why, score=way.score,
            terms=way.terms, article=number,
        )  # fmt: skip
        if one.copy is not None:
            if way.state is WayState.FOUND:
                ends.append(replace(end, why=f"repeats {one.copy.url}"))
            origins[number] = credit_of(one, tx, outlets)
            first = articles.get(one.copy.of)
            if first is not None and mirrors(first.article, one.article):
                origins[first.id] = origins[number]
        elif (origin := whose(one.article, outlets)) is not None:
            origins.update({number: origin} if number not in known else {})
        elif way.state is WayState.COPY and number in known:  # what came later proved to repeat it
            said = "others repeat it"
            origins[number] = Origin(outlet=one.article.outlet, url=one.article.url, evidence=said)
        if one.copy is None and way.state is WayState.FOUND and number not in filed:
            why = f"does not answer the query; {way.why}"
            ends.append(replace(end, state=WayState.OFF, why=why))
    return ends, origins


def credit_of(filed: FiledArticle, tx: Transaction, outlets: Outlets) -> Origin:
    """Whose reporting a copy is: whom it is signed with, or else whose what it repeats is."""
    assert filed.copy is not None  # noqa: S101 - asked by who calls
    first = tx.articles.get(filed.copy.of)
    if first is not None and mirrors(first.article, filed.article):
        why = f"{first.article.outlet} is called after it and has the same page"
        return Origin(outlet=filed.article.outlet, url=filed.article.url, evidence=why)
    said = whose(filed.article, outlets)
    if said is None and first is not None:
        said = tx.coverage.origins([first.id]).get(first.id) or whose(first.article, outlets)
    if said is not None:
        at_home = first is not None and first.article.outlet == said.outlet
        return replace(said, url=filed.copy.url) if at_home else said
    return Origin(
        outlet=first.article.outlet if first else host_of(filed.copy.url),
        url=filed.copy.url,
        evidence=f"{filed.copy.score:.0%} of the shorter text ({filed.copy.kind})",
    )


def mirrors(one: Article, other: Article) -> bool:
    """Whether a page is another outlet's, at a host that is called after that one.

    Such as ``NAME-mirror`` with the page under the same path; or ``PART-OF-NAME.elsewhere`` with
    the same text of the same second.
    """
    mine, theirs = (host.partition(".")[0] for host in (one.outlet, other.outlet))
    if mine == theirs:
        return False
    path = urlsplit(other.url).path
    if len(path) > 1 and urlsplit(one.url).path == path and theirs in mine:
        return True
    elsewhere = site(one.outlet) not in {one.outlet, site(other.outlet)}
    return elsewhere and len(mine) >= PART_OF_NAME and mine in theirs and _is_twin(one, other)


def _is_twin(one: Article, other: Article) -> bool:
    """Whether two articles have one text, and say that they are of the same second."""
    mine, theirs = one.published, other.published
    if mine is None or theirs is None or mine.precision is not Precision.SECOND:
        return False
    return (mine.at, mine.precision, one.text) == (theirs.at, theirs.precision, other.text)


def silent(asked: Iterable[Way], now: datetime) -> str:
    """Which search endpoints did not answer today, as the end of a sentence."""
    today = now - timedelta(hours=22)
    names = {
        (way.hint or way.host).partition(":")[0]
        for way in asked
        if way.state is WayState.FAILED and way.asked is not None and way.asked > today
    }
    return f"; no answer from {', '.join(sorted(names))}" if names else ""
