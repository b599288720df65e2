"""Many articles at once into an archive that is empty or idle: for moving in, and for benches."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table

from stories.archive.article_rows import columns_of
from stories.archive.engine import as_json
from stories.model import Article
from stories.tables.press import article, article_text
from stories.tables.schema import storable


def load_articles(connection: Connection, batch: Sequence[tuple[int, Article, int]]) -> None:
    """Put in articles with their ids and stories, of which neither id nor key is there yet.

    The words are bound apart (:func:`stories.archive.binding.put_pages`).
    """
    load(
        connection,
        article,
        [
            {"id": number, **columns_of(one), "versions": 1, "story_id": story}
            for number, one, story in batch
        ],
    )
    load(
        connection,
        article_text,
        [{"article_id": number, "text": one.text, "roles": one.roles} for number, one, _ in batch],
    )


def load(connection: Connection, table: Table, rows: Iterable[dict[str, Any]]) -> None:
    """Put in rows that name all the same columns, by the fastest way the engine has."""
    rows = list(rows)
    if not rows:
        return
    names = list(rows[0])
    driver: Any = connection.connection.driver_connection
    sqlite = connection.dialect.name == "sqlite"
    values = [tuple(_plain(row[name], sqlite=sqlite) for name in names) for row in rows]
    if sqlite:
        marks = ", ".join("?" * len(names))
        driver.executemany(
            f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({marks})",  # noqa: S608 - names of our own tables
            values,
        )
        return
    with (
        driver.cursor() as cursor,
        cursor.copy(f"COPY {table.name} ({', '.join(names)}) FROM STDIN") as copy,
    ):
        for row in values:
            copy.write_row(row)
    if "id" in names and table.c.id.autoincrement is not False:
        # The next id is to come after those that were named.
        driver.execute(
            f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), max(id))"  # noqa: S608 - names of our own tables
            f" FROM {table.name}"
        )


def _plain(value: Any, *, sqlite: bool) -> Any:  # noqa: ANN401 - whatever a column takes
    match value:
        case str():
            return storable(value)
        case datetime():
            return value.replace(tzinfo=None).isoformat(" ", "microseconds") if sqlite else value
        case list() | dict():
            return as_json(value)
        case _:
            return value
