"""Runs: one row for every start, finish, skip and failure; counts are computed, never kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, RowMapping, func, select, update

from stories.model import Run
from stories.tables.press import address, poll, run, verdict

RUNNING = "running"
SKIPPED = "skipped"


class Runs:
    """The rows of `run` in one transaction."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def start(self, what: str, at: datetime, sources: int = 0) -> Run:
        """Open a run that will ask so many sources."""
        got = self._connection.execute(
            run.insert()
            .values(what=what, started=at, status=RUNNING, note="", sources=sources)
            .returning(run.c.id)
        )
        return Run(id=got.scalar_one(), what=what, started=at, counts={"sources": sources})

    def skip(self, what: str, at: datetime, note: str) -> Run:
        """Keep that a run did not take place, and why."""
        got = self._connection.execute(
            run.insert()
            .values(what=what, started=at, finished=at, status=SKIPPED, note=note, sources=0)
            .returning(run.c.id)
        )
        return Run(
            id=got.scalar_one(), what=what, started=at, finished=at, status=SKIPPED, note=note
        )

    def finish(self, number: int, status: str, at: datetime, note: str = "") -> Run:
        """Close a run as ``done``, ``failed``, ``killed``, ...; LookupError if there is none."""
        self._connection.execute(
            update(run).where(run.c.id == number).values(finished=at, status=status, note=note)
        )
        got = self.get(number)
        if got is None:
            raise LookupError(f"there is no run {number}")
        return got

    def unfinished(self) -> list[Run]:
        """Runs that were started and never closed, oldest first."""
        rows = self._connection.execute(
            select(run).where(run.c.finished.is_(None)).order_by(run.c.id)
        ).mappings()
        return self._with_counts(rows.all())

    def get(self, number: int) -> Run | None:
        """One run with its counts."""
        rows = self._connection.execute(select(run).where(run.c.id == number)).mappings()
        return next(iter(self._with_counts(rows.all())), None)

    def last(self, what: str) -> datetime | None:
        """When a run of this name was last started; None when none ever was."""
        return self._connection.execute(
            select(func.max(run.c.started)).where(run.c.what == what, run.c.status != SKIPPED)
        ).scalar()

    def recent(self, n: int = 20) -> list[Run]:
        """The last runs, newest first."""
        rows = self._connection.execute(select(run).order_by(run.c.id.desc()).limit(n)).mappings()
        return self._with_counts(rows.all())

    def _with_counts(self, rows: Sequence[RowMapping]) -> list[Run]:
        """Counts come from the polls and the ledger, so they cannot disagree with them."""
        ids = [row["id"] for row in rows]
        sums = {
            got.run_id: got
            for got in self._connection.execute(
                select(
                    poll.c.run_id,
                    func.count().label("polls"),
                    *(
                        func.sum(poll.c[name]).label(name)
                        for name in ("sightings", "known", "repeated", "new")
                    ),
                )
                .where(poll.c.run_id.in_(ids))
                .group_by(poll.c.run_id)
            )
        }
        endings: dict[int, dict[str, int]] = {}
        statuses: dict[int, dict[str, int]] = {}
        for table, column, found in (
            (poll, poll.c.status, statuses),
            (verdict, verdict.c.outcome, endings),
        ):
            for number, word, n in self._connection.execute(
                select(table.c.run_id, column, func.count())
                .where(table.c.run_id.in_(ids))
                .group_by(table.c.run_id, column)
            ):
                found.setdefault(number, {})[word] = n
        earlier = self._of_earlier_runs(ids)
        return [
            _run(
                row,
                {
                    "sources": row["sources"],
                    **(
                        {
                            name: int(getattr(sums[row["id"]], name))
                            for name in ("polls", "sightings", "known", "repeated", "new")
                        }
                        if row["id"] in sums
                        else dict.fromkeys(("polls", "sightings", "known", "repeated", "new"), 0)
                    ),
                    **{f"polls_{word}": n for word, n in statuses.get(row["id"], {}).items()},
                    "resumed": earlier.get(row["id"], 0),
                    "addresses": earlier.get(row["id"], 0)
                    + (int(sums[row["id"]].new) if row["id"] in sums else 0),
                    **endings.get(row["id"], {}),
                },
            )
            for row in rows
        ]

    def _of_earlier_runs(self, ids: Sequence[int]) -> dict[int, int]:
        """How many addresses each run took up that an earlier one saw first and left open.

        With what its own polls found new, these are all that it owes a verdict: a count that does
        not come from the verdicts, so that one which is missing shows.
        """
        rows = self._connection.execute(
            select(verdict.c.run_id, func.count())
            .join(address, address.c.key == verdict.c.key, isouter=True)
            .where(
                verdict.c.run_id.in_(ids),
                address.c.run_id.is_distinct_from(verdict.c.run_id),
            )
            .group_by(verdict.c.run_id)
        )
        return {row[0]: row[1] for row in rows}


def _run(row: RowMapping, counts: dict[str, int]) -> Run:
    return Run(
        id=row["id"],
        what=row["what"],
        started=row["started"],
        finished=row["finished"],
        status=row["status"],
        note=row["note"],
        counts=counts,
    )
