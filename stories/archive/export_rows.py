"""Rows of an export straight from the database, without a noun in between: millions of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import orjson
from sqlalchemy import Connection

from stories.model import Instant, Precision
from stories.row import Row, written

# Instants and JSON as the text that SQLite keeps: PostgreSQL's driver would make objects of them.
_TIMES = re.compile(r"a\.(?:published|seen|fetched)(?=,)")
_JSON = re.compile(r"a\.(?:authors|cites)(?=,)")

_COLUMNS = (
    "a.id, a.url, a.raw_url, a.outlet, a.title, a.byline, a.authors, t.text, a.language,"
    " a.published, a.published_offset, a.published_precision, a.seen, a.fetched, a.image,"
    " a.story_id, a.cites, a.source"
)
_FROM = "FROM article a JOIN article_text t ON t.article_id = a.id"


# What stands for the ids is put in by _read.
_COPIES = (
    "SELECT c.article_id, a.url, c.kind, c.score FROM copy c JOIN article a ON a.id = c.of_id"
    " WHERE c.article_id {}"
)
_QUOTED = (
    "SELECT q.article_id, a.url FROM quotation q JOIN article a ON a.id = q.of_id"
    " WHERE q.article_id {} ORDER BY q.article_id, q.score DESC, q.of_id"
)
_TOPICS = (
    "SELECT l.article_id, t.name FROM article_topic l JOIN topic t ON t.id = l.topic_id"
    " WHERE l.article_id {} ORDER BY l.article_id, t.name"
)
_ARTICLES = f"SELECT {_COLUMNS} {_FROM} WHERE a.id {{}} ORDER BY a.id"
_AS_TEXT = _JSON.sub(
    r"\g<0>::text",
    _TIMES.sub(r"to_char(\g<0> AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')", _ARTICLES),
)


def rows_of(connection: Connection, ids: Sequence[int]) -> list[Row]:
    """The rows of these articles, in order of their ids; the same as row_of over the nouns."""
    copies = {
        number: {"url": url, "kind": kind, "score": score}
        for number, url, kind, score in _read(connection, _COPIES, ids)
    }
    quoted: dict[int, list[dict[str, object]]] = {}
    for number, url in _read(connection, _QUOTED, ids):
        quoted.setdefault(number, []).append({"url": url, "how": "quotes"})
    names: dict[int, list[str]] = {}
    for number, name in _read(connection, _TOPICS, ids):
        names.setdefault(number, []).append(name)
    rows: list[Row] = []
    lite = connection.dialect.name == "sqlite"
    for one in _read(connection, _ARTICLES if lite else _AS_TEXT, ids):
        number = one[0]
        cites: list[dict[str, object]] = [
            {"url": url, "how": how} for url, how, _ in _parsed(one[16])
        ]
        cites += quoted.get(number, ())
        rows.append(
            {
                "id": number,
                "url": one[1],
                "raw_url": one[2],
                "outlet": one[3],
                "title": one[4],
                "byline": one[5],
                "authors": _parsed(one[6]),
                "text": one[7],
                "language": one[8],
                "published": _claimed(one[9], one[10], one[11]),
                "published_precision": one[11],
                "seen": _second(one[12]),
                "fetched": _second(one[13]),
                "image": one[14],
                "story": one[15] or None,
                "copy_of": copies.get(number),
                "cites": cites,
                "topics": names.get(number, []),
                "source": one[17],
            }
        )
    return rows


def _read(connection: Connection, asked: str, ids: Sequence[int]) -> list[tuple[Any, ...]]:
    """Below SQLAlchemy, which would take longer to convert the columns than the engine to read."""
    driver: Any = connection.connection.driver_connection
    if connection.dialect.name == "sqlite":
        listed = "IN (SELECT value FROM json_each(?))"
        found = driver.execute(asked.format(listed), [orjson.dumps(list(ids)).decode()])
    else:
        found = driver.execute(asked.format("= ANY(%s)"), [list(ids)], binary=True)
    rows: list[tuple[Any, ...]] = found.fetchall()
    return rows


def let_go(connection: Connection) -> None:
    """Free what SQLite has cached: nothing of it is read again in an export."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA shrink_memory")


def _parsed(value: str) -> Any:  # noqa: ANN401 - whatever is in it
    return [] if value == "[]" else orjson.loads(value)


def _second(value: str) -> str:
    """An instant to the second in UTC, from a text that is nearly that."""
    return f"{value[:10]}T{value[11:19]}+00:00"


def _claimed(value: str | None, offset: int | None, precision: str) -> str | None:
    if value is None:
        return None
    if not offset:
        if precision == "minute":
            return f"{value[:10]}T{value[11:16]}+00:00"
        if precision == "day":
            return value[:10]
    at = datetime.fromisoformat(value).replace(tzinfo=UTC)
    at = at.astimezone(timezone(timedelta(minutes=offset or 0)))
    return written(Instant(at=at, precision=Precision(precision), evidence=""))
