"""Times told from the moment of reading, in nineteen languages."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pipeline.ago import ago
from pipeline.read import read
from stories.model import Precision
from tests.pipeline.reading import article, page

NOW = datetime(2026, 5, 10, 12, 0, tzinfo=UTC)
HOURS = [
    "3 hours ago", "vor 3 Stunden", "il y a 3 heures", "hace 3 horas", "3 ore fa", "há 3 horas",
    "3 uur geleden", "för 3 timmar sedan", "for 3 timer siden", "3 tuntia sitten",
    "3 godziny temu", "před 3 hodinami", "3 часа назад", "3 години тому", "3 saat önce",
    "3 jam yang lalu", "3時間前", "3시간 전", "3小时前",
]  # fmt: skip
MINUTES = [
    "Published 12 minutes ago",
    "vor 12 Minuten",
    "12 минут назад",
    "12分前",
    "12 min sitten",
]
DAYS = ["2 days ago", "vor 2 Tagen", "il y a 2 jours", "2 dni temu", "2日前", "hace 2 días"]


@pytest.mark.parametrize("text", HOURS)
def test_hours_are_known_to_the_day(text: str) -> None:
    assert ago(text, NOW) == (datetime(2026, 5, 10), Precision.DAY)  # noqa: DTZ001 -- a day of its readers


@pytest.mark.parametrize("text", MINUTES)
def test_minutes_are_known_to_the_minute(text: str) -> None:
    assert ago(text, NOW) == (datetime(2026, 5, 10, 11, 48, tzinfo=UTC), Precision.MINUTE)


@pytest.mark.parametrize("text", DAYS)
def test_days(text: str) -> None:
    assert ago(text, NOW) == (datetime(2026, 5, 8), Precision.DAY)  # noqa: DTZ001 -- as above


SATURDAYS = [
    "Saturday", "Published on Saturday", "am Samstag", "Samedi", "Sábado", "Sabato", "zaterdag",
    "lördag", "lørdag", "lauantaina", "w sobotę", "v sobotu", "в субботу", "в суботу", "Cumartesi",
    "Sabtu", "土曜日", "토요일", "周六", "Last weekend", "letztes Wochenende",
    "le week-end dernier",
    "el fin de semana pasado", "lo scorso fine settimana", "afgelopen weekend", "förra helgen",
    "viime viikonloppuna", "minulý víkend", "в прошлые выходные", "geçen hafta sonu", "先週末",
]  # fmt: skip


@pytest.mark.parametrize("text", SATURDAYS)
def test_a_weekday_is_the_last_one(text: str) -> None:
    assert ago(text, NOW) == (datetime(2026, 5, 9), Precision.DAY)  # noqa: DTZ001 -- as above


@pytest.mark.parametrize(
    "text",
    [
        "The council meets on Saturday to talk about the bridge",
        "Saturday, 2 May 2026",
        "Samstag und Sonntag",
        "Monday Books",
        "Sunday Times reporter",
    ],
)
def test_a_weekday_among_words_tells_nothing(text: str) -> None:
    assert ago(text, NOW) is None


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("Friday 14:05", "2026-05-08T14:05:00"),
        ("Freitag, 14.05 Uhr", "2026-05-08T14:05:00"),
        ("Heute um 11:19 Uhr", "2026-05-10T11:19:00"),
        ("Publiziert heute um 11:19 Uhr", "2026-05-10T11:19:00"),
        ("včera 14:40", "2026-05-09T14:40:00"),
        ("Yesterday at 9.05", "2026-05-09T09:05:00"),
        ("сегодня в 08:15", "2026-05-10T08:15:00"),
        ("hier à 18h05", "2026-05-09T18:05:00"),
    ],
)
def test_days_with_a_clock(text: str, at: str) -> None:
    found = ago(text, NOW)
    assert found is not None
    assert found.at.isoformat() == at


@pytest.mark.parametrize("text", ["", "ago", "todayish", "3 Stunden", "the day before", "x" * 200])
def test_nothing_is_told(text: str) -> None:
    assert ago(text, NOW) is None


def test_a_page_that_tells_its_time_from_now() -> None:
    above = '<p class="meta">Published 12 minutes ago</p>'
    found = read(page(article(above=above), "https://courier.example/harbour-bridge-reopens"))
    assert found.published is not None
    assert found.published.at == datetime(2026, 5, 10, 11, 48, tzinfo=UTC)
    assert "told" in found.published.evidence
