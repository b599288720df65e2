"""Furniture learned per outlet: what stands on many pages goes, what stands on two stays."""

from __future__ import annotations

from pipeline.read import read
from pipeline.recurring import (
    LEAST_PAGES,
    LONG,
    ONCE,
    SELDOM,
    is_furniture,
    is_known,
    is_page,
    lines,
    mark,
    met_again,
    without,
)
from stories.archive.furniture import Met
from stories.model import Article
from tests.pipeline.reading import SENTENCES, article, page

PLEA = "The Courier lives on the gifts of its readers, which are deductible in full."


def story(number: int, plea: str = PLEA) -> Article:
    paragraphs = [f"{sentence} This is report {number}." for sentence in SENTENCES]
    html = article(paragraphs=paragraphs, within=f"<p>{plea}</p>")
    return read(page(html, f"https://courier.example/2026/05/{number:02}/a-story-{number}"))


def marked(line: str) -> int:
    found = mark(line)
    assert found is not None
    return found


def test_lines_are_taken_out_with_their_roles_and_named() -> None:
    found = story(11)
    cleaned, taken = without(found, {marked(PLEA): 10})
    assert PLEA in found.text
    assert taken == (PLEA,)
    assert cleaned.text == found.text.replace(f"{PLEA}\n", "")
    assert len(cleaned.roles) == len(SENTENCES)
    assert "1 line found on 10 other pages" in cleaned.evidence["furniture"]
    assert cleaned.facts["furniture"] == [marked(PLEA)]


def test_a_line_on_two_or_three_pages_is_never_furniture() -> None:
    for pages in range(LEAST_PAGES):
        assert not is_furniture(PLEA, Met(pages, 0, pages), pages)
    assert is_furniture(PLEA, Met(LEAST_PAGES, 0, 3), LEAST_PAGES)


def test_a_refrain_of_few_of_many_pages_is_text() -> None:
    assert not is_furniture(PLEA, Met(5, 0, 190), 200)
    assert is_furniture(PLEA, Met(12, 0, 190), 200)


def test_a_line_that_came_late_is_held_against_the_pages_since() -> None:
    assert is_furniture(PLEA, Met(8, 9_990, 9_999), 10_000)
    assert not is_furniture(PLEA, Met(4, 9_990, 9_999), 10_000)


def test_a_long_line_must_stand_on_twice_as_many_pages() -> None:
    long = "Since the spring of the great flood " * 6
    assert len(long) > LONG
    assert not is_furniture(long, Met(7, 0, 9), 10)
    assert is_furniture(long, Met(8, 0, 9), 10)


def test_what_was_not_met_for_long_is_forgotten() -> None:
    assert is_known(Met(1, 0, 0), ONCE)
    assert not is_known(Met(1, 0, 0), ONCE + 1)
    assert is_known(Met(2, 0, 1), SELDOM + 1)
    assert not is_known(Met(9, 0, 1), SELDOM + 2)
    assert met_again(Met(9, 0, 1), SELDOM + 2) == Met(1, SELDOM + 2, SELDOM + 2)
    assert met_again(Met(9, 0, 1), 7) == Met(10, 0, 7)


def test_an_article_is_never_emptied() -> None:
    found = story(1)
    assert without(found, dict.fromkeys(lines(found), 50)) == (found, ())


def test_a_copy_is_no_page_of_its_own() -> None:
    first = lines(story(1))
    met = dict.fromkeys(first, Met(1, 0, 0))
    assert not is_page(first, met, 1)
    other = lines(story(2))
    assert is_page(other, met, 1)


def test_lines_are_known_by_their_words() -> None:
    assert mark(PLEA) == mark(PLEA.upper().replace(" ", "  "))
    assert mark("Yes, it is.") is None
    assert mark("A whole paragraph. " * 20) is None
    assert mark("そうです") is not None
    assert all(0 <= number < 2**40 for number in lines(story(1)))
