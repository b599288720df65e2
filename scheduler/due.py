"""Who is to be asked: sources, and declared home pages whose sources are yet to be found.

A home page on which nothing is found has no row of its own that could say when to look again; its
failed looks are kept as polls under its declared name, and it is tried ever less often.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from scheduler.pace import Pace, retry
from scheduler.timetable import asked_to_wait, mark, timetables
from stories.archive import Transaction
from stories.config import Config
from stories.model import Poll, PollStatus, SourceState

LOST = "batch lost: "
"""How the error of a source begins whose batch did not come to its end."""
_TRIES = 20
_MAY_ASK_FOR_A_WAIT = (PollStatus.DEFERRED, PollStatus.FAILED, PollStatus.REFUSED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Whom to ask; `homes` are home pages to discover, name to address.

    `left_alone` names those who would be asked had their outlet not asked for a wait.
    """

    states: Sequence[SourceState]
    homes: Mapping[str, str]
    left_alone: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the sources."""
        return tuple(state.source.name for state in self.states)

    def __len__(self) -> int:
        return len(self.states) + len(self.homes)


def everybody(tx: Transaction) -> Asked:
    """Everything that is declared."""
    return Asked(states=tx.sources.all(), homes=tx.sources.undiscovered())


def only(asked: Asked, names: Sequence[str]) -> Asked:
    """Those of these names, declared or sources' own."""
    wanted = set(names)
    return Asked(
        states=[
            state
            for state in asked.states
            if state.source.name in wanted or state.source.declared in wanted
        ],
        homes={name: url for name, url in asked.homes.items() if name in wanted},
        left_alone=asked.left_alone,
    )


def patient(tx: Transaction, asked: Asked, now: datetime) -> Asked:
    """Leave alone whose outlet has asked for a wait that is not over."""
    suspects = (state for state in asked.states if state.status in _MAY_ASK_FOR_A_WAIT)
    alone = {one.source.name for one in suspects if asked_to_wait(tx, one.source.name, now)}
    return Asked(
        states=[state for state in asked.states if state.source.name not in alone],
        homes=asked.homes,
        left_alone=tuple(sorted(alone)),
    )


def overdue(config: Config, tx: Transaction, now: datetime, limit: int = 1_000_000) -> Asked:
    """Those whose time has come and whom nobody is asking, the longest overdue first."""
    pace = Pace.of(config)
    homes = {
        name: url
        for name, url in tx.sources.undiscovered().items()
        if _look_again(tx.sources.polls(name, _TRIES), name, pace, now)
    }
    return Asked(states=tx.sources.due(now, limit), homes=homes)


def whom(
    config: Config,
    tx: Transaction,
    now: datetime,
    *,
    names: Sequence[str] = (),
    topic: str | None = None,
    due_only: bool = False,
) -> Asked:
    """Whom a round asks that is wanted for these names, this topic, or only for who is due.

    Of who is due, what its schedule missed while nobody ran is made up first, in a writing
    transaction. Who is asked for by name is asked even where the outlet wants a wait. Raises
    LookupError when there is no such topic.
    """
    if due_only:
        make_up(config, tx, now)
        asked = overdue(config, tx, now)
    else:
        asked = everybody(tx)
    if topic is not None and config.topics[topic].sources:
        asked = only(asked, config.topics[topic].sources)
    return only(asked, names) if names else patient(tx, asked, now)


def split(asked: Asked, size: int) -> Iterator[Asked]:
    """Share out into batches of at most `size`.

    Those that were in a batch that was lost go apart, and the oftener the fewer together, so that
    the one that kills its worker is soon alone.
    """
    apart: dict[int, list[SourceState]] = {}
    for state in asked.states:
        losses = state.failures if (state.error or "").startswith(LOST) else 0
        apart.setdefault(max(1, size >> 2 * losses), []).append(state)
    for most, states in sorted(apart.items(), reverse=True):
        for start in range(0, len(states), most):
            yield Asked(states=states[start : start + most], homes={})
    homes = list(asked.homes.items())
    for start in range(0, len(homes), size):
        yield Asked(states=(), homes=dict(homes[start : start + size]))


def make_up(config: Config, tx: Transaction, now: datetime) -> int:
    """Mark due who missed a fire of a timetable while nobody ran; returns how many did."""
    return mark(tx, timetables(config), now)


def _look_again(tries: Sequence[Poll], name: str, pace: Pace, now: datetime) -> bool:
    return not tries or retry(name, len(tries), tries[0].at, pace) <= now
