"""Opening an archive, and its two kinds of transaction: many that read, one that writes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, Engine
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from stories.archive.asking import Question
from stories.archive.backfilling import Backfill, backfill
from stories.archive.engine import checkpoint, engine_for, take_the_pen
from stories.archive.exporting import Export
from stories.archive.failure import ArchiveError, plainly
from stories.archive.schema import prepare
from stories.archive.shelf import Shelf
from stories.archive.tending import Tending
from stories.archive.transaction import Transaction

__all__ = ["Archive", "ArchiveError", "open_archive"]

WAL_BOUND = 32 * 2**20


class Archive:
    """What is kept. Read with :meth:`reading`, write with :meth:`writing`; close at the end.

    An archive may be used by several threads, never across a fork: a new process opens its own.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        # SQLite's transactions see one state anyhow; PostgreSQL's must be told.
        one_state = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        lite = engine.dialect.name == "sqlite"
        self._readers = engine if lite else engine.execution_options(**one_state)
        path = engine.url.database if engine.dialect.name == "sqlite" else None
        self._wal = f"{path}-wal" if path else None
        self._shelf = Shelf()
        self._tend = Tending(engine)

    @contextmanager
    def reading(self) -> Iterator[Transaction]:
        """One consistent state of the archive, to be let go soon: open readers hold up the log.

        Raises ArchiveError when the database fails, as :meth:`writing` does.
        """
        with (
            plainly(self._engine),
            self._readers.connect() as connection,
            connection.begin() as unit,
        ):
            yield Transaction(connection, self._shelf)
            unit.rollback()

    @contextmanager
    def writing(self) -> Iterator[Transaction]:
        """The one writer; others wait for it. Commits at the end, undoes everything on an error."""
        with plainly(self._engine), self._engine.connect() as connection:
            connection.execution_options(writing=True)
            with connection.begin():
                take_the_pen(connection)
                # What this transaction reads may never be committed: it remembers for itself.
                yield Transaction(connection, Shelf())
            self._pause(connection)
            self._tend(connection, lambda: self._pause(connection))

    @property
    def url(self) -> str:
        """Where it is, as SQLAlchemy names it, with the password."""
        return self._engine.url.render_as_string(hide_password=False)

    def export(self, question: Question, after: int = 0, newest: int | None = None) -> Export:
        """The articles that a question means, to be read one after the other in little memory.

        Those up to the id `after` are left out: the cursor of an export that is gone on with.
        `newest` takes only so many, the one that arrived last first.
        """
        return Export(self.reading, question, after, newest)

    def backfill(self, name: str, progress: Callable[[Backfill], None] | None = None) -> int:
        """File all that is stored under a topic that is new or changed, in short transactions.

        Returns how many articles answered. Goes on where an earlier call was killed. Raises
        LookupError when there is no such topic.
        """
        return backfill(self.reading, self.writing, name, progress)

    def checkpoint(self) -> None:
        """Fold SQLite's write-ahead log into its file and empty it; nothing on PostgreSQL."""
        if self._wal:
            with self._engine.connect() as connection:
                checkpoint(connection)

    def _pause(self, connection: Connection) -> None:
        """Between two transactions of the writer is the time to empty a log that has grown."""
        if self._wal and os.path.exists(self._wal) and os.path.getsize(self._wal) > WAL_BOUND:  # noqa: PTH110, PTH202 - asked after every commit; a Path costs more than the answer
            checkpoint(connection)

    def close(self) -> None:
        """Let go of every connection."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def open_archive(database_url: str) -> Archive:
    """Open the archive at a SQLAlchemy URL, made or brought up to date when that is needed.

    Raises ArchiveError, in one plain sentence, for a database that cannot be reached or written,
    that is newer than this code, or that holds something else.
    """
    try:
        engine = engine_for(make_url(database_url))
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError) as error:
        raise ArchiveError(f"{database_url} is not the address of a database: {error}") from error
    try:
        with plainly(engine):
            prepare(engine)
    except ArchiveError:
        engine.dispose()
        raise
    return Archive(engine)
