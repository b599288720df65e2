"""Stories: which articles report one event, and what is remembered of each to find its kin."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, select, update

from stories.archive.bulk import insert_rows
from stories.archive.chunks import chunks
from stories.archive.upsert import upsert
from stories.model import Story
from stories.tables.filing import copy, mention, profile, story, term
from stories.tables.press import article, article_topic, topic

_MENTIONED = (
    "SELECT * FROM (SELECT term, story_id FROM mention WHERE term = ? AND day <= ?"
    " ORDER BY day DESC, story_id DESC LIMIT ?)"
)
_MENTIONED_ON_POSTGRESQL = (
    "SELECT one.term, found.story_id FROM unnest(%s::int[]) AS one (term) CROSS JOIN LATERAL"
    " (SELECT story_id FROM mention WHERE mention.term = one.term AND day <= %s"
    " ORDER BY day DESC, story_id DESC LIMIT %s) AS found"
)

# Where `term` keeps the state of filing.
STAMP = -2

# Made once: to put a statement together costs more than to run it.
_OPEN = story.insert().returning(story.c.id)
_PUT = (
    update(article)
    .where(article.c.id == bindparam("its_id"))
    .values(story_id=bindparam("its_story"))
)
_PROFILES = select(profile).where(profile.c.story_id.in_(bindparam("ids", expanding=True)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What a story is about: days since the year 1, and the sum of its members' weighted terms.

    `terms` holds ascending unsigned 32-bit numbers and `weights` 32-bit floats, both little-endian.
    """

    first_day: int
    last_day: int
    members: int
    terms: bytes
    weights: bytes


