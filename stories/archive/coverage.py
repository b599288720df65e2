"""The way outward from a watched story: what waits to be asked, what was found, what was spent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, bindparam, func, select, update

from stories.archive.chunks import chunks
from stories.archive.upsert import upsert
from stories.tables.coverage import credited, outlet_name, spent, watch, way
from stories.tables.press import article
from stories.ways import Asked, Origin, Report, Watched, Way, WayKind, WayState, tells_more


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
        """Remember what outlets call themselves: folded name to (name, host), the last one."""
        upsert(
            self._connection,
            outlet_name,
            [{"folded": key, "name": name, "host": host} for key, (name, host) in names.items()],
            replace=("name", "host"),
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
