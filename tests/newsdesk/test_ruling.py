"""The operator's decisions and regrouping, by the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from stories.archive import open_archive
from stories.config import load

from .conftest import BUDGET, REPORT, Newsdesk, row

FIRST, SECOND, OTHER = (
    "https://www.courier.test/1",
    "https://herald.test/whale",
    "https://tribune.test/2",
)


@pytest.fixture
def folded(newsdesk: Newsdesk, tmp_path: Path) -> Newsdesk:
    """A desk with a report, its copy two hours later, and a report of something else."""
    file = tmp_path / "articles.ndjson"
    rows = [
        row(1, url=FIRST, title="Whale closes harbour", text=REPORT),
        row(
            2,
            url=SECOND,
            title="A guest",
            text=f"{REPORT}\nReuters",
            published="2026-11-01T12:00:00+01:00",
        ),
        row(3, url=OTHER, title="Assembly adopts budget", text=BUDGET, language="de"),
    ]
    file.write_text("".join(json.dumps(one) + "\n" for one in rows), encoding="utf-8")
    for command in (("init",), ("import", str(file))):
        assert newsdesk(*command).code == 0
    return newsdesk


def stories(desk: Newsdesk) -> dict[str, dict[str, object]]:
    """The reports of every story by their addresses."""
    found = {}
    for story in desk("stories", "--json").data:
        for report in desk("show", str(story["id"]), "--json").data["reports"]:
            found[report["url"]] = report
    return found


def test_show_says_why_the_original_is_it_and_what_is_new(folded: Newsdesk) -> None:
    story = stories(folded)[FIRST]["story"]
    said = folded("show", str(story))
    assert "the original is 1: the copy credits “Reuters”, published 2 h earlier" in said.out
    assert "first report: 1, " in said.out
    assert "by hour since " in said.out
    assert "nothing new" in said.out
    data = folded("show", str(story), "--json").data
    assert [bar["articles"] for bar in data["spread"]["bars"]] == [1, 0, 1]
    assert [bool(report["new"]) for report in data["reports"]] == [True, False]
    assert data["also_covered_in"] == []


def test_a_ruling_by_address_wins_and_survives_regrouping(folded: Newsdesk) -> None:
    said = folded("rule", "not-a-copy", f"{SECOND}?utm_source=mail")
    assert said.code == 0
    assert "Ruling 1: article 2 is not a copy of 1." in said.out
    assert stories(folded)[SECOND]["copy_of"] is None
    assert folded("regroup").out.splitlines()[-1] == "3 articles, 0 changed."
    (ruling,) = folded("rule", "list", "--json").data
    assert (ruling["what"], ruling["article"], ruling["other"]) == ("not-a-copy", 2, 1)
    assert folded("rule", "withdraw", "1").code == 0
    assert folded("regroup", "--dry-run").out.splitlines()[-1] == "3 articles, 1 would change."
    assert stories(folded)[SECOND]["copy_of"] is None
    (change,) = folded("regroup", "--json").data["changes"]
    assert change["copy_after"] == {"of": 1, "kind": "same"}
    assert stories(folded)[SECOND]["copy_of"] is not None
    assert folded("rule", "withdraw", "1").code == 2


def test_the_other_one_is_the_original(folded: Newsdesk) -> None:
    assert folded("rule", "original", "2").code == 0
    reports = stories(folded)
    copy = reports[FIRST]["copy_of"]
    assert isinstance(copy, dict)
    assert copy["url"] == SECOND
    assert reports[FIRST]["original_because"] == ["you ruled so"]


def test_an_old_number_leads_to_the_story_that_it_was_merged_into(folded: Newsdesk) -> None:
    mine, theirs = (int(str(stories(folded)[url]["story"])) for url in (FIRST, OTHER))
    assert folded("rule", "merge", str(mine), str(theirs)).code == 0
    said = folded("show", str(theirs))
    assert f"Story {theirs} was joined to story {mine}." in said.out
    data = folded("show", str(theirs), "--json").data
    assert (data["asked"], data["id"]) == (theirs, mine)
    assert folded("rule", "merge", str(mine), str(theirs)).code == 2
    assert folded("rule", "split", OTHER).code == 0
    assert stories(folded)[OTHER]["story"] not in {mine, theirs}
    assert "is not of the story of article 1" in folded("rule", "list").out


def test_it_is_said_which_story_a_divided_one_was_part_of(folded: Newsdesk, tmp_path: Path) -> None:
    mine, theirs = (int(str(stories(folded)[url]["story"])) for url in (FIRST, OTHER))
    with open_archive(load(tmp_path / "desk").database) as archive, archive.writing() as tx:
        tx.events.part({theirs: mine})
    assert f"It was part of story {mine}, until" in folded("show", str(theirs)).out
    assert f"Story {theirs} was part of it, until" in folded("show", str(mine)).out
    assert folded("show", str(theirs), "--json").data["divided_from"] == mine
    assert folded("show", str(mine), "--json").data["divided_into"] == [theirs]
    assert f"Story {theirs} was part of story {mine}" in folded("why", OTHER).out
    assert folded("why", OTHER, "--json").data["divided_from"] == mine
    assert folded("why", FIRST, "--json").data["divided_from"] is None
    assert folded("rule", "merge", str(mine), str(theirs)).code == 0
    assert folded("show", str(theirs), "--json").data["divided_into"] == []
    assert "was part of it" not in folded("show", str(mine)).out


@pytest.mark.parametrize(
    "command",
    [
        ("rule", "original", "99"),
        ("rule", "original", "https://nowhere.test/x"),
        ("rule", "not-a-copy", "1"),
        ("rule", "split", "3"),
        ("rule", "withdraw", "7"),
    ],
)
def test_what_cannot_be_ruled_is_said_in_a_sentence(
    folded: Newsdesk, command: tuple[str, ...]
) -> None:
    said = folded(*command)
    assert said.code == 2
    assert said.err.startswith("newsdesk: ")
    assert folded("rule", "list").out == "Nothing was ruled.\n"