class Events:
    """The rows of `story`, `profile`, `mention` and `term` in one transaction."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def open(self, first: int, at: datetime) -> int:
        """Open a story with its first article; returns its id."""
        values = {"first_at": at, "last_at": at, "lead_id": first, "first_id": first, "articles": 1}
        number: int = self._connection.execute(_OPEN, values).scalar_one()
        return number

    def put(self, places: Mapping[int, int]) -> None:
        """Say of articles which story each is part of."""
        if places:
            self._connection.execute(
                _PUT,
                [{"its_id": one, "its_story": place} for one, place in places.items()],
            )

    def refresh(self, ids: Iterable[int]) -> None:
        """Count anew what has changed: span, first report, lead and number of articles.

        The lead is the article that most others repeat, of several the earliest. A story without
        articles stays, so that its number is never given to another.
        """
        for some in chunks(sorted(set(ids))):
            repeats = (
                select(copy.c.of_id, func.count().label("n"))
                .join(article, article.c.id == copy.c.article_id)
                .where(article.c.story_id.in_(some))
                .group_by(copy.c.of_id)
                .subquery()
            )
            at = func.coalesce(article.c.published, article.c.seen).label("at")
            rows = self._connection.execute(
                select(
                    article.c.story_id,
                    article.c.id,
                    at,
                    copy.c.of_id,
                    func.coalesce(repeats.c.n, 0).label("n"),
                )
                .outerjoin(copy, copy.c.article_id == article.c.id)
                .outerjoin(repeats, repeats.c.of_id == article.c.id)
                .where(article.c.story_id.in_(some))
                .order_by(article.c.story_id, at, article.c.id)
            )
            members: dict[int, list[Row[*tuple[Any, ...]]]] = {}
            for row in rows:
                members.setdefault(row.story_id, []).append(row)
            changes = [
                {
                    "its_id": number,
                    "first_at": mine[0].at,
                    "last_at": mine[-1].at,
                    "first_id": mine[0].id,
                    "lead_id": min(mine, key=lambda row: (row.of_id is not None, -row.n)).id,
                    "articles": len(mine),
                }
                for number, mine in members.items()
            ]
            if changes:
                self._connection.execute(
                    update(story).where(story.c.id == bindparam("its_id")), changes
                )

    def articles(self, number: int) -> list[int]:
        """The articles of a story, in order of arrival."""
        rows = self._connection.execute(
            select(article.c.id).where(article.c.story_id == number).order_by(article.c.id)
        )
        return list(rows.scalars())

    def redirect(self, gone: int, now: int) -> None:
        """A story was joined to another: its number leads there, and nothing else is kept of it."""
        self.forget(gone)
        self._connection.execute(
            update(story).where(story.c.id == gone).values(now_id=now, articles=0)
        )

    def forget(self, number: int) -> None:
        """Nothing is known any more of what a story is about."""
        self._connection.execute(profile.delete().where(profile.c.story_id == number))
        self._connection.execute(mention.delete().where(mention.c.story_id == number))

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

    def mentioned(self, terms: Sequence[int], day: int, most: int) -> list[tuple[int, int]]:
        """Of each term the stories that were about it last until `day`: (term, story), at `most`.

        A bounded number of rows whatever the archive holds: a frequent term gives the latest
        stories alone, a rare one all.
        """
        if not terms:
            return []
        values: tuple[object, ...]
        if self._connection.dialect.name == "sqlite":
            query = " UNION ALL ".join([_MENTIONED] * len(terms))
            values = tuple(value for one in terms for value in (one, day, most))
        else:
            query, values = _MENTIONED_ON_POSTGRESQL, (list(terms), day, most)
        # Below SQLAlchemy: to compile a union of so many parts costs ten times its execution.
        return [(row[0], row[1]) for row in self._connection.exec_driver_sql(query, values)]

    def profiles(self, ids: Sequence[int]) -> dict[int, Profile]:
        """What these stories are about."""
        found: dict[int, Profile] = {}
        for some in chunks(ids):
            for row in self._connection.execute(_PROFILES, {"ids": list(some)}):
                found[row.story_id] = Profile(
                    first_day=row.first_day,
                    last_day=row.last_day,
                    members=row.members,
                    terms=row.terms,
                    weights=row.weights,
                )
        return found

    def describe(self, profiles: Mapping[int, Profile]) -> None:
        """Keep what stories are about."""
        upsert(
            self._connection,
            profile,
            [
                {
                    "story_id": number,
                    "first_day": one.first_day,
                    "last_day": one.last_day,
                    "members": one.members,
                    "terms": one.terms,
                    "weights": one.weights,
                }
                for number, one in profiles.items()
            ],
            replace=("first_day", "last_day", "members", "terms", "weights"),
        )

    def mention(self, rows: Sequence[tuple[int, int, int]]) -> None:
        """Keep on which day which story was about which term: (term, day, story)."""
        insert_rows(self._connection, mention, ("term", "day", "story_id"), rows)

    def frequencies(self, after: int) -> list[tuple[int, int, int]]:
        """The terms counted since article `after`: (term, in how many articles, the last one)."""
        rows = self._connection.execute(
            select(term.c.term, term.c.articles, term.c.at).where(term.c.at > after)
        )
        return [(row[0], row[1], row[2]) for row in rows]

    def stamp(self) -> int:
        """The state of filing: another number whenever stories or counts have changed."""
        found = self._connection.execute(select(term.c.articles).where(term.c.term == STAMP))
        return found.scalar_one_or_none() or 0

    def mark(self, stamp: int) -> int:
        """Give the state of filing a number; returns it."""
        self.count([(STAMP, stamp, 0)])
        return stamp

    def count(self, rows: Sequence[tuple[int, int, int]]) -> None:
        """Keep in how many articles terms occur, and the last article that was counted."""
        insert_rows(
            self._connection,
            term,
            ("term", "articles", "at"),
            rows,
            otherwise="UPDATE SET articles = excluded.articles, at = excluded.at",
        )

    def _words(self, query: object) -> dict[int, list[str]]:
        found: dict[int, list[str]] = {}
        for number, word in self._connection.execute(query):  # type: ignore[call-overload] # any select of (id, word)
            found.setdefault(number, []).append(word)
        return found
