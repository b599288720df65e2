"""newsdesk crawl: one round now."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from newsdesk.options import AsJson, Home

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from newsdesk.desk import Desk
    from scheduler.progress import Progress
    from stories.model import Run


def crawl(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="SOURCE...", help="Only these; else all.")
    ] = None,
    *,
    topic: Annotated[
        str | None, typer.Option(metavar="TOPIC", help="Only the sources of this topic.")
    ] = None,
    due: Annotated[
        bool, typer.Option("--due", help="Only what is due by its schedule: for your own cron.")
    ] = False,
    as_json: AsJson = False,
    home: Home = None,
) -> None:
    """One round now: poll the sources, fetch and file what is new. Ends with counts that add up."""
    import logging

    from newsdesk import desk, logs, shapes
    from newsdesk.progress import shown
    from newsdesk.report import report
    from newsdesk.terminal import console, data, line
    from scheduler.outward import is_watched
    from scheduler.round import run_round

    logs.log(logging.WARNING, times=False)
    with desk.at(home) as here, _stopped():
        if topic is not None and is_watched(here.archive, topic) and not names:
            raise typer.Exit(_outward(here, topic, due=due, as_json=as_json))
        _known(here, names or [], topic)
        with shown(quiet=as_json) as progress:
            run = run_round(
                here.config,
                here.archive,
                names=tuple(names or ()),
                topic=topic,
                due_only=due,
                progress=progress,
            )
            walks = _walks(here, progress) if due and not names and topic is None else []
        with here.archive.reading() as tx:
            if as_json:
                reasons = tx.ledger.reasons(run.id)
                counted = {f"{outcome.value}: {word}": n for (outcome, word), n in reasons.items()}
                also = {"outward": [shapes.run(walk) for walk in walks]} if walks else {}
                data({**shapes.run(run), "reasons": counted, **also})
            else:
                report(run, tx)
                for walk in walks:
                    console().print(f"{line(walk.what)} {walk.status}: {line(walk.note)}")
    raise typer.Exit(max(map(_code, (run, *walks))))


def _walks(here: Desk, progress: Callable[[Progress], None] | None) -> list[Run]:
    """Walk outward for every watched topic that is due."""
    from datetime import UTC, datetime

    from scheduler.outward import run_outward
    from scheduler.walks import owed

    with here.archive.reading() as tx:
        topics = owed(here.config, tx, datetime.now(UTC))
    return [run_outward(here.config, here.archive, topic, progress=progress)[0] for topic in topics]


@contextmanager
def _stopped() -> Iterator[None]:
    """Say what a Ctrl-C has left behind."""
    try:
        yield
    except KeyboardInterrupt:
        said = "Stopped. What was fetched is filed; the next crawl takes up the rest."
        typer.echo(said, err=True)
        raise


def _outward(here: Desk, topic: str, *, due: bool, as_json: bool) -> int:
    """A round of a watched topic: its sources, then outward within the budget; the exit code."""
    from newsdesk import shapes
    from newsdesk.progress import shown
    from newsdesk.report import report
    from newsdesk.terminal import console, data, line
    from scheduler.outward import run_outward
    from scheduler.round import run_round

    here.known_topic(topic)
    runs = []
    with here.archive.reading() as tx:
        sources = bool(tx.sources.all()) or bool(here.config.sources)
    with shown(quiet=as_json) as progress:
        if sources:
            runs.append(
                run_round(here.config, here.archive, topic=topic, due_only=due, progress=progress)
            )
        run, went = run_outward(here.config, here.archive, topic, progress=progress)
    if as_json:
        outward = {
            "requests": went.requests,
            "found": went.found,
            "converged": run.status == "done" and not went.found,
            "ways": dict(went.states),
            "left": went.left,
            "ended": went.ended,
        }
        data({**shapes.run(run), "outward": outward, "sources": [*map(shapes.run, runs)]})
    else:
        for one in runs:
            with here.archive.reading() as tx:
                report(one, tx)
        console().print(f"Run {run.id} {run.status}: {line(run.note)}", soft_wrap=True)
        console().print(f"newsdesk coverage {topic} shows what was found, and how.")
    return max(map(_code, (*runs, run)))


def _known(here: Desk, names: list[str], topic: str | None) -> None:
    """Raise Misuse for sources or a topic that are not there, or when there is nothing to crawl."""
    from newsdesk.misuse import Misuse, unknown

    if topic is not None:
        here.known_topic(topic)
    with here.archive.reading() as tx:
        own = {state.source.name for state in tx.sources.all()}
        watched = tx.coverage.topics()
    known = own | set(here.config.sources)
    if not known and not watched:
        raise Misuse("There are no sources to crawl.", "newsdesk source add URL makes some.")
    for name in names:
        if name not in known:
            raise unknown("source", name, sorted(known), see="newsdesk sources")


def _code(run: Run) -> int:
    return 0 if run.status in ("done", "skipped") else 1
