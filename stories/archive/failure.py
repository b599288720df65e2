"""A database that fails, in one plain sentence instead of a traceback."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine
from sqlalchemy.exc import DatabaseError, DataError, IntegrityError, ProgrammingError

# What the engines say, and what it means to the operator.
_MEANINGS = (
    ("database is locked", "another program has kept it locked for too long"),
    ("disk is full", "the disk is full"),
    ("No space left", "the disk is full"),
    ("readonly database", "it cannot be written"),
    ("read-only transaction", "it cannot be written"),
    ("unable to open database file", "it cannot be opened"),
    ("disk I/O error", "the disk does not answer as it should"),
    ("malformed", "the file is damaged"),
)


class ArchiveError(Exception):
    """The archive cannot be used; says in one sentence why."""


@contextmanager
def plainly(engine: Engine) -> Iterator[None]:
    """Turn what the database cannot help into ArchiveError; what is a bug of ours stays one."""
    try:
        yield
    except (DatabaseError, sqlite3.OperationalError) as error:
        if isinstance(error, (IntegrityError, ProgrammingError, DataError)):
            raise
        said = str(getattr(error, "orig", error)).strip()
        why = next((meaning for words, meaning in _MEANINGS if words in said), said)
        shown = engine.url.render_as_string(hide_password=True)
        raise ArchiveError(f"{shown}: {why}") from error
