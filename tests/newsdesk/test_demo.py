"""The demo from end to end: the real commands over the invented press, and what came of it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

WIRE = "http://www.meridian-wire.example/politics/calder-campaign-opens-embassy-in-nordhaven"
MINISTER = "http://www.harbour-courier.example/2/minister-calls-embassy-street-theatre"
WALL = "http://www.westmark-tribune.example/nation/what-the-polls-say-about-calder-50171"
COMMENTARY = "http://www.westmark-tribune.example/opinion/the-coffee-is-real-50160"


class Played:
    """A demo that was played: what it printed, and its desk to be asked."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self._answers: dict[tuple[str, ...], str] = {}
        self.printed = self._run("demo", "--home", str(home))

    def data(self, *arguments: str) -> Any:
        """The answer of a command with ``--json``."""
        return json.loads(self._asked(*arguments, "--json"))

    def articles(self) -> list[dict[str, Any]]:
        """All articles, as exported."""
        return [json.loads(line) for line in self._asked("export").splitlines()]

    def _asked(self, *arguments: str) -> str:
        """Each question is asked once: nothing changes any more."""
        if arguments not in self._answers:
            self._answers[arguments] = self._run("--home", str(self.home), *arguments)
        return self._answers[arguments]

    def _run(self, *arguments: str) -> str:
        # A proxy that is not there: the demo must not need what is outside of it.
        environment = {**os.environ, "https_proxy": "http://127.0.0.1:9", "NO_COLOR": "1"}
        ended = subprocess.run(
            [sys.executable, "-m", "newsdesk", *arguments],
            env=environment,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert ended.returncode == 0, ended.stdout + ended.stderr
        assert "Traceback" not in ended.stderr
        return ended.stdout


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Played:
    return Played(tmp_path_factory.mktemp("demo") / "desk")


def test_two_rounds_whose_counts_add_up(played: Played) -> None:
    second, first = played.data("runs")
    assert [first["status"], second["status"]] == ["done", "done"]
    assert first["counts"]["new"] == first["counts"]["addresses"] == 11
    assert second["counts"]["new"] == second["counts"]["addresses"] == 4
    for run in (first, second):
        counts = run["counts"]
        assert counts["sightings"] == counts["known"] + counts["repeated"] + counts["new"]
        assert counts["polls"] == 5
    assert first["counts"]["filed"] == 10
    assert first["counts"]["dropped"] == 1
    assert second["counts"]["filed"] == 3
    assert second["counts"]["version"] == 1


def test_every_article_is_stored_once_in_its_language_with_its_date(played: Played) -> None:
    articles = played.articles()
    assert len(articles) == len({one["url"] for one in articles}) == 13
    assert Counter(one["language"] for one in articles) == {"en": 11, "de": 2}
    assert all(one["published"] and one["published_precision"] == "second" for one in articles)
    assert Counter(one["outlet"] for one in articles) == {
        "meridian-wire.example": 2,
        "harbour-courier.example": 3,
        "westmark-tribune.example": 3,
        "coast-radio.example": 3,
        "nordhavener-tagblatt.example": 2,
    }


def test_the_wire_has_three_copies_and_the_commentary_is_none(played: Played) -> None:
    copies = [one for one in played.articles() if one["copy_of"]]
    assert {one["copy_of"]["url"] for one in copies} == {WIRE}
    assert len(copies) == 3
    assert all(one["copy_of"]["score"] > 0.9 for one in copies)
    (commentary,) = (one for one in played.articles() if one["url"] == COMMENTARY)
    assert commentary["copy_of"] is None
    assert {"url": WIRE, "how": "quotes"} in commentary["cites"]


def test_events_are_stories_and_stories_are_under_their_topics(played: Played) -> None:
    def titles(topic: str) -> set[str]:
        return {one["title"] for story in played.data("stories", topic) for one in _of(story)}

    def _of(story: dict[str, Any]) -> list[dict[str, Any]]:
        reports: list[dict[str, Any]] = played.data("show", str(story["id"]))["reports"]
        return reports

    secession, ferries = titles("secession"), titles("ferries")
    assert {title for title in ferries if "Stella Marin" in title or "ferry" in title} == ferries
    assert len(ferries) == 4
    assert secession & ferries == set()
    assert len(secession) == 9
    (wire,) = (one for one in played.articles() if one["url"] == WIRE)
    assert len(played.data("show", str(wire["story"]))["reports"]) >= 6


def test_the_edit_is_a_version_of_the_same_article(played: Played) -> None:
    (minister,) = (one for one in played.articles() if "street theatre" in one["title"])
    assert "181,500" in minister["text"]
    first = played.data("why", MINISTER)
    again = played.data("why", f"{MINISTER}/update-1")
    assert first["article"] == again["article"] == minister["id"]
    assert [run["outcome"] for run in again["runs"]] == ["version"]


def test_the_consent_wall_is_dropped_and_why_says_so(played: Played) -> None:
    wall = played.data("why", WALL)
    assert wall["outcome"] == "dropped"
    (run,) = wall["runs"]
    assert run["reason"].startswith("consent")
    assert any("seen at" in step["what"] for step in run["steps"])
    assert any("fetched 200" in step["what"] for step in run["steps"])


def test_the_feed_that_died_is_seen_and_the_others_were_asked(played: Played) -> None:
    sources = {one["name"]: one for one in played.data("sources")}
    assert len(sources) == 5
    dead = sources.pop("nordhavener-tagblatt-example/feed")
    assert (dead["status"], dead["failures"]) == ("failed", 1)
    assert dead["error"].startswith("http-410")
    assert {one["status"] for one in sources.values()} == {"ok"}


def test_what_is_printed_is_what_an_operator_would_see(played: Played) -> None:
    for part in (
        "$ newsdesk init",
        "$ newsdesk crawl",
        "$ newsdesk stories secession",
        "Calder independence campaign opens “embassy” in Nordhaven",
        "dropped: consent",
        "http-410",
    ):
        assert part in played.printed
    assert "\x1b" not in played.printed


def test_the_picture_in_the_readme_is_true(played: Played) -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    picture = next(part for part in readme.split("```") if "$ newsdesk show" in part)
    parts = re.split(r"\n\n|\n\.\.\.\n|^(?=\$)", picture, flags=re.MULTILINE)
    printed = _undated(played.printed.replace("\\\n", " "))
    assert len(parts) >= 8
    for part in parts:
        assert _undated(part) in printed


def _undated(text: str) -> str:
    """Without what differs from one demo to the next: numbers, days, and where lines break."""
    text = re.sub(r"\b(Mon|Tue|Wed|Thu|Fri|Sat|Sun) \d+ [A-Z][a-z]{2}( \d{4})?", "DAY", text)
    return " ".join(re.sub(r"\d+", "N", text).split())


def test_a_folder_that_no_demo_made_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine", encoding="utf-8")
    ended = subprocess.run(
        [sys.executable, "-m", "newsdesk", "demo", "--home", str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 2
    assert "no demo made it" in ended.stderr
    assert (tmp_path / "thesis.txt").read_text(encoding="utf-8") == "mine"
