"""Stories: which articles report one event."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select, update

from stories.archive.bulk import exec_many, rows_among, update_rows
from stories.archive.chunks import chunks
from stories.archive.subjects import Subjects
from stories.model import Story
from stories.tables.filing import copy, story
from stories.tables.press import article, article_topic, topic

# Made once: to put a statement together costs more than to run it.
_OPEN = story.insert()
_LATEST = select(func.max(story.c.id))

_MEMBERS = (
    "SELECT story_id, id, coalesce(published, seen) AS at, copy.of_id, (SELECT count(*)"
    " FROM copy AS other JOIN article AS again ON again.id = other.article_id"
    " WHERE other.of_id = article.id AND again.story_id = article.story_id)"
    " FROM article LEFT JOIN copy ON copy.article_id = article.id"
    " WHERE story_id {among} ORDER BY story_id, at, id"
)


class Events:
    """The rows of `story` in one transaction."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def open(self, first: int, at: datetime) -> int:
        """Open a story with its first article; returns its id."""
        number = self.next_number()
        self.open_all({number: (first, at)})
        return number

    def next_number(self) -> int:
        """The id that the next story gets."""
        latest: int = self._connection.execute(_LATEST).scalar() or 0
        return latest + 1

    def open_all(self, opened: Mapping[int, tuple[int, datetime]]) -> None:
        """Open stories with these ids, each with its first article and when that was published."""
        if opened:
            self._connection.execute(
                _OPEN,
                [
                    {
                        "id": number,
                        "first_at": at,
                        "last_at": at,
                        "lead_id": first,
                        "first_id": first,
                        "articles": 1,
                    }
                    for number, (first, at) in opened.items()
                ],
            )

    def part(self, parted: Mapping[int, int]) -> None:
        """Say of stories which one each was part of before that was divided."""
        update_rows(self._connection, story, ("id", "parted_id"), list(parted.items()))

    def parting(self, number: int) -> tuple[int | None, list[int]]:
        """The story that this one was part of before, if any; and those that have left this one."""
        whole = self._connection.execute(select(story.c.parted_id).where(story.c.id == number))
        left = select(story.c.id).where(story.c.parted_id == number).order_by(story.c.id)
        return whole.scalar_one_or_none(), list(self._connection.execute(left).scalars())

    def divided(self, number: int) -> tuple[int | None, list[int]]:
        """The same, as far as those are stories apart from this one to this day."""
        whole, left = self.parting(number)
        now = self.living([one for one in (whole, *left) if one])
        apart = [one for one in left if now[one] == one]
        return (whole if whole and now[whole] != number else None), apart

    def put(self, places: Mapping[int, int]) -> None:
        """Say of articles which story each is part of."""
        update_rows(self._connection, article, ("id", "story_id"), list(places.items()))

    def refresh(self, ids: Iterable[int]) -> None:
        """Count anew what has changed: span, first report, lead and number of articles.

        The lead is the article that most others repeat, of several the earliest. A story without
        articles stays, so that its number is never given to another.
        """
        members: dict[int, list[tuple[Any, ...]]] = {}
        for row in rows_among(self._connection, _MEMBERS, sorted(set(ids))):
            members.setdefault(row[0], []).append(row[1:])
        # The instants go back as they came, in the engine's own form.
        exec_many(
            self._connection,
            "UPDATE story SET first_at = {}, last_at = {}, first_id = {}, lead_id = {},"
            " articles = {} WHERE id = {}",
            [
                (
                    mine[0][1],
                    mine[-1][1],
                    mine[0][0],
                    min(mine, key=lambda one: (one[2] is not None, -one[3]))[0],
                    len(mine),
                    number,
                )
                for number, mine in members.items()
            ],
        )

    def articles(self, number: int) -> list[int]:
        """The articles of a story, in order of arrival."""
        rows = self._connection.execute(
            select(article.c.id).where(article.c.story_id == number).order_by(article.c.id)
        )
        return list(rows.scalars())

    def redirect(self, gone: int, now: int) -> None:
        """A story was joined to another: its number leads there, and nothing else is kept of it."""
        Subjects(self._connection).forget(gone)
        self._connection.execute(
            update(story).where(story.c.id == gone).values(now_id=now, articles=0)
        )

    def living(self, ids: Sequence[int]) -> dict[int, int]:
        """The story that each of these is now: itself, or the one that it was joined to."""
        found = {number: number for number in ids}
        todo = set(ids)
        while todo:
            rows = self._connection.execute(
                select(story.c.id, story.c.now_id).where(
                    story.c.id.in_(todo), story.c.now_id.is_not(None)
                )
            )
            moved = {row.id: row.now_id for row in rows}
            found = {number: moved.get(place, place) for number, place in found.items()}
            todo = set(moved.values())
        return found

    def joined(self) -> dict[int, int]:
        """Every story that was joined to another one, and what it is now."""
        rows = self._connection.execute(select(story.c.id).where(story.c.now_id.is_not(None)))
        return self.living(rows.scalars().all())

    def unite(self, joined: Mapping[int, int]) -> None:
        """Stories turned out to be others: their numbers lead there, their articles are there.

        On which days they were about which words is kept under the old number.
        """
        for gone, now in joined.items():
            self._connection.execute(
                update(article).where(article.c.story_id == gone).values(story_id=now)
            )
            self._connection.execute(
                update(story).where(story.c.id == gone).values(now_id=now, articles=0)
            )
            Subjects(self._connection).dissolve(gone)

    def stories(self, ids: Sequence[int]) -> dict[int, Story]:
        """Stories by id, in the order asked for; ids that are none are left out."""
        found: dict[int, Story] = {}
        for some in chunks(ids):
            topics = self._words(
                select(article.c.story_id, topic.c.name)
                .join(article_topic, article_topic.c.article_id == article.c.id)
                .join(topic, topic.c.id == article_topic.c.topic_id)
                .where(article.c.story_id.in_(some))
                .distinct()
                .order_by(topic.c.name)
            )
            outlets = self._words(
                select(article.c.story_id, article.c.outlet)
                .where(article.c.story_id.in_(some))
                .distinct()
                .order_by(article.c.outlet)
            )
            languages = self._words(
                select(article.c.story_id, article.c.language)
                .where(article.c.story_id.in_(some), article.c.language.is_not(None))
                .distinct()
                .order_by(article.c.language)
            )
            copies = {
                row[0]: row[1]
                for row in self._connection.execute(
                    select(article.c.story_id, func.count())
                    .join(copy, copy.c.article_id == article.c.id)
                    .where(article.c.story_id.in_(some))
                    .group_by(article.c.story_id)
                )
            }
            rows = self._connection.execute(
                select(story, article.c.title)
                .join(article, article.c.id == story.c.lead_id)
                .where(story.c.id.in_(some))
            )
            for row in rows:
                found[row.id] = Story(
                    id=row.id,
                    title=row.title,
                    first_at=row.first_at,
                    last_at=row.last_at,
                    lead=row.lead_id,
                    first=row.first_id,
                    articles=row.articles,
                    copies=copies.get(row.id, 0),
                    outlets=tuple(outlets.get(row.id, ())),
                    languages=tuple(languages.get(row.id, ())),
                    topics=tuple(topics.get(row.id, ())),
                )
        return {number: found[number] for number in ids if number in found}

    def _words(self, query: object) -> dict[int, list[str]]:
        found: dict[int, list[str]] = {}
        for number, word in self._connection.execute(query):  # type: ignore[call-overload] # any select of (id, word)
            found.setdefault(number, []).append(word)
        return found
