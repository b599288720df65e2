"""Rounds over a real small press: counts, claims, next due times, kills and interruptions."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import pytest

from scheduler.dispatch import bury_the_dead
from scheduler.progress import Progress
from scheduler.round import run_round

if TYPE_CHECKING:
    from collections.abc import Callable

    from stories.archive import Archive
    from stories.config import Config
    from stories.model import Run, SourceState
    from tests.scheduler.conftest import Press

    Desk = Callable[..., tuple[Config, Archive]]

ROOT = Path(__file__).parents[2]
HOUR = timedelta(hours=1)


def now() -> datetime:
    return datetime.now(UTC)


def state_of(archive: Archive, name: str) -> SourceState:
    with archive.reading() as tx:
        return tx.sources.named(name)[0]


def articles(archive: Archive) -> int:
    with archive.reading() as tx:
        return tx.articles.count()


def test_a_round_asks_everybody_and_says_when_they_are_due_next(
    database_url: str, desk: Desk
) -> None:
    """On both engines."""
    config, archive = desk("courier", "tribune", more=f'[archive]\ndatabase = "{database_url}"')
    told: list[Progress] = []
    start = now()
    run = run_round(config, archive, progress=told.append)
    assert (run.status, run.what, run.note) == ("done", "crawl", "")
    assert run.finished is not None
    assert run.counts["sources"] == run.counts["polls"] == 2
    assert run.counts["sightings"] == run.counts["new"] == run.counts["addresses"] == 6
    assert articles(archive) == 6
    assert told
    assert told[-1].sources == 2
    for name in ("courier", "tribune"):
        due = state_of(archive, name).due
        assert due is not None
        assert start + HOUR / 2 < due < now() + HOUR

    again = run_round(config, archive, due_only=True)
    assert (again.status, again.note) == ("skipped", "nothing is due")
    nobody = run_round(config, archive, names=["gazette"])
    assert (nobody.status, nobody.note) == ("skipped", "nobody to ask")
    assert not list((config.data / "rounds").iterdir())


def test_two_rounds_at_once_never_ask_the_same(desk: Desk, press: Press) -> None:
    outlets = [f"outlet{number}" for number in range(6)]
    config, archive = desk(*outlets)
    runs: list[Run] = []

    def half(*names: str) -> None:
        runs.append(run_round(config, archive, names=names))

    threads = [
        threading.Thread(target=half, args=outlets[:4]),
        threading.Thread(target=half, args=outlets[2:]),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [press.polls(outlet) for outlet in outlets] == [1] * 6
    assert sum(run.counts["polls"] for run in runs) == 6
    assert articles(archive) == 18


def test_a_batch_past_its_deadline_is_a_failed_run_and_its_sources_wait(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scheduler.round.PATIENCE", 0.5)
    more = "[schedule]\ndeadline = 3"
    config, archive = desk("hang", more=more)
    run = run_round(config, archive)
    assert run.status == "failed"
    assert run.note == "not done within its deadline of 3 s"
    state = state_of(archive, "hang")
    assert state.error == "batch lost: not done within its deadline of 3 s"
    assert state.failures == 1
    assert state.due is not None
    assert state.due > now()
    with archive.reading() as tx:
        assert tx.sources.due(now() + 2 * HOUR, 10) == [state]


def workers_of(parent: psutil.Process) -> list[psutil.Process]:
    return [
        one for one in parent.children() if any("scheduler.hand" in arg for arg in one.cmdline())
    ]


def parent_of_a_round(home: Path, progress: str) -> subprocess.Popen[str]:
    program = textwrap.dedent(f"""
        from pathlib import Path
        from scheduler.round import run_round
        from stories.archive import open_archive
        from stories.config import load
        config = load(Path({str(home)!r}))
        with open_archive(config.database) as archive:
            run_round(config, archive, progress={progress})
    """)
    command = [sys.executable, "-c", program]
    return subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


SAY = "lambda progress: print(progress, flush=True)"


def test_a_killed_round_is_closed_and_taken_up_by_the_next(desk: Desk) -> None:
    config, archive = desk("courier", "hang")
    with parent_of_a_round(config.home, SAY) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline()
        workers = psutil.Process(parent.pid).children(recursive=True)
        assert workers
        parent.kill()
    psutil.wait_procs(workers, timeout=60)
    (buried,) = bury_the_dead(config, archive, now=now())
    assert (buried.status, buried.note) == ("failed", "its process was killed")
    assert bury_the_dead(config, archive, now=now()) == []
    with archive.writing() as tx:
        free = tx.sources.claim(["courier", "hang"], "next", now() + HOUR, now=now())
    assert free == ("courier", "hang")


def test_a_dead_worker_is_replaced_and_its_batch_done_by_others(desk: Desk) -> None:
    config, archive = desk("courier", "tribune", "gazette")
    killed = []

    def kill_once(_: Progress) -> None:
        if not killed:
            (worker,) = workers_of(psutil.Process())
            killed.append(worker.pid)
            worker.kill()

    run = run_round(config, archive, progress=kill_once)
    assert killed
    assert run.status == "done"
    assert articles(archive) == 9
    assert {state_of(archive, name).failures for name in ("courier", "tribune", "gazette")} == {0}


def test_ctrl_c_ends_a_round_cleanly(desk: Desk) -> None:
    config, archive = desk("courier", "hang")
    with parent_of_a_round(config.home, SAY) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline()
        workers = psutil.Process(parent.pid).children(recursive=True)
        os.kill(parent.pid, signal.SIGINT)
        _, errors = parent.communicate()
    assert parent.returncode == -signal.SIGINT
    assert errors.rstrip().endswith("KeyboardInterrupt")
    assert psutil.wait_procs(workers, timeout=60)[1] == []
    with archive.reading() as tx:
        (run,) = tx.runs.recent()
    assert (run.status, run.note) == ("stopped", "interrupted")
    with archive.writing() as tx:
        assert tx.sources.claim(["courier", "hang"], "next", now() + HOUR, now=now()) == (
            "courier",
            "hang",
        )
