"""How batches of sources reach workers: claimed for one run, so that never two work on the same.

A source is claimed in the archive, which holds across processes and machines. The owner of a
claim also holds a lock file in ``data/rounds``; when the process dies, whichever way, the next
one to look finds the lock free, gives the sources back and closes the run (:func:`bury_the_dead`).
On another machine, where the file is not seen, a claim ends by itself when its lease runs out.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

from scheduler.due import LOST, Asked, only
from scheduler.lock import HeldError, Lock
from scheduler.pace import Pace, next_due
from stories.archive import Archive, Transaction
from stories.config import Config
from stories.model import Poll, PollStatus, Run

_log = logging.getLogger(__name__)
MARGIN = timedelta(minutes=1)
_REMEMBERED = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What a worker is given: the run it works for, and whom to ask.

    `homes` are declared home pages (name to address) to be discovered first; what is found there
    is claimed for `owner` until `until` and asked too.
    """

    config: Config
    run: int
    owner: str
    until: datetime
    names: tuple[str, ...]
    homes: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Crawled:
    """A batch that came to its end: who was asked, and why home pages gave nothing to ask."""

    names: tuple[str, ...]
    barren: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A run under way, with the sources that nobody else may poll meanwhile."""

    run: Run
    owner: str
    until: datetime
    asked: Asked
    lock: Lock

    def batch(self, config: Config, asked: Asked) -> Batch:
        """Make a batch of some of the asked."""
        return Batch(
            config=config,
            run=self.run.id,
            owner=self.owner,
            until=self.until,
            names=asked.names,
            homes=asked.homes,
        )


@dataclass(slots=True, kw_only=True)
class Went:
    """How a claim went, gathered while it lasts.

    `names` were asked, `failed` says of whom nothing came and why: of a home page on which
    nothing was found, or of a source whose batch did not come to its end. Both are kept as failed
    polls, so that they have the same consequences and the operator sees them.
    """

    status: str = "done"
    note: str = ""
    names: set[str] = field(default_factory=set)
    failed: dict[str, str] = field(default_factory=dict)

    def done(self, crawled: Crawled) -> None:
        """Take note of a batch that came to its end."""
        self.names.update(crawled.names)
        self.failed.update(crawled.barren)

    def lost(self, names: Iterable[str], why: str) -> None:
        """Take note of a batch that did not."""
        self.status = "failed"
        self.note = "; ".join(filter(None, [self.note, why]))
        self.failed.update((name, LOST + why) for name in names)


def claim(
    config: Config,
    archive: Archive,
    what: str,
    asked: Asked,
    *,
    now: datetime,
    lasts: float,
) -> Claim | Run:
    """Start a run over those of the asked that nobody else holds, for `lasts` seconds.

    Returns the skipped run when others hold them all. Home pages without sources cannot be held.
    """
    owner = uuid4().hex
    until = now + timedelta(seconds=lasts) + MARGIN
    lock = Lock(_folder(config) / f"{owner}.new")
    try:
        # Under its real name nobody ever sees it unlocked while we live.
        lock.rename(_folder(config) / f"{owner}.lock")
        with archive.writing() as tx:
            got = tx.sources.claim(asked.names, owner, until, now=now)
            mine = only(asked, [*got, *asked.homes])
            if mine:
                run = tx.runs.start(what, now, len(mine))
                lock.write(str(run.id))
            else:
                run = tx.runs.skip(what, now, "all of its sources are being crawled already")
    except BaseException:
        lock.release(remove=True)
        raise
    if not mine:
        lock.release(remove=True)
        return run
    return Claim(run=run, owner=owner, until=until, asked=mine, lock=lock)


def settle(
    config: Config,
    archive: Archive,
    claimed: Claim,
    went: Went,
    *,
    now: datetime,
) -> Run:
    """Close a claim: say when each source is due next, give them all back, finish the run."""
    pace = Pace.of(config)
    with archive.writing() as tx:
        for name, why in went.failed.items():
            failed = Poll(source=name, at=now, status=PollStatus.FAILED, error=why)
            tx.sources.record(failed, claimed.run.id)
        names = {*claimed.asked.names, *went.names}
        for state in tx.sources.named(*names):
            if state.polled and state.polled >= claimed.run.started:
                polls = tx.sources.polls(state.source.name, _REMEMBERED)
                tx.sources.set_next(state.source.name, next_due(state, polls, now, pace))
        tx.sources.release(claimed.owner)
        run = tx.runs.finish(claimed.run.id, went.status, now, went.note)
    claimed.lock.release(remove=True)
    return run


def bury_the_dead(config: Config, archive: Archive, *, now: datetime) -> list[Run]:
    """Give back the sources of processes that died here, and close their runs as failed."""
    buried = []
    for path in sorted(_folder(config).glob("*.lock")):
        try:
            lock = Lock(path)
        except HeldError:
            continue
        with archive.writing() as tx:
            tx.sources.release(path.stem)
            run = _run_of(tx, lock.text())
            if run and run.finished is None:
                buried.append(tx.runs.finish(run.id, "failed", now, "its process was killed"))
                _log.warning("run %d had not ended: its process was killed", run.id)
        lock.release(remove=True)
    return buried


def _run_of(tx: Transaction, text: str) -> Run | None:
    return tx.runs.get(int(text)) if text.isdigit() else None


def _folder(config: Config) -> Path:
    return config.data / "rounds"
