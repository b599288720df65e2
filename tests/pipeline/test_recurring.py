"""Furniture learned per outlet: what stands on many pages goes, what stands on two stays."""

from __future__ import annotations

from collections import Counter

from pipeline.read import read
from pipeline.recurring import LEAST_PAGES, line_hashes, without_recurring
from stories.model import Article
from tests.pipeline.reading import SENTENCES, article, page

PLEA = "The Courier lives on the gifts of its readers, which are deductible in full."


def story(number: int, plea: str = PLEA) -> Article:
    paragraphs = [f"{sentence} This is report {number}." for sentence in SENTENCES]
    html = article(paragraphs=paragraphs, within=f"<p>{plea}</p>")
    return read(page(html, f"https://courier.example/2026/05/{number:02}/a-story-{number}"))


def counted(articles: list[Article]) -> Counter[int]:
    seen: Counter[int] = Counter()
    for one in articles:
        seen.update(line_hashes(one))
    return seen


def test_what_stands_on_many_pages_is_taken_out() -> None:
    others = [story(n) for n in range(10)]
    found = story(11)
    assert PLEA in found.text
    cleaned, taken = without_recurring(found, counted(others), len(others))
    assert PLEA not in cleaned.text
    assert [(one.line, one.pages) for one in taken] == [(PLEA, 10)]
    assert cleaned.text.count("\n") == len(SENTENCES) - 1
    assert len(cleaned.roles) == len(SENTENCES)
    assert "10 other pages" in cleaned.evidence["furniture"]


def test_a_paragraph_on_two_or_three_pages_is_never_eaten() -> None:
    for known in range(LEAST_PAGES):
        others = [story(n) for n in range(known)]
        found = story(11)
        assert without_recurring(found, counted(others), known) == (found, ())


def test_a_refrain_of_few_of_many_pages_stays() -> None:
    seen = counted([story(n) for n in range(5)])
    found = story(11)
    assert without_recurring(found, seen, 1000) == (found, ())


def test_an_article_is_never_emptied() -> None:
    found = story(1)
    seen = Counter(dict.fromkeys(line_hashes(found), 50))
    assert without_recurring(found, seen, 50) == (found, ())


def test_hashes_fit_a_signed_column_and_ignore_dress() -> None:
    one, other = story(1), story(1, plea=PLEA.upper().replace(" ", "  "))
    assert line_hashes(one) == line_hashes(other)
    assert all(0 <= mark < 2**63 for mark in line_hashes(one))
