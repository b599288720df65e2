"""When a source is next due: a table of cases, and what must hold for any history."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.pace import JITTER, LONGEST_WAIT, Pace, interval, next_due, retry
from stories.cron import CronError
from stories.model import Poll, PollStatus, Source, SourceKind, SourceState

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
PACE = Pace(shortest=5 * MINUTE, longest=DAY, zone="Europe/Berlin")


def source(name: str = "courier/feed", schedule: str = "adaptive") -> Source:
    return Source(
        name=name,
        url="https://www.example-courier.test/feed",
        kind=SourceKind.FEED,
        outlet="example-courier.test",
        declared="courier",
        schedule=schedule,
    )


def state(failures: int = 0, schedule: str = "adaptive", name: str = "courier/feed") -> SourceState:
    return SourceState(source=source(name, schedule), failures=failures)


def ok(ago: timedelta, new: int, sightings: int = 30, *, gap: bool = False) -> Poll:
    return Poll(
        source="courier/feed",
        at=NOW - ago,
        status=PollStatus.OK if sightings else PollStatus.UNCHANGED,
        sightings=sightings,
        known=sightings - new,
        new=new,
        gap=gap,
    )


def bad(ago: timedelta, status: PollStatus, retry_after: datetime | None = None) -> Poll:
    return Poll(source="courier/feed", at=NOW - ago, status=status, retry_after=retry_after)


def hourly(*new: int) -> list[Poll]:
    """Polls an hour apart, the newest of them first and now."""
    return [ok(HOUR * hours, count, 30 if count else 0) for hours, count in enumerate(new)]


@pytest.mark.parametrize(
    ("case", "failures", "polls", "wanted"),
    [
        ("never polled", 0, [], HOUR),
        ("polled once: everything was new, which says nothing", 0, hourly(30), HOUR),
        ("one an hour", 0, hourly(*[1] * 24), HOUR),
        ("four an hour", 0, hourly(*[4] * 24, 30), HOUR * 25 / 97),
        ("a hundred an hour: no more often than the shortest", 0, hourly(*[14] * 24), 5 * MINUTE),
        ("three in thirty hours", 0, hourly(*[0] * 10, 3, *[0] * 19, 30), 31 * HOUR / 4),
        ("silent for thirty hours: the longest", 0, hourly(*[0] * 30, 30), DAY),
        ("silent for a while", 0, hourly(*[0] * 9, 30), 10 * HOUR),
        (
            "bursts: most of the last answer was new",
            0,
            [ok(MINUTE * 0, 16), ok(30 * MINUTE, 0), ok(40 * HOUR, 30)],
            15 * MINUTE,
        ),
        (
            "a gap: something may have been missed",
            0,
            [ok(MINUTE * 0, 5, 5, gap=True), ok(8 * MINUTE, 0), ok(100 * HOUR, 5)],
            5 * MINUTE,
        ),
        ("failed once", 1, [bad(HOUR * 0, PollStatus.FAILED), *hourly(1, 1, 1)[1:]], HOUR * 2),
        (
            "failed three times",
            3,
            [bad(HOUR * 0, PollStatus.FAILED)] * 3 + hourly(*[1] * 9)[3:],
            8 * HOUR,
        ),
        ("failed for months", 4000, [bad(HOUR * 0, PollStatus.FAILED)] * 30, DAY),
        ("refused by robots.txt", 1, [bad(HOUR * 0, PollStatus.REFUSED), *hourly(9, 9)], DAY),
        ("deferred: no blame, the rate decides", 0, [bad(HOUR * 0, PollStatus.DEFERRED)], HOUR),
    ],
)
def test_cases(case: str, failures: int, polls: list[Poll], wanted: timedelta) -> None:
    assert interval(state(failures), polls, PACE) == wanted, case


def test_an_adaptive_source_is_due_an_interval_after_its_poll_jittered() -> None:
    polls = hourly(*[1] * 24)
    due = next_due(state(), polls, NOW, PACE)
    assert NOW + HOUR * (1 - JITTER) <= due <= NOW + HOUR
    assert due == next_due(state(), polls, NOW, PACE)
    assert due != next_due(state(name="other"), polls, NOW, PACE)


def test_an_interval_that_is_over_means_now() -> None:
    assert next_due(state(), [ok(DAY * 3, 0), ok(DAY * 4, 0)], NOW, PACE) == NOW


@pytest.mark.parametrize(
    ("asked", "wait"), [(3 * HOUR, 3 * HOUR), (30 * DAY, LONGEST_WAIT), (MINUTE, None)]
)
def test_retry_after_is_a_floor(asked: timedelta, wait: timedelta | None) -> None:
    polls = [bad(HOUR * 0, PollStatus.DEFERRED, NOW + asked), *hourly(9, 9, 9, 9)]
    due = next_due(state(), polls, NOW, PACE)
    assert due == (NOW + wait if wait else next_due(state(), hourly(9, 9, 9, 9), NOW, PACE))


def test_a_poll_that_our_own_end_has_cut_is_due_again_at_once() -> None:
    for schedule in ("adaptive", "30 7 * * *"):
        cut = replace(bad(HOUR, PollStatus.DEFERRED), error="shutdown: the crawl was stopped")
        polls = [cut, *hourly(9, 9, 9)]
        assert next_due(state(schedule=schedule), polls, NOW, PACE) == NOW


def test_cron_sources_are_due_by_their_line_in_the_zone_of_the_schedule() -> None:
    due = next_due(state(schedule="30 7 * * *"), hourly(9, 9, 9), NOW, PACE)
    assert due == datetime(2026, 11, 21, 6, 30, tzinfo=UTC)
    polls = [bad(HOUR * 0, PollStatus.DEFERRED, NOW + 20 * HOUR)]
    assert next_due(state(schedule="30 7 * * *"), polls, NOW, PACE) == NOW + 20 * HOUR


def test_a_schedule_that_is_none_is_said() -> None:
    with pytest.raises(CronError, match="has 1 fields"):
        next_due(state(schedule="sometimes"), [], NOW, PACE)


def test_what_fails_is_tried_again_ever_later() -> None:
    waits = [retry("courier", failures, NOW, PACE) - NOW for failures in (1, 2, 3, 99)]
    assert waits == sorted(waits)
    assert waits[0] >= PACE.shortest
    assert waits[-1] <= PACE.longest


POLLS = st.lists(
    st.builds(
        lambda ago, status, new, known, gap: Poll(
            source="courier/feed",
            at=NOW - timedelta(seconds=ago),
            status=status,
            sightings=new + known,
            known=known,
            new=new,
            gap=gap,
        ),
        st.integers(0, 10**8),
        st.sampled_from(PollStatus),
        st.integers(0, 1000),
        st.integers(0, 1000),
        st.booleans(),
    ),
    max_size=30,
).map(lambda polls: sorted(polls, key=lambda poll: poll.at, reverse=True))


@given(POLLS, st.integers(0, 10**6), st.text(max_size=9))
def test_any_history_stays_within_the_bounds(polls: list[Poll], failures: int, name: str) -> None:
    due = next_due(state(failures, name=name), polls, NOW, PACE)
    since = polls[0].at if polls else NOW
    assert due >= NOW
    assert due == NOW or PACE.shortest <= due - since <= PACE.longest


@given(POLLS, st.integers(0, 20))
def test_one_failure_more_never_brings_a_source_forward(polls: list[Poll], failures: int) -> None:
    assert interval(state(failures), polls, PACE) <= interval(state(failures + 1), polls, PACE)
