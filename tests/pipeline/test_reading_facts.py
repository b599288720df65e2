"""Titles, instants, bylines, languages, addresses and facts, each with its evidence."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from pipeline.read import read
from stories.model import Article, Precision
from tests.pipeline.reading import SENTENCES, URL, article, news, page

TITLE = "Harbour bridge reopens after the storm"


def og(**properties: str) -> str:
    return "".join(
        f'<meta property="{name.replace("_", ":", 1)}" content="{value}">'
        for name, value in properties.items()
    )


@pytest.mark.parametrize(
    ("head", "data", "h1", "title"),
    [
        (og(og_title=f"{TITLE} - The Courier"), None, TITLE, TITLE),
        (og(og_title=f"The Courier | {TITLE}"), None, TITLE, TITLE),
        (
            og(og_title=f"{TITLE} \N{EN DASH} what we know"),
            None,
            f"{TITLE} \N{EN DASH} what we know",
            f"{TITLE} \N{EN DASH} what we know",
        ),
        (
            "",
            news(headline="Storm&#8217;s bridge is back"),
            "Storm\N{RIGHT SINGLE QUOTATION MARK}s bridge is back",
            "Storm\N{RIGHT SINGLE QUOTATION MARK}s bridge is back",
        ),
        (
            og(og_title="Bridge is open again: what the city says of it"),
            news(headline=TITLE),
            TITLE,
            TITLE,
        ),
        (og(og_title=f"{TITLE} | 2 min read"), None, TITLE, TITLE),
        (og(og_title=f"{TITLE} | Harbour News"), None, TITLE, TITLE),
    ],
)
def test_title(head: str, data: dict[str, object] | None, h1: str, title: str) -> None:
    found = read(page(article(head=head, data=data, title=h1)))
    assert found.title == title
    assert found.evidence["title"]


def test_a_second_headline_that_structured_data_knows_is_the_one_readers_see() -> None:
    data = news(headline="Lorries cross the river again, three weeks on")
    seen = "<h2>Lorries cross the river again, three weeks on</h2>"
    assert read(page(article(above=seen, data=data))).title == data["headline"]


def test_the_feed_breaks_a_tie() -> None:
    data = news(headline="Bridge is back in service for lorries")
    found = read(page(article(data=data), title="Bridge is back in service for lorries"))
    assert found.title == "Bridge is back in service for lorries"


def dated(head: str = "", **more: object) -> Article:
    data = news(headline=TITLE, **more) if more else None
    return read(
        page(article(head=head, data=data), "https://courier.example/harbour-bridge-reopens")
    )


@pytest.mark.parametrize(
    ("found", "at", "precision"),
    [
        (
            lambda: dated(datePublished="2026-05-09T10:30:15+02:00"),
            "2026-05-09T10:30:15+02:00",
            "second",
        ),
        (lambda: dated(datePublished="2026-05-09"), "2026-05-09T00:00:00+00:00", "day"),
        (
            lambda: dated(og(article_published_time="2026-05-09T08:30Z")),
            "2026-05-09T08:30:00+00:00",
            "minute",
        ),
        (
            lambda: dated('<meta name="date" content="1778315400000">'),
            "2026-05-09T08:30:00+00:00",
            "second",
        ),
    ],
)
def test_published(found: object, at: str, precision: str) -> None:
    instant = found().published  # type: ignore[operator]  # a reading, made when the test runs
    assert instant is not None
    assert (instant.at.isoformat(), instant.precision) == (at, precision)


def test_the_zone_is_taken_from_another_writing_of_the_same_time() -> None:
    found = dated(
        '<meta name="date" content="2026-05-09T10:30:15+02:00">',
        datePublished="2026-05-09 10:30:15",
    )
    assert found.published is not None
    assert found.published.at == datetime(2026, 5, 9, 8, 30, 15, tzinfo=UTC)
    assert "meta date" in found.published.evidence


def test_the_zone_of_the_country_is_the_last_resort_and_says_so() -> None:
    data = news(headline=TITLE, datePublished="2026-05-09 10:30:00")
    found = read(page(article(data=data), "https://kurier.de/hafenbruecke-nach-dem-sturm"))
    assert found.published is not None
    assert found.published.at.isoformat() == "2026-05-09T10:30:00+02:00"
    assert "zone of .de" in found.published.evidence


@pytest.mark.parametrize("said", ["2026-05-10T14:00:00Z", "1970-01-01T00:00:00Z", "2062-01-01"])
def test_what_cannot_be_is_not_believed(said: str) -> None:
    assert dated(datePublished=said).published is None


def test_a_page_without_a_date_has_none() -> None:
    assert read(page(article(), "https://courier.example/harbour-bridge-reopens")).published is None


def test_the_feed_says_when_the_page_does_not() -> None:
    at = datetime(2026, 5, 9, 9, 15, tzinfo=UTC)
    found = read(page(article(), "https://courier.example/harbour-bridge-reopens", published=at))
    assert found.published is not None
    assert (found.published.at, found.published.evidence) == (at, "feed")


def test_visible_times_near_the_headline_are_read() -> None:
    above = '<p class="meta">Published on 9 May 2026 at 10:30 BST</p>'
    found = read(page(article(above=above), "https://courier.example/harbour-bridge-reopens"))
    assert found.published is not None
    assert found.published.at.isoformat() == "2026-05-09T10:30:00+01:00"


def test_modified_is_apart() -> None:
    found = dated(datePublished="2026-05-09T10:00:00Z", dateModified="2026-05-10T07:00:00Z")
    assert found.published is not None
    assert found.modified is not None
    assert found.modified.at > found.published.at
    assert any("datePublished" in said for said in found.facts["dates"])  # type: ignore[attr-defined]  # a list of sentences


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ({"@type": "Person", "name": "Jane Doe"}, ("Jane Doe",)),
        ([{"name": "Jane Doe"}, {"name": "John Roe"}], ("Jane Doe", "John Roe")),
        ("By Jane Doe and John Roe", ("Jane Doe", "John Roe")),
        ("Von Jana Dö und Jon Ro, dpa", ("Jana Dö", "Jon Ro", "dpa")),
        ({"name": "Jane Doe, chief political correspondent"}, ("Jane Doe",)),
        ({"name": "jane.doe@courier.example"}, ()),
        ({"name": "Staff"}, ()),
        ({"givenName": "Jane", "familyName": "Doe"}, ("Jane Doe",)),
        ({"name": "Jane Doe", "url": "https://courier.example/author/admin/"}, ()),
    ],
)
def test_authors(author: object, names: tuple[str, ...]) -> None:
    found = read(page(article(data=news(headline=TITLE, author=author))))
    assert found.authors == names
    assert found.byline == (", ".join(names) or None)


def test_persons_on_the_page_go_before_the_house_in_its_data() -> None:
    data = news(headline=TITLE, author={"@type": "Organization", "name": "The Courier"})
    found = read(page(article(data=data, above='<p class="byline">By Jane Doe</p>')))
    assert found.authors == ("Jane Doe",)


def test_the_house_is_better_than_nobody() -> None:
    data = news(headline=TITLE, author={"@type": "Organization", "name": "The Courier"})
    assert read(page(article(data=data))).authors == ("The Courier",)


def test_a_person_may_be_called_like_the_house() -> None:
    data = news(headline=TITLE, author={"name": "Jane Courier"})
    assert read(page(article(data=data))).authors == ("Jane Courier",)


def test_agencies_are_known_as_such() -> None:
    found = read(page(article(data=news(headline=TITLE, author={"name": "Associated Press"}))))
    assert found.facts["agencies"] == ["AP"]


def test_language_is_heard_when_the_page_is_wrong() -> None:
    paragraphs = [
        "Die Hafenbrücke ist am Samstag wieder geöffnet worden, drei Wochen nach dem Sturm.",
        "Die Ingenieure haben in zwei Schichten gearbeitet und vierzig Seile ersetzt.",
        "Der Verkehr war über das alte Viadukt geleitet worden, und es gab lange Staus.",
    ]
    found = read(page(article(paragraphs=paragraphs, language="en")))
    assert found.language == "de"
    assert read(page(article())).language == "en"


@pytest.mark.parametrize(
    ("canonical", "taken"),
    [
        ("https://courier.example/2026/05/09/harbour-bridge", True),
        ("/2026/05/09/harbour-bridge", True),
        ("https://courier.example/", False),
        ("https://courier.example/politics", False),
        ("https://herald.test/2026/05/09/harbour-bridge", False),
    ],
)
def test_canonical_is_advice_within_the_site(canonical: str, *, taken: bool) -> None:
    found = read(page(article(head=f'<link rel="canonical" href="{canonical}">')))
    assert found.url == URL
    assert found.key == (
        "courier.example/2026/05/09/harbour-bridge"
        if taken
        else "courier.example/2026/05/09/harbour-bridge-reopens-after-the-storm"
    )


@pytest.mark.parametrize(
    ("url", "canonical", "shown"),
    [
        (URL.replace("/2026", "/amp/2026"), URL, URL),
        (URL.replace("//www.", "//m."), URL, URL),
        (URL.replace("after", "f%C3%BCrs"), URL.replace("after", "fürs"), None),
        (URL, URL.replace("https://", "http://"), URL),
        (URL, f"{URL}?utm_source=feed", URL),
    ],
)
def test_a_view_for_phones_is_kept_under_the_address_of_the_page(
    url: str, canonical: str, shown: str | None
) -> None:
    found = read(
        replace(page(article(head=f'<link rel="canonical" href="{canonical}">')), answered=url)
    )
    assert found.url == (shown or url)


def test_facts() -> None:
    data = news(
        headline=TITLE,
        articleSection="Opinion",
        keywords=["harbour", "bridges"],
        isAccessibleForFree=False,
        image={"url": "/img/bridge.jpg"},
    )
    found = read(page(article(data=data)))
    assert found.image == "https://www.courier.example/img/bridge.jpg"
    assert found.facts["section"] == "Opinion"
    assert found.facts["tags"] == ["harbour", "bridges"]
    assert found.facts["paywall"] is True
    assert found.facts["opinion"] is True
    assert found.outlet == "courier.example"
    assert found.source == "courier"


def test_a_live_blog_is_known_as_such() -> None:
    data = {"@context": "https://schema.org", "@type": "LiveBlogPosting", "headline": TITLE}
    assert read(page(article(data=data))).facts["live"] is True


def test_broken_structured_data_is_mended() -> None:
    head = (
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "'
        f'{TITLE}", "datePublished": "2026-05-09T10:00:00Z",}}</script>'
    )
    found = read(page(article(head=head)))
    assert found.published is not None
    assert found.published.precision is Precision.SECOND
    assert found.text.split("\n") == list(SENTENCES)


@pytest.mark.parametrize(
    ("url", "language", "country"),
    [
        ("https://www.kurier.de/story-about-a-bridge-7", "en", "de"),
        ("https://www.courier.co.uk/story-about-a-bridge-7", "en", "gb"),
        ("https://www.courier.com/story-about-a-bridge-7", "en-AU", "au"),
        ("https://www.courier.com/story-about-a-bridge-7", "pt_BR", "br"),
        ("https://www.courier.com/story-about-a-bridge-7", "en", None),
        ("https://www.courier.com/story-about-a-bridge-7", "de", None),
    ],
)
def test_the_country_of_an_outlet(url: str, language: str, country: str | None) -> None:
    assert read(page(article(language=language), url)).facts.get("country") == country


def test_a_wall_below_the_text_is_evidence_of_one() -> None:
    found = read(page(article(below="<div><p>Subscribe to continue reading.</p></div>")))
    assert found.facts["paywall"] is True
    assert "Subscribe to continue" in found.evidence["paywall"]
    assert "paywall" not in read(page(article())).facts


def test_releases_and_live_blogs_without_structured_data() -> None:
    released = read(page(article(head='<meta name="author" content="PR Newswire">')))
    assert released.facts["press release"] is True
    assert released.evidence["press release"] == "byline PR Newswire"
    live = read(page(article(title="Storm over the harbour: live updates from the bridge")))
    assert live.facts["live"] is True
    assert "live" not in read(page(article(title="They live by the bridge: three portraits"))).facts


@pytest.mark.parametrize(
    ("first", "last", "agencies"),
    [
        ("KYIV, May 9 (Reuters) - ", "", ["Reuters"]),
        ("Berlin (dpa/AFP) - ", "", ["dpa", "AFP"]),
        ("WASHINGTON (AP) \u2014 ", "", ["AP"]),
        ("MOSKAU, 9. Mai. /TASS/. ", "", ["TASS"]),
        ("", " (dpa)", ["dpa"]),
        ("", " (SDA/Reuters)", ["SDA", "Reuters"]),
        ("", " Quelle: KNA", ["KNA"]),
        ("(Photo) ", "", None),
        ("The mayor (AP) ", " (sic)", ["AP"]),
        ("", " said the pilot (52)", None),
        ("", " (Beta)", None),
    ],
)
def test_agencies_of_datelines_and_ends(first: str, last: str, agencies: list[str] | None) -> None:
    paragraphs = [f"{first}{SENTENCES[0]}", *SENTENCES[1:-1], f"{SENTENCES[-1]}{last}"]
    assert read(page(article(paragraphs=paragraphs))).facts.get("agencies") == agencies


@pytest.mark.parametrize(
    ("host", "at"),
    [
        ("www.courier.com", "2026-05-09T14:05:00+05:30"),
        ("www.courier.ie", "2026-05-09T14:05:00+01:00"),
    ],
)
def test_ist_is_of_india_but_where_it_is_not(host: str, at: str) -> None:
    html = article(above="<p>Updated: May 09, 2026 02:05 PM IST</p>")
    found = read(page(html, f"https://{host}/city/harbour-bridge-reopens-7"))
    assert found.published is not None
    assert found.published.at == datetime.fromisoformat(at)
