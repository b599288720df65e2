"""Filing a new or changed topic over all that is stored: in steps, gone on with after a kill.

Which articles answer is read without holding anybody up; they are linked some thousands at a time,
and how far that has come is kept with the topic.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass

from sqlalchemy import RowMapping, delete, func, select, update

from stories.archive.chunks import chunks
from stories.archive.transaction import Transaction
from stories.tables.press import article_topic, topic
from stories.tables.volumes import loose, volume

STEP = 5_000
"""Articles that are linked in one transaction."""

Door = Callable[[], AbstractContextManager[Transaction]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Backfill:
    """How far a topic has been filed over what is stored: of so many articles so many."""

    topic: str
    done: int
    of: int

    def __str__(self) -> str:
        """What an operator reads."""
        return f"Filing under {self.topic}: {self.done:,} of {self.of:,} articles"


def backfill(
    reading: Door,
    writing: Door,
    name: str,
    progress: Callable[[Backfill], None] | None = None,
) -> int:
    """File all that is stored under a topic; returns how many articles answered, by the last count.

    What an earlier call had done before it was killed is not done again. Raises LookupError when
    there is no such topic (any more).
    """
    while True:
        with reading() as tx:
            row = _row(tx, name)
            seen = _newest_volume(tx)
            upto = row["filed_upto"]
            every = tx.topics.answering(name)
        ids = [one for one in every if one > upto]
        done = len(every) - len(ids)
        if progress:
            progress(Backfill(topic=name, done=done, of=len(every)))
        for some in (*chunks(ids, STEP), None):
            with writing() as tx:
                now = _row(tx, name)
                if now["version"] != row["version"] or _newest_volume(tx) != seen:
                    # Asked otherwise meanwhile, or articles were revised and bound: read anew.
                    break
                if some is None:
                    _unlink(tx, now, upto, None)
                    tx.topics.settle(name)
                    return len(every)
                _link(tx, now, upto, some)
                upto = some[-1]
            done += len(some)
            if progress:
                progress(Backfill(topic=name, done=done, of=len(every)))


def _link(tx: Transaction, row: RowMapping, upto: int, ids: Sequence[int]) -> None:
    """File the articles up to the last of these: these and no others answer."""
    _unlink(tx, row, upto, ids[-1])
    # What is loose may have been revised since it was read: it is held against the query itself.
    fresh: set[int] = set()
    for some in chunks(ids):
        asked = select(loose.c.article_id).where(loose.c.article_id.in_(some))
        fresh.update(tx.connection.execute(asked).scalars())
    tx.topics.link(row["name"], [one for one in ids if one not in fresh])
    if fresh:
        tx.topics.file(sorted(fresh))
    tx.connection.execute(update(topic).where(topic.c.id == row["id"]).values(filed_upto=ids[-1]))


def _unlink(tx: Transaction, row: RowMapping, after: int, upto: int | None) -> None:
    """Take out what earlier versions of the query filed there."""
    within = [article_topic.c.article_id > after]
    if upto is not None:
        within.append(article_topic.c.article_id <= upto)
    tx.connection.execute(
        delete(article_topic).where(
            article_topic.c.topic_id == row["id"],
            article_topic.c.version != row["version"],
            *within,
        )
    )


def _newest_volume(tx: Transaction) -> int:
    found: int | None = tx.connection.execute(select(func.max(volume.c.id))).scalar()
    return found or 0


def _row(tx: Transaction, name: str) -> RowMapping:
    row = tx.connection.execute(select(topic).where(topic.c.name == name)).mappings().one_or_none()
    if row is None:
        raise LookupError(f"there is no topic {name}")
    return row
