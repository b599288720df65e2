"""The walk outward over the invented press: what it finds, what it leaves, a kill on the way."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.coverage.press.make import Press
from tests.coverage.press.serve import FINDER, Server, serving

NEWSDESK = Path(sys.executable).with_name("newsdesk")
TOPIC = "harbour"


@pytest.fixture(scope="module")
def press() -> Press:
    return Press()


@pytest.fixture
def server(press: Press) -> Iterator[Server]:
    with serving(press) as running:
        yield running


def environment(server: Server) -> dict[str, str]:
    return os.environ | {
        "http_proxy": server.address, "https_proxy": server.address, "no_proxy": "",
        "HTTP_PROXY": server.address, "HTTPS_PROXY": server.address, "NO_PROXY": "",
    }  # fmt: skip


def desk(home: Path, server: Server, *words: str) -> str:
    done = subprocess.run(
        [NEWSDESK, "--home", home, *words],
        env=environment(server), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def watched(home: Path, press: Press, server: Server) -> None:
    story = next(p for p in press.of(TOPIC)[20:] if p.links and p.outlet.language == "en")
    desk(home, server, "init")
    with (home / "newsdesk.toml").open("a") as file:
        file.write(f'\n[search.finder]\nurl = "http://{FINDER}/search?q={{query}}&format=rss"\n')
        file.write("[search.gdelt]\nenabled = false\n[search.bing-news]\nenabled = false\n")
    desk(home, server, "watch", story.url, "--name", TOPIC, "--yes")


def own(home: Path, server: Server) -> list[dict[str, object]]:
    lines = desk(home, server, "export", "--format", "ndjson").splitlines()
    rows = [json.loads(line) for line in lines]
    return [row for row in rows if TOPIC in row["topics"] and not row["copy_of"]]


def plain(url: object) -> str:
    return str(url).partition("://")[2].removeprefix("www.")


def test_the_press_is_what_the_bars_ask_for(press: Press) -> None:
    assert len(press.outlets) == 60
    assert len(press.pieces) >= 400
    assert len({piece.url for piece in press.pieces}) == len(press.pieces)
    assert {piece.topic for piece in press.pieces} == set(press.topics)
    assert [p.url for p in Press(now=press.now).pieces] == [p.url for p in press.pieces]


def test_from_one_story_outward(tmp_path: Path, press: Press, server: Server) -> None:
    watched(tmp_path, press, server)
    went = json.loads(desk(tmp_path, server, "crawl", "--topic", TOPIC, "--json"))
    again = json.loads(desk(tmp_path, server, "crawl", "--topic", TOPIC, "--json"))
    truth = {plain(piece.url) for piece in press.of(TOPIC)}
    found = [plain(row["url"]) for row in own(tmp_path, server)]
    assert len(found) == len(set(found))
    assert len(truth.intersection(found)) >= 0.75 * len(truth)
    assert len(truth.intersection(found)) >= 0.9 * len(found)
    assert not [asked.url for asked in server.asked if asked.forbidden]
    assert len(server.asked) <= 3.3 * len(found)
    assert went["outward"]["found"] > 10 * max(1, again["outward"]["found"])
    told = json.loads(desk(tmp_path, server, "coverage", TOPIC, "--json"))
    # What is counted is what the servers counted, the story and every robots.txt among it; what
    # the guard has refused was not sent.
    assert len(server.asked) <= told["requests"] <= len(server.asked) + 2
    by_url = {plain(piece.url): piece.outlet.host.removeprefix("www.") for piece in press.pieces}
    for one in told["articles"]:
        where = plain(one["credit"]["url"]) if one["credit"] else plain(one["url"])
        assert one["outlet"] == by_url[where]
        assert one["path"][-1]["url"] == one["url"] or one["path"]
    assert all(way["why"] or way["state"] == "waiting" for way in told["left"])
    spots = json.loads(desk(tmp_path, server, "blindspots", TOPIC, "--json"))
    assert spots
    assert all(spot["add"].startswith("newsdesk source add http") for spot in spots)
    query = (tmp_path / "newsdesk.toml").read_text()
    assert "brask" not in query


def test_a_killed_walk_goes_on_where_it_stood(tmp_path: Path, press: Press, server: Server) -> None:
    watched(tmp_path, press, server)
    asked_before = len(server.asked)
    walk = subprocess.Popen(
        [NEWSDESK, "--home", tmp_path, "crawl", "--topic", TOPIC, "--json"],
        env=environment(server), stdout=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    while len(server.asked) < asked_before + 60 and walk.poll() is None:
        time.sleep(0.05)
    os.killpg(walk.pid, signal.SIGKILL)
    walk.wait()
    time.sleep(1)
    pages = [a.url for a in server.asked[asked_before:] if a.status == 200]
    desk(tmp_path, server, "crawl", "--topic", TOPIC, "--json")
    found = [plain(row["url"]) for row in own(tmp_path, server)]
    truth = {plain(piece.url) for piece in press.of(TOPIC)}
    assert len(found) == len(set(found))
    # How much there is to find is for the bench; here, that the second walk goes on with it.
    assert len(truth.intersection(found)) >= 0.6 * len(truth)
    twice = [u for u in pages if [a.url for a in server.asked].count(u) > 1]
    # Only what was under way when it was killed is asked for again.
    assert len([u for u in set(twice) if "robots.txt" not in u]) <= 20
