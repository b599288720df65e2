"""In how many articles each term occurs: pages of counts, and the latest articles beside them."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, delete, select

from stories.archive.bulk import insert_rows
from stories.archive.upsert import upsert
from stories.tables.filing import counted, vocabulary
from stories.tables.press import archive_fact

STATE = "filing"
"""The fact about the archive that changes whenever its stories or counts have changed."""


class Vocabulary:
    """The rows of `vocabulary` and `counted` in one transaction.

    To count an article is to add one short row; now and then these are bound into the pages.
    """

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def pages(self) -> dict[int, bytes]:
        """The pages of counts that were written, as little-endian 32-bit numbers."""
        rows = self._connection.execute(select(vocabulary.c.page, vocabulary.c.counts))
        return {row.page: row.counts for row in rows}

    def loose(self) -> dict[int, bytes]:
        """The terms of the articles that are counted and not in the pages, by article."""
        rows = self._connection.execute(select(counted).order_by(counted.c.article_id))
        return {row.article_id: row.terms for row in rows}

    def add(self, terms: Mapping[int, bytes]) -> None:
        """Count articles."""
        insert_rows(self._connection, counted, ("article_id", "terms"), list(terms.items()))

    def bind(self, pages: Mapping[int, bytes]) -> None:
        """Write pages that have all the articles counted so far."""
        insert_rows(
            self._connection,
            vocabulary,
            ("page", "counts"),
            list(pages.items()),
            otherwise="UPDATE SET counts = excluded.counts",
        )
        self._connection.execute(delete(counted))

    def state(self) -> int:
        """The state of filing: another number whenever stories or counts have changed."""
        found = self._connection.execute(
            select(archive_fact.c.value).where(archive_fact.c.name == STATE)
        )
        return int(found.scalar_one_or_none() or 0)

    def mark(self, state: int) -> int:
        """Give the state of filing a number; returns it."""
        upsert(
            self._connection,
            archive_fact,
            [{"name": STATE, "value": str(state)}],
            replace=("value",),
        )
        return state
