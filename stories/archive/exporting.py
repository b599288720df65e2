"""Exports of any size, while a crawl writes: ids first, then a batch in each short transaction."""

from __future__ import annotations

from array import array
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any

from stories.archive.asking import Question
from stories.archive.export_rows import let_go, rows_of
from stories.archive.transaction import Transaction
from stories.model import FiledArticle
from stories.row import Row

BATCH = 500


class Export:
    """The articles that a question meant when it was asked, in order of arrival.

    With `newest` only so many, the one that arrived last first, as a feed has them.

    ``len()`` says how many there are before the first is read, and exactly so many come. What is
    kept in memory is eight bytes an article and one batch. `cursor` is the id of the last article
    that was given out; an export `after` it goes on from there.
    """

    def __init__(
        self,
        reading: Callable[[], AbstractContextManager[Transaction]],
        question: Question,
        after: int = 0,
        newest: int | None = None,
    ) -> None:
        self._reading = reading
        self.question = question
        self.cursor = after
        self._after = after
        with reading() as tx:
            self._completeness = tx.asking.completeness(question)
            self._version = max(
                (number for number, *_ in tx.topics.versions(question.topic or "")), default=None
            )
            if newest is None:
                ids = tx.asking.all_ids(question)
                self._ids = array("q", ids[ids > after].tobytes())
            else:
                listed = tx.asking.newest(question, newest)
                self._ids = array("q", [one for one in listed if one > after])
        self._newest = newest

    def __len__(self) -> int:
        return len(self._ids)

    def __iter__(self) -> Iterator[FiledArticle]:
        for some in self._batches():
            with self._reading() as tx:
                found = tx.articles.get_many(some)
            for number in some:
                self.cursor = max(self.cursor, number)
                yield found[number]

    def rows(self) -> Iterator[Row]:
        """The same as rows of an export (:mod:`stories.row`), many times faster."""
        # While the rows of one batch are written, the next ones are read: PostgreSQL does half of
        # that work in a process of its own.
        with ThreadPoolExecutor(1) as hand:
            coming: deque[Future[list[Row]]] = deque()
            for some in self._batches():
                coming.append(hand.submit(self._rows_of, some))
                if len(coming) > 1:
                    yield from self._given(coming.popleft())
            while coming:
                yield from self._given(coming.popleft())

    def _given(self, batch: Future[list[Row]]) -> Iterator[Row]:
        found = batch.result()
        cursor = max((int(str(row["id"])) for row in found), default=0)
        found.reverse()
        # Let go one by one: texts are most of what an export takes.
        while found:
            yield found.pop()
        self.cursor = max(self.cursor, cursor)

    def _rows_of(self, some: list[int]) -> list[Row]:
        with self._reading() as tx:
            found = rows_of(tx.connection, some)
            let_go(tx.connection)
        if self._newest is not None:
            found.reverse()
        return found

    def to_arrow(self) -> Any:  # noqa: ANN401 - a pyarrow.Table
        """All rows as a table of Arrow's, in memory; needs the extra ``parquet``."""
        from stories.formats import parquet  # noqa: PLC0415 - an extra

        return parquet.table_of(self.rows())

    def to_pandas(self) -> Any:  # noqa: ANN401 - a pandas.DataFrame
        """All rows as a data frame, in memory; needs the extra ``pandas``."""
        return self.to_arrow().to_pandas()

    def manifest(self, form: str, now: datetime) -> dict[str, object]:
        """What is kept beside an export: what was asked, when, and what it may lack."""
        asked = self.question
        return {
            "made": now.isoformat(timespec="seconds"),
            "format": form,
            "query": asked.query,
            "topic": asked.topic,
            "topic_version": self._version,
            "since": asked.since and asked.since.isoformat(),
            "until": asked.until and asked.until.isoformat(),
            "after": self._after,
            "rows": len(self),
            "newest": self._newest,
            "cursor": max(self._ids, default=self._after),
            "completeness": self._completeness.sentence(),
            "lacking": [one.sentence() for one in self._completeness.lacking],
        }

    def _batches(self) -> Iterator[list[int]]:
        for start in range(0, len(self._ids), BATCH):
            yield self._ids[start : start + BATCH].tolist()
