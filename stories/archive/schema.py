"""Bringing a database up to what this code expects, or saying why that cannot be."""

from __future__ import annotations

from sqlalchemy import Engine, inspect

from stories.archive.engine import ArchiveError
from stories.tables import metadata
from stories.tables.words import MAKE


def prepare(engine: Engine) -> None:
    """Make or upgrade the tables when needed; ArchiveError when the database is not ours."""
    name = engine.dialect.name
    if name == "sqlite":
        with engine.connect() as connection:
            driver = connection.connection.driver_connection
            assert driver is not None  # noqa: S101
            driver.execute("PRAGMA journal_mode = WAL")
    with engine.connect() as connection:
        there = set(inspect(connection).get_table_names())
    if "article" in there:
        return
    if there:
        raise ArchiveError(f"{engine.url} holds something else than an archive of Newsdesk")
    with engine.begin() as connection:
        metadata.create_all(connection)
        for statement in MAKE[name]:
            connection.exec_driver_sql(statement)
