"""Feeds of every kind, and what is served in their place."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest

from spiders.feed import read_feed
from spiders.listing import Listing, UnreadableError

SEEN = datetime(2026, 5, 19, 12, 0, tzinfo=UTC)
URL = "https://courier.example/news/feed.xml"


def read(body: bytes | str, content_type: str = "", limit: int = 100) -> Listing:
    data = body.encode() if isinstance(body, str) else body
    return read_feed(data, URL, source="courier", seen=SEEN, content_type=content_type, limit=limit)


def rss(items: str, head: str = "<title>Courier</title>", root: str = '<rss version="2.0">') -> str:
    return f'<?xml version="1.0"?>{root}<channel>{head}{items}</channel></rss>'


def urls(listing: Listing) -> list[str]:
    return [one.url for one in listing.sightings]


def test_rss_2() -> None:
    (one,) = read(
        rss(
            "<item><title>A &amp;amp; &lt;b&gt;B&lt;/b&gt;</title><link>https://courier.example/1"
            "</link><description><![CDATA[<p>Said <i>so</i></p>]]></description>"
            "<pubDate>Tue, 19 May 2026 10:02:00 +0200</pubDate>"
            "<author>desk@courier.example (Ann Lee)</author></item>"
        )
    ).sightings
    assert one.url == "https://courier.example/1"
    assert one.title == "A & B"
    assert one.summary == "Said so"
    assert one.published == datetime(2026, 5, 19, 10, 2, tzinfo=timezone(timedelta(hours=2)))
    assert one.authors == ("Ann Lee",)
    assert (one.source, one.seen) == ("courier", SEEN)


def test_rss_0_91_with_its_dtd_and_the_entities_of_it() -> None:
    listing = read(
        '<?xml version="1.0"?><!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" '
        '"http://my.netscape.invalid/rss-0.91.dtd"><rss version="0.91"><channel><title>Old</title>'
        "<item><title>Caf&eacute; closes</title><link>/cafe</link></item></channel></rss>"
    )
    assert listing.sightings[0].title == "Café closes"
    assert urls(listing) == ["https://courier.example/cafe"]


def test_rss_1_0() -> None:
    listing = read(
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        '<channel rdf:about="x"><title>RDF</title></channel>'
        '<item rdf:about="https://courier.example/about-1"><title>One</title>'
        "<dc:date>2026-05-19T10:00+09:00</dc:date><dc:creator>Kim</dc:creator></item></rdf:RDF>"
    )
    assert listing.title == "RDF"
    assert urls(listing) == ["https://courier.example/about-1"]
    assert listing.sightings[0].authors == ("Kim",)
    assert listing.sightings[0].published is not None


def test_atom_with_a_base_and_links_of_every_relation() -> None:
    listing = read(
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://other.example/x/">'
        "<title>Atom</title>"
        '<entry><title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">A <b>b</b></div>'
        '</title><link rel="self" href="/self"/><link rel="replies" href="/replies"/>'
        '<link rel="alternate" type="application/json" href="one.json"/>'
        '<link rel="alternate" type="text/html" href="one"/><id>tag:x,1</id>'
        "<updated>2026-05-19T10:00:00.123456789Z</updated>"
        "<author><name>Jo</name></author></entry>"
        "<entry><id>https://other.example/two</id><title>Two</title></entry>"
        "<entry><id>tag:x,3</id><title>Leads nowhere</title></entry></feed>"
    )
    assert urls(listing) == ["https://other.example/x/one", "https://other.example/two"]
    assert listing.sightings[0].title == "A b"
    assert listing.sightings[0].published == datetime(2026, 5, 19, 10, 0, tzinfo=UTC)


def test_json_feed() -> None:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "JSON",
        "items": [
            {"id": "1", "url": "/one", "title": "One", "authors": [{"name": "Ida"}]},
            {"id": "https://courier.example/two", "date_published": "2026-05-19T10:00:00Z"},
            {"id": "3"},
            "nonsense",
            {"id": 4, "url": 5, "authors": "x", "title": ["y"]},
        ],
    }
    listing = read(json.dumps(feed))
    assert urls(listing) == ["https://courier.example/one", "https://courier.example/two"]
    assert listing.sightings[0].authors == ("Ida",)


@pytest.mark.parametrize(
    ("item", "url"),
    [
        ("<link>/a b</link>", "https://courier.example/a%20b"),
        ("<link>\n  https://x.example/1 \n</link>", "https://x.example/1"),
        ("<link><![CDATA[https://x.example/?a=1&b=2]]></link>", "https://x.example/?a=1&b=2"),
        ('<guid isPermaLink="true">https://x.example/g</guid>', "https://x.example/g"),
        ("<guid>https://x.example/g</guid>", "https://x.example/g"),
        ('<guid isPermaLink="false">https://x.example/g</guid>', None),
        ("<guid>4711</guid>", None),
        ("<link>mailto:a@x.example</link>", None),
        ("<link>javascript:void(0)</link>", None),
        ("<link>http://[broken/</link>", None),
        (
            '<link>/~r/1</link><f:origLink xmlns:f="urn:f">https://x.example/r</f:origLink>',
            "https://x.example/r",
        ),
        (
            '<a:link xmlns:a="http://www.w3.org/2005/Atom" rel="self" href="/s"/><link>/l</link>',
            "https://courier.example/l",
        ),
    ],
)
def test_where_an_item_leads(item: str, url: str | None) -> None:
    assert urls(read(rss(f"<item><title>x</title>{item}</item>"))) == ([url] if url else [])


@pytest.mark.parametrize(
    "body",
    [
        rss("<item><title>Fish & Chips&nbsp;</title><link>/1</link></item>"),
        "\n\n" + rss("<item><title>late</title><link>/1</link></item>"),
        rss("<item><title>control \x0b</title><link>/1</link></item>"),
        rss("<item><title>cut</title><link>/1</link></item><item><tit")[:-15],
        rss("<item><media:title>x</media:title><title>no such space</title><link>/1</link></item>"),
        rss("<item><title>Quotes</title><link>/1</link><a b=c></a></item>"),
    ],
)
def test_feeds_that_are_not_well_formed_are_read_all_the_same(body: str) -> None:
    listing = read(body)
    assert urls(listing) == ["https://courier.example/1"], listing.method


@pytest.mark.parametrize(
    ("encoding", "declared", "header"),
    [
        ("utf-8", "utf-8", ""),
        ("windows-1251", "windows-1251", ""),
        ("koi8-r", "koi8-r", "text/xml"),
        ("utf-16", "utf-16", ""),
        ("utf-8", "iso-8859-1", "text/xml; charset=utf-8"),
        ("windows-1251", "windows-1251", "text/xml; charset=utf-8"),
        ("windows-1251", "utf-8", "text/xml; charset=windows-1251"),
        ("utf-8", "utf-8", "text/xml; charset=nonsense"),
        ("utf-8-sig", "utf-8", "application/rss+xml"),
    ],
)
def test_charsets_right_and_wrong(encoding: str, declared: str, header: str) -> None:
    text = f'<?xml version="1.0" encoding="{declared}"?><rss version="2.0"><channel><title>Вести'
    text += "</title><item><title>Привет, мир</title><link>/1</link></item></channel></rss>"
    assert read(text.encode(encoding), header).sightings[0].title == "Привет, мир"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("", "empty"),
        ("  \n ", "empty"),
        ("<!DOCTYPE html><html><body>Sign in</body></html>", "html"),
        ("\ufeff<HTML><head></head></HTML>", "html"),
        ('<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"/>', "html"),
        ("<urlset><url><loc>https://x.example/</loc></url></urlset>", "not-a-feed"),
        ('{"message": "rate limited"}', "not-a-feed"),
        ('{"items": {}}', "not-a-feed"),
        ("{broken", "malformed"),
        ("[" * 100_000, "malformed"),
        ("{" + '"a":[' * 100_000, "malformed"),
        ("Error establishing a database connection", "malformed"),
        ("\x00\x01\x02\x03", "malformed"),
    ],
)
def test_what_is_no_feed_says_what_it_is(body: str, reason: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        read(body)
    assert caught.value.reason == reason


def test_an_empty_feed_is_a_feed() -> None:
    listing = read(rss(""))
    assert (listing.title, listing.sightings) == ("Courier", ())


def test_reading_stops_at_the_limit_and_never_says_an_address_twice() -> None:
    items = "".join(f"<item><link>/{n // 2}</link></item>" for n in range(200_000))
    whole = rss(items)
    assert urls(read(whole, limit=4)) == ["https://courier.example/0", "https://courier.example/1"]
    broken = whole.replace("<channel>", "<channel> & ")
    assert len(read(broken, limit=10).sightings) == 5


def test_entities_do_not_multiply_and_nothing_is_fetched_or_read() -> None:
    lol = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "lol"}">' for n in range(10))
    listing = read(
        f'<?xml version="1.0"?><!DOCTYPE r [{lol}<!ENTITY f SYSTEM "file:///etc/hostname">]>'
        "<rss><channel><title>&l9;</title><item><title>&f;|&l9;</title><link>/1</link></item>"
        "</channel></rss>"
    )
    assert urls(listing) == ["https://courier.example/1"]
    assert len(listing.title) < 1000
    with open("/etc/hostname", encoding="utf-8") as file:  # noqa: PTH123
        name = file.read().strip()
    assert not name or name not in (listing.sightings[0].title or "")


def test_nesting_without_end_is_given_up() -> None:
    with pytest.raises(UnreadableError, match="without end"):
        read("<rss><channel>" + "<item>" * 50_000)
