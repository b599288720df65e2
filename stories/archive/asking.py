"""Asking: stories and articles by topic, by query and by time, the newest first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, select

from stories.archive.articles import Articles
from stories.archive.chunks import chunks
from stories.archive.completeness import Completeness, completeness
from stories.archive.copies import Copies
from stories.archive.events import Events
from stories.archive.index import sheets_of
from stories.archive.likeness import Alike, alike
from stories.archive.ranking import Ranked, rank
from stories.archive.shelf import Shelf
from stories.archive.stacks import Ids, Stacks
from stories.archive.survey import Survey, survey
from stories.clauses import All, Filed, Node, Period
from stories.model import FiledArticle, Story
from stories.query import parse
from stories.sentences import passage
from stories.tables.filing import story
from stories.tables.press import article, article_text

MOST_ARTICLES = 1_000
"""Stories are sought among so many articles that arrived last, and those of a page's length."""

MOST_RANKED = 5_000
"""By relevance are ordered so many articles that arrived last, and no others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Which articles are meant: all that is said must hold; nothing said means all.

    `since` and `until` (not included) are about when an article was published, or, where its
    outlet does not say, first seen.
    """

    topic: str | None = None
    query: str | None = None
    since: datetime | None = None
    until: datetime | None = None

    def meaning(self) -> Node:
        """The question as one tree; raises QueryError."""
        parts: list[Node] = []
        if self.topic is not None:
            parts.append(Filed(how="topic", value=self.topic))
        if self.since is not None or self.until is not None:
            parts.append(Period(of="at", first=self.since, end=self.until))
        if self.query is not None:
            parts.append(parse(self.query))
        return parts[0] if len(parts) == 1 else All(tuple(parts))


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """What a list shows of an article."""

    id: int
    title: str
    outlet: str
    url: str
    language: str | None
    published: datetime | None
    seen: datetime
    story: int | None


_HEADLINES = select(
    article.c.id,
    article.c.title,
    article.c.outlet,
    article.c.url,
    article.c.language,
    article.c.published,
    article.c.seen,
    article.c.story_id.label("story"),
).where(article.c.id.in_(bindparam("ids", expanding=True)))


