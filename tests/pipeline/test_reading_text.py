"""The text of an article: what belongs to it, what stands beside it, and which role a line has."""

from __future__ import annotations

import pytest

from pipeline.read import read
from tests.pipeline.reading import SENTENCES, article, news, page

LEAD = "Three weeks after the storm lorries cross the river again; an inquiry is to follow."


def lines(html: str) -> list[str]:
    return read(page(html)).text.split("\n")


def test_a_plain_article_is_its_paragraphs() -> None:
    found = read(page(article()))
    assert found.text.split("\n") == list(SENTENCES)
    assert found.roles == "pppppp"
    assert "headline" not in found.text
    assert found.evidence["text"].startswith("trafilatura")


@pytest.mark.parametrize(
    "above",
    [
        f'<p class="standfirst">{LEAD}</p>',
        f'<div class="article-header"><h2 class="article__subtitle">{LEAD}</h2></div>',
        f'<div class="teaser-text"><p>{LEAD}</p></div>',
    ],
)
def test_the_standfirst_leads_and_stands_once(above: str) -> None:
    found = lines(article(above=above))
    assert found[0] == LEAD
    assert found.count(LEAD) == 1
    assert found[1:] == list(SENTENCES)


def test_what_the_page_gives_as_its_description_is_a_standfirst() -> None:
    head = f'<meta property="og:description" content="{LEAD}">'
    assert lines(article(head=head, above=f"<div><p>{LEAD}</p></div>"))[0] == LEAD


@pytest.mark.parametrize(
    "within",
    [
        "<figure><img src='a.jpg'><figcaption>The bridge. Photo: Jane Doe</figcaption></figure>",
        '<div class="related-links"><h3>More on this</h3><p><a href="/a">A storm</a></p></div>',
        '<p><a href="/x">Read more: Storm cuts off the islands for three days</a></p>',
        '<div class="newsletter"><p>Sign up to our newsletter and get it in your inbox.</p></div>',
        '<div class="share-bar"><p>Share this article with all of your friends right now</p></div>',
        "<p>Foto: Jane Doe/Agency</p>",
        "<p>© Jane Doe, all pictures</p>",
        "<aside><h3>In short</h3><p>The bridge was opened in 1932 and is 503 m long.</p></aside>",
        (
            "<ul><li><a href='/1'>Storm cuts off the islands</a></li>"
            "<li><a href='/2'>Minister resigns over the budget</a></li></ul>"
        ),
        '<div style="display: none"><p>This is hidden from everybody who reads here.</p></div>',
    ],
)
def test_furniture_among_the_paragraphs_is_left_out(within: str) -> None:
    assert lines(article(within=within)) == list(SENTENCES)


@pytest.mark.parametrize(
    "below",
    [
        '<div class="author-bio"><p>Jane Doe has covered the harbour since 1999.</p></div>',
        "<p>Follow us on Twitter and Facebook for more news of the harbour</p>",
        (
            "<h3>You may also like</h3><div class='teasers'><h4><a href='/a'>Storm cuts off the "
            "islands</a></h4><h4><a href='/b'>Minister resigns over the budget row</a></h4></div>"
        ),
        "<p>© 2026 The Courier. All rights reserved.</p>",
        '<div class="comments"><p>I have crossed that bridge every day for years.</p></div>',
    ],
)
def test_what_follows_the_text_is_left_out(below: str) -> None:
    assert lines(article(below=below)) == list(SENTENCES)


def test_roles() -> None:
    within = (
        "<h2>What broke</h2><ul><li>Forty hangers of ninety-six were torn in the night</li>"
        "<li>Two pylons were bent by the force of the wind</li></ul>"
        "<blockquote><p>Nobody had listened to us when we said it.</p></blockquote>"
    )
    found = read(page(article(within=within)))
    assert found.roles == "ppphllqppp"
    assert len(found.roles) == found.text.count("\n") + 1


def test_structured_data_decides_what_belongs_to_the_text() -> None:
    data = news(
        headline="Harbour bridge reopens after the storm",
        datePublished="2026-05-09T10:00:00Z",
        articleBody=" ".join(SENTENCES),
    )
    stray = "<p>Tickets for the concert in the old dockyard are on sale from Monday at noon.</p>"
    found = read(page(article(within=stray, data=data)))
    assert found.text.split("\n") == list(SENTENCES)
    assert "articleBody" in found.evidence["text"]


def test_a_teaser_in_structured_data_does_not_shorten_the_text() -> None:
    data = news(headline="Harbour bridge reopens", articleBody=SENTENCES[0])
    assert lines(article(data=data)) == list(SENTENCES)


