"""Articles: filed once, revised when what they say has changed, given back as they were."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, bindparam, func, select, update

from stories.archive.article_rows import article_of, columns_of
from stories.archive.bulk import insert_rows
from stories.archive.chunks import chunks
from stories.archive.copies import Copies
from stories.archive.index import add_new_words, add_words
from stories.model import Article, FiledArticle, Version
from stories.sheet import Sheet, sheet_of_row
from stories.tables.press import (
    article,
    article_text,
    article_topic,
    article_version,
    source,
    topic,
)
from stories.tables.schema import storable

# Made once: to put a statement together costs more than to run it.
_ADD = article.insert()
_COUNT = (
    update(source)
    .where(source.c.name == bindparam("its_name"))
    .values(articles=source.c.articles + bindparam("more"))
)


class Articles:
    """The rows of `article`, its texts and versions, in one transaction."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def by_key(self, keys: Sequence[str]) -> dict[str, int]:
        """Which of the keys are articles, and under which ids; any number of keys."""
        found: dict[str, int] = {}
        for some in chunks(keys):
            rows = self._connection.execute(
                select(article.c.key, article.c.id).where(article.c.key.in_(some))
            )
            found.update((row.key, row.id) for row in rows)
        return found

    def add(self, one: Article, story: int | None = None) -> int:
        """File an article that is new; returns its id. IntegrityError when the key is there."""
        (number,) = self.add_all([one], story)
        return number

    def add_all(self, some: Sequence[Article], story: int | None = None) -> list[int]:
        """File articles that are new; returns their ids. IntegrityError when a key is there."""
        if not some:
            return []
        numbers = self._numbers(len(some))
        rows = [
            columns_of(one) | {"id": number, "versions": 1, "story_id": story}
            for number, one in zip(numbers, some, strict=True)
        ]
        self._connection.execute(_ADD, rows)
        insert_rows(
            self._connection,
            article_text,
            ("article_id", "text", "roles"),
            [
                (number, storable(one.text), storable(one.roles))
                for number, one in zip(numbers, some, strict=True)
            ],
        )
        add_new_words(
            self._connection,
            [_sheet(row["id"], row, one.text) for row, one in zip(rows, some, strict=True)],
        )
        counts = Counter(one.source for one in some if one.source is not None)
        if counts:
            self._connection.execute(
                _COUNT, [{"its_name": name, "more": more} for name, more in counts.items()]
            )
        return numbers

    def _numbers(self, count: int) -> list[int]:
        """The ids of the next articles."""
        if self._connection.dialect.name == "sqlite":
            first = self.last_id() + 1
            return list(range(first, first + count))
        drawn = select(func.nextval(func.pg_get_serial_sequence("article", "id"))).select_from(
            func.generate_series(1, count)
        )
        return sorted(self._connection.execute(drawn).scalars())

    def revise(self, number: int, one: Article) -> int:
        """Put an article's new state in place of the present one, which is kept as a Version.

        Returns how many versions there are now. Key, first sight and source stay what they were.
        Raises LookupError when there is no such article.
        """
        before = self._words(number)
        if before is None:
            raise LookupError(f"there is no article {number}")
        self._connection.execute(article_version.insert(), dict(before))
        columns = columns_of(one)
        seen = self._connection.execute(select(article.c.seen).where(article.c.id == number))
        sheet = _sheet(number, columns | {"seen": seen.scalar_one()}, one.text)
        for kept in ("key", "seen", "source", "raw_url"):
            del columns[kept]
        self._connection.execute(
            update(article)
            .where(article.c.id == number)
            .values(**columns, versions=article.c.versions + 1)
        )
        self._connection.execute(
            update(article_text)
            .where(article_text.c.article_id == number)
            .values(text=one.text, roles=one.roles)
        )
        add_words(self._connection, sheet)
        return int(before["number"]) + 1

    def versions(self, number: int) -> list[Version]:
        """Every state of an article, the first one first, the present one last."""
        rows = self._connection.execute(
            select(article_version)
            .where(article_version.c.article_id == number)
            .order_by(article_version.c.number)
        ).mappings()
        states = [*rows.all(), *filter(None, [self._words(number)])]
        return [
            Version(title=row["title"], text=row["text"], fetched=row["fetched"]) for row in states
        ]

    def get(self, number: int) -> FiledArticle | None:
        """One article with everything that filing added to it."""
        return self.get_many([number]).get(number)

    def get_many(self, numbers: Sequence[int]) -> dict[int, FiledArticle]:
        """Articles by id, in the order asked for; ids that are none are left out."""
        found: dict[int, FiledArticle] = {}
        for some in chunks(numbers):
            found |= {one.id: one for one in self._filed(article.c.id.in_(some))}
        return {number: found[number] for number in numbers if number in found}

    def after(self, last: int, limit: int, *answering: ColumnElement[bool]) -> list[FiledArticle]:
        """The next articles in order of arrival that meet the conditions: an export's batch."""
        return self._filed(article.c.id > last, *answering, limit=limit)

    def last_id(self) -> int:
        """The id of the article that came last; 0 when there is none."""
        return int(self._connection.execute(select(func.max(article.c.id))).scalar() or 0)

    def count(self) -> int:
        """How many articles there are."""
        return int(self._connection.execute(select(func.count()).select_from(article)).scalar_one())

    def _words(self, number: int) -> RowMapping | None:
        return (
            self._connection.execute(
                select(
                    article.c.id.label("article_id"),
                    article.c.versions.label("number"),
                    article.c.title,
                    article_text.c.text,
                    article.c.fetched,
                )
                .join(article_text, article_text.c.article_id == article.c.id)
                .where(article.c.id == number)
            )
            .mappings()
            .one_or_none()
        )

    def _filed(
        self, *conditions: ColumnElement[bool], limit: int | None = None
    ) -> list[FiledArticle]:
        rows = (
            self._connection.execute(
                select(article, article_text.c.text, article_text.c.roles)
                .join(article_text, article_text.c.article_id == article.c.id)
                .where(*conditions)
                .order_by(article.c.id)
                .limit(limit)
            )
            .mappings()
            .all()
        )
        ids = [row["id"] for row in rows]
        topics = self._topics(ids)
        doors = Copies(self._connection)
        copies, quoted = doors.of(ids), doors.quoted(ids)
        return [
            FiledArticle(
                id=row["id"],
                article=article_of(row, quoted.get(row["id"], ())),
                story=row["story_id"] or 0,
                topics=tuple(topics.get(row["id"], ())),
                copy=copies.get(row["id"]),
                versions=row["versions"],
            )
            for row in rows
        ]

    def _topics(self, ids: Sequence[int]) -> dict[int, list[str]]:
        found: dict[int, list[str]] = {}
        for some in chunks(ids):
            for number, name in self._connection.execute(
                select(article_topic.c.article_id, topic.c.name)
                .join(topic, topic.c.id == article_topic.c.topic_id)
                .where(article_topic.c.article_id.in_(some))
                .order_by(topic.c.name)
            ):
                found.setdefault(number, []).append(name)
        return found


def _sheet(number: int, columns: dict[str, Any], body: str) -> Sheet:
    """The words of an article from what its row and its text are to be."""
    return sheet_of_row(SimpleNamespace(**columns | {"id": number, "text": body}))
