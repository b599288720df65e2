"""A walk outward from a watched topic: in a worker of its own, under a run and a deadline."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import partial

from pipeline.readers import Readers
from scheduler.crew import Crew
from scheduler.hand import Ended, Hand, Order
from scheduler.lock import HeldError, Lock
from scheduler.progress import Progress
from spiders import report
from spiders.crawl import run as run_loop
from spiders.outward import walk
from stories.archive import Archive, open_archive
from stories.config import Config
from stories.declare import change_query
from stories.model import Run

_log = logging.getLogger(__name__)

JOB = "scheduler.outward:walk_topics"
PATIENCE = 7.5
_LONG = 3600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """What a worker is given: for which topic to walk, under which run."""

    config: Config
    run: int
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """How a walk went: requests made, ways by what became of them, and why it ended."""

    requests: int = 0
    states: tuple[tuple[str, int], ...] = ()
    left: int = 0
    ended: str = ""
    query: str | None = None

    @property
    def found(self) -> int:
        """Articles of the topic that it found."""
        return dict(self.states).get("found", 0)

    def __str__(self) -> str:
        if not self.requests:
            return f"converged: nothing was asked; {self.ended}"
        said = ", ".join(f"{number} {state}" for state, number in self.states if number)
        end = "" if self.found else "converged: nothing new was found; "
        return f"{end}{self.requests} requests outward: {said or 'nothing'}; {self.ended}"


def is_watched(archive: Archive, topic: str) -> bool:
    """Whether a topic was made from a story."""
    with archive.reading() as tx:
        return tx.coverage.watched(topic) is not None


def run_outward(
    config: Config,
    archive: Archive,
    topic: str,
    *,
    progress: Callable[[Progress], None] | None = None,
) -> tuple[Run, Walk]:
    """Walk outward for a topic once, now; returns the finished run and how the walk went.

    Raises:
        KeyboardInterrupt: on Ctrl-C, once the worker has ended and the run is closed.

    """
    what = f"outward {topic}"
    folder = config.data / "rounds"
    folder.mkdir(parents=True, exist_ok=True)
    try:
        lock = Lock(folder / f"outward-{topic}.walk")
    except HeldError:
        with archive.writing() as tx:
            return tx.runs.skip(what, _now(), "another walk for it is under way"), Walk()
    with archive.writing() as tx:
        _bury(tx.runs.unfinished(), what, tx.runs.finish)
        run = tx.runs.start(what, _now())
    status, note, went = "failed", "", Walk()
    try:
        ended = _crew(Topic(config=config, run=run.id, name=topic), config, progress)
        if isinstance(ended.result, Walk):
            status, went = "done", ended.result
            if went.query is not None:
                change_query(config.home, topic, went.query)
            note = str(went)
        else:
            note = ended.failure or "no word of how it went"
    except KeyboardInterrupt:
        status, note = "stopped", "interrupted"
        raise
    finally:
        with archive.writing() as tx:
            run = tx.runs.finish(run.id, status, _now(), note)
        lock.release(remove=True)
    return run, went


def _bury(runs: list[Run], what: str, finish: Callable[..., Run]) -> None:
    """Close what a killed walk left open: its lock was free, so nobody is at it."""
    for one in runs:
        if one.what == what:
            finish(one.id, "failed", _now(), "its process was killed")


def _crew(topic: Topic, config: Config, progress: Callable[[Progress], None] | None) -> Ended:
    with Crew(JOB, patience=PATIENCE) as crew:
        crew.give(topic, deadline=config.schedule.deadline)
        while True:
            for word in crew.wait(_LONG):
                if isinstance(word, Ended):
                    return word
                if progress is not None and isinstance(word.what, Progress):
                    progress(word.what)


def walk_topics(hand: Hand) -> None:
    """Walk for the topics that `hand` is given, until there are no more or on SIGTERM."""
    with suppress(asyncio.CancelledError):
        run_loop(partial(_at_work, hand))


async def _at_work(hand: Hand) -> None:
    loop = asyncio.get_running_loop()
    orders: asyncio.Queue[Order | None] = asyncio.Queue()
    hand.listen(lambda order: loop.call_soon_threadsafe(orders.put_nowait, order))
    myself = asyncio.current_task()
    if myself is not None:
        loop.add_signal_handler(signal.SIGTERM, myself.cancel)
    while (order := await orders.get()) is not None:
        if not isinstance(order.batch, Topic):
            raise TypeError(f"{order.batch!r} is no topic")
        try:
            went = await _walk(order.batch, partial(_tell, hand, order.number))
        except Exception as error:  # noqa: BLE001 - the next topic must not pay for this one
            _log.exception("walk %d failed", order.number)
            hand.failed(order.number, f"{type(error).__name__}: {error}")
        else:
            hand.done(order.number, went)


async def _walk(topic: Topic, tell: Callable[[report.Progress], None]) -> Walk:
    config = topic.config
    readers = Readers(config.read.processes, config.read.deadline)
    try:
        with open_archive(config.database) as archive:
            walked = await walk(config, archive, topic.run, topic.name, readers, tell)
    finally:
        readers.close()
    return Walk(
        requests=walked.requests,
        states=tuple(walked.states.items()),
        left=walked.left,
        ended=walked.ended,
        query=walked.query,
    )


def _tell(hand: Hand, number: int, progress: report.Progress) -> None:
    hand.tell(number, Progress(**asdict(progress)))


def _now() -> datetime:
    return datetime.now(UTC)
