"""Which pages are of a topic, by its story and by what was read on the way."""

from __future__ import annotations

import pytest

from pipeline.compared import Feature
from pipeline.likeness import LIKELY, NONE, SURE, Likeness
from pipeline.questions import questions
from pipeline.sharpen import sharpened
from tests.coverage.terms import features, term


def test_a_name_of_the_whole_neighbourhood_loses_its_say() -> None:
    likeness = Likeness(features())
    assert likeness.of_line("Brask opens a bridge")[0] > NONE
    for number in range(12):
        text = (
            f"Quillfeather spoke of Oster-Exit number {number}. The embassy is shut. Brask waits."
        )
        likeness.read(f"on{number}", f"Quillfeather and Oster-Exit, part {number}", text)
        other = f"The bridge is number {number}. It rained on Sunday. Mayor Brask waits for spring."
        likeness.read(f"off{number}", f"A bridge, part {number}", other)
        likeness.heading(f"line{number}", f"Brask and the bridge {number}")
    likeness.learn()
    assert all(likeness.pages[f"on{n}"].likely > 0.9 for n in range(12))
    assert all(likeness.pages[f"off{n}"].likely < 0.5 for n in range(12))
    assert likeness.of_line("Brask opens a bridge")[0] == NONE
    assert likeness.of_line("Quillfeather and Oster-Exit again")[0] == SURE
    query = sharpened(likeness)
    assert query is not None
    assert "brask" not in query
    assert "quillfeather" in query


def test_a_page_in_another_language_is_known_by_the_names() -> None:
    likeness = Likeness(features())
    said = "Quillfeather spoke of Oster-Exit. The embassy is shut."
    likeness.read("story", "The embassy", said, known=1.0, language="en")
    for number in range(12):
        text = f"Quillfeather spoke of number {number}. The embassy is shut. Oster-Exit waits."
        likeness.read(f"on{number}", f"The embassy, part {number}", text, language="en")
        other = f"The bridge is number {number}. It rained on Sunday. Mayor Brask waits for spring."
        likeness.read(f"off{number}", f"A bridge, part {number}", other, language="en")
    likeness.read("de", "Quillfeather", "Quillfeather bleibt. Er wartet ab.", language="de")
    likeness.read("fern", "Brask", "Brask bleibt. Er wartet ab.", language="de")
    likeness.learn()
    assert likeness.pages["de"].likely > 0.5
    assert likeness.pages["fern"].likely < 0.5


def test_a_mention_in_passing_is_not_coverage() -> None:
    likeness = Likeness(features())
    text = (
        "The harbour was closed. Ships waited outside. The union met at noon. Prices rose a little."
        " Elsewhere Quillfeather spoke of his embassy and of Oster-Exit. Rain fell in the evening."
    )
    page = likeness.read("aside", "The harbour is closed", text)
    assert likeness.is_passing(page)
    assert page.likely < 0.5
    assert likeness.of_line("Quillfeather in the harbour")[0] >= LIKELY


def test_a_heading_of_the_topic_is_known_again_and_that_of_another_is_too() -> None:
    likeness = Likeness(features())
    for number in range(4):
        said = f"Quillfeather spoke of Oster-Exit number {number}. The embassy is shut."
        likeness.read(f"on{number}", f"Empty rooms for a {number}th day", said)
        other = f"The bridge is number {number}. It rained on Sunday. Mayor Brask waits for spring."
        likeness.read(f"off{number}", f"Fishermen block the road number {number}", other)
    likeness.learn()
    assert likeness.of_line("Empty rooms for a 9th day")[0] >= LIKELY
    assert likeness.of_line("Fishermen block the road number 9")[0] == NONE


def test_parts_of_a_name_do_not_count_besides_it() -> None:
    likeness = Likeness(
        {
            "oster exit": Feature(term('"oster exit"'), 0.5, 1e-6),
            "oster": Feature(term("oster"), 0.5, 1e-6),
        }
    )
    whole, alone = likeness.of_line("Oster-Exit begins"), likeness.of_line("Exit begins in Oster")
    assert whole[1] == pytest.approx(alone[1])


