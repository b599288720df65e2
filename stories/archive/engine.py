"""How the two engines are spoken to, and where they differ in transactions."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event

from stories.archive.arrays import teach
from stories.archive.failure import ArchiveError
from stories.tables.schema import storable

BUSY_MS = 30_000
PAUSE_MS = 50
CACHE_PAGES = 1024
# Any number of ours will do, so long as every Newsdesk asks for the same one.
PEN = 0x6E657773


def engine_for(url: URL) -> Engine:
    """Make the engine for a URL of SQLite or PostgreSQL; ArchiveError for any other."""
    name = url.get_backend_name()
    if name == "sqlite":
        if not url.database or url.database == ":memory:" or "mode=memory" in str(url):
            raise ArchiveError("an archive in memory would be lost: name a file")
        folder = Path(url.database).parent
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ArchiveError(f"{folder} cannot be made: {error.strerror}") from error
        engine = create_engine(url, json_serializer=as_json, hide_parameters=True)
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    if name == "postgresql":
        if url.drivername == "postgresql":
            url = url.set(drivername="postgresql+psycopg")
        engine = create_engine(
            url, json_serializer=as_json, hide_parameters=True, pool_pre_ping=True
        )
        event.listen(engine, "connect", lambda driver, _: teach(driver))
        return engine
    raise ArchiveError(f"{name} is not a database of ours: use sqlite or postgresql")


def as_json(value: object) -> str:
    """JSON that keeps letters readable and takes no more room than it must."""
    return storable(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def _set_up_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    # The driver must not begin transactions by itself: it begins deferred ones, and a deferred
    # transaction that reads before it writes fails at once where another has written meanwhile.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA synchronous = NORMAL")
    # In pages: a size in KiB is reckoned with pages of 4 KiB as long as the file is not read yet,
    # and four times as much is kept.
    cursor.execute(f"PRAGMA cache_size = {CACHE_PAGES}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    writing = connection.get_execution_options().get("writing")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def take_the_pen(connection: Connection) -> None:
    """Wait until this transaction is the only one that writes (SQLite's BEGIN did it already)."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({PEN})")


def checkpoint(connection: Connection) -> None:
    """Empty SQLite's write-ahead log; left for the next time when a reader is in the way."""
    driver: Any = connection.connection.driver_connection
    driver.execute(f"PRAGMA busy_timeout = {PAUSE_MS}")
    driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    driver.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
