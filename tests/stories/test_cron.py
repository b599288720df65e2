"""Crontab lines, held against croniter, an independent implementation."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from croniter import croniter
from hypothesis import given, settings
from hypothesis import strategies as st

from stories.cron import CronError, parse

if TYPE_CHECKING:
    from collections.abc import Sequence

MINUTE = timedelta(minutes=1)

# Zone and the two nights of 2026 on which its clock changes, around which the tests walk.
NIGHTS = {
    "America/New_York": (datetime(2026, 3, 8, 7, tzinfo=UTC), datetime(2026, 11, 1, 6, tzinfo=UTC)),
    "Europe/Berlin": (datetime(2026, 3, 29, 1, tzinfo=UTC), datetime(2026, 10, 25, 1, tzinfo=UTC)),
    "America/Santiago": (datetime(2026, 9, 6, 4, tzinfo=UTC), datetime(2026, 4, 5, 3, tzinfo=UTC)),
    "Australia/Lord_Howe": (
        datetime(2026, 10, 3, 15, 30, tzinfo=UTC),
        datetime(2026, 4, 4, 15, tzinfo=UTC),
    ),
    "Africa/Cairo": (datetime(2026, 4, 23, 22, tzinfo=UTC), datetime(2026, 10, 29, 21, tzinfo=UTC)),
    "Asia/Kathmandu": (datetime(2026, 3, 8, tzinfo=UTC), datetime(2026, 11, 1, tzinfo=UTC)),
}


def field(low: int, high: int, names: Sequence[str] = ()) -> st.SearchStrategy[str]:
    value = st.integers(low, high)
    span = st.lists(value, min_size=2, max_size=2, unique=True).map(sorted)
    step = st.integers(1, max(2, high // 2))
    forms = [
        st.just("*"),
        value.map(str),
        step.map("*/{}".format),
        span.map(lambda ends: f"{ends[0]}-{ends[1]}"),
        st.tuples(span, step).map(lambda form: f"{form[0][0]}-{form[0][1]}/{form[1]}"),
        st.lists(value, min_size=2, max_size=4, unique=True).map(
            lambda values: ",".join(map(str, values))
        ),
    ]
    if names:
        forms.append(st.sampled_from(names))
    return st.one_of(forms)


LINES = st.tuples(
    field(0, 59),
    field(0, 23),
    field(1, 31),
    field(1, 12, ["jan", "FEB", "Jul", "dec"]),
    field(0, 7, ["sun", "MON", "fri", "Sat"]),
).map(" ".join)
NIGHTLY = st.tuples(field(0, 59), field(0, 5), field(1, 31), st.just("*"), field(0, 7)).map(
    " ".join
)


@settings(max_examples=1000, deadline=None, derandomize=True)
@given(LINES, st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1)))  # noqa: DTZ001 - made aware below
def test_random_lines_fire_as_croniter_says(line: str, start: datetime) -> None:
    start = start.replace(tzinfo=UTC)
    theirs = croniter(line, start, implement_cron_bug=True)
    try:
        expected = [theirs.get_next(datetime) for _ in range(3)]
    except ValueError:
        with pytest.raises(CronError, match="never fires"):
            parse(line).after(start)
        return
    cron = parse(line)
    found = [start]
    for _ in expected:
        found.append(cron.after(found[-1]))
    assert found[1:] == expected


@settings(max_examples=150, deadline=None, derandomize=True)
@given(NIGHTLY, st.sampled_from(sorted(NIGHTS)), st.sampled_from([0, 1]))
def test_both_nights_are_walked_as_documented(line: str, name: str, night: int) -> None:
    """Which wall times match is croniter's word; it is not told of the zone."""
    zone = ZoneInfo(name)
    start = NIGHTS[name][night] - timedelta(hours=7)
    end = start + timedelta(hours=14)

    def wall(at: datetime) -> datetime:
        return at.astimezone(zone).replace(tzinfo=None)

    theirs = croniter(line, wall(start) - timedelta(hours=3), datetime, implement_cron_bug=True)
    try:
        matching = set(takewhile(lambda at: at < wall(end) + timedelta(hours=3), theirs))
    except ValueError:
        matching = set()
    minutes = [start + MINUTE * count for count in range(1, 14 * 60 + 1)]
    expected = []
    seen: set[datetime] = set()
    by_the_clock = line.startswith("*") or line.split()[1].startswith("*")
    for before, at in pairwise([start, *minutes]):
        skipped = wall(before) + MINUTE
        left_out = []
        while skipped < wall(at):
            left_out.append(skipped)
            skipped += MINUTE
        walls = [wall(at)] if by_the_clock else [wall(at), *left_out]
        fires = [when for when in walls if when in matching and (by_the_clock or when not in seen)]
        seen.update(walls)
        if fires:
            expected.append(at)

    try:
        cron = parse(line, name)
    except CronError:
        assert expected == []
        return
    found = []
    at = cron.after(start)
    while at <= end:
        found.append(at)
        at = cron.after(at)
    assert found == expected


