"""The invented press serves what its files say, round by round."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from newsdesk.demo import render
from newsdesk.demo.press import PRESS, Press, paragraphs
from newsdesk.demo.server import PressServer, serving

EDITED = "http://www.harbour-courier.example/2/minister-calls-embassy-street-theatre"
FEED = "http://www.nordhavener-tagblatt.example/feed.atom"


@pytest.fixture
def server() -> Iterator[PressServer]:
    with serving(Press()) as running:
        yield running


def get(server: PressServer, url: str, **headers: str) -> tuple[int, str, str | None]:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({"http": server.address}))
    request = urllib.request.Request(url, headers=headers)  # noqa: S310 - our own server
    try:
        with opener.open(request, timeout=10) as answer:
            return answer.status, answer.read().decode(), answer.headers["ETag"]
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode(), error.headers["ETag"]


def test_every_page_that_is_served_exists_and_is_filled_in(server: PressServer) -> None:
    for in_round in (1, 2):
        server.round = in_round
        for outlet in server.press.outlets.values():
            for path in outlet.serves:
                status, text, _ = get(server, f"http://{outlet.host}{path}")
                assert status in (200, 410), path
                assert "$" not in text, path
            for item in server.press.items(outlet.host, in_round):
                status, text, _ = get(server, f"http://{outlet.host}{item.path}")
                assert (status, "$" in text) == (200, False), item.path


def test_nothing_is_dated_ahead_or_long_ago() -> None:
    for day in range(14):
        now = datetime(2026, 11, 1, 3, 0, tzinfo=UTC) + timedelta(days=day)
        press = Press(now)
        dates = [item.published for host in press.outlets for item in press.items(host, 2)]
        assert max(dates) < now
        assert min(dates) > now - timedelta(days=11)
        assert {date.strftime("%A") for date in dates} == {"Sunday", "Monday", "Tuesday"}


def test_what_is_met_again_unchanged_is_not_sent_again(server: PressServer) -> None:
    status, _, etag = get(server, FEED)
    assert etag is not None
    assert (status, get(server, FEED, **{"If-None-Match": etag})[:2]) == (200, (304, ""))


def test_round_two_kills_a_feed_and_edits_an_article(server: PressServer) -> None:
    before = get(server, EDITED)
    assert get(server, f"{EDITED}/update-1")[0] == 404
    server.round = 2
    assert get(server, FEED)[0] == 410
    after = get(server, f"{EDITED}/update-1")
    assert "188,000" in before[1]
    assert "181,500" not in before[1]
    assert "181,500" in after[1]
    assert f'<link rel="canonical" href="{EDITED}">' in after[1]


def test_hosts_that_are_not_of_the_press_are_not_reached(server: PressServer) -> None:
    assert get(server, "http://elsewhere.example/")[0] == 502


def test_texts_are_borrowed_by_paragraph() -> None:
    wire = [text for _, text in paragraphs("embassy-wire")]
    assert [text for _, text in paragraphs("embassy-tribune")] == wire[:5]
    quoted = [text for tag, text in paragraphs("embassy-commentary") if tag == "blockquote"]
    assert quoted == wire[1:5]


def test_every_text_and_page_of_the_press_is_used() -> None:
    press = Press()
    items = [item for host in press.outlets for item in press.items(host, 2)]
    assert all(150 <= len(" ".join(t for _, t in item.paragraphs).split()) <= 520 for item in items)
    pages = {item.page for item in items} | {
        page
        for one in press.outlets.values()
        for page in (*one.serves.values(), *one.later.values())
    }
    assert pages == {path.name for path in (PRESS / "pages").iterdir()}
    assert all(render.content_type(page) for page in pages)
