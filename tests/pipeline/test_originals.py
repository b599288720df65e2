"""Of two copies the original, by age, length and credit together, with the reasons said."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from pipeline.credits import agency
from pipeline.file import Filer, Read
from pipeline.originals import Claim, Credited, credited, evidence, is_original
from stories.archive import Archive
from tests.pipeline.invented import DAY, paragraphs, read, sentences

WIRE = agency("Reuters") or ""
BODY = "The harbour was closed at dawn.\nA whale had entered it.\nPilots went home."


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (f"PORT SORREL (Reuters) - {BODY}", "PORT SORREL (Reuters) -"),
        (f"{BODY}\nReuters", "Reuters"),
        (f"{BODY}\n(c) 2026 Reuters", "(c) 2026 Reuters"),
        (f"{BODY}\nWith files from Reuters.", "With files from Reuters."),
        (f"{BODY}\nAP, Reuters", "AP, Reuters"),
        (f"{BODY}\nAgencia EFE", "Agencia EFE"),
        (f"{BODY}\ndpa", "dpa"),
    ],
)
def test_credits_are_found_where_agencies_put_them(text: str, words: str) -> None:
    found = credited(text)
    assert found is not None
    assert found.words == words


def test_a_byline_may_credit() -> None:
    assert credited(BODY, "Ann Oakes, Reuters") == Credited(host=WIRE, words="Ann Oakes, Reuters")


@pytest.mark.parametrize(
    "text",
    [
        BODY,
        f"{BODY}\nThe mayor told Reuters that the whale had left before anybody could see it.",
        f"{BODY}\nSource: harbour office",
    ],
)
def test_a_mention_is_no_credit(text: str) -> None:
    assert credited(text) is None


OWN = Claim(outlet=WIRE, at=DAY, sure=True, words=400, credit=None)
TAKEN = replace(
    OWN,
    outlet="courier.example",
    at=DAY - timedelta(hours=2),
    credit=Credited(host=WIRE, words="(Reuters) -"),
)


def test_the_agency_is_the_original_even_when_it_is_dated_later() -> None:
    assert is_original(OWN, TAKEN, earlier=False)
    assert not is_original(TAKEN, OWN, earlier=True)
    assert evidence(OWN, TAKEN) == (
        "it is the agency that the copy credits: “(Reuters) -”",
        "no copy is surely earlier",
    )


def test_but_not_days_later_nor_when_it_is_cut() -> None:
    assert not is_original(replace(OWN, at=DAY + timedelta(days=3)), TAKEN, earlier=False)
    assert not is_original(replace(OWN, words=100), TAKEN, earlier=False)


def test_of_others_the_earliest_in_full_length() -> None:
    early = replace(TAKEN, credit=None)
    late = replace(early, outlet="herald.example", at=DAY)
    assert is_original(early, late, earlier=True)
    assert not is_original(late, early, earlier=False)
    assert is_original(late, replace(early, words=200), earlier=False)
    assert evidence(early, replace(late, words=200)) == (
        "published 2 h earlier",
        "400 words against 200",
    )


def test_an_agency_that_is_filed_last_is_the_original_of_all(archive: Archive) -> None:
    text = paragraphs(sentences(1, 24))
    said = f"HILLTON (Reuters) - {text}"
    filer = Filer(archive)
    filer.file(
        [
            read("https://courier.example/a", "Embassy opens", said),
            read("https://herald.example/b", "Gelok comes", said, hours=1),
        ]
    )
    wire = read(f"https://{WIRE}/c", "Gelok opens embassy", text, hours=2)
    filer.file([Read(article=replace(wire.article, outlet=WIRE))])
    with archive.reading() as tx:
        courier, herald, own = tx.articles.after(0, 10)
    assert own.copy is None
    for one in (courier, herald):
        assert one.copy is not None
        assert one.copy.of == own.id
        assert "it is the agency that the copy credits" in one.copy.evidence[0]
    assert courier.story == herald.story == own.story
