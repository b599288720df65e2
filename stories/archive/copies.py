"""Copies and quotations: which text repeats which, and which are the very same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, select

from stories.archive.bulk import insert_rows, rows_among
from stories.archive.chunks import chunks
from stories.archive.upsert import upsert
from stories.model import Copy, CopyKind, Precision
from stories.tables.filing import copy, fingerprint, quotation
from stories.tables.press import article, article_text

# Made once: to put a statement together costs more than to run it.
_TEXTS = (
    select(
        article.c.id,
        article.c.url,
        article.c.outlet,
        article.c.title,
        article.c.byline,
        article.c.language,
        article_text.c.text,
        article_text.c.roles,
        func.coalesce(article.c.published, article.c.seen).label("at"),
        article.c.published_precision,
        article.c.story_id,
    )
    .join(article_text, article_text.c.article_id == article.c.id)
    .where(article.c.id.in_(bindparam("ids", expanding=True)))
)
_ALIKE = "SELECT digest, article_id FROM fingerprint WHERE digest {among} ORDER BY article_id"
_ORIGINALS = "SELECT article_id, of_id FROM copy WHERE article_id {among}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeatable:
    """A stored article, as far as one must know it to see what repeats it.

    `at` is when it was published, or else first seen; `precision` how exactly the former is known.
    """

    id: int
    url: str
    outlet: str
    title: str
    byline: str | None
    language: str | None
    text: str
    roles: str
    at: datetime
    precision: Precision | None
    story: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """An article repeats another one at length; `score` is the share of its own text, 0 to 1."""

    of: int
    url: str
    score: float
    method: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Print:
    """What an article's text is: 64 bits of all its words, and their number."""

    digest: int
    words: int


class Copies:
    """The rows of `copy`, `quotation` and `fingerprint` in one transaction."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, ids: Sequence[int]) -> dict[int, Copy]:
        """Which of these articles repeat another one, and how."""
        found: dict[int, Copy] = {}
        for some in chunks(ids):
            for row in self._connection.execute(
                select(copy, article.c.url)
                .join(article, article.c.id == copy.c.of_id)
                .where(copy.c.article_id.in_(some))
            ):
                found[row.article_id] = Copy(
                    of=row.of_id,
                    url=row.url,
                    kind=CopyKind(row.kind),
                    score=row.score,
                    method=row.method,
                    evidence=tuple(row.evidence or ()),
                )
        return found

    def quoted(self, ids: Sequence[int]) -> dict[int, list[Quotation]]:
        """What these articles quote at length, the most first; for a copy, its original."""
        found: dict[int, dict[int, Quotation]] = {}
        of = func.coalesce(copy.c.of_id, quotation.c.of_id)
        for some in chunks(ids):
            for row in self._connection.execute(
                select(
                    quotation.c.article_id, of, article.c.url, quotation.c.score, quotation.c.method
                )
                .outerjoin(copy, copy.c.article_id == quotation.c.of_id)
                .join(article, article.c.id == of)
                .where(quotation.c.article_id.in_(some), of != quotation.c.article_id)
                .order_by(quotation.c.score.desc(), of)
            ):
                mine = found.setdefault(row[0], {})
                mine.setdefault(
                    row[1], Quotation(of=row[1], url=row[2], score=row[3], method=row[4])
                )
        return {number: list(some.values()) for number, some in found.items()}

    def members(self, ids: Sequence[int]) -> dict[int, list[int]]:
        """The articles that repeat each of these, in order of arrival."""
        found: dict[int, list[int]] = {}
        for some in chunks(ids):
            for row in self._connection.execute(
                select(copy.c.of_id, copy.c.article_id)
                .where(copy.c.of_id.in_(some))
                .order_by(copy.c.article_id)
            ):
                found.setdefault(row.of_id, []).append(row.article_id)
        return found

    def originals(self, ids: Sequence[int]) -> dict[int, int]:
        """The first of the group of each of these articles that is in a group."""
        return dict(rows_among(self._connection, _ORIGINALS, ids))

    def link(self, links: Mapping[int, Copy]) -> None:
        """Say which articles repeat which; what was said of them before is replaced."""
        upsert(
            self._connection,
            copy,
            [
                {
                    "article_id": number,
                    "of_id": one.of,
                    "kind": one.kind.value,
                    "score": one.score,
                    "method": one.method,
                    "evidence": list(one.evidence),
                }
                for number, one in links.items()
            ],
            replace=("of_id", "kind", "score", "method", "evidence"),
        )

    def unlink(self, ids: Sequence[int]) -> None:
        """These articles repeat nothing, and quote nothing."""
        for some in chunks(ids):
            self._connection.execute(copy.delete().where(copy.c.article_id.in_(some)))
            self._connection.execute(quotation.delete().where(quotation.c.article_id.in_(some)))

    def quote(self, quotations: Mapping[int, Sequence[Quotation]]) -> None:
        """Say what articles quote at length."""
        upsert(
            self._connection,
            quotation,
            [
                {"article_id": number, "of_id": one.of, "score": one.score, "method": one.method}
                for number, some in quotations.items()
                for one in some
            ],
            replace=("score", "method"),
        )

    def alike(self, digests: Sequence[int]) -> dict[int, list[int]]:
        """The articles whose words are exactly the same, by digest, in order of arrival."""
        found: dict[int, list[int]] = {}
        for digest, number in rows_among(self._connection, _ALIKE, digests):
            found.setdefault(digest, []).append(number)
        return found

    def remember(self, prints: Mapping[int, Print]) -> None:
        """Keep what articles' texts are."""
        insert_rows(
            self._connection,
            fingerprint,
            ("article_id", "digest", "words"),
            [(number, one.digest, one.words) for number, one in prints.items()],
            otherwise="UPDATE SET digest = excluded.digest, words = excluded.words",
        )

    def texts(self, ids: Sequence[int]) -> dict[int, Repeatable]:
        """What must be known of these articles to compare them with others."""
        found: dict[int, Repeatable] = {}
        for some in chunks(ids):
            for row in self._connection.execute(_TEXTS, {"ids": list(some)}):
                found[row.id] = Repeatable(
                    id=row.id,
                    url=row.url,
                    outlet=row.outlet,
                    title=row.title,
                    byline=row.byline,
                    language=row.language,
                    text=row.text,
                    roles=row.roles,
                    at=row.at,
                    precision=row.published_precision and Precision(row.published_precision),
                    story=row.story_id or 0,
                )
        return found
