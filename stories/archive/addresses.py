"""The durable frontier: every address ever seen, what is known, and what waits to be fetched."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Integer, RowMapping, bindparam, func, or_, select, update

from stories.archive.chunks import chunks
from stories.archive.upsert import upsert
from stories.model import Outcome, Sighting, Verdict
from stories.tables.press import address, source
from stories.tables.schema import Id

WAITING = "waiting"
SETTLED = "settled"

# Made once: to put a statement together costs more than to run it.
_SETTLE = (
    update(address)
    .where(address.c.key == bindparam("its_key"))
    .values(
        state=bindparam("its_state"),
        outcome=bindparam("its_outcome"),
        article_id=func.coalesce(bindparam("its_article", type_=Id), address.c.article_id),
        tries=address.c.tries + bindparam("tried", type_=Integer),
        retry_at=bindparam("its_time"),
    )
)
_SEE_AGAIN = (
    update(address)
    .where(address.c.key == bindparam("its_key"))
    .values(last_seen=bindparam("at"), times=address.c.times + bindparam("more", type_=Integer))
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """What became of a poll's sightings: ``len(new) + known + repeated`` is all of them.

    `new` has each address seen for the first time, with its key; `known` counts those seen before
    this run, `repeated` those seen before in this run.
    """

    new: tuple[tuple[str, Sighting], ...]
    known: int
    repeated: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """An address that has no final verdict yet, as it was first seen."""

    key: str
    sighting: Sighting
    tries: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressState:
    """All that is remembered of one address."""

    key: str
    url: str
    source: str
    first_seen: datetime
    last_seen: datetime
    times: int
    waiting: bool
    outcome: Outcome | None
    article: int | None
    tries: int
    retry_at: datetime | None


class Addresses:
    """The rows of `address` in one transaction."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def note(
        self, sightings: Sequence[tuple[str, Sighting]], at: datetime, run: int | None = None
    ) -> Noted:
        """Keep (key, sighting) pairs: new addresses wait from now on, known ones are seen again.

        In the transaction that records the poll, so that known means committed.
        """
        return self.note_all([sightings], at, run)[0]

    def note_all(
        self,
        polls: Sequence[Sequence[tuple[str, Sighting]]],
        at: datetime,
        run: int | None = None,
    ) -> list[Noted]:
        """Do the same for the sightings of several polls, one after the other."""
        there = self._runs_of([key for sightings in polls for key, _ in sightings])
        new: dict[str, Sighting] = {}
        again: dict[str, tuple[int, str]] = {}
        noted = []
        for sightings in polls:
            mine: dict[str, Sighting] = {}
            met: set[str] = set()
            known = repeated = 0
            for key, sighting in sightings:
                if key not in there:
                    there[key] = run
                    mine[key] = sighting
                    continue
                if key in mine or key in met or (run is not None and there[key] == run):
                    repeated += 1
                else:
                    known += 1
                met.add(key)
                times, _ = again.get(key, (0, ""))
                again[key] = (times + 1, sighting.source)
            new |= mine
            noted.append(Noted(new=tuple(mine.items()), known=known, repeated=repeated))
        self._insert(new, at, run)
        self._see_again(again, at)
        return noted

    def waiting(self, sources: Sequence[str], now: datetime, limit: int) -> list[Waiting]:
        """What of these sources (their own names) waits and may be tried at `now`, oldest first."""
        may = or_(address.c.retry_at.is_(None), address.c.retry_at <= now)
        rows = self._connection.execute(
            select(address)
            .where(address.c.state == WAITING, address.c.source.in_(tuple(sources)), may)
            .order_by(address.c.first_seen, address.c.key)
            .limit(limit)
        ).mappings()
        return [
            Waiting(key=row["key"], sighting=_sighting(row), tries=row["tries"]) for row in rows
        ]

    def settle(self, key: str, verdict: Verdict, article: int | None = None) -> None:
        """Keep the final verdict; with `retry_at` the address goes on waiting until then."""
        self.settle_all([(key, verdict, article)])

    def settle_all(self, some: Sequence[tuple[str, Verdict, int | None]]) -> None:
        """The same for many: (key, verdict, article that the address leads to)."""
        if some:
            self._connection.execute(
                _SETTLE,
                [
                    {
                        "its_key": key,
                        "its_state": WAITING if verdict.retry_at else SETTLED,
                        "its_outcome": verdict.outcome.value,
                        "its_article": article,
                        "tried": int(verdict.outcome is not Outcome.DEFERRED),
                        "its_time": verdict.retry_at,
                    }
                    for key, verdict, article in some
                ],
            )

    def alias(self, key: str, article: int, sighting: Sighting, at: datetime) -> None:
        """Another key under which an article was met: from now on it is known."""
        upsert(
            self._connection,
            address,
            [
                _row(key, sighting, at, None)
                | {"state": SETTLED, "outcome": Outcome.MOVED.value, "article_id": article}
            ],
            replace=("state", "outcome", "article_id"),
        )

    def get(self, key: str) -> AddressState | None:
        """What is remembered of one address."""
        row = (
            self._connection.execute(select(address).where(address.c.key == key))
            .mappings()
            .one_or_none()
        )
        return None if row is None else _state(row)

    def counts(self) -> dict[str, int]:
        """How many addresses wait, and how many are settled, by state."""
        rows = self._connection.execute(
            select(address.c.state, func.count()).group_by(address.c.state)
        )
        return {row[0]: row[1] for row in rows}

    def _runs_of(self, keys: Sequence[str]) -> dict[str, int | None]:
        there: dict[str, int | None] = {}
        for some in chunks(keys):
            rows = self._connection.execute(
                select(address.c.key, address.c.run_id).where(address.c.key.in_(some))
            )
            there.update((row.key, row.run_id) for row in rows)
        return there

    def _insert(self, new: Mapping[str, Sighting], at: datetime, run: int | None) -> None:
        if new:
            self._connection.execute(
                address.insert(), [_row(key, one, at, run) for key, one in new.items()]
            )

    def _see_again(self, again: Mapping[str, tuple[int, str]], at: datetime) -> None:
        if not again:
            return
        self._connection.execute(
            _SEE_AGAIN,
            [{"its_key": key, "at": at, "more": more} for key, (more, _) in again.items()],
        )
        # What waits under a source that is gone would wait for ever: whoever sees it again has it.
        gone = select(source.c.name).where(source.c.retired.is_(False))
        for some in chunks(tuple(again)):
            orphans = self._connection.execute(
                select(address.c.key).where(
                    address.c.key.in_(some),
                    address.c.state == WAITING,
                    address.c.source.not_in(gone),
                )
            ).scalars()
            theirs: dict[str, list[str]] = {}
            for key in orphans:
                theirs.setdefault(again[key][1], []).append(key)
            for name, keys in theirs.items():
                self._connection.execute(
                    update(address).where(address.c.key.in_(keys)).values(source=name)
                )


def _row(key: str, one: Sighting, at: datetime, run: int | None) -> dict[str, object]:
    return {
        "key": key,
        "url": one.url,
        "source": one.source,
        "first_seen": one.seen,
        "last_seen": at,
        "times": 1,
        "run_id": run,
        "state": WAITING,
        "tries": 0,
        "title": one.title,
        "summary": one.summary,
        "published": one.published,
        "authors": list(one.authors),
    }


def _sighting(row: RowMapping) -> Sighting:
    return Sighting(
        url=row["url"],
        source=row["source"],
        seen=row["first_seen"],
        title=row["title"],
        summary=row["summary"],
        published=row["published"],
        authors=tuple(row["authors"]),
    )


def _state(row: RowMapping) -> AddressState:
    return AddressState(
        key=row["key"],
        url=row["url"],
        source=row["source"],
        first_seen=row["first_seen"],
        last_seen=row["last_seen"],
        times=row["times"],
        waiting=row["state"] == WAITING,
        outcome=Outcome(row["outcome"]) if row["outcome"] else None,
        article=row["article_id"],
        tries=row["tries"],
        retry_at=row["retry_at"],
    )
