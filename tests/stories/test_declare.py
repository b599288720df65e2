"""Writing newsdesk.toml: comments stay, the file is whole or untouched, nobody's line is lost."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from stories import declare
from stories.config import FILE, ConfigError, judge, load
from stories.sections import FetchConfig

OWN = """\
# My desk.
[sources.courier]   # the best one
url = "https://courier.test/"  # home page

[topics.boats]
query = "boats"

[sources.gazette]
url = "https://gazette.test/rss"
kind = "feed"
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / FILE).write_text(OWN)
    return tmp_path


def test_init_makes_a_home_once(tmp_path: Path) -> None:
    home = tmp_path / "new" / "desk"
    assert declare.init(home)
    assert (home / "data").is_dir()
    assert load(home).fetch == FetchConfig()
    (home / FILE).write_text(OWN)
    assert not declare.init(home)
    assert (home / FILE).read_text() == OWN


def test_the_template_says_every_key_as_it_is(tmp_path: Path) -> None:
    """Every key that is commented out can be put in force, and changes nothing."""
    lines = declare.template().splitlines()
    commented = [line for line in lines if line.startswith("# ") and " = " in line]
    assert len(commented) > 20
    bare = "\n".join(line.removeprefix("# ") if line in commented else line for line in lines)
    before = bare.split("\n# [sources")[0]
    assert judge(tmp_path, before, {}).model_dump() == judge(tmp_path, "", {}).model_dump()


def test_a_template_can_be_added_to(tmp_path: Path) -> None:
    declare.init(tmp_path)
    declare.add_topic(tmp_path, "calexit", 'calexit OR "yes california"', schedule="0 * * * *")
    declare.add_sources(tmp_path, {"courier": {"url": "https://courier.test/"}})
    config = load(tmp_path)
    assert config.topics["calexit"].query == 'calexit OR "yes california"'
    assert config.sources["courier"].url == "https://courier.test/"
    text = (tmp_path / FILE).read_text()
    assert text.startswith(declare.template().rstrip("\n"))
    assert "query = 'calexit OR \"yes california\"'" in text


def test_what_is_there_is_not_touched(home: Path) -> None:
    declare.add_sources(
        home,
        {
            "wire.en": {"url": "https://wire.test/", "kind": None, "outlet": 'The "Wire"'},
            "late": {"url": "https://late.test/s.xml", "kind": "sitemap", "enabled": False},
        },
    )
    text = (home / FILE).read_text()
    assert text.startswith(OWN)
    assert text.endswith("enabled = false\n")
    config = load(home)
    assert list(config.sources) == ["courier", "gazette", "wire.en", "late"]
    assert config.sources["wire.en"].outlet == 'The "Wire"'
    assert not config.sources["late"].enabled


@pytest.mark.parametrize(
    ("sources", "said"),
    [
        ({"courier": {"url": "https://x.test/"}}, "sources.courier = there already"),
        ({"new": {"url": "gopher://x.test/"}}, "an http or https address"),
        ({"a/b": {"url": "https://x.test/"}}, "a name of letters"),
        ({"new": {"url": "https://x.test/", "knid": "feed"}}, "did you mean kind?"),
        ({"ok": {"url": "https://x.test/"}, "new": {}}, "sources.new.url"),
    ],
)
def test_all_or_nothing(home: Path, sources: dict[str, dict[str, object]], said: str) -> None:
    with pytest.raises(ConfigError, match=said.replace("?", r"\?")):
        declare.add_sources(home, sources)
    assert (home / FILE).read_text() == OWN
    assert os.listdir(home) == [FILE]  # noqa: PTH208 - no draft is left


def test_a_topic_must_be_right(home: Path) -> None:
    with pytest.raises(ConfigError, match="did you mean courier"):
        declare.add_topic(home, "new", "a", sources=["courrier"])
    with pytest.raises(ConfigError, match="closing parenthesis"):
        declare.add_topic(home, "new", "(a")
    with pytest.raises(ConfigError, match=r"topics\.boats = there already"):
        declare.add_topic(home, "boats", "a")
    declare.add_topic(home, "new", "a", time_zone="Europe/Paris", sources=["courier"])
    assert load(home).topics["new"].sources == ("courier",)


def test_taken_out_again(home: Path) -> None:
    declare.add_sources(home, {"new": {"url": "https://x.test/"}})
    declare.remove_sources(home, ["gazette", "new"])
    declare.remove_topic(home, "boats")
    config = load(home)
    assert list(config.sources) == ["courier"]
    assert config.topics == {}
    text = (home / FILE).read_text()
    assert "# My desk." in text
    assert "# the best one" in text
    assert "# home page" in text
    with pytest.raises(ConfigError, match=r"sources\.new = not there"):
        declare.remove_sources(home, ["courier", "new"])
    with pytest.raises(ConfigError, match=r"topics\.boats = not there"):
        declare.remove_topic(home, "boats")
    assert (home / FILE).read_text() == text


def test_one_table_for_all_can_be_added_to(home: Path) -> None:
    (home / FILE).write_text('[sources]\none.url = "https://one.test/"\n')
    declare.add_sources(home, {"two": {"url": "https://two.test/"}})
    assert list(load(home).sources) == ["one", "two"]
    (home / FILE).write_text('sources = {one = {url = "https://one.test/"}}\n')
    with pytest.raises(ConfigError):
        declare.add_sources(home, {"two": {"url": "https://two.test/"}})


def test_many_hands_at_once(home: Path) -> None:
    def add(number: int) -> None:
        declare.add_sources(home, {f"s{number}": {"url": f"https://s{number}.test/"}})

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(add, range(24)))
    assert len(load(home).sources) == 26


def test_the_file_keeps_its_rights(home: Path) -> None:
    (home / FILE).chmod(0o600)
    declare.add_sources(home, {"new": {"url": "https://x.test/"}})
    assert (home / FILE).stat().st_mode & 0o777 == 0o600


def test_no_file(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="newsdesk init"):
        declare.add_sources(tmp_path, {"new": {"url": "https://x.test/"}})


def test_names() -> None:
    taken = {"courier-test", "courier-test-2"}.__contains__
    assert declare.name_for("https://www.courier.test/", taken) == "courier-test-3"
    assert declare.name_for("https://news.Gazette.example/x", taken) == "news-gazette-example"
    assert declare.name_for("about:blank", taken) == "source"
