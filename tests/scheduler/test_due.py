"""Who is asked: by name, by topic, by their schedule, and after failures."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from scheduler.due import LOST, Asked, overdue, split, whom
from scheduler.roster import align
from stories.config import Config
from stories.model import Poll, PollStatus, Source, SourceKind, SourceState

if TYPE_CHECKING:
    from pathlib import Path

    from stories.archive import Archive

NOW = datetime(2026, 11, 20, 12, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def config(tmp_path: Path, archive: Archive) -> Config:
    """Two feeds, a page not discovered yet, and a topic limited to one of the feeds at seven."""
    config = Config.model_validate(
        {
            "home": tmp_path,
            "schedule": {"time_zone": "Europe/Berlin"},
            "sources": {
                "courier": {"url": "http://courier.test/feed.xml", "kind": "feed"},
                "tribune": {
                    "url": "http://tribune.test/feed.xml",
                    "kind": "feed",
                    "schedule": "0 6 * * *",
                },
                "gazette": {"url": "http://gazette.test/"},
            },
            "topics": {
                "ships": {"query": "ferry", "schedule": "0 7 * * *", "sources": ["courier"]},
            },
        }
    )
    align(config, archive)
    return config


def polled(archive: Archive, name: str, at: datetime, **more: object) -> None:
    """A poll, after which nothing is due for ages but by a timetable."""
    poll = Poll(source=name, at=at, status=PollStatus.OK, sightings=1, known=1)
    with archive.writing() as tx:
        tx.sources.record(replace(poll, **more))  # type: ignore[arg-type]
        tx.sources.set_next(name, NOW + 1000 * HOUR)


def names(asked: Asked) -> set[str]:
    return {*asked.names, *asked.homes}


def due(config: Config, archive: Archive, now: datetime = NOW) -> set[str]:
    with archive.writing() as tx:
        return names(whom(config, tx, now, due_only=True))


def test_everybody_some_and_those_of_a_topic(config: Config, archive: Archive) -> None:
    with archive.reading() as tx:
        assert names(whom(config, tx, NOW)) == {"courier", "tribune", "gazette"}
        assert names(whom(config, tx, NOW, names=["gazette"])) == {"gazette"}
        assert names(whom(config, tx, NOW, topic="ships")) == {"courier"}
        assert not whom(config, tx, NOW, topic="ships", names=["tribune"])
        with pytest.raises(LookupError):
            whom(config, tx, NOW, topic="trains")


def test_what_was_never_asked_is_due(config: Config, archive: Archive) -> None:
    assert due(config, archive) == {"courier", "tribune", "gazette"}


def test_a_missed_fire_is_made_up_once(config: Config, archive: Archive) -> None:
    """The topic fires at 06:00 UTC, the source at 05:00 UTC."""
    day = NOW.replace(hour=0, minute=0)
    polled(archive, "courier", day + 6.5 * HOUR)
    polled(archive, "tribune", day + 4.5 * HOUR)
    assert due(config, archive) == {"tribune", "gazette"}
    polled(archive, "courier", day - 72 * HOUR)
    assert due(config, archive) == {"courier", "tribune", "gazette"}
    polled(archive, "courier", NOW)
    polled(archive, "tribune", NOW)
    assert due(config, archive) == {"gazette"}


def test_a_fire_does_not_break_into_a_wait_that_was_asked_for(
    config: Config, archive: Archive
) -> None:
    polled(archive, "courier", NOW - 24 * HOUR, retry_after=NOW + HOUR)
    polled(archive, "tribune", NOW - 24 * HOUR, retry_after=NOW - HOUR)
    assert due(config, archive) == {"tribune", "gazette"}


def test_a_round_by_hand_leaves_alone_who_asked_for_it_unless_named(
    config: Config, archive: Archive
) -> None:
    """The outlet's wish is kept, and that it is kept is said."""
    busy = {"status": PollStatus.DEFERRED, "retry_after": NOW + HOUR}
    polled(archive, "courier", NOW - HOUR, **busy)
    with archive.reading() as tx:
        asked = whom(config, tx, NOW)
        assert (names(asked), asked.left_alone) == ({"tribune", "gazette"}, ("courier",))
        named = whom(config, tx, NOW, names=["courier"])
        assert (names(named), named.left_alone) == ({"courier"}, ())
        assert names(whom(config, tx, NOW + 2 * HOUR)) == {"courier", "tribune", "gazette"}


def test_a_page_on_which_nothing_is_found_is_tried_ever_less_often(
    config: Config, archive: Archive
) -> None:
    waits = []
    at = NOW
    for _ in range(12):
        with archive.writing() as tx:
            failed = Poll(source="gazette", at=at, status=PollStatus.FAILED, error="no feed")
            tx.sources.record(failed)
        last = at
        while "gazette" not in names_overdue(config, archive, at):
            at += max(timedelta(minutes=5), (at - last) / 8)
        waits.append(at - last)
    assert waits == sorted(waits)
    assert timedelta(minutes=5) < waits[0] < timedelta(minutes=20)
    assert 20 * HOUR < waits[-1] < 28 * HOUR


def names_overdue(config: Config, archive: Archive, now: datetime) -> set[str]:
    with archive.reading() as tx:
        return names(overdue(config, tx, now))


def states(**failures: int) -> list[SourceState]:
    """Sources, and in how many lost batches in a row each was."""
    return [
        SourceState(
            source=Source(
                name=name, url="http://a.test/", kind=SourceKind.FEED, outlet="a", declared=name
            ),
            failures=times,
            error=f"{LOST}killed" if times else None,
        )
        for name, times in failures.items()
    ]


def shares(asked: Asked, size: int) -> list[set[str]]:
    return [names(share) for share in split(asked, size)]


def test_batches_are_no_larger_than_asked_for_and_homes_are_apart() -> None:
    asked = Asked(states=states(a=0, b=0, c=0), homes={"x": "http://x.test/", "y": ""})
    assert shares(asked, 2) == [{"a", "b"}, {"c"}, {"x", "y"}]
    assert shares(Asked(states=(), homes={}), 2) == []


def test_those_of_a_lost_batch_are_soon_alone() -> None:
    asked = Asked(states=states(a=0, b=1, c=1, d=1, e=2, f=2, g=9), homes={})
    assert shares(asked, 8) == [{"a"}, {"b", "c"}, {"d"}, {"e"}, {"f"}, {"g"}]
