"""One round now: whoever is asked for, in one worker process, under one run.

A batch whose worker dies is asked again in smaller ones, until the source that kills it is alone:
the others lose nothing by their company. A batch that outlasts its deadline is lost.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from scheduler.crew import Crew
from scheduler.dispatch import Claim, Crawled, Went, bury_the_dead, claim, settle
from scheduler.due import Asked, everybody, only, split, whom
from scheduler.hand import Ended
from scheduler.progress import Progress
from stories.archive import Archive
from stories.config import Config
from stories.model import Run

JOB = "scheduler.work:crawl_batches"
# A stopped crawl finishes what is under way within six seconds; all has to be over in ten.
PATIENCE = 7.5
_SMALLER = 4
_LONG = 3600.0


def run_round(
    config: Config,
    archive: Archive,
    *,
    names: Sequence[str] = (),
    topic: str | None = None,
    due_only: bool = False,
    progress: Callable[[Progress], None] | None = None,
) -> Run:
    """Crawl once, now, and return the run, finished, with its counts.

    Args:
        config: what the operator wants; the archive must be in line with it.
        archive: where everything is kept.
        names: ask only these, declared or sources' own; none means everybody.
        topic: ask only the sources of this topic.
        due_only: ask only who is due; what its schedule missed is made up once.
        progress: told how far the round is, some times a second at most.

    Raises:
        KeyboardInterrupt: on Ctrl-C, once the worker has ended and the run is closed.
        LookupError: there is no such topic.

    """
    now = _now()
    bury_the_dead(config, archive, now=now)
    with archive.writing() as tx:
        asked = whom(config, tx, now, names=names, topic=topic, due_only=due_only)
    what = _what(names, topic, due_only=due_only)
    if not asked:
        with archive.writing() as tx:
            why = "nothing is due" if due_only else "nobody to ask"
            return tx.runs.skip(what, now, _noting(why, asked))
    lasts = 2 * _deadline(config, asked)
    claimed = claim(config, archive, what, asked, now=now, lasts=lasts)
    if isinstance(claimed, Run):
        return claimed
    went = Went(note=_noting("", asked))
    try:
        _crawl(config, archive, claimed, went, progress)
    except BaseException as error:
        went.status = "stopped" if isinstance(error, KeyboardInterrupt) else "failed"
        went.note = "interrupted" if isinstance(error, KeyboardInterrupt) else repr(error)
        settle(config, archive, claimed, went, now=_now())
        raise
    return settle(config, archive, claimed, went, now=_now())


def _crawl(
    config: Config,
    archive: Archive,
    claimed: Claim,
    went: Went,
    progress: Callable[[Progress], None] | None,
) -> None:
    rest = deque(split(claimed.asked, len(claimed.asked)))
    with Crew(JOB, patience=PATIENCE) as crew:
        while rest:
            some = rest.popleft()
            crew.give(claimed.batch(config, some), deadline=_deadline(config, some))
            ended = _follow(crew, progress)
            company = [*some.names, *some.homes]
            if isinstance(ended.result, Crawled):
                went.done(ended.result)
            elif ended.died and len(some) > 1:
                with archive.reading() as tx:
                    again = only(everybody(tx), company)
                rest.extend(split(again, math.ceil(len(some) / _SMALLER)))
            else:
                went.lost(company, ended.failure or "no word of how it went")


def _follow(crew: Crew, progress: Callable[[Progress], None] | None) -> Ended:
    while True:
        for report in crew.wait(_LONG):
            if isinstance(report, Ended):
                return report
            if progress is not None and isinstance(report.what, Progress):
                progress(report.what)


def _noting(note: str, asked: Asked) -> str:
    names = ", ".join(asked.left_alone)
    return "; ".join(filter(None, [note, names and f"left alone, as their outlets ask: {names}"]))


def _what(names: Sequence[str], topic: str | None, *, due_only: bool) -> str:
    words = ["crawl", *(["--due"] if due_only else [])]
    if topic is not None:
        words.append(f"--topic {topic}")
    return " ".join([*words, *names])


def _deadline(config: Config, asked: Asked) -> float:
    """Seconds for so many at once; the configuration says how many may take how long."""
    return config.schedule.deadline * math.ceil(len(asked) / config.schedule.batch)


def _now() -> datetime:
    return datetime.now(UTC)
