"""search, like, saved, gaps and what a saved search is exported as."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from stories.archive import open_archive
from stories.config import load
from stories.model import Poll, PollStatus, Source, SourceKind
from tests.newsdesk.conftest import Newsdesk

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def lacking(stocked: Newsdesk, tmp_path: Path) -> Newsdesk:
    """A desk of whose two sources one was blocked."""
    home = tmp_path / "desk"
    toml = home / "newsdesk.toml"
    declared = '\n[sources.courier]\nurl = "https://courier.test/"\nkind = "feed"\n'
    toml.write_text(toml.read_text("utf-8") + declared, "utf-8")
    assert stocked("stories").code == 0  # brings the archive in line
    with open_archive(load(home).database) as archive, archive.writing() as tx:
        now = datetime.now(UTC)
        one = Source(
            name="courier",
            url="https://courier.test/",
            kind=SourceKind.FEED,
            outlet="Courier",
            declared="courier",
        )
        assert tx.sources.named(one.name)
        tx.sources.record(Poll(source="courier", at=now, status=PollStatus.FAILED, http_status=403))
    return stocked


def test_search_shows_what_answers_and_why(stocked: Newsdesk) -> None:
    said = stocked("search", "whales")
    assert said.code == 0, said.err
    assert "whales: 1 article, newest first" in said.out
    assert "Whale closes harbour" in said.out
    assert "https://www.courier.test/1" in said.out
    assert "The harbour master said" in stocked("search", '"harbour master"').out
    got = stocked("search", "whales OR crowns", "--json").data
    assert [one["title"] for one in got["articles"]] == [
        "Assembly adopts budget",
        "Whale closes harbour",
    ]
    assert (got["count"], got["among"], got["order"]) == (2, 2, "time")
    assert "four hundred million crowns" in got["articles"][0]["sentence"]
    assert got["articles"][0]["score"] is None
    assert got["completeness"]["sources"] == 0


def test_search_by_relevance_and_by_page(stocked: Newsdesk) -> None:
    got = stocked("search", "whale OR harbour OR crowns", "--order", "relevance", "--json").data
    assert got["articles"][0]["title"] == "Whale closes harbour"
    assert got["articles"][0]["score"] > got["articles"][1]["score"] > 0
    second = stocked("search", "whale OR crowns", "--limit", "1", "--offset", "1", "--json").data
    assert [one["title"] for one in second["articles"]] == ["Whale closes harbour"]
    assert second["count"] == 2
    assert "the best first" in stocked("search", "whale", "--order", "relevance").out


def test_search_counts_by_facet(stocked: Newsdesk) -> None:
    arguments = ("--facet", "outlet", "--facet", "kind", "--facet", "topic", "--timeline")
    got = stocked("search", "whale OR crowns", *arguments, "--json").data["facets"]
    assert got["outlet"] == [
        {"value": "courier.test", "count": 1},
        {"value": "tribune.test", "count": 1},
    ]
    assert got["kind"] == [{"value": "original", "count": 2}]
    assert got["topic"] == [{"value": "whales", "count": 1}]
    assert [one["value"] for one in got["day"]] == ["2026-11-01", "2026-11-02"]
    said = stocked("search", "whale OR crowns", "--timeline", "--facet", "outlet").out
    assert "By day" in said
    assert "▇" in said


def test_search_says_what_is_wrong(stocked: Newsdesk) -> None:
    wrong = stocked("search", "whale AND (")
    assert wrong.code == 2
    assert "at character" in wrong.err
    assert "Allowed: outlet" in stocked("search", "whale", "--facet", "colour").err
    assert "Allowed: time, relevance" in stocked("search", "whale", "--order", "size").err
    assert "There is no topic called wales" in stocked("search", "x", "--topic", "wales").err


def test_saved_searches_are_kept_in_the_toml(stocked: Newsdesk, tmp_path: Path) -> None:
    said = stocked("saved", "add", "harbours", "harbour NEAR/9 whale", "--topic", "whales")
    assert said.code == 0, said.err
    assert "Saved as harbours: 1 article now." in said.out
    text = (tmp_path / "desk" / "newsdesk.toml").read_text("utf-8")
    assert "[saved.harbours]" in text
    (listed,) = stocked("saved", "list", "--json").data
    assert (listed["name"], listed["articles"], listed["topic"]) == ("harbours", 1, "whales")
    assert "harbour NEAR/9 whale · topic whales" in stocked("saved", "list").out
    got = stocked("search", "harbours", "--json").data
    assert (got["query"], got["topic"], got["count"]) == ("harbour NEAR/9 whale", "whales", 1)
    assert stocked("saved", "add", "harbours", "x").code == 2  # taken
    assert stocked("saved", "add", "other", "AND").code == 2
    assert stocked("saved", "add", "other", "x", "--topic", "wales").code == 2
    assert "Did you mean harbours?" in stocked("saved", "remove", "harbour").err
    assert stocked("saved", "remove", "harbours").code == 0
    assert stocked("saved", "list", "--json").data == []
    assert "No saved searches yet" in stocked("saved", "list").out


def test_a_saved_search_of_so_many_days(stocked: Newsdesk) -> None:
    assert stocked("saved", "add", "fresh", "whale OR crowns", "--days", "1").code == 0
    assert stocked("search", "fresh", "--json").data["since"] is not None
    got = stocked("search", "fresh", "--since", "2026-11-01", "--json").data
    assert got["count"] == 2  # what is said counts before what is saved
    assert stocked("saved", "add", "bad", "x", "--days", "0").code == 2


def test_a_saved_search_names_a_topic_that_is_declared(stocked: Newsdesk, tmp_path: Path) -> None:
    toml = tmp_path / "desk" / "newsdesk.toml"
    wrong = '\n[saved.odd]\nquery = "whale"\ntopic = "wales"\n'
    toml.write_text(toml.read_text("utf-8") + wrong, "utf-8")
    said = stocked("check")
    assert said.code == 2
    assert "saved.odd.topic" in said.err


@pytest.mark.parametrize("form", ["atom", "rss", "jsonfeed"])
def test_a_saved_search_is_a_feed_the_newest_first(
    stocked: Newsdesk, form: str, tmp_path: Path
) -> None:
    assert stocked("saved", "add", "both", "whale OR crowns").code == 0
    said = stocked("export", "--saved", "both", "--format", form)
    assert said.code == 0, said.err
    if form == "jsonfeed":
        feed = json.loads(said.out)
        assert feed["title"] == "Newsdesk: both"
        titles = [one["title"] for one in feed["items"]]
    else:
        root = ET.fromstring(said.out)  # noqa: S314 - our own
        within = f".//{ATOM}entry/{ATOM}title" if form == "atom" else ".//item/title"
        titles = [one.text for one in root.iterfind(within)]
        assert "Newsdesk: both" in said.out
    assert titles == ["Assembly adopts budget", "Whale closes harbour"]
    one = tmp_path / "one"
    assert (
        stocked("export", "--saved", "both", "-f", form, "--newest", "1", "-o", str(one)).code == 0
    )
    manifest = json.loads((tmp_path / "one.manifest.json").read_text("utf-8"))
    assert (manifest["rows"], manifest["newest"], manifest["query"]) == (1, 1, "whale OR crowns")
    again = stocked("export", "--saved", "both", "--after", str(manifest["cursor"]))
    assert again.out == ""


def test_an_export_asks_one_question(stocked: Newsdesk) -> None:
    assert "two questions" in stocked("export", "--saved", "x", "--query", "y").err
    assert "There is no saved search called x" in stocked("export", "--saved", "x").err


def test_like_finds_what_shares_its_telling_words(stocked: Newsdesk, tmp_path: Path) -> None:
    more = tmp_path / "more.ndjson"
    text = (
        "Pilots in Port Sorrel waited again: the whale came back into the harbour at dusk. "
        "Freighters lay outside, and the harbour master counted the spouts of the animal. "
    ) * 4
    line = {"url": "https://herald.test/9", "title": "Whale again", "text": text, "language": "en"}
    more.write_text(json.dumps(line) + "\n", "utf-8")
    assert stocked("import", str(more)).code == 0
    got = stocked("like", "https://www.courier.test/1?utm_source=x", "--json").data
    assert [one["title"] for one in got["articles"]] == ["Whale again"]
    assert 0.2 <= got["articles"][0]["score"] <= 1
    assert got["words"]
    said = stocked("like", str(got["article"]))
    assert "% alike" in said.out
    assert "No other article is like it." in stocked("like", "https://tribune.test/2").out
    assert "is no article here" in stocked("like", "https://nowhere.test/").err
    assert "There is no article 99." in stocked("like", "99").err


def test_what_may_be_missing_is_said_everywhere(lacking: Newsdesk, tmp_path: Path) -> None:
    sentence = "courier: was down: all 1 polls failed, 1 were blocked"
    for command in (("stories",), ("search", "whale"), ("stories", "whales", "--since", "7d")):
        said = lacking(*command)
        assert said.code == 0, said.err
        assert "May be incomplete: Of 1 sources" in said.out
        assert sentence in said.out
    listed = lacking("stories", "--json")
    assert isinstance(listed.data, list)
    assert sentence in listed.err
    got = lacking("search", "whale", "--json").data["completeness"]
    (lack,) = got["lacking"]
    assert (lack["source"], lack["down"], lack["blocked"]) == ("courier", True, 1)
    assert lacking("gaps", "--json").data["lacking"] == [lack]
    assert sentence in lacking("gaps").out
    assert "1 blocked" in lacking("export").err
    out = tmp_path / "out.ndjson"
    assert lacking("export", "-o", str(out)).code == 0
    manifest = json.loads((tmp_path / "out.ndjson.manifest.json").read_text("utf-8"))
    assert manifest["lacking"] == [sentence]
