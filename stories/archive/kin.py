"""Stories of several languages that seem to report one event: a weaker link than membership."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, delete, or_, select

from stories.archive.bulk import rows_among
from stories.archive.chunks import chunks
from stories.archive.events import Events
from stories.archive.upsert import upsert
from stories.tables.filing import also_covered

_OPENERS = (
    "SELECT story_id, id, language FROM article WHERE id IN"
    " (SELECT min(id) FROM article WHERE story_id {among} GROUP BY story_id)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Two stories, how much they share (0 to 1), what, and by which method that was found."""

    story: int
    other: int
    score: float
    shared: tuple[str, ...]
    method: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AlsoCovered:
    """A story seen from another one: what it is called, and what both name."""

    story: int
    title: str
    languages: tuple[str, ...]
    score: float
    shared: tuple[str, ...]


class Kin:
    """The rows of `also_covered` in one transaction."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, story: int) -> list[AlsoCovered]:
        """The stories that a story is also covered in, the one that shares most first."""
        rows = self._connection.execute(
            select(also_covered)
            .where(or_(also_covered.c.story_id == story, also_covered.c.other_id == story))
            .order_by(also_covered.c.score.desc())
        ).all()
        others = [row.story_id + row.other_id - story for row in rows]
        events = Events(self._connection)
        living = events.living(others)
        told = events.stories(list(living.values()))
        found: dict[int, AlsoCovered] = {}
        for row, other in zip(rows, others, strict=True):
            now = living[other]
            if now != story and now in told:
                found.setdefault(
                    now,
                    AlsoCovered(
                        story=now,
                        title=told[now].title,
                        languages=told[now].languages,
                        score=row.score,
                        shared=tuple(row.shared),
                    ),
                )
        return list(found.values())

    def openers(self, stories: Sequence[int]) -> dict[int, tuple[int, str | None]]:
        """The article that opened each of these stories, and its language."""
        rows = rows_among(self._connection, _OPENERS, stories)
        return {story: (number, language) for story, number, language in rows}

    def linked(self, stories: Iterable[int]) -> set[tuple[int, int]]:
        """The pairs of stories linked to each other of which one is among these."""
        return {
            (row.story_id, row.other_id)
            for some in chunks(sorted(stories))
            for row in self._connection.execute(
                select(also_covered.c.story_id, also_covered.c.other_id).where(_among(some))
            )
        }

    def link(self, links: Iterable[Link]) -> None:
        """Keep links; what was known of the same two stories is replaced."""
        upsert(
            self._connection,
            also_covered,
            [
                {
                    "story_id": min(one.story, one.other),
                    "other_id": max(one.story, one.other),
                    "score": one.score,
                    "shared": list(one.shared),
                    "method": one.method,
                }
                for one in links
            ],
            replace=("score", "shared", "method"),
        )

    def forget(self, stories: Sequence[int]) -> None:
        """Take back every link of these stories."""
        for some in chunks(stories):
            self._connection.execute(delete(also_covered).where(_among(some)))


def _among(stories: Sequence[int]) -> ColumnElement[bool]:
    """The links of which one story is among these."""
    return or_(also_covered.c.story_id.in_(stories), also_covered.c.other_id.in_(stories))
