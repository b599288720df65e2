"""How many pages each source gave in its latest runs, and how many were no articles."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Connection, and_, case, func, or_, select

from stories.model import Outcome
from stories.tables.press import run, verdict

LATEST = 200
"""Runs that are looked at."""
_READ = (Outcome.FILED, Outcome.VERSION, Outcome.UNCHANGED, Outcome.MOVED, Outcome.DROPPED)


class Tally(NamedTuple):
    """Of one run: the pages of a source that were read, and those of them that were junk."""

    run: int
    pages: int
    junk: int


def tallies(connection: Connection, junk: Sequence[str]) -> dict[str, list[Tally]]:
    """The latest runs of each source, newest first; `junk` are the reasons that count as such."""
    oldest = connection.execute(
        select(run.c.id).order_by(run.c.id.desc()).offset(LATEST - 1).limit(1)
    ).scalar()
    dropped = and_(
        verdict.c.outcome == Outcome.DROPPED.value,
        or_(*(verdict.c.reason.startswith(f"{word}:") for word in junk)),
    )
    bad = func.sum(case((dropped, 1), else_=0)).label("junk")
    rows = connection.execute(
        select(verdict.c.source, verdict.c.run_id, func.count().label("pages"), bad)
        .where(
            verdict.c.run_id >= (oldest or 0),
            verdict.c.source.is_not(None),
            verdict.c.outcome.in_([one.value for one in _READ]),
        )
        .group_by(verdict.c.source, verdict.c.run_id)
        .order_by(verdict.c.run_id.desc())
    )
    found: dict[str, list[Tally]] = {}
    for row in rows:
        found.setdefault(row.source, []).append(Tally(row.run_id, row.pages, int(row.junk)))
    return found
