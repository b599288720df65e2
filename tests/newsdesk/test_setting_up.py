"""init, source, topic, check, sources, runs: what an operator sets up, and gets wrong."""

from __future__ import annotations

from pathlib import Path

from tests.newsdesk.conftest import Newsdesk


def test_init_makes_a_file_once_and_never_touches_it_again(
    newsdesk: Newsdesk, tmp_path: Path
) -> None:
    assert "Made" in newsdesk("init").out
    file = tmp_path / "desk" / "newsdesk.toml"
    assert (tmp_path / "desk" / "data").is_dir()
    file.write_text(file.read_text(encoding="utf-8") + "# mine\n", encoding="utf-8")
    again = newsdesk("init")
    assert again.code == 0
    assert "nothing was changed" in again.out
    assert file.read_text(encoding="utf-8").endswith("# mine\n")


def test_home_may_come_before_or_after_the_command_and_wins(
    newsdesk: Newsdesk, tmp_path: Path
) -> None:
    assert newsdesk("--home", str(tmp_path / "before"), "init").code == 0
    assert newsdesk("init", "--home", str(tmp_path / "after")).code == 0
    assert newsdesk("topic", "--home", str(tmp_path / "after"), "list").code == 2
    assert newsdesk("--home", str(tmp_path / "none"), "topic", "list").code == 2
    assert (
        newsdesk(
            "--home", str(tmp_path / "none"), "topic", "list", "--home", str(tmp_path / "after")
        ).code
        == 0
    )
    assert sorted(path.name for path in tmp_path.iterdir()) == ["after", "before"]


def test_without_a_file_every_command_says_how_to_make_one(newsdesk: Newsdesk) -> None:
    for command in (
        ("stories",),
        ("sources",),
        ("check",),
        ("crawl",),
        ("run",),
        ("runs",),
        ("export",),
        ("show", "1"),
        ("why", "https://a.test/"),
        ("topic", "list"),
        ("import", "/dev/null"),
        ("topic", "add", "x", "-q", "y"),
        ("source", "add", "https://a.test/", "--kind", "feed"),
        ("source", "remove", "x"),
        ("source", "export"),
    ):
        said = newsdesk(*command)
        assert said.code == 2, command
        assert "newsdesk init" in said.err, command
        assert "Traceback" not in said.err
        assert said.out == ""


def test_all_mistakes_of_the_file_are_told_at_once(newsdesk: Newsdesk, tmp_path: Path) -> None:
    newsdesk("init")
    file = tmp_path / "desk" / "newsdesk.toml"
    file.write_text(
        '[fetch]\ntimeot = 3\nper_host = -1\n[topics.x]\nquery = "a AND ("\n', encoding="utf-8"
    )
    said = newsdesk("check")
    assert said.code == 2
    assert "3 mistakes" in said.err
    for part in ("fetch.timeot", "timeout", "fetch.per_host", "-1", "topics.x.query"):
        assert part in said.err


def test_topics_come_and_go(newsdesk: Newsdesk) -> None:
    newsdesk("init")
    said = newsdesk(
        "topic",
        "add",
        "calexit",
        "--query",
        'calexit OR "yes california"',
        "--schedule",
        "0 7 * * 1-5",
        "--time-zone",
        "America/Los_Angeles",
    )
    assert said.code == 0
    (topic,) = newsdesk("topic", "list", "--json").data
    assert topic == {
        "name": "calexit",
        "query": 'calexit OR "yes california"',
        "schedule": "0 7 * * 1-5",
        "time_zone": "America/Los_Angeles",
        "sources": [],
    }
    assert '"yes california"' in newsdesk("topic", "list").out
    again = newsdesk("topic", "add", "calexit", "--query", "x")
    assert (again.code, "there already" in again.err) == (2, True)
    wrong = newsdesk("topic", "remove", "calexot")
    assert (wrong.code, "Did you mean calexit?" in wrong.err) == (2, True)
    assert newsdesk("topic", "remove", "calexit").code == 0
    assert newsdesk("topic", "list", "--json").data == []
    stranger = newsdesk("topic", "add", "y", "-q", "y", "--source", "nobody")
    assert (stranger.code, "no source called nobody" in stranger.err) == (2, True)


