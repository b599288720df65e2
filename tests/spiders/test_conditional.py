"""Conditional polls, forced full ones, and Retry-After as both seconds and dates."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from spiders.conditional import conditions, retry_after
from stories.model import Source, SourceKind, SourceState

NOW = datetime(2026, 5, 19, 12, 0, tzinfo=UTC)
SOURCE = Source(
    name="a", url="https://a.example/feed", kind=SourceKind.FEED, outlet="a", declared="a"
)


def state(full_at: datetime | None, etag: str | None = '"x"') -> SourceState:
    return SourceState(source=SOURCE, etag=etag, last_modified="yesterday", full_at=full_at)


def test_a_poll_is_conditional_while_the_last_full_answer_is_young() -> None:
    assert conditions(state(NOW - timedelta(hours=3)), NOW) == {
        "If-None-Match": '"x"',
        "If-Modified-Since": "yesterday",
    }


def test_feeds_that_lie_about_validators_are_asked_in_full_once_a_day() -> None:
    assert conditions(state(NOW - timedelta(days=1)), NOW) == {}
    assert conditions(state(None), NOW) == {}


@pytest.mark.parametrize(
    ("said", "wait"),
    [
        ("120", timedelta(seconds=120)),
        (" 0 ", timedelta(0)),
        ("-5", timedelta(0)),
        ("999999999", timedelta(days=1)),
        ("9" * 400, timedelta(days=1)),
        (format_datetime(NOW + timedelta(hours=2), usegmt=True), timedelta(hours=2)),
        (format_datetime(NOW - timedelta(hours=2), usegmt=True), timedelta(0)),
        (format_datetime(NOW + timedelta(days=400), usegmt=True), timedelta(days=1)),
        ("Tue, 19 May 2026 14:00:00 -0000", timedelta(hours=2)),
    ],
)
def test_retry_after_is_read_and_capped_at_a_day(said: str, wait: timedelta) -> None:
    assert retry_after(said, NOW) == NOW + wait


@pytest.mark.parametrize("said", [None, "", "soon", "1e3", "nan", "Tue, 99 May 2026", "9" * 5000])
def test_retry_after_that_says_nothing(said: str | None) -> None:
    assert retry_after(said, NOW) is None
