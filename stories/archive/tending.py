"""What the writer does to the words after its commits: a few short transactions at a time.

Words are learned, loose sheets bound, small volumes merged. Each step takes the pen anew, so
another writer waits for a fraction of a second at most, and SQLite's log stays small.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection, Engine

from stories.archive.binding import bind, is_due
from stories.archive.engine import take_the_pen
from stories.archive.learning import Learned, learn, spoken
from stories.archive.loose import loose_sheets
from stories.archive.merging import begin, is_under_way, proceed

TOGETHER = 5_000
"""Words that are learned in one transaction."""


class Tending:
    """The chores of an archive's writer, and what it remembers of them."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._learned = Learned()

    def __call__(self, connection: Connection, between: Callable[[], None]) -> None:
        """Do what is due; `between` is called after each commit. `connection` is the writer's."""
        with self._engine.connect() as reader, reader.begin():
            due, merging = is_due(reader), is_under_way(reader)
            # The sheets themselves are not kept: they are read again when they are bound.
            unknown = self._learned.new(spoken(loose_sheets(reader, {}))) if due else []
        if due:
            for start in range(0, len(unknown), TOGETHER):
                some = unknown[start : start + TOGETHER]
                with connection.begin():
                    take_the_pen(connection)
                    learn(connection, some)
                self._learned.remember(some)
                between()
            with connection.begin():
                take_the_pen(connection)
                # Another writer may have bound them meanwhile, and more may be loose than have
                # been learned.
                if is_due(connection):
                    learn(connection, self._learned.new(spoken(loose_sheets(connection, {}))))
                    bind(connection)
                    begin(connection)
            between()
        if merging:
            with connection.begin():
                take_the_pen(connection)
                proceed(connection)
            between()
