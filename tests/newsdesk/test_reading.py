"""stories, show, why, export, import: over an archive filled by ``newsdesk import``."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from stories.row import FIELDS
from tests.newsdesk.conftest import Newsdesk, row


def test_stories_of_a_topic_are_those_that_answer_its_query(stocked: Newsdesk) -> None:
    listed = stocked("stories", "whales", "--json").data
    assert [story["title"] for story in listed] == ["Whale closes harbour"]
    assert listed[0]["articles"] == 1
    assert listed[0]["outlets"] == ["courier.test"]
    assert listed[0]["first"].startswith("2026-11-01T09:00:00")
    said = stocked("stories", "whales")
    assert "whales: 1 story, newest first" in said.out
    assert "Whale closes harbour" in said.out
    assert "Assembly" not in said.out


def test_what_is_no_topic_is_a_query(stocked: Newsdesk) -> None:
    assert "Assembly adopts budget" in stocked("stories", "crowns AND NOT whale").out
    nothing = stocked("stories", "whals")
    assert nothing.code == 0
    assert "No story answers whals. There is a topic called whales." in nothing.out
    assert stocked("stories", "--json", "walrus").data == []


def test_stories_can_be_bounded_in_time_and_number(stocked: Newsdesk) -> None:
    assert len(stocked("stories", "--json").data) == 2
    assert len(stocked("stories", "--since", "2026-11-02", "--json").data) == 1
    assert len(stocked("stories", "--until", "2026-11-01", "--json").data) == 0
    one = stocked("stories", "--limit", "1")
    assert "Assembly adopts budget" in one.out
    assert "There are more: --limit 2 shows them." in one.out
    assert stocked("stories", "--limit", "0").code == 2


def test_show_has_the_articles_and_the_text(stocked: Newsdesk) -> None:
    (story,) = stocked("stories", "whales", "--json").data
    said = stocked("show", str(story["id"]))
    assert "Ann Oakes" in said.out
    assert "https://www.courier.test/1" in said.out
    assert "The harbour of Port Sorrel was closed" in said.out
    data = stocked("show", str(story["id"]), "--json").data
    assert data["id"] == story["id"]
    assert [tuple(report) for report in data["reports"]] == [(*FIELDS, "new", "original_because")]
    other = stocked("show", str(story["id"]), "--article", "99")
    assert other.code == 2
    assert f"It has {story['lead']}." in other.err


def test_why_tells_of_any_variant_of_an_address(stocked: Newsdesk) -> None:
    said = stocked("why", "http://courier.test/1?utm_source=mail")
    assert "https://www.courier.test/1" in said.out
    assert "an import" in said.out
    assert "under whales" in said.out
    data = stocked("why", "courier.test/1", "--json").data
    assert data["outcome"] == "filed"
    assert data["topics"] == ["whales"]
    never = stocked("why", "https://courier.test/never")
    assert never.code == 2
    assert "was never seen" in never.err


def test_an_export_comes_back_as_it_was(stocked: Newsdesk, tmp_path: Path) -> None:
    first = stocked("export").out
    rows = [json.loads(line) for line in first.splitlines()]
    assert [tuple(one) for one in rows] == [FIELDS, FIELDS]
    assert rows[0]["published"] == "2026-11-01T10:00:00+01:00"
    assert rows[0]["topics"] == ["whales"]
    file = tmp_path / "again.ndjson"
    file.write_text(first, encoding="utf-8")
    elsewhere = ("--home", str(tmp_path / "elsewhere"))
    assert stocked(*elsewhere, "init").code == 0
    assert stocked("topic", "add", "whales", "-q", "whale", *elsewhere).code == 0
    assert "2 articles: 2 filed." in stocked("import", str(file), *elsewhere).out
    assert "2 unchanged" in stocked("import", str(file), *elsewhere).out
    assert stocked("export", *elsewhere).out == first


def test_the_same_on_postgresql_by_changing_one_line(
    stocked: Newsdesk, postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = stocked("stories", "whales", "--json").data
    exported = stocked("export").out
    monkeypatch.setenv("NEWSDESK_ARCHIVE__DATABASE", postgres_url)
    assert stocked("stories", "--json").data == []
    file = tmp_path / "export.ndjson"
    file.write_text(exported, encoding="utf-8")
    assert "2 articles: 2 filed." in stocked("import", str(file)).out
    assert stocked("export").out == exported
    assert stocked("stories", "whales", "--json").data == listed
    assert stocked("check").code == 1  # there are no sources yet


def test_export_formats_hold_the_same(stocked: Newsdesk, tmp_path: Path) -> None:
    rows = [json.loads(line) for line in stocked("export", "--format", "ndjson").out.splitlines()]
    assert stocked("export", "--format", "json").data == rows
    records = list(csv.DictReader(io.StringIO(stocked("export", "-f", "csv").out)))
    assert [one["title"] for one in records] == [one["title"] for one in rows]
    assert tuple(records[0]) == FIELDS
    file = tmp_path / "out.csv"
    said = stocked("export", "-f", "csv", "-o", str(file))
    assert said.out == ""
    assert "2 articles in" in said.err
    with file.open(encoding="utf-8", newline="") as written:
        assert list(csv.DictReader(written)) == records
    assert list(tmp_path.glob(".*.part")) == []


def test_a_file_that_cannot_be_written_or_read_is_a_mistake(
    stocked: Newsdesk, tmp_path: Path
) -> None:
    nowhere = str(tmp_path / "none" / "file")
    for command in (("export", "-o", nowhere), ("source", "export", "-o", nowhere)):
        said = stocked(*command)
        assert (said.code, f"{nowhere} cannot be written" in said.err) == (2, True)
    for words in (("import", nowhere), ("source", "import", nowhere)):
        said = stocked(*words)
        assert (said.code, f"{nowhere} cannot be read" in said.err) == (2, True)


def test_an_export_can_be_narrowed(stocked: Newsdesk) -> None:
    assert len(stocked("export", "--topic", "whales").out.splitlines()) == 1
    assert len(stocked("export", "--query", "budget").out.splitlines()) == 1
    assert len(stocked("export", "--since", "2026-11-02").out.splitlines()) == 1
    assert stocked("export", "--topic", "whales", "--query", "budget").out == ""


def test_bad_lines_are_said_and_the_others_filed(newsdesk: Newsdesk, tmp_path: Path) -> None:
    file = tmp_path / "mixed.ndjson"
    good = json.dumps(row(3))
    file.write_text(f"{good}\n{{}}\n\n{{broken\n", encoding="utf-8")
    newsdesk("init")
    said = newsdesk("import", str(file))
    assert said.code == 1
    assert "1 article: 1 filed." in said.out
    assert "2 lines left out:" in said.out
    assert "line 2: url is missing" in said.out
    assert "line 4: not JSON" in said.out


@pytest.mark.parametrize("content", ["[\n{}\n]\n", "id,url,text\n1,https://a.test/,b\n"])
def test_another_format_is_a_mistake_that_names_the_right_one(
    newsdesk: Newsdesk, tmp_path: Path, content: str
) -> None:
    file = tmp_path / "file"
    file.write_text(content, encoding="utf-8")
    newsdesk("init")
    said = newsdesk("import", str(file))
    assert said.code == 2
    assert "--format ndjson" in said.err


def test_hostile_titles_are_harmless_on_the_screen_and_exact_as_data(
    newsdesk: Newsdesk, tmp_path: Path
) -> None:
    title = "\x1b]0;owned\x07Calm \u202edesrever [red]markup[/red]"
    file = tmp_path / "hostile.ndjson"
    everywhere = dict.fromkeys(("byline", "outlet", "language", "source"), "\x1b[2J\u202ex")
    hostile = row(1, title=title, cites=[{"url": "http://\x1b[0m", "how": "\x1b]"}], **everywhere)
    file.write_text(json.dumps(hostile) + "\n", encoding="utf-8")
    newsdesk("init")
    assert newsdesk("import", str(file)).code == 0
    for said in (
        newsdesk("stories"),
        newsdesk("show", "1"),
        newsdesk("stories", "--json"),
        newsdesk("show", "1", "--json"),
        newsdesk("why", "https://www.courier.test/1"),
    ):
        assert said.code == 0, said.err
        assert "\x1b" not in said.out
        assert "\u202e" not in said.out
    assert "[red]markup[/red]" in newsdesk("show", "1").out
    assert "Calm" in newsdesk("stories", "--json").data[0]["title"]
