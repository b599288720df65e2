"""Which watched topics are owed a walk outward, and what becomes of a walk's run."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from scheduler.hand import Ended
from scheduler.outward import Begun, Walk, begin, end, what
from scheduler.walks import owed
from stories.config import Config
from stories.model import Run
from stories.ways import Watched

if TYPE_CHECKING:
    from pathlib import Path

    from stories.archive import Archive

NOW = datetime(2026, 11, 20, 12, 40, tzinfo=UTC)


@pytest.fixture
def config(tmp_path: Path) -> Config:
    """A topic that was made from a story and goes every half hour, and one that was not."""
    return Config.model_validate(
        {
            "home": tmp_path,
            "topics": {
                "embassy": {"query": "embassy", "schedule": "*/30 * * * *"},
                "ships": {"query": "ferry", "schedule": "*/30 * * * *"},
            },
        }
    )


@pytest.fixture
def watching(archive: Archive) -> Archive:
    with archive.writing() as tx:
        for topic in ("embassy", "given-up"):
            tx.coverage.watch(Watched(topic=topic, url=None, title="x", text="x", made=NOW))
    return archive


def went(archive: Archive, minutes: int) -> None:
    with archive.writing() as tx:
        run = tx.runs.start(what("embassy"), NOW - timedelta(minutes=minutes))
        tx.runs.finish(run.id, "done", NOW)


def test_a_watched_topic_is_owed_its_first_walk_at_once_and_others_by_its_line(
    config: Config, watching: Archive
) -> None:
    with watching.reading() as tx:
        assert owed(config, tx, NOW) == ("embassy",)
    went(watching, 95)
    with watching.reading() as tx:
        assert owed(config, tx, NOW) == ("embassy",)
    went(watching, 5)
    with watching.reading() as tx:
        assert owed(config, tx, NOW) == ()
        assert owed(config, tx, NOW + timedelta(minutes=20)) == ("embassy",)


def test_a_walk_that_was_skipped_does_not_count_as_one(config: Config, watching: Archive) -> None:
    went(watching, 95)
    with watching.writing() as tx:
        tx.runs.skip(what("embassy"), NOW, "another walk for it is under way")
    with watching.reading() as tx:
        assert owed(config, tx, NOW) == ("embassy",)


def test_two_walks_for_one_topic_are_never_under_way(config: Config, watching: Archive) -> None:
    first = begin(config, watching, "embassy")
    assert isinstance(first, Begun)
    second = begin(config, watching, "embassy")
    assert isinstance(second, Run)
    assert (second.status, second.note) == ("skipped", "another walk for it is under way")
    run, walk = end(config, watching, first, Ended(number=1, result=Walk(requests=3)))
    assert (run.status, walk.requests) == ("done", 3)
    assert isinstance(begin(config, watching, "embassy"), Begun)


def test_a_run_says_how_its_walk_went(config: Config, watching: Archive) -> None:
    for ended, stopped, status, note in (
        (Ended(number=1, failure="the worker hung up"), False, "failed", "the worker hung up"),
        (Ended(number=1, failure="stopped"), True, "stopped", "interrupted"),
        (None, False, "failed", "no word of how it went"),
    ):
        begun = begin(config, watching, "embassy")
        assert isinstance(begun, Begun)
        run, _ = end(config, watching, begun, ended, stopped=stopped)
        assert (run.status, run.note) == (status, note)


def test_what_a_walk_learned_is_not_lost_silently_where_the_file_has_a_mistake(
    config: Config, watching: Archive, tmp_path: Path
) -> None:
    (tmp_path / "newsdesk.toml").write_text("[topics")
    begun = begin(config, watching, "embassy")
    assert isinstance(begun, Begun)
    learned = Ended(number=1, result=Walk(requests=3, query="embassy OR mission"))
    run, _ = end(config, watching, begun, learned)
    assert run.status == "done"
    assert "could not be written down" in run.note
