"""Claims: one owner a source, closed with its consequences, and cleared away when it dies."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from scheduler.dispatch import Claim, Crawled, Went, bury_the_dead, claim, settle
from scheduler.due import LOST, everybody, overdue
from scheduler.lock import HeldError, Lock
from scheduler.roster import align
from stories.config import Config
from stories.model import Poll, PollStatus, Run

if TYPE_CHECKING:
    from stories.archive import Archive

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 11, 20, 12, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def config(tmp_path: Path, archive: Archive) -> Config:
    sources = {
        name: {"url": f"http://{name}.test/feed.xml", "kind": "feed"}
        for name in ("courier", "tribune")
    }
    home = {"gazette": {"url": "http://gazette.test/"}}
    config = Config.model_validate({"home": tmp_path, "sources": {**sources, **home}})
    align(config, archive)
    return config


def claimed(config: Config, archive: Archive, now: datetime = NOW) -> Claim | Run:
    with archive.reading() as tx:
        asked = everybody(tx)
    return claim(config, archive, "test", asked, now=now, lasts=60)


def test_what_is_claimed_is_nobody_elses_until_it_is_settled(
    config: Config, archive: Archive
) -> None:
    one = claimed(config, archive)
    assert isinstance(one, Claim)
    assert one.asked.names == ("courier", "tribune")
    two = claimed(config, archive)
    assert isinstance(two, Claim)  # a home page that has no sources yet cannot be held
    assert (two.asked.names, set(two.asked.homes)) == ((), {"gazette"})
    with archive.writing() as tx:
        for name in one.asked.names:
            tx.sources.record(
                Poll(source=name, at=NOW, status=PollStatus.OK, sightings=3, new=3), one.run.id
            )
    run = settle(config, archive, one, Went(), now=NOW + timedelta(seconds=9))
    assert (run.status, run.counts["polls"], run.counts["sources"]) == ("done", 2, 3)
    settle(config, archive, two, Went(), now=NOW)
    three = claimed(config, archive)
    assert isinstance(three, Claim)
    assert three.asked.names == ("courier", "tribune")
    settle(config, archive, three, Went(), now=NOW)
    with archive.reading() as tx:
        assert overdue(config, tx, NOW + HOUR / 2).names == ()
        assert sorted(overdue(config, tx, NOW + HOUR).names) == ["courier", "tribune"]


def test_a_run_of_which_others_hold_everything_is_skipped(config: Config, archive: Archive) -> None:
    with archive.writing() as tx:
        tx.sources.claim(["courier"], "another", NOW + HOUR, now=NOW)
        asked = everybody(tx)
    only_courier = type(asked)(states=asked.states[:1], homes={})
    run = claim(config, archive, "test", only_courier, now=NOW, lasts=60)
    assert isinstance(run, Run)
    assert (run.status, run.note) == ("skipped", "all of its sources are being crawled already")
    assert list((config.data / "rounds").iterdir()) == []


def test_a_lost_batch_and_a_barren_page_are_failed_polls(config: Config, archive: Archive) -> None:
    one = claimed(config, archive)
    assert isinstance(one, Claim)
    went = Went()
    went.done(Crawled(names=("courier",), barren={"gazette": "no feed"}))
    went.lost(["tribune"], "the worker was killed by SIGSEGV")
    run = settle(config, archive, one, went, now=NOW)
    assert (run.status, run.note) == ("failed", "the worker was killed by SIGSEGV")
    assert run.counts["polls_failed"] == 2
    with archive.reading() as tx:
        (tribune,) = tx.sources.named("tribune")
        assert (tribune.failures, tribune.error) == (1, f"{LOST}the worker was killed by SIGSEGV")
        assert tribune.due is not None
        assert tribune.due > NOW
        assert [poll.error for poll in tx.sources.polls("gazette")] == ["no feed"]
        # Not asked, not failed: still due.
        assert overdue(config, tx, NOW).names == ("courier",)


def test_what_a_dead_process_held_is_free_at_once(config: Config, archive: Archive) -> None:
    """The owner is another process that ends without a word."""
    one = claimed(config, archive)
    assert isinstance(one, Claim)
    assert bury_the_dead(config, archive, now=NOW) == []  # for we live
    path = one.lock.path
    text = one.lock.text()
    one.lock.release()
    program = "import sys, pathlib; from scheduler.lock import Lock; "
    program += "lock = Lock(pathlib.Path(sys.argv[1]), sys.argv[2]); print(flush=True); input()"
    command = [sys.executable, "-c", program, str(path), text]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as owner:
        assert owner.stdout is not None
        owner.stdout.readline()
        assert bury_the_dead(config, archive, now=NOW) == []
        owner.kill()
        owner.wait()
    (run,) = bury_the_dead(config, archive, now=NOW)
    assert (run.id, run.status, run.note) == (one.run.id, "failed", "its process was killed")
    two = claimed(config, archive)
    assert isinstance(two, Claim)
    assert two.asked.names == ("courier", "tribune")
    settle(config, archive, two, Went(), now=NOW)
    assert list((config.data / "rounds").iterdir()) == []


def test_a_lease_ends_by_itself_where_the_lock_is_not_seen(
    config: Config, archive: Archive
) -> None:
    one = claimed(config, archive)
    assert isinstance(one, Claim)
    later = claimed(config, archive, NOW + timedelta(seconds=121))
    assert isinstance(later, Claim)
    assert later.asked.names == ("courier", "tribune")
    for each in (one, later):
        settle(config, archive, each, Went(), now=NOW)


def test_a_lock_says_who_holds_it(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "a.lock"
    with Lock(path, "somebody") as lock:
        lock.write("me")
        with pytest.raises(HeldError) as held:
            Lock(path)
        assert held.value.text == "me"
    with Lock(path) as lock:
        assert lock.text() == "me"
