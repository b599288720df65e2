"""From a story to a topic: ten stories of ten subjects in four languages, and the parts apart."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path

import pytest

from pipeline.credits import credits_in
from pipeline.proposal import Proposal, Unproposable, propose
from pipeline.quotations import quotations
from pipeline.relevance import Relevant, general_bits
from pipeline.salience import Stored
from pipeline.seed import Seed
from pipeline.spelling_kin import nearly
from pipeline.told_times import told_times
from stories.query import parse
from stories.words import words

SEEDS = tomllib.loads((Path(__file__).parent / "seeds.toml").read_text("utf-8"))["seeds"]


def proposal_of(told: dict[str, object]) -> Proposal:
    lines = told["lines"]
    assert isinstance(lines, list)
    return propose(
        Seed(title=str(told["title"]), lines=tuple(lines), language=str(told["language"]))
    )


@pytest.mark.parametrize("told", SEEDS, ids=lambda told: told["name"])
def test_the_terms_that_single_a_story_out_are_proposed(told: dict[str, list[str]]) -> None:
    proposal = proposal_of(told)
    parse(proposal.query)
    said = " ".join(words(proposal.query))
    for name in told["proposed"]:
        assert " ".join(words(name)) in said, proposal.query
    assert all(term.reason for term in proposal.terms)


@pytest.mark.parametrize("told", SEEDS, ids=lambda told: told["name"])
def test_a_query_answers_for_its_story_and_not_for_its_words(told: dict[str, list[str]]) -> None:
    relevant = Relevant(proposal_of(told).query, general_bits(str(told["language"])))
    for line in told["answers"]:
        assert relevant.of(line).answers, line
    for line in told["silent"]:
        assert not relevant.of(line).answers, line


@pytest.mark.parametrize("told", SEEDS, ids=lambda told: told["name"])
def test_credits_are_found_and_are_no_terms(told: dict[str, list[str]]) -> None:
    proposal = proposal_of(told)
    named = {" ".join(words(one.name)).removeprefix("the ") for one in proposal.credits}
    for name in told["credits"]:
        plain = " ".join(words(name)).removeprefix("the ")
        assert plain in named
        assert f'"{plain}"' not in proposal.query


def test_furniture_gives_no_terms() -> None:
    told = next(one for one in SEEDS if one["name"] == "a recall")
    proposal = proposal_of(told)
    assert any("newsletter" in line for line in proposal.furniture)
    assert "newsletter" not in proposal.query


def test_what_everybody_around_here_says_does_not_decide_alone() -> None:
    told = next(one for one in SEEDS if one["name"] == "a dam")
    seed = Seed(title=told["title"], lines=tuple(told["lines"]), language="en")
    rare = propose(seed)
    assert "hydrelm" in {term.query for term in rare.decisive}
    common = propose(seed, Stored(articles=2_000, counts={("hydrelm",): 900}))
    assert "hydrelm" not in common.query
    dam = next(term for term in common.terms if "tarrow" in term.query)
    assert "0 of 2,000 stored articles" in dam.reason


def test_a_story_of_common_words_cannot_be_proposed() -> None:
    with pytest.raises(Unproposable):
        propose(Seed(title="", lines=("It was a good day and we went home.",), language="en"))


def test_a_slip_of_the_pen_is_a_variant() -> None:
    lines = (
        "The “Bright Harvest” campaign was founded in Zellmark by Piet Orlaan.",
        "Orlaan says Bright Harvst, as some write it, is not “Bright Harvest” of old.",
        "Bright Harvest has no members in Zellmark.",
    )
    proposal = propose(Seed(title="", lines=lines, language="en"))
    forms = {form for term in proposal.terms for form in (term.query, *term.variants)}
    assert {'"bright harvest"', '"bright harvst"'} <= forms


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("california", "californa", True),
        ("marinelli", "marinelil", True),
        ("marinelli", "martinelli", True),
        ("russia", "prussia", True),
        ("moscow", "madrid", False),
        ("paris", "pairs", False),
    ],
)
def test_near_spellings(one: str, other: str, *, expected: bool) -> None:
    assert nearly(one, other) is expected


@pytest.mark.parametrize(
    ("language", "line", "names"),
    [
        (
            "en",
            "The mayor resigned, The Harbour Gazette reported on Friday.",
            ["The Harbour Gazette"],
        ),
        ("en", "She told the newspaper El Faro that it was over.", ["El Faro"]),
        ("en", "MOSCOW (AP) — A man was seen.", ["AP"]),
        ("en", "According to Mr. Smith, the police told lawmakers on Monday.", []),
        ("en", "Apple reported revenue of a billion.", []),
        ("de", "Das sagte er dem »Spiegel«, wie der NDR berichtet.", ["Spiegel", "NDR"]),
        ("de", "Laut Staatsanwaltschaft ist es so.", []),
        ("fr", "Selon le ministre Dupont, tout va bien.", []),
        ("fr", "a-t-il déclaré à l’AFP.", ["AFP"]),
        ("es", "Según Pedro Sánchez, no.", []),
        ("es", "declaró al diario La Prensa", ["La Prensa"]),
        ("ru", "рассказал он газете «Известия»", ["Известия"]),
        ("it", "ha detto all'ANSA il sindaco", ["ANSA"]),
        ("pl", "powiedział w rozmowie z PAP", ["PAP"]),
        ("nl", "zegt hij tegen de Volkskrant", ["Volkskrant"]),
        ("pt", "disse à agência Lusa", ["Lusa"]),
        ("sv", "rapporterar SVT", ["SVT"]),
    ],
)
def test_credits_in_words(language: str, line: str, names: list[str]) -> None:
    assert {one.name for one in credits_in([line], language)} == set(names)


def test_a_website_is_that_of_whoever_is_spoken_of() -> None:
    found = credits_in(["The Union of Silent Mills is against it, according to its website."], "en")
    assert [(one.name, one.how) for one in found] == [("The Union of Silent Mills", "website")]


def test_long_quotations_with_and_without_a_named_source() -> None:
    report = "The council met for six hours and voted twice, and nobody was told in advance. " * 3
    lines = ("The Plain Herald reports:", report, "I doubt it.", report)
    found = quotations(lines, credits_in(lines, "en"), roles="pqpq")
    assert [(one.first, one.by.name if one.by else None) for one in found] == [
        (1, "The Plain Herald"),
        (3, None),
    ]


def test_relative_times_stay_relative_until_a_day_is_known() -> None:
    from datetime import date

    lines = ["He said so on Monday, and again last weekend.", "Gestern war es ruhig."]
    assert [one.day for one in told_times(lines)] == [None, None, None]
    known = told_times(lines, date(2016, 12, 21))
    assert [one.day for one in known] == [date(2016, 12, 19), None, date(2016, 12, 20)]


def test_the_first_case() -> None:
    """The client's own example, where it is there (NEWSDESK_SEED names the file)."""
    path = os.environ.get("NEWSDESK_SEED")
    if not path or not Path(path).is_file():
        pytest.skip("NEWSDESK_SEED does not name the story of the first case")
    lines = tuple(Path(path).read_text("utf-8").splitlines())
    proposal = propose(Seed(title="", lines=lines, language="en"))
    for name in ("calexit", "yes california", "yes californa", "marinelli", "ionov"):
        assert name in proposal.query
    assert "anti globalization movement" in proposal.query
    relevant = Relevant(proposal.query, general_bits("en"))
    for word in ("California", "Russia", "Trump", "California Russia Trump", "Moscow embassy"):
        assert not relevant.of(word).answers, word
    assert proposal.furniture[0].startswith("Donations")
    assert [one.name for one in proposal.credits] == [
        "Anti-Globalization Movement of Russia",
        "The Moscow Times",
        "Life",
    ]
    assert [one.by for one in proposal.quotations] == [None, None]
    assert [one.words for one in proposal.times] == ["last weekend", "Monday", "earlier this year"]
    assert all(one.day is None for one in proposal.times)
