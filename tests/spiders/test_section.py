"""Which links of a page are articles, without a rule for each site."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from spiders.listing import UnreadableError
from spiders.section import read_section, shape

HOME = "https://www.courier.example/"
SEEN = datetime(2026, 5, 19, tzinfo=UTC)

ARTICLES = [
    ("/2026/05/19/council-votes-to-close-harbour", "Council votes to close the harbour"),
    ("/news/world/embassy-opens-in-moscow-104233.html", "“Embassy” of the campaign opens abroad"),
    ("/politik/article409961272/gruenen-spitze-gegen-kloeckner.html", "Grüne: Kritik an Klöckner"),
    (
        "/articles/AST1F4445T1FUTIL02SM.html",
        "南海トラフ地震臨時情報 気象庁が説明、いま何をすべきか",
    ),
    ("/doc/7715044", "Коммерсантъ: переговоры продолжатся в четверг вечером"),
    ("/news/view?id=88123", "Harbour reopens for smaller ships"),
    ("/sport/2026-06-23-final-goes-to-extra-time/", "Final goes to extra time"),
    ("/story/a-heat-shield-for-the-ice/", "A heat shield for the ice"),
    ("/cup/semi-final-ends-in-a-draw", "Semi-final ends in a draw"),
    ("/economy/2026/rates-up/", "Central bank puts rates up again for the third time"),
]
OTHERS = [
    ("/", "The Courier"),
    ("/about", "About"),
    ("/politics", "Politics"),
    ("/politics/", "All of our coverage from the capital and beyond"),
    ("/tag/harbour", "Harbour"),
    ("/author/ann-lee", "Ann Lee"),
    ("/author/ann-lee-of-the-courier-10233", "Everything by our correspondent Ann Lee"),
    ("/login?next=/2026/05/19/council", "Log in"),
    ("/newsletter/the-morning-briefing-in-five-minutes", "Sign up for our morning briefing now"),
    ("/privacy-policy", "Privacy policy"),
    ("/media/2026/05/19/council-votes-to-close.jpg", "A picture of the council as it votes"),
    ("/media/annual-report-2026-in-full.pdf", "Our annual report, in full, as a document"),
    ("https://elsewhere.example/2026/05/19/council-votes-to-close-harbour", "Someone else's story"),
    ("mailto:desk@courier.example", "Write to the editors of the Courier"),
    ("javascript:void(0)", "Show me more of these stories, please"),
    ("#comments-2026-05-19", "142 comments on this and other stories"),
    ("http://[broken/2026/05/19/council-votes-to-close", "Broken link with a long enough text"),
]


def page(links: list[tuple[str, str]], around: str = "{}", head: str = "") -> bytes:
    items = "".join(f'<li><a href="{url}">{text}</a></li>' for url, text in links)
    inner = around.format(f"<ul>{items}</ul>")
    return (
        f'<!doctype html><html><head><meta charset="utf-8"><title>Front</title>{head}</head>'
        f"<body>{inner}</body></html>"
    ).encode()


def found(body: bytes, content_type: str = "") -> list[str]:
    listing = read_section(body, HOME, source="s", seen=SEEN, content_type=content_type)
    return [one.url for one in listing.sightings]


@pytest.mark.parametrize(("url", "text"), ARTICLES)
def test_articles_are_found(url: str, text: str) -> None:
    assert len(found(page([(url, text)]))) == 1


@pytest.mark.parametrize(("url", "text"), OTHERS)
def test_everything_else_is_not(url: str, text: str) -> None:
    assert found(page([(url, text)])) == []


def test_a_whole_front_page_in_its_order_with_titles() -> None:
    listing = read_section(page(ARTICLES + OTHERS), HOME, source="s", seen=SEEN)
    assert [one.title for one in listing.sightings] == [text for _, text in ARTICLES]
    assert listing.title == "Front"


@pytest.mark.parametrize(
    "around", ["<nav>{}</nav>", "<footer>{}</footer>", '<div role="navigation">{}</div>']
)
def test_what_stands_in_navigation_needs_much_better_reasons(around: str) -> None:
    some = [("/economy/2026/rates-up/", "Central bank puts rates up again")]
    assert found(page(some)) != []
    assert found(page(some, around)) == []


def test_the_texts_of_several_links_to_one_article_are_taken_together() -> None:
    body = page(
        [
            ("/news/harbour-104233.html", ""),
            ("/news/harbour-104233.html#comments", "12 comments"),
            ("/news/harbour-104233.html?utm_source=front", "The harbour closes after the vote"),
        ]
    )
    (one,) = read_section(body, HOME, source="s", seen=SEEN).sightings
    assert one.title == "The harbour closes after the vote"
    assert one.url == "https://www.courier.example/news/harbour-104233.html"


def test_a_base_and_headings_within_links_are_heeded() -> None:
    body = (
        '<html><head><base href="https://www.courier.example/news/"></head><body>'
        '<a href="harbour-closes-104233"><img alt=""><h3>Harbour closes</h3></a></body></html>'
    )
    assert found(body.encode()) == ["https://www.courier.example/news/harbour-closes-104233"]


def test_charsets_of_the_header_the_page_and_none() -> None:
    text = "Переговоры продолжатся в четверг вечером в столице"
    row = f'<a href="/doc/7715044">{text}</a>'
    for body, kind in (
        (row.encode("windows-1251"), "text/html; charset=windows-1251"),
        (row.encode(), "text/html"),
        (f'<meta charset="koi8-r">{row}'.encode("koi8-r"), "text/html"),
        (row.encode(), "text/html; charset=no-such-thing"),
    ):
        listing = read_section(body, HOME, source="s", seen=SEEN, content_type=kind)
        assert [one.title for one in listing.sightings] == [text]


@pytest.mark.parametrize("body", [b"\x00\xff\x00", b"just text", b"<a href=", b"<" * 100_000])
def test_what_is_hardly_a_page_has_no_links(body: bytes) -> None:
    assert found(body) == []


def test_nothing_at_all_says_so() -> None:
    with pytest.raises(UnreadableError, match="empty"):
        found(b"")


def test_shapes() -> None:
    assert shape("https://a.example/2026/05/19/council-votes-to-close-harbour") == 5
    assert shape("https://a.example/") == -6
    assert shape("https://a.example/politics") == 0
    assert shape("https://a.example/tag/the-long-tag-of-many-words") < 0