class Asking:
    """Questions to the archive in one transaction. Queries that are none raise QueryError."""

    __slots__ = ("_connection", "_stacks")

    def __init__(self, connection: Connection, shelf: Shelf) -> None:
        self._connection = connection
        self._stacks = Stacks(connection, shelf)

    def stories(
        self,
        topic: str | None = None,
        query: str | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
        limit: int = 50,
        offset: int = 0,
    ) -> list[Story]:
        """The stories with an article that is meant, the one that was last reported on first.

        They are the stories of the articles that arrived last: of MOST_ARTICLES, or of more where
        the page lies further back.
        """
        question = Question(topic=topic, query=query, since=since, until=until)
        living = select(story.c.id, story.c.last_at).where(
            story.c.now_id.is_(None), story.c.articles > 0
        )
        newest = (story.c.last_at.desc(), story.c.id.desc())
        if question == Question():
            page = living.order_by(*newest).limit(limit).offset(offset)
            ids: Sequence[int] = self._connection.execute(page).scalars().all()
        else:
            most = max(MOST_ARTICLES, 20 * (limit + offset))
            numbers = self._stories_of(self._stacks.newest(question.meaning(), most))
            rows = [
                (row.last_at, row.id)
                for some in chunks(numbers)
                for row in self._connection.execute(living.where(story.c.id.in_(some)))
            ]
            rows.sort(reverse=True)
            ids = [number for _, number in rows[offset : offset + limit]]
        stories = Events(self._connection).stories(ids)
        return [stories[number] for number in ids if number in stories]

    def _stories_of(self, ids: Sequence[int]) -> list[int]:
        found: dict[int, None] = {}
        for some in chunks(ids):
            asked = select(article.c.story_id).where(article.c.id.in_(some)).distinct()
            numbers = self._connection.execute(asked).scalars()
            found.update({number: None for number in numbers if number is not None})
        return list(found)

    def story(self, number: int) -> tuple[Story, list[FiledArticle]] | None:
        """One story with its articles, the earliest first; a joined one is what it is now."""
        events = Events(self._connection)
        number = events.living([number])[number]
        found = events.stories([number]).get(number)
        if found is None:
            return None
        at = func.coalesce(article.c.published, article.c.seen)
        ids = self._connection.execute(
            select(article.c.id).where(article.c.story_id == number).order_by(at, article.c.id)
        ).scalars()
        return found, list(Articles(self._connection).get_many(ids.all()).values())

    def articles(
        self,
        topic: str | None = None,
        query: str | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
        limit: int = 50,
        offset: int = 0,
    ) -> list[FiledArticle]:
        """The articles that are meant, the one that arrived last first."""
        question = Question(topic=topic, query=query, since=since, until=until)
        return list(
            Articles(self._connection).get_many(self.newest(question, limit, offset)).values()
        )

    def newest(self, question: Question, limit: int = 50, offset: int = 0) -> list[int]:
        """The ids of a page of the articles that are meant, the one that arrived last first."""
        return self._stacks.newest(question.meaning(), limit + offset)[offset:]

    def headlines(self, ids: Sequence[int]) -> list[Headline]:
        """What a list shows of these articles, in the order asked for."""
        found: dict[int, Headline] = {}
        for some in chunks(ids):
            rows = self._connection.execute(_HEADLINES, {"ids": list(some)})
            found.update((row.id, Headline(**row._mapping)) for row in rows)  # noqa: SLF001 - the name is its public one
        return [found[number] for number in ids if number in found]

    def relevant(self, question: Question, now: datetime, limit: int = 50) -> Ranked:
        """The articles that say most of what is asked, by BM25 and freshness, the best first.

        Only the newest MOST_RANKED that answer are ordered; the answer says how many those were,
        and whether they were all.
        """
        return rank(self._stacks, question.meaning(), now, limit, MOST_RANKED)

    def alike(self, number: int, limit: int = 20) -> Alike:
        """The articles most like one, what repeats it or is repeated by it left out.

        Raises LookupError when there is no such article.
        """
        sheets = sheets_of(self._connection, [number])
        if not sheets:
            raise LookupError(f"there is no article {number}")
        found = alike(self._stacks, sheets[0], 4 * limit)
        copies = Copies(self._connection)
        families = copies.originals([number, *(one for one, _ in found.found)])
        own = families.get(number, number)
        others = [one for one in found.found if families.get(one[0], one[0]) != own]
        return replace(found, found=tuple(others[:limit]))

    def sentences(self, question: Question, ids: Sequence[int]) -> dict[int, str]:
        """The sentence of each article that answers; empty where nothing that is said does."""
        node = question.meaning()
        found: dict[int, str] = {}
        for some in chunks(ids, 500):
            sheets = {one.id: one for one in sheets_of(self._connection, some)}
            rows = self._connection.execute(
                select(article.c.id, article.c.title, article_text.c.text)
                .join(article_text, article_text.c.article_id == article.c.id)
                .where(article.c.id.in_(some))
            )
            for row in rows:
                where = passage(node, sheets[row.id], row.text)
                found[row.id] = where.of(row.title, row.text) if where else ""
        return found

    def all_ids(self, question: Question) -> Ids:
        """The ids of all articles that are meant, in order of arrival: an array of 64-bit ints."""
        return self._stacks.every(question.meaning())

    def ids(self, question: Question) -> Iterator[int]:
        """The same, one after the other."""
        return iter(self.all_ids(question).tolist())

    def count(self, question: Question) -> int:
        """How many articles are meant."""
        return self._stacks.count(question.meaning())

    def completeness(self, question: Question) -> Completeness:
        """Which sources were down, blocked or quiet in the time that is asked about."""
        return completeness(self._connection, question.since, question.until)

    def survey(self, question: Question, facets: Sequence[str] = ()) -> Survey:
        """How many articles are meant, and how they are spread over outlets, languages, days ..."""
        return survey(self._connection, self._stacks, question.meaning(), facets)
