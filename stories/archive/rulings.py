"""Rulings: what the operator decided about copies and stories, against every method."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, or_, select, update

from stories.archive.chunks import chunks
from stories.tables.filing import ruling


class Ruled(StrEnum):
    """What a ruling says of an article, and in all but the second of another one."""

    NOT_A_COPY = "not-a-copy"
    ORIGINAL = "original"
    MERGE = "merge"
    SPLIT = "split"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """One decision: its number, when, what, about which article, and against or with which."""

    id: int
    at: datetime
    what: Ruled
    article: int
    other: int | None


class Rulings:
    """The rows of `ruling` in one transaction; those withdrawn are not among them."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, what: Ruled, article: int, other: int | None, at: datetime) -> int:
        """Keep a decision; returns its number."""
        got = self._connection.execute(
            ruling.insert()
            .values(at=at, what=what.value, article_id=article, other_id=other, withdrawn=False)
            .returning(ruling.c.id)
        )
        number: int = got.scalar_one()
        return number

    def withdraw(self, number: int) -> bool:
        """Take a decision back from the next regrouping on; False when there is none."""
        done = self._connection.execute(
            update(ruling)
            .where(ruling.c.id == number, ruling.c.withdrawn.is_(False))
            .values(withdrawn=True)
        )
        return done.rowcount > 0

    def all(self) -> list[Ruling]:
        """Every decision, the first one first."""
        return self._some()

    def on(self, articles: Sequence[int]) -> list[Ruling]:
        """The decisions that name any of these articles, the first one first."""
        found: dict[int, Ruling] = {}
        for some in chunks(articles):
            found |= {
                one.id: one
                for one in self._some(
                    or_(ruling.c.article_id.in_(some), ruling.c.other_id.in_(some))
                )
            }
        return [found[number] for number in sorted(found)]

    def _some(self, *conditions: object) -> list[Ruling]:
        rows = self._connection.execute(
            select(ruling)
            .where(ruling.c.withdrawn.is_(False), *conditions)  # type: ignore[arg-type] # conditions of our own
            .order_by(ruling.c.id)
        )
        return [
            Ruling(
                id=row.id,
                at=row.at,
                what=Ruled(row.what),
                article=row.article_id,
                other=row.other_id,
            )
            for row in rows
        ]
