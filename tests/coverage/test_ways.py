"""What a page offers outward, and what an address leads to."""

from __future__ import annotations

import pytest

from spiders.public import is_public_name
from spiders.targets import is_calendar, is_tag, unwrapped
from spiders.ways import ways_out

PAGE = """<!doctype html><html><head>
<link rel="canonical" href="https://first.example/2026/11/the-dam-is-closed">
<link rel="alternate" type="application/rss+xml" href="/feed.xml">
<meta property="og:site_name" content="Second Paper"><meta name="generator" content="WordPress 6">
</head><body><nav><a href="/about-us-and-our-long-history">About us</a></nav>
<p>The dam is closed, <a href="https://third.example/a-story-of-the-dam">as Third wrote</a>, and
nobody knows for how long it will be so.</p>
<p>More <a href="https://out.example/go?u=https%3A%2F%2Ffourth.example%2Fthe-long-read">here</a> and
in the <a href="/calendar?month=2026-11">calendar of all events</a>.</p>
<p><a href="https://first.example/2026/11/the-dam-is-closed">Read the full story at First</a></p>
</body></html>"""


def test_a_page_tells_where_it_leads() -> None:
    out = ways_out(PAGE.encode(), "https://second.example/s/1", "text/html; charset=utf-8")
    assert out.original == "https://first.example/2026/11/the-dam-is-closed"
    assert out.read_on == out.original
    assert out.feeds == ("https://second.example/feed.xml",)
    assert out.searches == ("https://second.example/?s={query}&feed=rss2",)
    assert out.outlet == "Second Paper"
    inside = {link.url for link in out.links if link.inside}
    assert "https://third.example/a-story-of-the-dam" in inside
    assert "https://fourth.example/the-long-read" in inside
    assert not any("calendar" in link.url for link in out.links)
    assert next(link for link in out.links if "about" in link.url).furniture


@pytest.mark.parametrize(
    ("url", "inner"),
    [
        ("https://t.example/?url=https%3A%2F%2Fa.example%2Fx-y-z", "https://a.example/x-y-z"),
        ("https://www.google.com/amp/s/a.example/x-y-z", "https://a.example/x-y-z"),
        ("https://a-example.cdn.ampproject.org/c/s/a.example/x-y-z", "https://a.example/x-y-z"),
        ("https://a-example.cdn.ampproject.org/c/a.example/x-y-z", "http://a.example/x-y-z"),
        ("https://a.example/login?next=https://a.example/x", None),
        ("https://a.example/x?ref=https://b.example/", None),
        ("https://t.example/go?u=https%3A%2F%2Fa.example%2F%3Fp%3D17", "https://a.example/?p=17"),
    ],
)
def test_redirectors_are_seen_through(url: str, inner: str | None) -> None:
    assert unwrapped(url).startswith(inner or url.partition("?")[0])


@pytest.mark.parametrize(
    ("url", "calendar"),
    [
        ("https://a.example/calendar?month=2026-11", True),
        ("https://a.example/events/2026/11/", True),
        ("https://a.example/kalender?jahr=2026", True),
        ("https://a.example/2026/11/events-of-a-long-night", False),
        ("https://a.example/news/calendar-reform-fails-in-parliament", False),
    ],
)
def test_calendars_have_no_end(url: str, *, calendar: bool) -> None:
    assert is_calendar(url) is calendar


@pytest.mark.parametrize(
    ("url", "tag"),
    [
        ("https://a.example/tag/brannock-moor", True),
        ("https://a.example/topics/brannock-moor/", True),
        ("https://a.example/news/thema/moorbrand", True),
        ("https://a.example/mots-cles/lande", True),
        ("https://a.example/tag/", False),
        ("https://a.example/tag/brannock-moor/a-long-night-on-the-moor", False),
        ("https://a.example/2026/11/tags-on-every-sheep", False),
        ("https://a.example/tag/brannock-moor?page=2", False),
    ],
)
def test_outlets_list_what_they_have_on_a_subject(url: str, *, tag: bool) -> None:
    assert is_tag(url) is tag


@pytest.mark.parametrize(
    ("url", "public"),
    [
        ("https://a.example/x", True),
        ("http://localhost:8080/x", False),
        ("http://intranet/x", False),
        ("http://router.lan/", False),
        ("http://wiki.corp/x", False),
        ("http://192.168.4.20/drafts/x", False),
        ("http://2130706433/x", False),
        ("http://[::1]:8080/x", False),
        ("http://93.184.215.14/x", True),
        ("http://[", False),
    ],
)
def test_links_into_somebodys_network_are_not_followed(url: str, *, public: bool) -> None:
    assert is_public_name(url) is public


def test_what_the_operator_allows_may_be_followed() -> None:
    assert is_public_name("http://desk.local/x", ("desk.local",))
    assert is_public_name("http://127.0.0.1:8080/x", ("127.0.0.0/8",))
    assert not is_public_name("http://10.0.0.7/x", ("127.0.0.0/8",))
