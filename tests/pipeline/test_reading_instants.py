"""Times as the web writes them, and what cannot be one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.instants import moment
from stories.model import Precision

WRITTEN = [
    ("2026-05-03T15:47:42.389Z", "2026-05-03T15:47:42+00:00"),
    ("2026-04-30 16:17:29 +02:00", "2026-04-30T16:17:29+02:00"),
    ("Fri Apr 28 19:20:36 CEST 2023", "2023-04-28T19:20:36+02:00"),
    ("2024-05-03T17:47\n", "2024-05-03T17:47:00"),
    ("2024-09-16T21:33+0100", "2024-09-16T21:33:00+01:00"),
    ("Mon, 05 Aug 2024 12:47:21 GMT", "2024-08-05T12:47:21+00:00"),
    ("1750680000000", "2025-06-23T12:00:00+00:00"),
    ("1750680000", "2025-06-23T12:00:00+00:00"),
    ("28.04.2023, 19:09", "2023-04-28T19:09:00"),
    ("15:56 BST, 27 April 2024", "2024-04-27T15:56:00+01:00"),
    ("12:20pm Jan 7, 2024", "2024-01-07T12:20:00"),
    ("30 August 2023 • 4:45pm", "2023-08-30T16:45:00"),
    ("2024年5月4日 20:13", "2024-05-04T20:13:00"),
    ("2024年5月4日 午後3時12分", "2024-05-04T15:12:00"),
    ("2024년 5월 4일 오후 3:12", "2024-05-04T15:12:00"),
    ("June 26, 2023 5 AM PT", "2023-06-26"),
    ("January 28, 2025 11:30 am", "2025-01-28T11:30:00"),
    ("12. MÄR 2025 18:03", "2025-03-12T18:03:00"),
    ("25. 4. 2023 5:00", "2023-04-25T05:00:00"),
    ("2024/12/04 00:05", "2024-12-04T00:05:00"),
    (
        "Fri Apr 28 2023 17:52:31 GMT+0000 (Coordinated Universal Time)",
        "2023-04-28T17:52:31+00:00",
    ),
    ("15 oct 2024 - 17:38CEST", "2024-10-15T17:38:00+02:00"),
    ("torsdag 06. feb 2025 17:25", "2025-02-06T17:25:00"),
    ("April 24, 2019", "2019-04-24"),
    ("06/01/2026 - 14:02 MEZ", "2026-01-06T14:02:00+01:00"),
    ("05.08.2024, kl. 13.05", "2024-08-05T13:05:00"),
    ("2021-02-21", "2021-02-21"),
    ("20240503", "2024-05-03"),
    ("20240503T101112Z", "2024-05-03T10:11:12+00:00"),
    ("8 января 2026, 17:46", "2026-01-08T17:46:00"),
    ("9 de mayo de 2026", "2026-05-09"),
    ("le 9 mai 2026 à 18h05, Paris 9 mai 2026", "2026-05-09T18:05:00"),
    ("1. huhtikuuta 2025 klo 12:30", "2025-04-01T12:30:00"),
    ("Do 25.04.24 | 14:07 Uhr", "2024-04-25T14:07:00"),
    ("May 9, 2026, 2:05 p.m. ET", "2026-05-09T14:05:00-04:00"),
    ("Jan. 9, 2026 | 2:05 PM ET", "2026-01-09T14:05:00-05:00"),
    ("9:30 PT, 9 May 2026", "2026-05-09T09:30:00-07:00"),
    ("2026-05-03T24:00:00Z", "2026-05-04T00:00:00+00:00"),
    ("2026-05-03T10:00:00\N{MINUS SIGN}05:00", "2026-05-03T10:00:00-05:00"),
]


EVERYWHERE = [
    line
    for line in Path(__file__).with_name("written.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


@pytest.mark.parametrize("text", EVERYWHERE)
def test_written_in_many_languages(text: str) -> None:
    found = moment(text)
    assert found is not None
    assert found.at.replace(tzinfo=None, second=0) == datetime(2026, 5, 9, 14, 5)  # noqa: DTZ001 -- zones are another matter
    assert found.precision in {Precision.MINUTE, Precision.SECOND}


def test_numbers_that_are_no_time_are_none() -> None:
    for text in ("20260509T109900Z", "20269999999999", "2026-05-39", "40 mai 2026", "May 2026"):
        assert moment(text) is None


@pytest.mark.parametrize(("text", "meant"), WRITTEN)
def test_written(text: str, meant: str) -> None:
    found = moment(text)
    assert found is not None
    day = "T" not in meant
    assert found.precision is Precision.DAY if day else found.precision is not Precision.DAY
    assert (found.at.date().isoformat() if day else found.at.isoformat()) == meant


@pytest.mark.parametrize(
    "text",
    ["", "yesterday", "P 3 M", "29.02.2023", "13:45", "2026-13-45", "May 2026", "+1 212 555"],
)
def test_not_a_time(text: str) -> None:
    assert moment(text) is None


@settings(max_examples=300, deadline=None)
@given(st.integers(700_000_000, 4_000_000_000), st.integers(-48, 56))
def test_iso_comes_back(seconds: int, quarters: int) -> None:
    claimed = datetime.fromtimestamp(seconds, UTC)
    offset = timedelta(minutes=15 * quarters)
    sign, minutes = ("-" if quarters < 0 else "+"), abs(int(offset.total_seconds()) // 60)
    text = f"{claimed:%Y-%m-%dT%H:%M:%S}{sign}{minutes // 60:02}:{minutes % 60:02}"
    found = moment(text)
    assert found is not None
    assert found.at == datetime.fromisoformat(text)


@settings(max_examples=500, deadline=None)
@given(st.text(max_size=80))
def test_any_text_is_read_or_not(text: str) -> None:
    moment(text)
