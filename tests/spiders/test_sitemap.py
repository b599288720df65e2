"""News sitemaps, plain ones, indexes, packed ones, and what is served in their place."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime

import pytest

from spiders.listing import Listing, UnreadableError
from spiders.sitemap import read_sitemap

SEEN = datetime(2026, 5, 19, 12, 0, tzinfo=UTC)
URL = "https://courier.example/sitemap.xml"
SPACES = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
    'xmlns:n="http://www.google.com/schemas/sitemap-news/0.9" '
    'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"'
)


def read(body: bytes | str, limit: int = 100, most: int = 1_000_000) -> Listing:
    data = body.encode() if isinstance(body, str) else body
    return read_sitemap(data, URL, source="c", seen=SEEN, most_bytes=most, limit=limit)


def urlset(rows: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><urlset {SPACES}>{rows}</urlset>'


def news(path: str, date: str = "2026-05-19T10:00:00+02:00", title: str = "A title") -> str:
    return (
        f"<url><loc>https://courier.example{path}</loc><image:image><image:loc>https://i.example/"
        "x.jpg</image:loc><image:title>no</image:title></image:image><n:news><n:publication>"
        f"<n:name>Courier</n:name></n:publication><n:publication_date>{date}</n:publication_date>"
        f"<n:title>{title}</n:title></n:news></url>"
    )


def urls(listing: Listing) -> list[str]:
    return [one.url.removeprefix("https://courier.example") for one in listing.sightings]


def test_a_news_sitemap_gives_titles_and_dates_and_the_newest_first() -> None:
    listing = read(urlset(news("/old", "2026-05-18") + news("/new", title="Fish &amp; chips")))
    assert urls(listing) == ["/new", "/old"]
    assert listing.method == "news"
    assert listing.sightings[0].title == "Fish & chips"
    assert listing.sightings[0].published is not None
    assert listing.sightings[1].published is None  # a day is no instant


def test_of_a_plain_one_only_what_changed_lately_is_seen() -> None:
    rows = (
        "<url><loc>https://courier.example/2011</loc><lastmod>2011-01-01</lastmod></url>"
        "<url><loc>https://courier.example/today</loc><lastmod>2026-05-19</lastmod></url>"
        "<url><loc>https://courier.example/undated</loc></url>"
    )
    listing = read(urlset(rows))
    assert urls(listing) == ["/today", "/undated"]
    assert listing.method == "plain"


def test_an_index_names_the_news_first_then_what_changed_lately() -> None:
    def child(path: str, changed: str = "") -> str:
        said = f"<lastmod>{changed}</lastmod>" if changed else ""
        return f"<sitemap><loc>https://courier.example{path}</loc>{said}</sitemap>"

    listing = read(
        f"<sitemapindex {SPACES}>"
        + child("/2011.xml", "2011-01-01")
        + child("/monday.xml", "2026-05-18T10:00:00Z")
        + child("/today.xml", "2026-05-19T10:00:00Z")
        + child("/news.xml")
        + "".join(child(f"/{n}.xml") for n in range(100))
        + "</sitemapindex>"
    )
    assert listing.sightings == ()
    assert listing.more[:3] == tuple(
        f"https://courier.example/{name}.xml" for name in ("news", "today", "monday")
    )
    assert len(listing.more) == 5


def test_packed_within_bounds() -> None:
    body = urlset("".join(news(f"/{n}") for n in range(50)))
    assert len(read(gzip.compress(body.encode())).sightings) == 50
    with pytest.raises(UnreadableError, match="size"):
        read(gzip.compress(body.encode() + b" " * 5_000_000))
    with pytest.raises(UnreadableError, match="encoding"):
        read(b"\x1f\x8bnot at all packed")


@pytest.mark.parametrize(
    "body",
    [
        urlset(news("/a?x=1&y=2")),
        urlset(news("/a?x=1&amp;y=2", title="Fish & chips")),
        urlset(news("/a?x=1&amp;y=2") + "<url><loc>https://courier.example/cut"),
        "\n" + urlset(news("/a?x=1&amp;y=2")),
        urlset("<url><loc> https://courier.example/a?x=1&amp;y=2\n</loc></url>"),
        urlset("<url><loc><![CDATA[https://courier.example/a?x=1&y=2]]></loc></url>"),
        "<urlset><url><loc>/a?x=1&amp;y=2</loc></url></urlset>",
        "https://courier.example/a?x=1&y=2\n",
    ],
)
def test_sloppy_ones_are_read_all_the_same(body: str) -> None:
    found = urls(read(body))
    assert found[0].startswith("/a?x=1"), found


def test_a_feed_named_as_a_sitemap_is_read_as_a_feed() -> None:
    listing = read("<rss><channel><title>F</title><item><link>/1</link></item></channel></rss>")
    assert urls(listing) == ["/1"]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("", "empty"),
        ("<html><body>no</body></html>", "html"),
        ("nonsense", "malformed"),
        ("<opml/>", "not-a-sitemap"),
        ('<!DOCTYPE u [<!ENTITY a "b">]><urlset><url><loc>&a;</loc></url></urlset>', "entities"),
    ],
)
def test_what_is_none_says_what_it_is(body: str, reason: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        read(body)
    assert caught.value.reason == reason


def test_an_empty_one_is_one() -> None:
    assert read(urlset("")).sightings == ()


def test_the_newest_of_very_many() -> None:
    rows = "".join(news(f"/{n}", f"2026-05-{1 + n % 19:02}T00:00:00Z") for n in range(5000))
    listing = read(urlset(rows), limit=200)
    assert len(listing.sightings) == 200
    assert {one.published.day for one in listing.sightings if one.published} == {19}
