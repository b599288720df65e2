"""Topics: which articles answer which topic's query, when they are filed and after a change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    RowMapping,
    and_,
    bindparam,
    func,
    literal,
    or_,
    select,
    update,
)

from stories.archive.chunks import chunks
from stories.archive.matching import FIRST, LAST, condition
from stories.archive.upsert import upsert
from stories.model import Topic
from stories.tables.press import article, article_topic, source, topic

# Articles of one batch arrive one after the other; ids further apart are asked for separately.
GAP = 64


class Topics:
    """The rows of `topic` and `article_topic` in one transaction."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def sync(self, topics: Sequence[Topic]) -> tuple[str, ...]:
        """Bring the rows to what newsdesk.toml says; returns the names that must be refiled.

        Those are the new ones, those whose query or sources have changed, and those that an
        earlier call named and nobody has refiled since. A topic that is gone loses its articles.
        """
        there = {row["name"]: row for row in self._connection.execute(select(topic)).mappings()}
        wanted = {one.name: one for one in topics}
        gone = [row["id"] for name, row in there.items() if name not in wanted]
        for some in chunks(gone):
            self._connection.execute(
                article_topic.delete().where(article_topic.c.topic_id.in_(some))
            )
            self._connection.execute(topic.delete().where(topic.c.id.in_(some)))
        stale = {
            name for name, one in wanted.items() if name not in there or _changed(one, there[name])
        }
        upsert(
            self._connection,
            topic,
            [
                {
                    "name": one.name,
                    "query": one.query,
                    "schedule": one.schedule,
                    "sources": list(one.sources),
                    "stale": one.name in stale,
                }
                for one in topics
            ],
            key=("name",),
            replace=("query", "schedule", "sources", "stale"),
        )
        return tuple(name for name in wanted if name in stale)

    def all(self) -> list[Topic]:
        """The topics, by name."""
        rows = self._connection.execute(select(topic).order_by(topic.c.name)).mappings()
        return [_topic(row) for row in rows]

    def get(self, name: str) -> Topic | None:
        """One topic."""
        row = (
            self._connection.execute(select(topic).where(topic.c.name == name))
            .mappings()
            .one_or_none()
        )
        return None if row is None else _topic(row)

    def file(self, articles: Sequence[int]) -> dict[int, tuple[str, ...]]:
        """File these articles anew under every topic whose query they answer: names by id."""
        rows = self._connection.execute(select(topic).order_by(topic.c.name)).mappings().all()
        found: dict[int, list[str]] = {number: [] for number in articles}
        for some in chunks(articles):
            self._connection.execute(
                article_topic.delete().where(article_topic.c.article_id.in_(some))
            )
        links = []
        for first, last in _spans(articles):
            for row in rows:
                query = (
                    select(article.c.id)
                    .where(article.c.id.between(bindparam(FIRST), bindparam(LAST)))
                    .where(self._answering(row, bounded=True))
                )
                for number in self._connection.execute(query, {FIRST: first, LAST: last}).scalars():
                    if number in found:
                        found[number].append(row["name"])
                        links.append({"topic_id": row["id"], "article_id": number})
        if links:
            self._connection.execute(article_topic.insert(), links)
        return {number: tuple(names) for number, names in found.items()}

    def refile(self, name: str) -> int:
        """File all that is stored under one topic by its query; returns how many articles it has.

        Raises LookupError when there is no such topic.
        """
        row = (
            self._connection.execute(select(topic).where(topic.c.name == name))
            .mappings()
            .one_or_none()
        )
        if row is None:
            raise LookupError(f"there is no topic {name}")
        self._connection.execute(
            article_topic.delete().where(article_topic.c.topic_id == row["id"])
        )
        answering = select(literal(row["id"], Integer), article.c.id).where(self._answering(row))
        self._connection.execute(
            article_topic.insert().from_select(["topic_id", "article_id"], answering)
        )
        self._connection.execute(update(topic).where(topic.c.id == row["id"]).values(stale=False))
        return self._connection.execute(
            select(func.count()).where(article_topic.c.topic_id == row["id"])
        ).scalar_one()

    def _answering(self, row: RowMapping, *, bounded: bool = False) -> ColumnElement[bool]:
        dialect = self._connection.dialect.name
        answers = condition(row["query"], dialect, bounded=bounded)
        if not row["sources"]:
            return answers
        names = tuple(row["sources"])
        named = or_(source.c.name.in_(names), source.c.declared.in_(names))
        return and_(answers, article.c.source.in_(select(source.c.name).where(named)))


def _changed(one: Topic, row: RowMapping) -> bool:
    return bool(
        row["stale"] or row["query"] != one.query or tuple(row["sources"]) != tuple(one.sources)
    )


def _topic(row: RowMapping) -> Topic:
    return Topic(
        name=row["name"],
        query=row["query"],
        schedule=row["schedule"],
        sources=tuple(row["sources"]),
    )


def _spans(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Ranges that cover the ids: neighbours in one, those far apart each in its own."""
    ordered = sorted(set(numbers))
    if not ordered:
        return
    first = last = ordered[0]
    for number in ordered[1:]:
        if number - last > GAP:
            yield first, last
            first = number
        last = number
    yield first, last
