"""The clock: which timetables there are, and that they fire."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from scheduler.clock import Clock
from scheduler.timetable import Timetable, timetables
from stories.config import Config
from stories.cron import Cron, parse

if TYPE_CHECKING:
    from pathlib import Path


def config(home: Path, sources: dict[str, str], topics: dict[str, dict[str, object]]) -> Config:
    return Config.model_validate(
        {
            "home": home,
            "schedule": {"time_zone": "Europe/Berlin", "topics": "0 */4 * * *"},
            "sources": {
                name: {"url": f"http://{name}.test/", "kind": "feed", "schedule": schedule}
                for name, schedule in sources.items()
            },
            "topics": {name: {"query": "ferry", **topic} for name, topic in topics.items()},
        }
    )


def test_lines_that_are_alike_are_one_timetable(tmp_path: Path) -> None:
    wanted = config(
        tmp_path,
        {"a": "adaptive", "b": "0 7 * * *", "c": "0 7 * * *", "d": "30 7 * * *"},
        {
            "ships": {"schedule": "0 7 * * *", "sources": ["a"]},
            "trains": {"schedule": "0 7 * * *", "time_zone": "Asia/Tokyo"},
            "planes": {},
        },
    )
    assert set(timetables(wanted)) == {
        Timetable(parse("0 7 * * *", "Europe/Berlin"), ("b", "c", "a")),
        Timetable(parse("30 7 * * *", "Europe/Berlin"), ("d",)),
        Timetable(parse("0 7 * * *", "Asia/Tokyo"), ()),
        Timetable(parse("0 */4 * * *", "Europe/Berlin"), ()),
    }


class Often(Cron):
    """A line finer than crontab can say, so that the test need not wait for a minute."""

    def after(self, at: datetime) -> datetime:
        return at.astimezone(UTC) + timedelta(milliseconds=50)


def test_the_clock_fires_again_and_again_until_it_is_shown_something_else() -> None:
    fires: list[str] = []
    several = threading.Event()
    other = threading.Event()

    def fire(table: Timetable) -> None:
        fires.append(table.cron.line)
        if fires.count("first") >= 3:
            several.set()
        if fires.count("second") >= 1:
            other.set()

    first = Timetable(Often("first", parse("@daily").zone), ())
    second = Timetable(Often("second", parse("@daily").zone), ())
    clock = Clock(fire)
    clock.start()
    try:
        clock.show([first])
        assert several.wait(60)
        clock.show([second])
        assert other.wait(60)
    finally:
        clock.close()
    before = list(fires)
    assert before.count("second") >= 1
    clock.close()
    assert fires == before
