"""Points in time, as an operator writes and reads them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from newsdesk.misuse import Misuse
from newsdesk.moments import claimed, clock, distance, moment
from stories.model import Instant, Precision

NOW = datetime(2026, 11, 22, 18, 30, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("told", "meant"),
    [
        ("7d", NOW - timedelta(days=7)),
        ("12h", NOW - timedelta(hours=12)),
        ("90m", NOW - timedelta(minutes=90)),
        ("90 min", NOW - timedelta(minutes=90)),
        ("2w", NOW - timedelta(days=14)),
        (" 7D ", NOW - timedelta(days=7)),
        ("today", datetime(2026, 11, 22, tzinfo=BERLIN)),
        ("yesterday", datetime(2026, 11, 21, tzinfo=BERLIN)),
        ("2026-11-01", datetime(2026, 11, 1, tzinfo=BERLIN)),
        ("2026-11-01T06:00", datetime(2026, 11, 1, 6, tzinfo=BERLIN)),
        ("2026-11-01T06:00-05:00", datetime(2026, 11, 1, 11, tzinfo=UTC)),
    ],
)
def test_a_moment_is_an_age_a_day_or_a_time(told: str, meant: datetime) -> None:
    assert moment(told, NOW, BERLIN) == meant


@pytest.mark.parametrize("told", ["", "soon", "7", "7y", "2026-13-01", "999999w", "1.5h", "-3d"])
def test_anything_else_is_a_mistake_that_says_what_is_allowed(told: str) -> None:
    with pytest.raises(Misuse) as mistake:
        moment(told, NOW, BERLIN)
    assert told in mistake.value.what
    assert "7d" in mistake.value.then


def test_a_clock_is_that_of_the_zone() -> None:
    at = datetime(datetime.now(UTC).year, 3, 1, 23, 30, tzinfo=UTC)
    assert clock(at, BERLIN).endswith("2 Mar 00:30")
    assert clock(datetime(2019, 3, 1, 23, 30, tzinfo=UTC), UTC) == "Fri 1 Mar 2019 23:30"
    assert clock(None, UTC) == "-"


def test_a_date_is_shown_no_more_exactly_than_it_is_known() -> None:
    at = datetime(2019, 3, 1, 0, 0, tzinfo=timezone(timedelta(hours=-5)))
    day = Instant(at=at, precision=Precision.DAY, evidence="url")
    assert claimed(day, UTC) == "Fri 1 Mar 2019"
    month = Instant(at=at, precision=Precision.MONTH, evidence="url")
    assert claimed(month, UTC) == "Mar 2019"
    minute = Instant(at=at, precision=Precision.MINUTE, evidence="meta")
    assert claimed(minute, UTC) == "Fri 1 Mar 2019 05:00"
    assert claimed(None, UTC) == "no date"


@pytest.mark.parametrize(
    ("seconds", "told"),
    [
        (0, "now"),
        (-29, "now"),
        (-60, "1 min ago"),
        (-3_600, "60 min ago"),
        (-7_200, "2 h ago"),
        (90, "2 min"),
        (86_400, "in 24 h"),
        (3 * 86_400, "in 3 d"),
    ],
)
def test_a_distance_is_rounded_to_what_matters(seconds: int, told: str) -> None:
    assert told in distance(NOW + timedelta(seconds=seconds), NOW)
    assert distance(None, NOW) == "-"
