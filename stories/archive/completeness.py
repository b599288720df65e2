"""What may be missing from an answer: which sources were down, blocked or quiet in a period."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, Integer, case, cast, func, or_, select

from stories.model import PollStatus
from stories.tables.press import poll, source

USUAL = timedelta(days=28)
"""What is usual is what the time before the period was like, as far back as this."""

QUIET = 0.5
"""A source is quiet when it gave less than this share of what is usual for it."""

LEAST = 5.0
"""Below so many new items expected, nothing is said of a source's volume: chance does that."""

_BLOCKED = (401, 403, 407, 429, 451)
_DAY = 86_400


@dataclass(frozen=True, slots=True, kw_only=True)
class Lack:
    """One source that gave less than it might have: polls, those that failed, new items."""

    source: str
    outlet: str
    polls: int
    failed: int
    blocked: int
    gaps: int
    new: int
    usual: float | None

    @property
    def down(self) -> bool:
        """No poll of the period came through."""
        return self.polls > 0 and self.failed == self.polls

    @property
    def quiet(self) -> bool:
        """It gave much less than is usual."""
        return self.usual is not None and self.usual >= LEAST and self.new < QUIET * self.usual

    def sentence(self) -> str:
        """What an operator reads."""
        said = []
        if self.polls == 0:
            said.append("was not asked")
        elif self.down:
            said.append(f"was down: all {self.polls} polls failed")
        elif self.failed:
            said.append(f"{self.failed} of {self.polls} polls failed")
        if self.blocked:
            said.append(f"{self.blocked} were blocked")
        if self.quiet:
            said.append(f"gave {self.new} new items, usually about {self.usual:.0f}")
        if self.gaps:
            said.append(f"may have lost items {self.gaps} times")
        return f"{self.source}: {', '.join(said)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Completeness:
    """How complete an answer about a period can be: of `sources`, those that lacked."""

    since: datetime | None
    until: datetime | None
    sources: int
    lacking: tuple[Lack, ...]

    def sentence(self) -> str:
        """What an operator reads first."""
        if not self.sources:
            return "No source was followed in this time."
        first = f" since {self.since:%F}" if self.since else ""
        if not self.lacking:
            return f"All {self.sources} sources answered as usual{first}."
        down = sum(one.down or one.polls == 0 for one in self.lacking)
        blocked = sum(one.blocked > 0 for one in self.lacking)
        quiet = sum(one.quiet for one in self.lacking)
        gaps = sum(one.gaps > 0 for one in self.lacking)
        return (
            f"Of {self.sources} sources{first} {down} were down or not asked, {blocked} blocked,"
            f" {quiet} below their usual volume; {gaps} may have lost items."
        )


def completeness(
    connection: Connection, since: datetime | None, until: datetime | None
) -> Completeness:
    """What may be missing of a period; where its beginning is open, of its last USUAL."""
    last = until or connection.execute(select(func.max(poll.c.at))).scalar()
    since = since or (last and last - USUAL)
    during: list[ColumnElement[bool]] = []
    if since is not None:
        during.append(poll.c.at >= since)
    if until is not None:
        during.append(poll.c.at < until)
    here = _polls(connection, during)
    usual = _usual(connection, since, last or since) if since else {}
    sources = connection.execute(
        select(source.c.name, source.c.outlet).where(
            or_(source.c.retired.is_(False), source.c.name.in_(list(here)))
        )
    ).all()
    lacks = []
    for name, outlet in sorted(map(tuple, sources)):
        polls, failed, blocked, gaps, new = here.get(name, (0, 0, 0, 0, 0))
        one = Lack(
            source=name,
            outlet=outlet,
            polls=polls,
            failed=failed,
            blocked=blocked,
            gaps=gaps,
            new=new,
            usual=usual.get(name),
        )
        if one.polls == 0 or one.failed or one.blocked or one.gaps or one.quiet:
            lacks.append(one)
    return Completeness(since=since, until=until, sources=len(sources), lacking=tuple(lacks))


def _polls(
    connection: Connection, during: Sequence[ColumnElement[bool]]
) -> dict[str, tuple[int, int, int, int, int]]:
    """Of each source: polls, failed ones, blocked ones, gaps, new items."""
    failed = poll.c.status.in_([PollStatus.FAILED.value, PollStatus.REFUSED.value])
    blocked = or_(poll.c.status == PollStatus.REFUSED.value, poll.c.http_status.in_(_BLOCKED))
    rows = connection.execute(
        select(
            poll.c.source,
            func.count(),
            func.sum(case((failed, 1), else_=0)),
            func.sum(case((blocked, 1), else_=0)),
            func.sum(cast(poll.c.gap, Integer)),
            func.sum(poll.c.new),
        )
        .where(*during)
        .group_by(poll.c.source)
    )
    return {name: (int(a), int(b), int(c), int(d), int(e)) for name, a, b, c, d, e in rows}


def _usual(connection: Connection, since: datetime, last: datetime) -> Mapping[str, float]:
    """How many new items each source would give in the period if it went on as before."""
    first = since - USUAL
    rows = connection.execute(
        select(poll.c.source, func.sum(poll.c.new), func.min(poll.c.at), func.max(poll.c.at))
        .where(poll.c.at >= first, poll.c.at < since)
        .group_by(poll.c.source)
    ).all()
    length = max(0.0, (last - since).total_seconds())
    usual = {}
    for name, new, begin, end in rows:
        known = (end - begin).total_seconds()
        # Less than a day tells nothing of what is usual.
        if known >= _DAY:
            usual[name] = int(new) * length / known
    return usual