def test_a_bad_query_names_the_place_and_the_remedy(newsdesk: Newsdesk) -> None:
    newsdesk("init")
    for command in (
        ("topic", "add", "x", "--query", "calexit AND ("),
        ("stories", "calexit AND ("),
    ):
        said = newsdesk(*command)
        assert said.code == 2
        assert "character 1" in said.err
        assert "parenthesis" in said.err
    assert newsdesk("topic", "list", "--json").data == []


def test_sources_by_kind_come_and_go_and_travel_as_opml(newsdesk: Newsdesk, tmp_path: Path) -> None:
    newsdesk("init")
    assert newsdesk("source", "add", "a.test/feed", "--kind", "feed").code == 0
    assert (
        newsdesk("source", "add", "https://b.test/news/", "--kind", "section", "--name", "bee").code
        == 0
    )
    again = newsdesk("source", "add", "http://www.a.test/feed/", "--kind", "feed")
    assert (again.code, "there already, as a-test" in again.out) == (0, True)
    listed = newsdesk("sources", "--json").data
    assert [(one["name"], one["kind"], one["url"]) for one in listed] == [
        ("a-test", "feed", "https://a.test/feed"),
        ("bee", "section", "https://b.test/news/"),
    ]
    file = tmp_path / "sources.opml"
    assert newsdesk("source", "export", "-o", str(file)).code == 0
    elsewhere = ("--home", str(tmp_path / "elsewhere"))
    newsdesk("init", *elsewhere)
    assert "2 added, 0 there already." in newsdesk("source", "import", str(file), *elsewhere).out
    assert "0 added, 2 there already." in newsdesk("source", "import", str(file), *elsewhere).out
    assert {one["url"]: one["kind"] for one in newsdesk("sources", "--json", *elsewhere).data} == {
        "https://a.test/feed": "feed",
        "https://b.test/news/": "section",
    }
    wrong = newsdesk("source", "remove", "be")
    assert (wrong.code, "Did you mean bee?" in wrong.err) == (2, True)
    assert newsdesk("source", "remove", "bee").code == 0
    assert [one["name"] for one in newsdesk("sources", "--json").data] == ["a-test"]
    bad = newsdesk("source", "import", str(tmp_path / "desk" / "newsdesk.toml"))
    assert (bad.code, "is not OPML" in bad.err) == (2, True)


def test_what_is_edited_by_hand_counts_at_the_next_command(
    stocked: Newsdesk, tmp_path: Path
) -> None:
    file = tmp_path / "desk" / "newsdesk.toml"
    file.write_text(
        file.read_text(encoding="utf-8").replace("whale OR title:spouts", "crowns")
        + '\n[sources.bee]\nurl = "https://b.test/feed"\nkind = "feed"\n',
        encoding="utf-8",
    )
    assert [one["title"] for one in stocked("stories", "whales", "--json").data] == [
        "Assembly adopts budget"
    ]
    assert [one["name"] for one in stocked("sources", "--json").data] == ["bee"]


def test_check_says_what_is_missing_and_when_all_is_in_order(newsdesk: Newsdesk) -> None:
    newsdesk("init")
    empty = newsdesk("check")
    assert empty.code == 1
    assert "There are no topics" in empty.out
    assert "There are no sources" in empty.out
    newsdesk("topic", "add", "x", "-q", "y")
    newsdesk("source", "add", "https://a.test/feed", "--kind", "feed")
    whole = newsdesk("check")
    assert (whole.code, "All is in order." in whole.out) == (0, True)


def test_a_crawl_of_nobody_or_of_strangers_is_a_mistake(newsdesk: Newsdesk) -> None:
    newsdesk("init")
    assert "no sources to crawl" in newsdesk("crawl").err
    newsdesk("source", "add", "https://a.test/feed", "--kind", "feed")
    wrong = newsdesk("crawl", "a-tset")
    assert (wrong.code, "Did you mean a-test?" in wrong.err) == (2, True)
    assert newsdesk("crawl", "--topic", "none").code == 2
    assert newsdesk("runs", "--json").data == []


def test_a_database_that_cannot_be_opened_is_one_sentence(
    newsdesk: Newsdesk, tmp_path: Path
) -> None:
    newsdesk("init")
    (tmp_path / "desk" / "data" / "newsdesk.db").write_bytes(b"this is no database" * 100)
    said = newsdesk("stories")
    assert said.code == 1
    assert "newsdesk.db" in said.err
    assert "Traceback" not in said.err
