"""Bringing a database up to what this code expects, or saying why that cannot be."""

from __future__ import annotations

import os
import sqlite3
import time
from pathlib import Path
from typing import cast

from sqlalchemy import Connection, Engine, inspect, select, update

from stories.archive.engine import take_the_pen
from stories.archive.failure import ArchiveError
from stories.archive.index import FORMAT, index_anew
from stories.archive.upsert import upsert
from stories.migrations import revisions, upgrade
from stories.stems import EDITION as STEMS
from stories.tables.press import archive_fact, topic
from stories.words import EDITION

WORDS = "words"
TRIES = 100
PAUSE = 0.05
PAGE = 16_384


def prepare(engine: Engine) -> None:
    """Make or upgrade the tables when needed; ArchiveError when the database is not ours."""
    if engine.dialect.name == "sqlite":
        _prepare_file(engine)
    with engine.connect() as connection:
        if _is_ready(connection):
            return
    with engine.connect().execution_options(writing=True) as connection, connection.begin():
        take_the_pen(connection)
        # Another process may have done it all while this one waited.
        if _is_ready(connection):
            return
        upgrade(connection)
        _index_if_needed(connection)


def _is_ready(connection: Connection) -> bool:
    """Whether the tables and the text index are those of this code."""
    at = _revision(connection)
    if at is None:
        return False
    if at not in revisions():
        raise ArchiveError(
            f"{_shown(connection.engine)} was made by a newer Newsdesk (its tables are at {at},"
            f" this one knows {revisions()[-1]}): upgrade Newsdesk"
        )
    return at == revisions()[-1] and _edition(connection) == _words()


def _revision(connection: Connection) -> str | None:
    """The step that the tables are at; None when there are no tables yet."""
    there = set(inspect(connection).get_table_names())
    if not there:
        return None
    if not {"alembic_version", archive_fact.name} <= there:
        raise ArchiveError(
            f"{_shown(connection.engine)} holds something else than an archive of Newsdesk"
        )
    got = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    return str(got)


def _words() -> str:
    """What an index depends on: how texts are cut into words, and how those are kept."""
    return f"{EDITION} {FORMAT} {STEMS}"


def _edition(connection: Connection) -> str | None:
    return connection.execute(
        select(archive_fact.c.value).where(archive_fact.c.name == WORDS)
    ).scalar()


def _index_if_needed(connection: Connection) -> None:
    """Index anew what was indexed by another tokenisation, as after an upgrade of Python."""
    if (before := _edition(connection)) == _words():
        return
    if before is not None:
        index_anew(connection)
        connection.execute(update(topic).values(stale=True))
    upsert(connection, archive_fact, [{"name": WORDS, "value": _words()}], replace=("value",))


def _prepare_file(engine: Engine) -> None:
    """Put a SQLite file into WAL mode: readers and the writer do not wait for each other."""
    path = Path(engine.url.database or "")
    # SQLite would open what it may only read, and fail at the first write.
    if not os.access(path if path.exists() else path.parent, os.W_OK):
        raise ArchiveError(f"{path} cannot be written")
    with engine.connect() as connection:
        if _driver(connection).execute("PRAGMA journal_mode").fetchone() == ("wal",):
            return
    for left in reversed(range(TRIES)):
        try:
            with engine.connect() as connection:
                # Outside of a transaction: SQLite changes the mode nowhere else. Its busy timeout
                # does not hold for this change either.
                # The size of a page takes hold in an empty file only: texts of 3 kB waste a third
                # of SQLite's own 4 KiB.
                _driver(connection).execute(f"PRAGMA page_size = {PAGE}")
                _driver(connection).execute("PRAGMA journal_mode = WAL")
                return
        except sqlite3.OperationalError:
            if not left:
                raise
            time.sleep(PAUSE)


def _driver(connection: Connection) -> sqlite3.Connection:
    """SQLite itself, below SQLAlchemy: a statement there begins no transaction."""
    return cast("sqlite3.Connection", connection.connection.driver_connection)


def _shown(engine: Engine) -> str:
    return engine.url.render_as_string(hide_password=True)