def test_a_body_that_only_structured_data_has_is_read() -> None:
    data = news(
        headline="Harbour bridge reopens after the storm",
        datePublished="2026-05-09T10:00:00Z",
        articleBody="\n".join(SENTENCES),
    )
    found = read(page(article(paragraphs=[], within="<div id='app'></div>", data=data)))
    assert found.text.split("\n") == list(SENTENCES)
    assert found.evidence["text"] == "json-ld articleBody alone"


def test_paragraphs_in_many_containers_of_one_kind_are_all_text() -> None:
    chunks = "".join(f'<div class="chunk"><p>{s} {s}</p></div><aside>Ad</aside>' for s in SENTENCES)
    found = lines(article(paragraphs=[], within=chunks))
    assert found == [f"{s} {s}" for s in SENTENCES]


def test_the_posts_of_a_live_blog_are_its_text() -> None:
    posts = [f"{n}:15 The mayor has arrived. {sentence}" for n, sentence in enumerate(SENTENCES)]
    within = "".join(f'<article class="post"><p>{post}</p></article>' for post in posts)
    assert lines(article(paragraphs=[], within=within)) == posts


@pytest.mark.parametrize(
    "sentence",
    [
        "More from the city is not to be expected before autumn.",
        "Watch and wait is what the harbour master recommends.",
        "All ferries are running again, a spokeswoman said on Sunday. (Reuters)",
        "Tickets can be had at the landing stage until Sunday evening, the line says.",
    ],
)
def test_sentences_that_only_sound_like_furniture_stay(sentence: str) -> None:
    assert sentence in lines(article(within=f"<p>{sentence}</p>"))
    assert sentence in lines(article(paragraphs=[*SENTENCES, sentence]))


def test_links_in_the_text_are_what_it_cites() -> None:
    within = (
        '<p>The report of the <a href="https://inspectors.example/report?utm_source=x">bridge '
        'inspectors</a> and <a href="/2026/04/18/storm">our own</a> said so before.</p>'
    )
    found = read(page(article(within=within)))
    assert [(cite.url, cite.how) for cite in found.cites] == [
        ("https://inspectors.example/report", "link")
    ]


def test_short_lines_in_other_scripts_are_lines_too() -> None:
    paragraphs = [
        "港の橋は土曜日に再開した。嵐で吊り材が切れてから三週間ぶりである。",
        "市によると、技術者は二交代で作業し、九十六本のうち四十本を交換した。",
        "「天気に恵まれた」と工事の責任者は語った。",
        "修理費は千百万で、三分の一は州が負担する。",
    ]
    found = read(page(article(title="港の橋が再開", paragraphs=paragraphs, language="ja")))
    assert found.text.split("\n") == paragraphs
    assert found.language == "ja"


def test_where_structured_data_has_the_whole_text_nobody_else_is_asked() -> None:
    data = news(headline="Harbour bridge reopens after the storm", articleBody=" ".join(SENTENCES))
    within = "<h2>What comes next</h2><blockquote><p>It held, after all that.</p></blockquote>"
    aside = "<div class=promo><p>Our weekly letter tells what the harbour talks about.</p></div>"
    read_article = read(page(article(data=data, within=within + aside)))
    assert read_article.evidence["text"].startswith("json-ld articleBody")
    assert read_article.text.split("\n") == [
        *SENTENCES[:3],
        "What comes next",
        "It held, after all that.",
        *SENTENCES[3:],
    ]


def test_a_half_of_the_text_in_structured_data_is_not_taken_for_the_whole() -> None:
    data = news(articleBody=" ".join((*SENTENCES[:3], *SENTENCES[:3])))
    assert read(page(article(data=data))).text.split("\n") == list(SENTENCES)


def test_a_line_that_says_when_and_under_what_it_was_filed_is_left_out() -> None:
    line = "<p>05/10/2025 - Publicado por: Clara Borba - Categoria: Saúde - Tags: ponte, porto</p>"
    assert read(page(article(above=line, language="pt"))).text.split("\n") == list(SENTENCES)
    said = "<p>The council filed it under the tags: bridge, storm and harbour, nobody knew why.</p>"
    assert len(read(page(article(within=said))).text.split("\n")) == len(SENTENCES) + 1


def test_a_text_in_two_kinds_of_containers_is_whole_where_structured_data_has_a_part() -> None:
    more = [
        f"What came of it in year {n} is told by those who saw the bridge with their own eyes."
        for n in "3456"
    ]
    below = f'<div class="part-two">{"".join(f"<p>{line}</p>" for line in more)}</div>'
    data = news(articleBody=" ".join(SENTENCES))
    found = read(page(article(data=data, below=below)))
    assert found.text.split("\n")[: len(SENTENCES)] == list(SENTENCES)
    assert not found.evidence["text"].startswith("json-ld")
