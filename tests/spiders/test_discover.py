"""From a bare home page to its sources, with few requests."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from spiders.crawl import declared_sources, discover, run
from spiders.discover import Found, is_comments
from stories.config import Config
from stories.model import SourceKind
from tests.newsstand import Answer, Newsstand, Outlet

Desk = Callable[..., Config]
TEXT = "The council voted on Monday to close the harbour. " * 5


@pytest.fixture
def courier(stand: Newsstand) -> Outlet:
    outlet = stand.outlet("Courier")
    outlet.publish("/2026/05/harbour-closes-after-vote.html", "Harbour closes after vote", TEXT)
    outlet.publish("/2026/05/council-meets-again.html", "Council meets again on Friday", TEXT)
    outlet.publish("/2026/05/rates-go-up-again.html", "Rates go up again, bank says", TEXT)
    return outlet


def look(config: Config, *urls: str) -> list[Found]:
    return run(lambda: discover(config, urls))


def kinds(found: Found) -> list[tuple[SourceKind, str]]:
    return [(source.kind, source.url) for source in found.sources]


def test_the_good_case_takes_four_requests(stand: Newsstand, desk: Desk, courier: Outlet) -> None:
    (found,) = look(desk(), courier.url + "/")
    assert kinds(found) == [
        (SourceKind.FEED, courier.url + "/feed.xml"),
        (SourceKind.SITEMAP, courier.url + "/sitemap-news.xml"),
    ]
    assert found.error is None
    assert [one.path for one in stand.log] == [
        "/robots.txt",
        "/",
        "/feed.xml",
        "/sitemap-news.xml",
    ]
    assert found.notes[0] == f"feed {courier.url}/feed.xml: 3 items"


def test_what_was_found_belongs_to_the_declared_name(desk: Desk, courier: Outlet) -> None:
    url = courier.url + "/"
    config = desk({"harbour": {"url": url, "outlet": "The Courier", "schedule": "0 7 * * *"}})
    (found,) = look(config, url)
    first, second = declared_sources(config, "harbour", found)
    assert (first.name, second.name) == ("harbour/feed", "harbour/sitemap")
    assert {one.declared for one in (first, second)} == {"harbour"}
    assert {one.outlet for one in (first, second)} == {"The Courier"}
    assert {one.schedule for one in (first, second)} == {"0 7 * * *"}


def test_without_feed_and_sitemap_the_page_itself_is_the_source(
    stand: Newsstand, desk: Desk, courier: Outlet
) -> None:
    courier.feed = courier.sitemap = None
    (found,) = look(desk(), courier.url + "/")
    assert kinds(found) == [(SourceKind.SECTION, courier.url + "/")]
    assert len(stand.log) <= 12


def test_feeds_at_the_usual_places_are_found(desk: Desk, courier: Outlet) -> None:
    courier.feed, courier.sitemap = "/rss.xml", None
    courier.pages["/"] = Answer(body=b"<html><body><p>A page of one script</p></body></html>")
    (found,) = look(desk(), courier.url)
    assert kinds(found) == [(SourceKind.FEED, courier.url + "/rss.xml")]


def test_feeds_of_comments_are_not_taken(desk: Desk, courier: Outlet) -> None:
    feed = courier.answer("/feed.xml").body
    courier.pages |= {
        "/": Answer(
            body=b'<html><head><link rel="alternate" type="application/rss+xml" title="Courier '
            b'&raquo; Comments Feed" href="/comments/feed/"><link rel="alternate" '
            b'type="application/atom+xml" href="/all"><link rel="alternate" hreflang="de" '
            b'href="/de/"><link rel="alternate" type="application/rss+xml" href="/said">'
            b"</head></html>"
        ),
        "/comments/feed/": Answer(body=feed),
        "/all": Answer(body=feed),
        "/said": Answer(body=feed.replace(b"<title>Courier", b"<title>Comments on: Courier", 1)),
    }
    courier.sitemap = None
    (found,) = look(desk(), courier.url)
    assert kinds(found) == [(SourceKind.FEED, courier.url + "/all")]


def test_feeds_that_are_announced_and_broken_lead_on(desk: Desk, courier: Outlet) -> None:
    courier.pages["/feed.xml"] = Answer(body=b"<!doctype html><html>Sign in</html>")
    courier.pages["/rss"] = Answer(body=courier.answer("/feed.xml").body)
    courier.sitemap = None
    (found,) = look(desk(), courier.url)
    assert kinds(found) == [(SourceKind.SECTION, courier.url)]
    assert "html: a page instead of a feed" in " ".join(found.notes)


def test_an_index_of_sitemaps_is_taken_for_its_news(desk: Desk, courier: Outlet) -> None:
    sitemap = courier.answer("/sitemap-news.xml")
    courier.feed, courier.sitemap = None, "/index.xml"
    courier.pages |= {
        "/index.xml": Answer(
            body=f"<sitemapindex><sitemap><loc>{courier.url}/archive.xml</loc></sitemap>"
            f"<sitemap><loc>{courier.url}/googlenews.xml</loc></sitemap></sitemapindex>".encode()
        ),
        "/googlenews.xml": sitemap,
    }
    (found,) = look(desk(), courier.url)
    assert kinds(found) == [(SourceKind.SITEMAP, courier.url + "/index.xml")]


@pytest.mark.parametrize(
    ("path", "kind"), [("/feed.xml", "feed"), ("/sitemap-news.xml", "sitemap")]
)
def test_a_source_that_is_given_itself_is_known_as_such(
    stand: Newsstand, desk: Desk, courier: Outlet, path: str, kind: str
) -> None:
    (found,) = look(desk(), courier.url + path)
    assert kinds(found) == [(SourceKind(kind), courier.url + path)]
    assert len(stand.log) == 2


def test_many_at_once_and_no_trouble_of_one_reaches_another(
    stand: Newsstand, desk: Desk, courier: Outlet
) -> None:
    locked = stand.outlet("Locked")
    locked.robots = "User-agent: *\nDisallow: /"
    empty = stand.outlet("Empty")
    empty.feed = empty.sitemap = None
    urls = [
        locked.url + "/",
        stand.url + "/bomb/gzip?mb=200",
        "http://nowhere.invalid/",
        courier.url + "/",
        empty.url + "/",
        stand.url + "/garbage/bytes",
        courier.url + "/",
    ]
    found = look(desk(timeout=6), *urls)
    assert [one.url for one in found] == urls
    assert [bool(one.sources) for one in found] == [False, False, False, True, False, False, True]
    said = [one.error or "" for one in found]
    for number, word in ((0, "robots"), (1, "size"), (2, "dns"), (4, "no feed"), (5, "bad-answer")):
        assert word in said[number], said


@pytest.mark.parametrize(
    ("url", "title", "expected"),
    [
        ("https://a.example/comments/feed/", "", True),
        ("https://a.example/feed", "Comments on: A story", True),
        ("https://a.example/feed", "A » Comments Feed", True),
        ("https://a.example/feed", "Kommentare zu A", True),
        ("https://a.example/feed", "A » Feed", False),
        ("https://a.example/commentisfree/rss", "Opinion", False),
        ("https://a.example/rss", "Commentary Magazine", False),
        ("https://a.example/rss", "The Daily Commentator", False),
    ],
)
def test_what_is_a_feed_of_comments(url: str, title: str, *, expected: bool) -> None:
    assert is_comments(url, title) is expected
