"""The crew, with real processes: what they report, how they die, and that nothing survives them."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import pytest

from scheduler.crew import Crew
from scheduler.hand import Ended, Progress

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
JOBS = "tests.scheduler.jobs:odd_jobs"
ENOUGH = 60.0


@pytest.fixture
def crew() -> Iterator[Crew]:
    with Crew(JOBS, size=2, patience=0.3) as crew:
        yield crew


def until_ended(crew: Crew, *numbers: int) -> tuple[dict[int, Ended], list[Progress]]:
    """Wait for these orders to end; each has to do so exactly once."""
    ended: dict[int, Ended] = {}
    progress = []
    while ended.keys() != set(numbers):
        for report in crew.wait(ENOUGH):
            if isinstance(report, Ended):
                assert report.number not in ended
                ended[report.number] = report
            else:
                progress.append(report)
    return ended, progress


def the_end_of(crew: Crew, batch: object, deadline: float = ENOUGH) -> Ended:
    number = crew.give(batch, deadline=deadline)
    return until_ended(crew, number)[0][number]


def told_pids(crew: Crew, jobs: int = 1) -> list[int]:
    """Wait until so many jobs ``child`` have said that their child is there."""
    told: list[object] = []
    while told.count("ready") < jobs:
        told += [report.what for report in crew.wait(ENOUGH) if isinstance(report, Progress)]
    return [pid for pid in told if isinstance(pid, int)]


def gone(pid: int) -> bool:
    """Wait until a process has gone; a zombie that its init has not reaped yet counts as gone."""
    for _ in range(600):
        try:
            if psutil.Process(pid).status() == psutil.STATUS_ZOMBIE:
                return True
        except psutil.NoSuchProcess:
            return True
        time.sleep(0.05)
    return False


def test_batches_are_done_and_progress_is_told(crew: Crew) -> None:
    one, two = (crew.give(("add", count, 5), deadline=ENOUGH) for count in (3, 4))
    assert crew.free == 0
    with pytest.raises(RuntimeError, match="every worker has a batch"):
        crew.give(("add", 1), deadline=ENOUGH)
    ended, progress = until_ended(crew, one, two)
    assert (ended[one].result, ended[two].result) == (8, 9)
    assert all(report.failure is None for report in ended.values())
    assert sorted((report.number, report.what) for report in progress) == [
        (one, 3),
        (one, 5),
        (two, 4),
        (two, 5),
    ]
    assert crew.free == 2


def test_a_worker_lives_for_many_batches(crew: Crew) -> None:
    assert len({the_end_of(crew, ("pid",)).result for _ in range(5)}) == 1


def test_a_worker_is_renewed_after_its_batches() -> None:
    with Crew(JOBS, renew_after=2) as crew:
        pids = [the_end_of(crew, ("pid",)).result for _ in range(4)]
    assert pids[0] == pids[1] != pids[2] == pids[3]


def test_a_worker_that_has_grown_is_renewed() -> None:
    with Crew(JOBS, most_memory=100 * 2**20) as crew:
        before = the_end_of(crew, ("pid",)).result
        assert the_end_of(crew, ("grow", 2**20)).memory < 100 * 2**20
        assert the_end_of(crew, ("pid",)).result == before
        assert the_end_of(crew, ("grow", 120 * 2**20)).memory > 100 * 2**20
        assert the_end_of(crew, ("pid",)).result != before


def test_a_crew_renewed_starts_others(crew: Crew) -> None:
    before = the_end_of(crew, ("pid",)).result
    crew.renew()
    assert the_end_of(crew, ("pid",)).result != before


def test_a_failed_batch_leaves_its_worker_in_place(crew: Crew) -> None:
    before = the_end_of(crew, ("pid",)).result
    assert the_end_of(crew, ("fail", "no such page")).failure == "no such page"
    assert the_end_of(crew, ("pid",)).result == before


@pytest.mark.parametrize(
    ("batch", "how"),
    [
        (("die", signal.SIGKILL), "killed by SIGKILL"),
        (("die", signal.SIGSEGV), "killed by SIGSEGV"),
        (("exit", 3), "ended with exit code 3"),
        (("exit", 0), "ended with exit code 0"),
    ],
)
def test_a_dead_worker_is_reported_and_replaced(
    crew: Crew, batch: tuple[object, ...], how: str
) -> None:
    failure = the_end_of(crew, batch).failure
    assert failure is not None
    assert how in failure
    assert the_end_of(crew, ("add", 1, 1)).result == 2


def test_a_worker_that_died_while_idle_costs_no_batch(crew: Crew) -> None:
    pid = the_end_of(crew, ("pid",)).result
    assert isinstance(pid, int)
    os.kill(pid, signal.SIGKILL)
    crew.wait(ENOUGH)
    assert the_end_of(crew, ("add", 1, 1)).result == 2


def test_a_job_that_cannot_be_started_fails_its_batch() -> None:
    with Crew("tests.scheduler.jobs:no_such_job") as crew:
        assert the_end_of(crew, ()).failure == "the worker ended with exit code 1"


def test_a_deadline_ends_the_worker_and_its_children() -> None:
    """Also one that does not hear SIGTERM; nobody else is disturbed."""
    with Crew(JOBS, size=3, patience=0.3) as crew:
        numbers = [crew.give(("child", *deaf), deadline=3) for deaf in ((), ("deaf",))]
        children = told_pids(crew, 2)
        other = crew.give(("add", 20, 3), deadline=ENOUGH)
        ended, _ = until_ended(crew, *numbers, other)
        for number in numbers:
            assert ended[number].failure == "not done within its deadline of 3 s"
        assert ended[other].result == 23
        assert all(gone(child) for child in children)


def test_close_ends_everything_and_reports_what_was_under_way() -> None:
    crew = Crew(JOBS, size=2, patience=0.3)
    the_end_of(crew, ("pid",))
    number = crew.give(("child", "deaf"), deadline=ENOUGH)
    (child,) = told_pids(crew)
    pids = crew.pids
    last = crew.close()
    assert [(report.number, report.failure) for report in last if isinstance(report, Ended)] == [
        (number, "stopped")
    ]
    assert crew.pids == ()
    assert all(gone(pid) for pid in (*pids, child))


def test_a_worker_that_closes_its_pipe_is_ended() -> None:
    with Crew("tests.scheduler.jobs:lasting") as crew:
        number = crew.give((), deadline=ENOUGH)
        (pid,) = crew.pids
        ended, _ = until_ended(crew, number)
    assert ended[number].failure == "the worker hung up"
    assert gone(pid)


def test_log_records_reach_the_parent(crew: Crew, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        the_end_of(crew, ("say", "the feed is silent"))
    ((name, level, text),) = caplog.record_tuples
    assert (name, level) == ("odd", logging.ERROR)
    assert text.startswith("the feed is silent\nTraceback")
    assert text.endswith("IndexError: string index out of range")


def test_wait_ends_when_something_else_is_readable(crew: Crew) -> None:
    read, write = os.pipe()
    try:
        os.write(write, b"x")
        assert crew.wait(ENOUGH, [read]) == []
    finally:
        os.close(read)
        os.close(write)


def test_workers_and_their_children_die_with_a_killed_parent() -> None:
    program = textwrap.dedent("""
        from scheduler.crew import Crew
        crew = Crew("tests.scheduler.jobs:odd_jobs")
        crew.give(("child", "deaf"), deadline=600)
        told = []
        while "ready" not in told:
            told += [report.what for report in crew.wait(60)]
        print(*crew.pids, told[0], flush=True)
        crew.wait(600)
    """)
    with subprocess.Popen(
        [sys.executable, "-c", program], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout is not None
        worker, child = map(int, parent.stdout.readline().split())
        assert psutil.pid_exists(worker)
        assert psutil.pid_exists(child)
        parent.kill()
    assert gone(worker)
    assert gone(child)
