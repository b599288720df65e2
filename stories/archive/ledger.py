"""The ledger: the final verdict on each address in each run."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, RowMapping, func, select

from stories.archive.upsert import upsert
from stories.model import Outcome, Step, Verdict
from stories.tables.press import verdict

REPLACED = ("url", "at", "outcome", "reason", "source", "steps", "retry_at")


class Ledger:
    """The rows of `verdict` in one transaction."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, run: int, verdicts: Sequence[Verdict]) -> None:
        """Keep final verdicts; a run has one an address, so a later one replaces an earlier."""
        rows = [
            {
                "run_id": run,
                "key": one.key,
                "url": one.url,
                "at": one.at,
                "outcome": one.outcome.value,
                "reason": one.reason,
                "source": one.source,
                "steps": [[step.at.isoformat(), step.what] for step in one.steps],
                "retry_at": one.retry_at,
            }
            for one in verdicts
        ]
        upsert(self._connection, verdict, rows, replace=REPLACED)

    def of(self, key: str) -> list[tuple[int, Verdict]]:
        """What became of an address in each run that worked on it, oldest first."""
        rows = self._connection.execute(
            select(verdict).where(verdict.c.key == key).order_by(verdict.c.run_id)
        ).mappings()
        return [(row["run_id"], _verdict(row)) for row in rows]

    def of_run(self, run: int, outcome: Outcome | None = None) -> list[Verdict]:
        """All verdicts of a run, or those with one outcome."""
        query = select(verdict).where(verdict.c.run_id == run)
        if outcome is not None:
            query = query.where(verdict.c.outcome == outcome.value)
        rows = self._connection.execute(query.order_by(verdict.c.at, verdict.c.key)).mappings()
        return [_verdict(row) for row in rows]

    def counts(self, run: int) -> dict[Outcome, int]:
        """How many addresses of a run ended in which way."""
        rows = self._connection.execute(
            select(verdict.c.outcome, func.count())
            .where(verdict.c.run_id == run)
            .group_by(verdict.c.outcome)
        )
        return {Outcome(outcome): n for outcome, n in rows}

    def reasons(self, run: int) -> dict[tuple[Outcome, str], int]:
        """The same by outcome and the countable word of the reason, the most frequent first."""
        rows = self._connection.execute(
            select(verdict.c.outcome, verdict.c.reason, func.count())
            .where(verdict.c.run_id == run)
            .group_by(verdict.c.outcome, verdict.c.reason)
        )
        sums: dict[tuple[Outcome, str], int] = {}
        for outcome, reason, n in rows:
            word = (Outcome(outcome), reason.split(":", 1)[0].strip())
            sums[word] = sums.get(word, 0) + n
        return dict(sorted(sums.items(), key=lambda one: (-one[1], one[0])))


def _verdict(row: RowMapping) -> Verdict:
    return Verdict(
        url=row["url"],
        key=row["key"],
        at=row["at"],
        outcome=Outcome(row["outcome"]),
        reason=row["reason"],
        source=row["source"],
        steps=tuple(Step(at=datetime.fromisoformat(at), what=what) for at, what in row["steps"]),
        retry_at=row["retry_at"],
    )