def test_questions_part_the_coverage() -> None:
    likeness = Likeness(features())
    story = "Quillfeather spoke of Oster-Exit. The embassy is shut."
    likeness.read("story", "The embassy", story, known=1.0, language="en")
    days = ("monday", "tuesday", "thursday")
    for number in range(30):
        said = f"Quillfeather spoke on {days[number % 3]}. The embassy is shut. Oster-Exit waits."
        likeness.read(f"on{number}", f"The embassy, part {number}", said, language="en")
        likeness.heading(f"line{number}", f"Quillfeather and Oster-Exit, part {number}")
        other = f"The bridge is number {number}. It rained on Sunday. Mayor Brask waits."
        likeness.read(f"off{number}", f"A bridge, part {number}", other, language="en")
    likeness.learn()
    asked = [
        str(one)
        for one in questions(likeness, ["quillfeather"], 3, language="en", shows=10, expected=60)
    ]
    assert asked
    assert all("quillfeather" in one or "oster exit" in one for one in asked)
    assert any(day in one for one in asked for day in days)
    assert "quillfeather" not in asked


def test_a_name_that_is_learned_does_not_replace_a_term_of_the_story() -> None:
    surname = Feature((*term("quillfeather"), *term("quilfeather")), 0.75, 1e-6)
    likeness = Likeness({"marten quillfeather": surname})
    for number in range(9):
        said = f"Marten Quillfeather spoke of it {number} times. Mr Quillfeather waits for spring."
        likeness.read(f"on{number}", f"Quillfeather, part {number}", said, language="en")
        other = f"The bridge is number {number}. It rained on Sunday. The mayor waits for spring."
        likeness.read(f"off{number}", f"A bridge, part {number}", other, language="en")
    likeness.learn()
    likeness.widen("en")
    assert likeness.features["marten quillfeather"] is surname
    assert not surname.learned


def test_what_was_found_so_far_is_not_forgotten_for_a_chance_word() -> None:
    """Begun anew, the pages part by a word of the story that chance put into half of them."""
    terms = {
        "greta": Feature(term("greta"), 0.12, 0.005),
        "dawson": Feature(term("dawson"), 0.12, 0.005),
        "sample": Feature(term("sample"), 0.12, 0.005),
        "avoided": Feature(term("avoided"), 0.6, 1e-6),
    }
    likeness = Likeness(terms)
    for number in range(20):
        said = "Greta ran. Dawson spoke. The sample is lost. Greta won. Dawson came. It rained."
        likeness.read(f"on{number}", f"Part {number}", said, language="en").likely = 1.0
    for number in range(6):
        other = "The bridge is old. It rained. The mayor avoided them. Cars wait. Nobody came."
        likeness.read(f"off{number}", f"Bridge {number}", other, language="en").likely = 0.0
    likeness.learn()
    assert all(likeness.pages[f"on{n}"].likely > 0.9 for n in range(20))
    assert all(likeness.pages[f"off{n}"].likely < 0.1 for n in range(6))


def test_what_decides_alone_in_a_query_is_rare_anywhere() -> None:
    fence = Feature(term("fence"), 0.12, 0.005)
    likeness = Likeness(features() | {"fence": fence})
    for number in range(12):
        said = f"Quillfeather spoke of Oster-Exit number {number}. The fence is mended. All wait."
        likeness.read(f"on{number}", f"Quillfeather and the fence, part {number}", said)
        other = f"The bridge is number {number}. It rained on Sunday. Mayor Brask waits for spring."
        likeness.read(f"off{number}", f"A bridge, part {number}", other)
    likeness.learn()
    query = sharpened(likeness, "en")
    assert query is not None
    assert "fence" not in query
    assert "quillfeather" in query


def test_a_term_that_other_pages_have_in_passing_decides_with_another_one() -> None:
    likeness = Likeness(features())
    for number in range(12):
        said = f"Quillfeather spoke of the embassy number {number}. Quillfeather waits. All wait."
        likeness.read(f"on{number}", f"Quillfeather, part {number}", said, known=1.0)
    for number in range(5):
        aside = (
            "Rain fell. The road is shut. Quillfeather was there. Cars wait. Nobody came at all."
        )
        likeness.read(f"off{number}", f"A road, part {number}", aside, known=0.0)
    likeness.learn()
    assert sharpened(likeness, "en") == "(embassy AND quillfeather)"


def test_a_topic_without_any_term_of_its_story_is_forgotten() -> None:
    likeness = Likeness(features() | {"runway": Feature(term("runway"), 0.12, 0.005)})
    likeness.read("story", "Quillfeather", "Quillfeather saw a runway.", known=1.0, language="en")
    for number in range(12):
        other = f"The runway is number {number}. A runway again. The runway is long. Planes wait."
        page = likeness.read(f"off{number}", f"A runway, part {number}", other, language="en")
        page.likely = 1.0
    likeness.learn()
    assert likeness.features["quillfeather"].weight > likeness.features["runway"].weight
