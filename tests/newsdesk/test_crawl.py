"""source add and crawl as processes, over the invented press."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from newsdesk.demo.press import Press
from newsdesk.demo.server import PressServer, serving

Ran = subprocess.CompletedProcess[str]
COURIER = "http://www.harbour-courier.example/"
TRIBUNE = "http://www.westmark-tribune.example/"


@pytest.fixture
def server() -> Iterator[PressServer]:
    with serving(Press()) as running:
        yield running


@pytest.fixture
def desk(server: PressServer, tmp_path: Path) -> Callable[..., Ran]:
    """The command line over a fresh desk that reaches the press, and nothing else."""
    environment = {
        **os.environ,
        "NEWSDESK_HOME": str(tmp_path),
        "http_proxy": server.address,
        "https_proxy": server.address,
        "no_proxy": "",
    }

    def run(*arguments: str) -> Ran:
        ended = subprocess.run(
            [sys.executable, "-m", "newsdesk", *arguments],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        assert "Traceback" not in ended.stderr
        return ended

    assert run("init").returncode == 0
    return run


def test_home_pages_are_looked_at_and_what_was_found_is_crawled(
    desk: Callable[..., Ran], server: PressServer, tmp_path: Path
) -> None:
    listed = tmp_path / "list.txt"
    listed.write_text(f"# the press\n{COURIER}\n{TRIBUNE}\n", encoding="utf-8")
    added = desk("source", "add", "--file", str(listed))
    assert added.returncode == 0
    assert "feed     http://www.harbour-courier.example/feed.xml" in added.stdout
    assert "sitemap  http://www.westmark-tribune.example/news-sitemap.xml" in added.stdout
    assert "Found 2 sources of 2 outlets." in added.stdout
    assert added.stderr == ""

    first = json.loads(desk("crawl", "--json").stdout)
    counts = first["counts"]
    assert first["status"] == "done"
    assert counts["sightings"] == counts["new"] == counts["addresses"] == 6
    assert sum(first["reasons"].values()) == 6

    asked = server.requests
    second = json.loads(desk("crawl", "--json").stdout)
    assert second["counts"]["polls_unchanged"] == second["counts"]["polls"] == 2
    assert second["counts"]["addresses"] == 0
    assert server.requests - asked <= 4  # two sources, and at most a robots.txt each

    one = json.loads(desk("crawl", "harbour-courier-example", "--json").stdout)
    assert one["counts"]["polls"] == 1
    nothing = desk("crawl", "--due")
    assert nothing.returncode == 0
    assert "skipped" in nothing.stdout
    assert "nothing is due" in nothing.stdout


def test_a_topic_can_be_crawled_by_its_sources_alone(desk: Callable[..., Ran]) -> None:
    assert desk("source", "add", COURIER, TRIBUNE).returncode == 0
    limited = ("--source", "westmark-tribune-example")
    assert desk("topic", "add", "calder", "--query", "calder", *limited).returncode == 0
    run = json.loads(desk("crawl", "--topic", "calder", "--json").stdout)
    assert run["counts"]["polls"] == 1
    assert desk("crawl").returncode == 0
    under = [json.loads(line) for line in desk("export", "--topic", "calder").stdout.splitlines()]
    assert {one["outlet"] for one in under} == {"westmark-tribune.example"}


def test_a_page_with_nothing_to_offer_is_said_kept_and_looked_at_again(
    desk: Callable[..., Ran],
) -> None:
    added = desk("source", "add", COURIER, "http://nobody.example/")
    assert added.returncode == 1
    assert "nobody-example: nothing found" in added.stdout
    assert "source remove NAME" in added.stdout
    crawled = desk("crawl")
    assert crawled.returncode == 0
    assert "nobody-example" in crawled.stdout.split("Sources that failed:")[1]
    assert "nobody-example" in desk("sources").stdout
    checked = desk("check")
    assert checked.returncode == 1
    assert "nobody-example" in checked.stdout
    assert desk("source", "remove", "nobody-example").returncode == 0
    assert "nobody-example" not in desk("sources").stdout
