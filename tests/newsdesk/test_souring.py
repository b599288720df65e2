"""A source whose pages turn into consent walls is named by crawl and by sources."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.newsstand import Answer, Newsstand, Outlet
from tests.pipeline.junk import junk

PAGES = 24
WALL = next(one.html for one in junk() if one.kind == "consent" and one.language == "en")
HOME = """
[fetch]
allow_private = ["127.0.0.0/8"]
delay = 0.0
per_host = 8

[sources.courier]
url = "{feed}"
kind = "feed"
"""


@pytest.fixture
def stand() -> Iterator[Newsstand]:
    with Newsstand() as opened:
        yield opened


def newsdesk(home: Path, *arguments: str) -> str:
    ended = subprocess.run(
        [sys.executable, "-m", "newsdesk", *arguments],
        env={**os.environ, "NEWSDESK_HOME": str(home), "no_proxy": "*"},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert "Traceback" not in ended.stderr, ended.stderr
    return ended.stdout


def publish(outlet: Outlet, first: int, *, walled: bool) -> None:
    for number in range(first, first + PAGES):
        path = f"/2026/05/story-{number}.html"
        text = " ".join(
            f"The council took up matter {number * 10 + part} of its list and voted on it at once."
            for part in range(9)
        )
        outlet.publish(path, f"Matter {number} is settled by the council", text)
        if walled:
            outlet.pages[path] = Answer(body=WALL.encode())


def test_a_wall_before_every_page_is_noticed(stand: Newsstand, tmp_path: Path) -> None:
    courier = stand.outlet("Example Courier")
    newsdesk(tmp_path, "init")
    (tmp_path / "newsdesk.toml").write_text(HOME.format(feed=f"{courier.url}{courier.feed}"))
    publish(courier, 0, walled=False)
    first = newsdesk(tmp_path, "crawl")
    assert f"{PAGES} filed" in first
    assert "no articles" not in first
    publish(courier, PAGES, walled=True)
    said = f"{PAGES} of the last {PAGES} pages of courier are no articles"
    assert said in newsdesk(tmp_path, "crawl")
    assert said in newsdesk(tmp_path, "sources")
    (told,) = json.loads(newsdesk(tmp_path, "sources", "--json"))
    assert told["soured"].startswith(said)
    publish(courier, 2 * PAGES, walled=False)
    assert "no articles" not in newsdesk(tmp_path, "crawl")
    assert "no articles" not in newsdesk(tmp_path, "sources")
