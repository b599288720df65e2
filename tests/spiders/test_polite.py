"""Robots.txt, Retry-After, redirects and proxies, as a crawl meets them."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from spiders.crawl import run
from spiders.fetch import Answer
from spiders.outward import fetch_story
from spiders.robots import MAX_BYTES, Robots, Rules, read
from spiders.unfetched import UnfetchedError, failed, refused
from stories.config import Config
from stories.model import Outcome
from tests.newsstand import Answer as Said
from tests.newsstand import Newsstand
from tests.spiders.conftest import fetch_all, reasons

Desk = Callable[..., Config]
NOW = datetime(2026, 5, 19, tzinfo=UTC)
RULES = b"User-agent: *\nDisallow: /private\nUser-agent: Newsdesk\nDisallow: /not-for-us\n"


@pytest.mark.parametrize(
    ("status", "body", "text", "later"),
    [
        (200, RULES, RULES.decode(), False),
        (200, b"<html>Not found</html>", "", False),
        (200, b"\xff\xfe\x00garbage", "\ufffd\ufffd\x00garbage", False),
        (404, RULES, "", False),
        (403, RULES, "", False),
        (410, b"", "", False),
        (429, b"", "", True),
        (500, RULES, "", True),
        (503, b"", "", True),
    ],
)
def test_answers_are_read_by_the_standard(
    status: int, body: bytes, text: str, *, later: bool
) -> None:
    answer = read(status, body, NOW)
    assert (answer.text, answer.later) == (text, later)


def test_only_the_first_half_megabyte_counts() -> None:
    body = RULES + b"#" * MAX_BYTES + b"\nUser-agent: *\nDisallow: /late\n"
    assert "late" not in read(200, body, NOW).text


def test_delays_are_kept_within_reason() -> None:
    assert Rules(read(200, b"User-agent: *\nCrawl-delay: 3", NOW)).delay("Newsdesk") == 3
    assert Rules(read(200, b"User-agent: *\nCrawl-delay: 9999", NOW)).delay("Newsdesk") == 10
    assert Rules(read(404, b"", NOW)).delay("Newsdesk") == 0


def test_a_host_is_asked_once_a_day_by_all_processes_together(tmp_path: Path) -> None:
    asked: list[str] = []
    now = [NOW]

    async def ask(url: str) -> tuple[int, bytes]:
        asked.append(url)
        await asyncio.sleep(0)
        return 200, RULES

    def robots() -> Robots:
        return Robots(tmp_path, ask, lambda: now[0])

    async def many() -> list[Rules]:
        one = robots()
        return await asyncio.gather(*(one.rules(f"https://A.example/{n}") for n in range(5)))

    rules = asyncio.run(many())
    assert asked == ["https://a.example/robots.txt"]
    assert [one.allows("https://a.example/private", "Other") for one in rules] == [False] * 5
    now[0] += timedelta(hours=23)
    again = asyncio.run(robots().rules("http://a.example/"))
    assert len(asked) == 1
    assert not again.allows("https://a.example/not-for-us", "Newsdesk")
    now[0] += timedelta(hours=2)
    asyncio.run(robots().rules("https://a.example/"))
    assert len(asked) == 2


@pytest.mark.parametrize(
    ("error", "later"), [(failed("timeout"), True), (refused("redirects"), False)]
)
def test_unreachable_means_not_now_and_a_circle_means_none(
    error: UnfetchedError, tmp_path: Path, *, later: bool
) -> None:
    async def ask(_: str) -> tuple[int, bytes]:
        raise error

    rules = asyncio.run(Robots(tmp_path, ask, lambda: NOW).rules("https://a.example/"))
    assert rules.answer.later is later
    assert rules.allows("https://a.example/", "x")


def test_a_spoilt_file_is_asked_for_again(tmp_path: Path) -> None:
    (tmp_path / "a.example.json").write_text('{"at": 5}')

    async def ask(_: str) -> tuple[int, bytes]:
        return 200, RULES

    rules = asyncio.run(Robots(tmp_path, ask, lambda: NOW).rules("https://a.example/"))
    assert not rules.allows("https://a.example/private", "x")


def test_what_nobody_asked_for_in_a_week_is_forgotten(tmp_path: Path) -> None:
    async def ask(_: str) -> tuple[int, bytes]:
        return 200, RULES

    robots = Robots(tmp_path / "robots", ask, lambda: NOW)
    assert robots.forget() == 0
    asyncio.run(robots.rules("https://old.example/"))
    asyncio.run(robots.rules("https://new.example/"))
    for name, days in (("old", 8), ("new", 6)):
        then = (NOW - timedelta(days=days)).timestamp()
        os.utime(tmp_path / "robots" / f"{name}.example.json", (then, then))
    assert robots.forget() == 1
    assert [file.name for file in (tmp_path / "robots").iterdir()] == ["new.example.json"]


def test_a_crawl_obeys_and_asks_once(stand: Newsstand, desk: Desk) -> None:
    outlet = stand.outlet("Strict")
    outlet.robots = RULES.decode()
    outlet.pages["/private/x"] = outlet.pages["/open"] = Said(body=b"<p>x</p>")
    outlet.pages["/not-for-us"] = outlet.pages["/open"]
    paths = ["/open", "/not-for-us", "/private/x"]
    urls = [outlet.url + path for path in paths]
    config = desk(user_agent="Newsdesk/9 (+mailto:x@example.test)")
    assert list(reasons(fetch_all(config, urls)).values()) == ["ok", "robots", "ok"]
    assert reasons(fetch_all(desk(user_agent="Other"), urls))[urls[2]] == "robots"
    assert len(stand.asked("/robots.txt")) == 1
    free = fetch_all(desk(robots=False), urls)
    assert all(isinstance(one, Answer) for one in free.values())


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (Said(status=503), "robots"),
        (Said(status=404, body=RULES), "ok"),
        (Said(status=302, headers=(("Location", "/elsewhere.txt"),)), "robots"),
        (Said(status=302, headers=(("Location", "/robots.txt"),)), "ok"),
    ],
)
def test_robots_that_are_odd(stand: Newsstand, desk: Desk, answer: Said, reason: str) -> None:
    outlet = stand.outlet("Odd")
    outlet.pages |= {
        "/robots.txt": answer,
        "/elsewhere.txt": Said(body=b"User-agent: *\nDisallow: /"),
        "/a": Said(body=b"a"),
    }
    (got,) = fetch_all(desk(), [f"{outlet.url}/a"]).values()
    assert (got.reason if isinstance(got, UnfetchedError) else "ok") == reason
    if answer.status == 503:
        assert isinstance(got, UnfetchedError)
        assert got.outcome is Outcome.DEFERRED
        assert got.retry_at is not None


def test_a_robots_txt_without_end_is_cut_and_obeyed(stand: Newsstand, desk: Desk) -> None:
    outlet = stand.outlet("Big")
    outlet.pages["/robots.txt"] = Said(body=RULES + b"# filler\n" * 400_000)
    outlet.pages |= {"/private": Said(body=b"x"), "/open": Said(body=b"x")}
    urls = [f"{outlet.url}/private", f"{outlet.url}/open"]
    got = reasons(fetch_all(desk(user_agent="Other"), urls))
    assert list(got.values()) == ["robots", "ok"]


@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_host_is_left_alone_until_it_says(stand: Newsstand, desk: Desk, status: int) -> None:
    outlet = stand.outlet("Busy")
    busy = Said(status=status, headers=(("Retry-After", "3600"),))
    outlet.pages |= {"/busy": busy, "/after": Said(body=b"x")}
    other = stand.outlet("Other")
    other.pages["/ok"] = Said(body=b"x")
    urls = [f"{outlet.url}/busy", f"{outlet.url}/after", f"{other.url}/ok"]
    before = datetime.now(UTC)
    got = fetch_all(desk(), urls, at_once=False)
    assert list(reasons(got).values()) == [f"http-{status}", "retry-after", "ok"]
    for url in urls[:2]:
        error = got[url]
        assert isinstance(error, UnfetchedError)
        assert error.outcome is Outcome.DEFERRED
        assert error.retry_at is not None
        assert timedelta(seconds=3590) < error.retry_at - before < timedelta(seconds=3700)
    assert stand.asked("/after") == []
    assert len(stand.asked("/busy")) == 1


def test_redirects_are_followed_a_few_times(stand: Newsstand, desk: Desk) -> None:
    outlet = stand.outlet("Moving")
    for n in range(6):
        outlet.pages[f"/{n}"] = Said(status=301, headers=(("Location", f"/{n + 1}"),))
    outlet.pages["/6"] = Said(body=b"here")
    got = fetch_all(desk(), [f"{outlet.url}/{n}" for n in (0, 1)])
    first, second = got.values()
    assert isinstance(first, UnfetchedError)
    assert first.reason == "redirects"
    assert isinstance(second, Answer)
    assert second.url == f"{outlet.url}/6"


def test_what_is_asked_for_an_address_is_told_in_full(stand: Newsstand, desk: Desk) -> None:
    outlet = stand.outlet("Counting")
    outlet.robots = "User-agent: *\nDisallow: /private\n"
    outlet.pages["/old"] = Said(status=301, headers=(("Location", "/new"),))
    outlet.pages["/new"] = Said(body=b"<p>here</p>")
    told = {}
    for path in ("/old", "/private/x", "/gone"):
        asked: list[str] = []
        with suppress(UnfetchedError):
            run(partial(fetch_story, desk(), outlet.url + path, asked))
        told[path] = [url.removeprefix(outlet.url) for url in asked]
    # Whoever meets a host first is charged with its robots.txt.
    assert told == {"/old": ["/robots.txt", "/old", "/new"], "/private/x": [], "/gone": ["/gone"]}


def test_the_standard_proxy_variables_are_heeded(
    stand: Newsstand, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", f"http://user:p%40ss@127.0.0.1:{stand.port}")
    monkeypatch.setenv("no_proxy", "127.0.0.2")
    direct = stand.outlet("Direct")
    direct.pages["/x"] = Said(body=b"direct")
    urls = [
        "http://www.far-away.example/status/is?code=200",
        "http://10.0.0.1/secret",
        f"{direct.url}/x",
    ]
    got = fetch_all(desk(allow_private=("127.0.0.2",), robots=False), urls)
    assert list(reasons(got).values()) == ["ok", "guard", "ok"]
    (asked,) = stand.asked(host="www.far-away.example")
    assert asked.headers["proxy-authorization"].startswith("Basic ")
    (own,) = stand.asked(host=direct.host)
    assert "proxy-authorization" not in own.headers
