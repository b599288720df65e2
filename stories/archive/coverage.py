"""The way outward from a watched story: what waits to be asked, what was found, what was spent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, RowMapping, bindparam, func, select, update

from stories.archive.chunks import chunks
from stories.archive.upsert import upsert
from stories.hosts import bare_host
from stories.tables.coverage import credited, outlet_name, spent, watch, way
from stories.tables.press import article


class WayState(StrEnum):
    """What became of a way outward."""

    WAITING = "waiting"
    FOUND = "found"
    COPY = "copy"
    OFF = "off-topic"
    STANDS = "stands-for"
    ASKED = "asked"
    DROPPED = "dropped"
    REFUSED = "refused"
    FAILED = "failed"
    CLOSED = "closed"


class WayKind(StrEnum):
    """What an address is expected to answer with."""

    PAGE = "page"
    FEED = "feed"
    SITEMAP = "sitemap"
    SECTION = "section"
    SEARCH = "search"


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """The story that a topic was made from; `proposed` is the query as it was proposed last."""

    topic: str
    url: str | None
    title: str
    text: str
    roles: str = ""
    language: str | None = None
    outlet: str | None = None
    authors: tuple[str, ...] = ()
    published: datetime | None = None
    proposed: str = ""
    since: datetime | None = None
    made: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One address outward.

    `how` is by which way it was met (``citation``, ``credit``, ``search``, ``archive``,
    ``original``), `parent` the key of what it was met on, `distance` how many steps that is from
    the story, `hint` what was said of it there, `evidence` how much of the topic that holds (0 to
    3). `score` is the relevance that was measured, `brought` how many articles it led to.
    """

    key: str
    url: str
    kind: WayKind
    how: str
    parent: str | None
    distance: int
    hint: str | None = None
    evidence: int = 0
    state: WayState = WayState.WAITING
    why: str = ""
    score: float | None = None
    terms: tuple[str, ...] = ()
    brought: int = 0
    article: int | None = None
    run: int | None = None
    asked: datetime | None = None
    tries: int = 0

    @property
    def host(self) -> str:
        """The host that answers there, without ``www.``."""
        return bare_host(self.url)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What became of one way that was asked; `evidence` is what was known of it then."""

    key: str
    state: WayState
    evidence: int = 0
    why: str = ""
    score: float | None = None
    terms: tuple[str, ...] = ()
    brought: int = 0
    article: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Whose reporting an article is: outlet, its address where it is known, and the evidence."""

    outlet: str
    url: str | None
    evidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a round did with one answer: to be written in one transaction."""

    asked: tuple[Asked, ...] = ()
    offered: tuple[Way, ...] = ()
    reopened: tuple[str, ...] = ()
    closed: Mapping[str, str] = field(default_factory=dict)
    spent: Mapping[str, int] = field(default_factory=dict)
    names: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    origins: Mapping[int, Origin] = field(default_factory=dict)


def tells_more(new: Way, known: Way) -> bool:
    """Whether a way says more of its page than what is known of it.

    A heading that a list gives says more than the words of a link, even when it says that the page
    is not of the topic.
    """
    if new.kind is not WayKind.PAGE:
        return _NAMED.get(new.how, 0) > _NAMED.get(known.how, 0)
    if new.how in _BY_HEADING and known.how in _BY_LINK and new.hint:
        return True
    if known.how in _BY_HEADING and known.hint and new.how in _BY_LINK:
        return False
    return new.evidence > known.evidence


_NAMED = {"beside": 1, "seen": 2, "neighbour": 3, "credit": 4}
_BY_HEADING = frozenset({"listed", "search", "hit"})
_BY_LINK = frozenset({"citation", "blind", "related"})


class Coverage:
    """The rows of `watch`, `way`, `spent`, `outlet_name` and `credited` in one transaction."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def watch(self, one: Watched) -> None:
        """Keep the story that a topic is made from; what was kept for the topic is replaced."""
        row = {
            name: getattr(one, name)
            for name in ("topic", "url", "title", "text", "roles", "language", "outlet",
                         "published", "proposed", "since", "made")
        }  # fmt: skip
        upsert(
            self._connection,
            watch,
            [row | {"authors": list(one.authors)}],
            replace=tuple(name for name in (*row, "authors") if name != "topic"),
        )

    def watched(self, topic: str) -> Watched | None:
        """The story of a topic; None for a topic that was made without one."""
        row = (
            self._connection.execute(select(watch).where(watch.c.topic == topic))
            .mappings()
            .one_or_none()
        )
        return None if row is None else Watched(**{**row, "authors": tuple(row["authors"])})

    def topics(self) -> list[str]:
        """The names of the topics that have a story."""
        return list(
            self._connection.execute(select(watch.c.topic).order_by(watch.c.topic)).scalars()
        )

    def forget(self, topic: str) -> None:
        """Drop a topic's story and its frontier; articles stay."""
        for table in (watch, way, spent):
            self._connection.execute(table.delete().where(table.c.topic == topic))

    def ways(self, topic: str, *states: WayState, limit: int | None = None) -> list[Way]:
        """The ways of a topic in these states (none given: all), the nearest first."""
        found = select(way).where(way.c.topic == topic)
        if states:
            found = found.where(way.c.state.in_([state.value for state in states]))
        found = found.order_by(way.c.evidence.desc(), way.c.distance, way.c.key).limit(limit)
        return [_way(row) for row in self._connection.execute(found).mappings()]

    def get(self, topic: str, keys: Sequence[str]) -> dict[str, Way]:
        """Ways by their keys."""
        found: dict[str, Way] = {}
        for some in chunks(keys):
            rows = self._connection.execute(
                select(way).where(way.c.topic == topic, way.c.key.in_(some))
            ).mappings()
            found.update((row["key"], _way(row)) for row in rows)
        return found

    def record(self, topic: str, run: int, one: Report, at: datetime) -> None:
        """Write down what a round did: in the transaction that files what it found."""
        self._offer(topic, one.offered, run)
        self._settle(topic, run, one.asked, at)
        self._reopen(topic, one.reopened)
        for host, why in one.closed.items():
            self._connection.execute(
                update(way)
                .where(way.c.topic == topic, way.c.host == host, way.c.state == WayState.WAITING)
                .values(state=WayState.CLOSED.value, why=why, run_id=run)
            )
        self.spend(topic, one.spent, at)
        self.learn(one.names)
        self.give_credit(one.origins)

    def spend(self, topic: str, hosts: Mapping[str, int], at: datetime) -> None:
        """Count requests that were made for a topic, by host."""
        if not hosts:
            return
        hour = at.replace(minute=0, second=0, microsecond=0)
        rows = [{"topic": topic, "hour": hour, "host": host, "requests": 0} for host in hosts]
        upsert(self._connection, spent, rows)
        for host, number in hosts.items():
            self._connection.execute(
                update(spent)
                .where(spent.c.topic == topic, spent.c.hour == hour, spent.c.host == host)
                .values(requests=spent.c.requests + number)
            )

    def spent(self, topic: str, since: datetime) -> dict[str, int]:
        """Requests made for a topic since the hour of `since`, by host."""
        hour = since.replace(minute=0, second=0, microsecond=0)
        rows = self._connection.execute(
            select(spent.c.host, func.sum(spent.c.requests))
            .where(spent.c.topic == topic, spent.c.hour >= hour)
            .group_by(spent.c.host)
        )
        return {row[0]: int(row[1]) for row in rows}

    def learn(self, names: Mapping[str, tuple[str, str]]) -> None:
        """Remember what outlets call themselves: folded name to (name, host)."""
        upsert(
            self._connection,
            outlet_name,
            [{"folded": key, "name": name, "host": host} for key, (name, host) in names.items()],
        )

    def names(self) -> dict[str, tuple[str, str]]:
        """What outlets call themselves: folded name to (name, host)."""
        rows = self._connection.execute(select(outlet_name))
        return {row.folded: (row.name, row.host) for row in rows}

    def give_credit(self, origins: Mapping[int, Origin]) -> None:
        """Say whose reporting articles are; the evidence is kept with it."""
        upsert(
            self._connection,
            credited,
            [
                {"article_id": number, "outlet": o.outlet, "url": o.url, "evidence": o.evidence}
                for number, o in origins.items()
            ],
            replace=("outlet", "url", "evidence"),
        )

    def origins(self, articles: Sequence[int]) -> dict[int, Origin]:
        """Whose reporting these articles are, for those that are not of the site carrying them."""
        found: dict[int, Origin] = {}
        for some in chunks(articles):
            rows = self._connection.execute(select(credited).where(credited.c.article_id.in_(some)))
            found.update(
                (row.article_id, Origin(outlet=row.outlet, url=row.url, evidence=row.evidence))
                for row in rows
            )
        return found

    def outlets(self) -> set[str]:
        """The outlets of which an article is stored."""
        return set(self._connection.execute(select(article.c.outlet).distinct()).scalars())

    def _offer(self, topic: str, ways: Iterable[Way], run: int) -> None:
        offered = {one.key: one for one in ways}
        rows = {key: _row(topic, one, run) for key, one in offered.items()}
        there = self.get(topic, list(rows))
        upsert(self._connection, way, [row for key, row in rows.items() if key not in there])
        better = [
            row
            for key, row in rows.items()
            if key in there
            and there[key].state is WayState.WAITING
            and tells_more(offered[key], there[key])
        ]
        if better:
            self._connection.execute(
                update(way)
                .where(way.c.topic == topic, way.c.key == bindparam("its_key"))
                .values(
                    evidence=bindparam("more"), hint=bindparam("said"), how=bindparam("way_how")
                ),
                [
                    {
                        "its_key": row["key"],
                        "more": row["evidence"],
                        "said": row["hint"],
                        "way_how": row["how"],
                    }
                    for row in better
                ],
            )

    def _settle(self, topic: str, run: int, ends: Sequence[Asked], at: datetime) -> None:
        for one in ends:
            self._connection.execute(
                update(way)
                .where(way.c.topic == topic, way.c.key == one.key)
                .values(
                    state=one.state.value,
                    evidence=one.evidence,
                    why=one.why,
                    score=one.score,
                    terms=list(one.terms),
                    brought=way.c.brought + one.brought,
                    article_id=one.article,
                    run_id=run,
                    asked_at=at,
                    tries=way.c.tries + 1,
                )
            )

    def _reopen(self, topic: str, keys: Sequence[str]) -> None:
        if keys:
            self._connection.execute(
                update(way)
                .where(way.c.topic == topic, way.c.key.in_(keys))
                .values(state=WayState.WAITING.value)
            )


def _row(topic: str, one: Way, run: int) -> dict[str, Any]:
    return {
        "topic": topic,
        "key": one.key,
        "url": one.url,
        "host": one.host,
        "kind": one.kind.value,
        "how": one.how,
        "parent": one.parent,
        "distance": one.distance,
        "hint": one.hint,
        "evidence": one.evidence,
        "state": one.state.value,
        "why": one.why,
        "score": one.score,
        "terms": list(one.terms),
        "brought": one.brought,
        "article_id": one.article,
        "run_id": run,
        "asked_at": one.asked,
        "tries": one.tries,
    }


def _way(row: RowMapping) -> Way:
    return Way(
        key=row["key"],
        url=row["url"],
        kind=WayKind(row["kind"]),
        how=row["how"],
        parent=row["parent"],
        distance=row["distance"],
        hint=row["hint"],
        evidence=row["evidence"],
        state=WayState(row["state"]),
        why=row["why"],
        score=row["score"],
        terms=tuple(row["terms"]),
        brought=row["brought"],
        article=row["article_id"],
        run=row["run_id"],
        asked=row["asked_at"],
        tries=row["tries"],
    )
