"""Asking: stories and articles by topic, by query and by time, the newest first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, func, select

from stories.archive.articles import Articles
from stories.archive.events import Events
from stories.archive.matching import condition
from stories.model import FiledArticle, Story
from stories.tables.filing import story
from stories.tables.press import article, article_topic, topic


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


class Asking:
    """Questions to the archive in one transaction. Queries that are none raise QueryError."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def stories(
        self,
        topic: str | None = None,
        query: str | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
        limit: int = 50,
        offset: int = 0,
    ) -> list[Story]:
        """The stories with an article that is meant, the one that was last reported on first."""
        found = select(story.c.id).where(story.c.now_id.is_(None), story.c.articles > 0)
        asked = self.meant(Question(topic=topic, query=query, since=since, until=until))
        if asked:
            found = found.where(story.c.id.in_(select(article.c.story_id).where(*asked)))
        found = found.order_by(story.c.last_at.desc(), story.c.id.desc())
        ids = self._connection.execute(found.limit(limit).offset(offset)).scalars().all()
        stories = Events(self._connection).stories(ids)
        return [stories[number] for number in ids if number in stories]

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
        asked = self.meant(Question(topic=topic, query=query, since=since, until=until))
        found = select(article.c.id).where(*asked).order_by(article.c.id.desc())
        ids = self._connection.execute(found.limit(limit).offset(offset)).scalars().all()
        return list(Articles(self._connection).get_many(ids).values())

    def ids(self, question: Question) -> Iterator[int]:
        """The ids of all articles that are meant, in order of arrival."""
        found = select(article.c.id).where(*self.meant(question)).order_by(article.c.id)
        return iter(self._connection.execute(found).scalars())

    def count(self, question: Question) -> int:
        """How many articles are meant."""
        found = select(func.count()).select_from(article).where(*self.meant(question))
        return int(self._connection.execute(found).scalar_one())

    def meant(self, question: Question) -> list[ColumnElement[bool]]:
        """The question as conditions on `article`."""
        asked: list[ColumnElement[bool]] = []
        if question.topic is not None:
            named = select(topic.c.id).where(topic.c.name == question.topic).scalar_subquery()
            under = select(article_topic.c.article_id).where(article_topic.c.topic_id == named)
            asked.append(article.c.id.in_(under))
        if question.query is not None:
            asked.append(condition(question.query, self._connection.dialect.name))
        at = func.coalesce(article.c.published, article.c.seen)
        if question.since is not None:
            asked.append(at >= question.since)
        if question.until is not None:
            asked.append(at < question.until)
        return asked
