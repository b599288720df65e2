"""Exports of any size, while a crawl writes: ids first, then a batch in each short transaction."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

from stories.archive.asking import Question
from stories.archive.transaction import Transaction
from stories.model import FiledArticle

BATCH = 200


class Export:
    """The articles that a question meant when it was asked, in order of arrival.

    ``len()`` says how many there are before the first is read, and exactly so many come. What is
    kept in memory is eight bytes an article and one batch.
    """

    def __init__(
        self, reading: Callable[[], AbstractContextManager[Transaction]], question: Question
    ) -> None:
        self._reading = reading
        with reading() as tx:
            self._ids = array("q", tx.asking.ids(question))

    def __len__(self) -> int:
        return len(self._ids)

    def __iter__(self) -> Iterator[FiledArticle]:
        for start in range(0, len(self._ids), BATCH):
            some = self._ids[start : start + BATCH].tolist()
            with self._reading() as tx:
                found = tx.articles.get_many(some)
            yield from found.values()
