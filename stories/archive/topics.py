"""Topics: which articles answer which topic's query, when they are filed and after a change."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import lru_cache

from sqlalchemy import Connection, RowMapping, func, or_, select, update

from stories.archive.bulk import insert_rows
from stories.archive.chunks import chunks
from stories.archive.filed import filing
from stories.archive.index import sheets_of
from stories.archive.passages import passages
from stories.archive.shelf import Shelf
from stories.archive.stacks import Stacks
from stories.archive.trial import Trial, trial
from stories.archive.upsert import upsert
from stories.clauses import Filed, Node
from stories.model import Topic
from stories.query import parse
from stories.sentences import Passage, passage
from stories.sheet import answers
from stories.sieve import Sieve
from stories.tables.press import article, article_text, article_topic, source, topic, topic_version

SIEVES = 8


@lru_cache(maxsize=4096)
def meaning(query: str) -> Node:
    """What a topic's query means; QueryError when it is none."""
    return parse(query, topic=True)


@lru_cache(maxsize=SIEVES)
def _sieve(queries: tuple[tuple[int, str], ...]) -> Sieve[int]:
    return Sieve((number, meaning(query)) for number, query in queries)


class Topics:
    """The rows of `topic` and `article_topic` in one transaction."""

    __slots__ = ("_connection", "_shelf")

    def __init__(self, connection: Connection, shelf: Shelf) -> None:
        self._connection = connection
        self._shelf = shelf

    def sync(self, topics: Sequence[Topic]) -> tuple[str, ...]:
        """Bring the rows to what newsdesk.toml says; returns the names that must be refiled.

        Those are the new ones, those whose query or sources have changed, and those that an
        earlier call named and nobody has refiled since. A topic that is gone loses its articles.
        """
        there = {row["name"]: row for row in self._connection.execute(select(topic)).mappings()}
        wanted = {one.name: one for one in topics}
        gone = [row["id"] for name, row in there.items() if name not in wanted]
        for some in chunks(gone):
            for table in (article_topic, topic_version):
                self._connection.execute(table.delete().where(table.c.topic_id.in_(some)))
            self._connection.execute(topic.delete().where(topic.c.id.in_(some)))
        changed = {
            name for name, one in wanted.items() if name not in there or _changed(one, there[name])
        }
        stale = changed | {name for name in wanted if name in there and there[name]["stale"]}
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
                    "filed_upto": there[one.name]["filed_upto"]
                    if one.name in there and one.name not in changed
                    else 0,
                    "version": (there[one.name]["version"] if one.name in there else 0)
                    + (one.name in changed),
                }
                for one in topics
            ],
            key=("name",),
            replace=("query", "schedule", "sources", "stale", "filed_upto", "version"),
        )
        self._remember(changed)
        return tuple(name for name in wanted if name in stale)

    def _remember(self, changed: set[str]) -> None:
        """Keep every version of a query: a filing names the one that did it."""
        now = datetime.now(UTC)
        for some in chunks(sorted(changed)):
            rows = self._connection.execute(select(topic).where(topic.c.name.in_(some))).mappings()
            upsert(
                self._connection,
                topic_version,
                [
                    {
                        "topic_id": row["id"],
                        "version": row["version"],
                        "query": row["query"],
                        "sources": list(row["sources"]),
                        "at": now,
                    }
                    for row in rows
                ],
            )

    def versions(self, name: str) -> list[tuple[int, str, datetime]]:
        """Every query that a topic has had: its number, the query, since when; the first first."""
        rows = self._connection.execute(
            select(topic_version.c.version, topic_version.c.query, topic_version.c.at)
            .join(topic, topic.c.id == topic_version.c.topic_id)
            .where(topic.c.name == name)
            .order_by(topic_version.c.version)
        )
        return [(row.version, row.query, row.at) for row in rows]

    def all(self) -> list[Topic]:
        """The topics, by name."""
        rows = self._connection.execute(select(topic).order_by(topic.c.name)).mappings()
        return [_topic(row) for row in rows]

    def get(self, name: str) -> Topic | None:
        """One topic."""
        row = self._row(name)
        return None if row is None else _topic(row)

    def file(self, articles: Sequence[int]) -> dict[int, tuple[str, ...]]:
        """File these articles anew under every topic whose query they answer: names by id."""
        rows = self._connection.execute(select(topic).order_by(topic.c.name)).mappings().all()
        found: dict[int, list[str]] = {number: [] for number in articles}
        for some in chunks(sorted(found), 500):
            self._connection.execute(
                article_topic.delete().where(article_topic.c.article_id.in_(some))
            )
            if rows:
                self._file(some, rows, found)
        return {number: tuple(names) for number, names in found.items()}

    def _file(
        self, ids: Sequence[int], rows: Sequence[RowMapping], found: dict[int, list[str]]
    ) -> None:
        sieve = _sieve(tuple((row["id"], row["query"]) for row in rows))
        by_id = {row["id"]: row for row in rows}
        sources = {row["id"]: self._sources(row) for row in rows if row["sources"]}
        known: dict[Filed, frozenset[int]] = {}

        def knows(what: Filed, number: int) -> bool:
            if what not in known:
                asked = filing(what, lambda column: column.in_(ids))
                known[what] = frozenset(self._connection.execute(asked).scalars())
            return number in known[what]

        read = self._connection.execute(
            select(article.c.id, article.c.source, article_text.c.text)
            .join(article_text, article_text.c.article_id == article.c.id)
            .where(article.c.id.in_(ids))
        )
        told = {row.id: (row.source, row.text) for row in read}
        links = []
        for sheet in sheets_of(self._connection, ids):
            source_name, text = told[sheet.id]
            for number in sieve.candidates(sheet):
                if number in sources and source_name not in sources[number]:
                    continue
                row = by_id[number]
                node = meaning(row["query"])
                if answers(node, sheet, knows):
                    where = passage(node, sheet, text)
                    links.append(_link(row, sheet.id, where))
                    found[sheet.id].append(row["name"])
        for names in found.values():
            names.sort()
        if links:
            self._connection.execute(article_topic.insert(), links)

    def refile(self, name: str) -> int:
        """File all that is stored under one topic by its query; returns how many articles it has.

        Raises LookupError when there is no such topic.
        """
        row = self._must(name)
        self._connection.execute(
            article_topic.delete().where(article_topic.c.topic_id == row["id"])
        )
        ids = self.answering(name)
        self.link(name, ids)
        self.settle(name)
        return len(ids)

    def answering(self, name: str) -> list[int]:
        """The ids of all articles that a topic's query and sources mean, in order of arrival."""
        row = self._must(name)
        ids: list[int] = (
            Stacks(self._connection, self._shelf, bounded=False)
            .every(meaning(row["query"]))
            .tolist()
        )
        if not row["sources"]:
            return ids
        allowed = self._sources(row)
        kept: list[int] = []
        for some in chunks(ids):
            asked = select(article.c.id).where(
                article.c.id.in_(some), article.c.source.in_(allowed)
            )
            kept += sorted(self._connection.execute(asked).scalars())
        return kept

    def link(self, name: str, ids: Sequence[int]) -> None:
        """File these articles under a topic by its present query."""
        row = self._must(name)
        columns = ("topic_id", "article_id", "version")
        for some in chunks(ids, 10_000):
            insert_rows(
                self._connection,
                article_topic,
                columns,
                [(row["id"], number, row["version"]) for number in some],
                otherwise="UPDATE SET version = excluded.version, start = NULL, length = NULL",
            )

    def settle(self, name: str) -> None:
        """The topic has been filed over all that is stored."""
        done = {"stale": False, "filed_upto": 0}
        self._connection.execute(update(topic).where(topic.c.name == name).values(**done))

    def stale(self) -> list[str]:
        """The names of topics that are not filed over all that is stored yet."""
        asked = select(topic.c.name).where(topic.c.stale).order_by(topic.c.name)
        return list(self._connection.execute(asked).scalars())

    def passages(self, name: str, ids: Sequence[int]) -> dict[int, tuple[int, str]]:
        """For articles under a topic: the version of the query that filed them, and the sentence.

        The sentence is empty where nothing that is said matched, but an outlet or the like.
        """
        row = self._must(name)
        versions = {version: meaning(query) for version, query, _ in self.versions(name)}
        return passages(self._connection, row["id"], versions, ids)

    def trial(self, query: str, since: datetime, name: str | None = None) -> Trial:
        """What a query would find of what was published since, against a topic's own in force."""
        row = None if name is None else self._row(name)
        before = None if row is None else row["query"]
        return trial(self._connection, self._shelf, query, before, since)

    def _row(self, name: str) -> RowMapping | None:
        return (
            self._connection.execute(select(topic).where(topic.c.name == name))
            .mappings()
            .one_or_none()
        )

    def _must(self, name: str) -> RowMapping:
        row = self._row(name)
        if row is None:
            raise LookupError(f"there is no topic {name}")
        return row

    def _sources(self, row: RowMapping) -> frozenset[str]:
        """The sources that a topic is limited to."""
        names = tuple(row["sources"])
        named = or_(source.c.name.in_(names), source.c.declared.in_(names))
        return frozenset(self._connection.execute(select(source.c.name).where(named)).scalars())

    def counts(self) -> dict[str, int]:
        """How many articles each topic has."""
        rows = self._connection.execute(
            select(topic.c.name, func.count(article_topic.c.article_id))
            .outerjoin(article_topic, article_topic.c.topic_id == topic.c.id)
            .group_by(topic.c.name)
        )
        return {name: many for name, many in rows}  # noqa: C416 - rows are no pairs to types


def _link(row: RowMapping, number: int, where: Passage | None) -> dict[str, object]:
    return {
        "topic_id": row["id"],
        "article_id": number,
        "version": row["version"],
        "start": where.start if where else None,
        "length": where.length if where else None,
    }


def _changed(one: Topic, row: RowMapping) -> bool:
    return bool(row["query"] != one.query or tuple(row["sources"]) != tuple(one.sources))


def _topic(row: RowMapping) -> Topic:
    return Topic(
        name=row["name"],
        query=row["query"],
        schedule=row["schedule"],
        sources=tuple(row["sources"]),
    )
