"""Exports of any size, while a crawl writes: ids first, then a batch in each short transaction."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

from stories.archive.asking import Question
from stories.archive.export_rows import rows_of
from stories.archive.transaction import Transaction
from stories.model import FiledArticle
from stories.row import Row

BATCH = 500


class Export:
    """The articles that a question meant when it was asked, in order of arrival.

    ``len()`` says how many there are before the first is read, and exactly so many come. What is
    kept in memory is eight bytes an article and one batch. `cursor` is the id of the last article
    that was given out; an export `after` it goes on from there.
    """

    def __init__(
        self,
        reading: Callable[[], AbstractContextManager[Transaction]],
        question: Question,
        after: int = 0,
    ) -> None:
        self._reading = reading
        self.question = question
        self.cursor = after
        with reading() as tx:
            self._ids = array("q", (one for one in tx.asking.ids(question) if one > after))

    def __len__(self) -> int:
        return len(self._ids)

    def __iter__(self) -> Iterator[FiledArticle]:
        for some in self._batches():
            with self._reading() as tx:
                found = tx.articles.get_many(some)
            for one in found.values():
                self.cursor = one.id
                yield one

    def rows(self) -> Iterator[Row]:
        """The same as rows of an export (:mod:`stories.row`), many times faster."""
        for some in self._batches():
            with self._reading() as tx:
                found = rows_of(tx.connection, some)
            yield from found
            self.cursor = some[-1]

    def _batches(self) -> Iterator[list[int]]:
        for start in range(0, len(self._ids), BATCH):
            yield self._ids[start : start + BATCH].tolist()
