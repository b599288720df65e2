"""A walk outward from a watched topic: in a worker of its own, under a run and a deadline."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from scheduler.crew import Crew
from scheduler.hand import Ended
from scheduler.lock import HeldError, Lock
from scheduler.progress import Progress
from stories.archive import Archive
from stories.config import Config, ConfigError
from stories.declare import change_query
from stories.model import Run

JOB = "scheduler.walking:walk_topics"
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """A walk under way: its run, and the lock that keeps others from walking for the topic."""

    run: Run
    topic: str
    lock: Lock

    def order(self, config: Config) -> Topic:
        """What a worker is given."""
        return Topic(config=config, run=self.run.id, name=self.topic)


def what(topic: str) -> str:
    """What the runs of a topic's walks are called."""
    return f"outward {topic}"


def begin(config: Config, archive: Archive, topic: str) -> Begun | Run:
    """Open a run for a walk; returns the skipped run when another is under way."""
    folder = config.data / "rounds"
    folder.mkdir(parents=True, exist_ok=True)
    try:
        lock = Lock(folder / f"outward-{topic}.walk")
    except HeldError:
        with archive.writing() as tx:
            return tx.runs.skip(what(topic), _now(), "another walk for it is under way")
    with archive.writing() as tx:
        _bury(tx.runs.unfinished(), what(topic), tx.runs.finish)
        run = tx.runs.start(what(topic), _now())
    return Begun(run=run, topic=topic, lock=lock)


def end(
    config: Config, archive: Archive, begun: Begun, ended: Ended | None, *, stopped: bool = False
) -> tuple[Run, Walk]:
    """Close a walk's run by what the worker said; what was learned becomes the topic's query."""
    status, note, went = "failed", "no word of how it went", Walk()
    try:
        if ended is not None and isinstance(ended.result, Walk):
            status, went = "done", ended.result
            note = str(went)
            if went.query is not None:
                note += _learn(config, begun.topic, went.query)
        elif stopped:
            status, note = "stopped", "interrupted"
        elif ended is not None and ended.failure:
            note = ended.failure
    finally:
        with archive.writing() as tx:
            run = tx.runs.finish(begun.run.id, status, _now(), note)
        begun.lock.release(remove=True)
    return run, went


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
    begun = begin(config, archive, topic)
    if isinstance(begun, Run):
        return begun, Walk()
    try:
        ended = _crew(begun.order(config), config, progress)
    except BaseException as error:
        end(config, archive, begun, None, stopped=isinstance(error, KeyboardInterrupt))
        raise
    return end(config, archive, begun, ended)


def _learn(config: Config, topic: str, query: str) -> str:
    """Write down the query that a walk has sharpened; a mistake in the file is no failed walk."""
    try:
        change_query(config.home, topic, query)
    except ConfigError as error:
        return f"; the query that it learned could not be written down: {error}"
    return ""


def _bury(runs: list[Run], called: str, finish: Callable[..., Run]) -> None:
    """Close what a killed walk left open: its lock was free, so nobody is at it."""
    for one in runs:
        if one.what == called:
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


def _now() -> datetime:
    return datetime.now(UTC)
