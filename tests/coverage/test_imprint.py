"""What a page says of itself: whose it is, which page it stands for, whether it is a mere list."""

from __future__ import annotations

import pytest

from spiders.harvest import FARMED
from spiders.imprint import is_spun
from spiders.ways import WaysOut, ways_out

PROSE = (
    "Engineers lowered the level of the reservoir on Thursday night after water had been found in a"
    " gallery that was dry for sixty years, and nobody had been told of it."
)
HERE = "https://mirror.example/2026/11/the-level-of-the-reservoir"


def out(body: str, url: str = HERE) -> WaysOut:
    return ways_out(f"<!doctype html><html><body>{body}</body></html>".encode(), url, "text/html")


def test_a_farm_of_links_is_a_list_though_words_stand_between_them() -> None:
    spun = "".join(
        f'<p>wolf sheep bonus: <a href="https://f{n % 3}.example/{n}">Wolf kills sheep</a></p>'
        for n in range(25)
    )
    assert out(f"<h1>Wolf</h1><p>{PROSE}</p>{spun}").linked > FARMED
    items = "".join(f'<li><a href="https://f{n}.example/x">Dam {n}</a></li>' for n in range(45))
    assert out(f"<h1>Dam</h1><p>{PROSE * 4}</p><ul>{items}</ul>").linked > FARMED


def test_an_article_with_links_and_a_box_is_none() -> None:
    told = f'<p>{PROSE} <a href="https://other.example/the-gallery">As Other wrote</a>.</p>' * 6
    box = "".join(f'<li><a href="/2026/11/another-{n}">Another one {n}</a></li>' for n in range(8))
    assert out(f"<h1>The level</h1>{told}<ul>{box}</ul>").linked < FARMED


def test_bait_is_no_prose() -> None:
    bait = ("Cheap {} online", "Best {} guide", "{} near me", "Ten facts about {}", "{} price list")
    names = ("Ferrotan", "Northern Lark", "Brannoch Heath")
    text = ". ".join(bait[n % 5].format(names[n % 3]) for n in range(40))
    assert is_spun(text)
    assert not is_spun(" ".join([PROSE] * 20)), "the same again, but in whole sentences"
    scores = "\n".join(f"Palm Bay {n} Rockledge {70 - n}" for n in range(1, 40))
    assert not is_spun(scores), "a table of results says something else in every line"


def test_lines_that_are_only_broken_are_text_as_well() -> None:
    told = "<br><br>".join([PROSE] * 5)
    box = "".join(f'<li><a href="/2026/11/another-{n}">Another one {n}</a></li>' for n in range(8))
    assert out(f"<h1>The level</h1><div>{told}</div><ul>{box}</ul>").linked < FARMED / 2
    assert out(f"<h1>The level</h1><ul>{box}</ul>").linked > FARMED


@pytest.mark.parametrize(
    ("shared", "original"),
    [
        ("https://first.example/2026/11/the-level-of-the-reservoir", True),
        ("https://first.example/2026/11/another-article-altogether", False),
        ("https://www.mirror.example/2026/11/the-level-of-the-reservoir", False),
    ],
)
def test_a_mirror_still_offers_to_share_the_page_that_it_is_of(
    shared: str, *, original: bool
) -> None:
    body = f'<p>{PROSE}</p><a href="https://social.example/share?u={shared}">Share</a>'
    assert out(body).original == (shared if original else None)


@pytest.mark.parametrize(
    ("words", "followed"),
    [
        ("Read the full story at First Herald", True),
        ("Ganzen Artikel bei der Neuen Post lesen", False),
        ("Zum ganzen Artikel bei der Neuen Post", True),
        ("Read more: the dam in pictures", False),
    ],
)
def test_an_aggregator_sends_its_readers_on_by_an_address_of_its_own(
    words: str, *, followed: bool
) -> None:
    found = out(f'<p>{PROSE}</p><p><a href="/go/17">{words}</a></p>').read_on
    assert found == ("https://mirror.example/go/17" if followed else None)


def test_to_read_on_within_a_site_is_to_stay_with_the_article() -> None:
    assert (
        out(f'<p>{PROSE}</p><a href="/2026/11/the-level?page=2">Continue reading</a>').read_on
        is None
    )