@pytest.mark.parametrize("name", sorted(set(NIGHTS) - {"Asia/Kathmandu"}))
def test_the_nights_of_this_test_are_those_of_the_zone(name: str) -> None:
    zone = ZoneInfo(name)
    for at in NIGHTS[name]:
        assert (at - MINUTE).astimezone(zone).utcoffset() != at.astimezone(zone).utcoffset()


@pytest.mark.parametrize(
    ("line", "zone", "after", "fires"),
    [
        # Autumn, 01:30 twice on the clock: the first one only.
        (
            "30 1 * * *",
            "America/New_York",
            "2026-10-31T12:00Z",
            ["2026-11-01T05:30", "2026-11-02T06:30"],
        ),
        # Asked between the two: not again today.
        ("30 1 * * *", "America/New_York", "2026-11-01T05:30Z", ["2026-11-02T06:30"]),
        ("30 1 * * *", "America/New_York", "2026-11-01T06:10Z", ["2026-11-02T06:30"]),
        # Spring, no 02:30 on the clock: when it is put forward, once however many were skipped.
        (
            "30 2 * * *",
            "America/New_York",
            "2026-03-07T12:00Z",
            ["2026-03-08T07:00", "2026-03-09T06:30"],
        ),
        (
            "15,45 2 * * *",
            "Europe/Berlin",
            "2026-03-28T12:00Z",
            ["2026-03-29T01:00", "2026-03-30T00:15"],
        ),
        # The clock as it runs: every half hour is every half hour.
        (
            "*/30 * * * *",
            "Europe/Berlin",
            "2026-10-24T23:45Z",
            ["2026-10-25T00:00", "2026-10-25T00:30", "2026-10-25T01:00", "2026-10-25T01:30"],
        ),
        # Weekdays as cron counts them, 1 is Monday; both day fields: or.
        ("0 9 * * 1", "UTC", "2026-11-20T00:00Z", ["2026-11-23T09:00", "2026-11-30T09:00"]),
        ("0 9 * * 7", "UTC", "2026-11-20T00:00Z", ["2026-11-22T09:00", "2026-11-29T09:00"]),
        (
            "0 9 13 * fri",
            "UTC",
            "2026-11-05T12:00Z",
            ["2026-11-06T09:00", "2026-11-13T09:00", "2026-11-20T09:00"],
        ),
        ("@daily", "Asia/Kathmandu", "2026-11-05T12:00Z", ["2026-11-05T18:15"]),
        ("@HOURLY", "UTC", "2026-11-05T12:00:00.5Z", ["2026-11-05T13:00"]),
    ],
)
def test_lines_by_hand(line: str, zone: str, after: str, fires: list[str]) -> None:
    cron = parse(line, zone)
    found = [datetime.fromisoformat(after)]
    for _ in fires:
        found.append(cron.after(found[-1]))
    assert [at.strftime("%Y-%m-%dT%H:%M") for at in found[1:]] == fires


@pytest.mark.parametrize(
    ("line", "zone", "sentence"),
    [
        ("0 9 31 2 *", "UTC", "never fires: none of its months has a day 31"),
        ("0 9 31 apr,jun *", "UTC", "never fires"),
        ("61 * * * *", "UTC", "'61' .* is no minute; allowed: 0-59"),
        ("0 25 * * *", "UTC", "'25' .* is no hour; allowed: 0-23"),
        ("0 9 * * 8", "UTC", "'8' .* is no day-of-week; allowed: 0-7"),
        ("0 9 * *", "UTC", "has 4 fields, not five"),
        ("0 0 9 * * *", "UTC", "has 6 fields, not five"),
        ("", "UTC", "has 0 fields"),
        ("@reboot", "UTC", "'@reboot' is not one of @annually"),
        ("0 9 * * *", "Mars/Olympus", "'Mars/Olympus' is not a time zone"),
        ("0 9 * * *", "../etc/passwd", "is not a time zone"),
        ("0 9 * * *", "", "is not a time zone"),
    ],
)
def test_mistakes_are_said(line: str, zone: str, sentence: str) -> None:
    with pytest.raises(CronError, match=sentence):
        parse(line, zone)
