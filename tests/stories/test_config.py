"""newsdesk.toml and the environment: every mistake at once, in words that say how to mend it."""

# ruff: noqa: ISC004, E501 - mistakes as they are printed

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from stories import sections
from stories.config import FILE, Config, ConfigError, home_of, judge, load

HOME = Path("/home/desk")


def mistakes(text: str, environment: dict[str, str] | None = None) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        judge(HOME, text, environment or {})
    assert str(caught.value) == "\n".join(map(str, caught.value.mistakes))
    return sorted(map(str, caught.value.mistakes))


def test_nothing_said_is_right() -> None:
    config = judge(HOME, "", {})
    assert config.database == "sqlite:////home/desk/data/newsdesk.db"
    assert config.data == HOME / "data"
    assert (config.topics, config.sources) == ({}, {})
    assert config.fetch.robots


def test_all_that_can_be_said() -> None:
    config = judge(
        HOME,
        """
        [archive]
        database = "sqlite:///desk.db"
        [fetch]
        allow_private = ["127.0.0.0/8", "press.test"]
        [schedule]
        time_zone = "Europe/Paris"
        [sources.courier]
        url = "https://www.courier.test/"
        [sources."wire.en"]
        url = "https://wire.test/rss"
        kind = "feed"
        schedule = "*/5 * * * *"
        outlet = "The Wire"
        [topics.calexit]
        query = 'calexit OR "yes california"'
        schedule = "0 7 * * 1-5"
        time_zone = "America/Los_Angeles"
        sources = ["courier", "wire.en"]
        """,
        {},
    )
    assert config.database == "sqlite:////home/desk/desk.db"
    assert config.fetch.allow_private == ("127.0.0.0/8", "press.test")
    assert config.sources["wire.en"].kind == "feed"
    assert config.sources["courier"].kind is None
    assert config.topics["calexit"].sources == ("courier", "wire.en")


def test_a_configuration_cannot_be_changed() -> None:
    config = judge(HOME, "", {})
    with pytest.raises(ValidationError):
        config.fetch.timeout = 1
    with pytest.raises(ValidationError):
        config.home = HOME


def test_every_mistake_at_once() -> None:
    assert mistakes(
        """
        home = "/tmp"
        [fetch]
        timeot = 3
        timeout = -1
        robots = "maybe"
        [fetsh]
        delay = 1
        [schedule]
        time_zone = "Mars/Base"
        [topics.a]
        query = "boats AND (embassy"
        schedule = "0 9 * *"
        sources = ["oen"]
        [topics.b]
        [topics.c]
        query = "c"
        sources = "one"
        [sources.one]
        url = "ftp://courier.test"
        kind = "fed"
        schedule = "sometimes"
        [sources."a/b"]
        url = "https://courier.test/"
        """,
        {"NEWSDESK_FETCH__PER_HOST": "zero", "NEWSDESK_FETHC__DELAY": "1"},
    ) == sorted(
        [
            f'{FILE}: home = "/tmp"; allowed: archive, fetch, read, file, schedule, outward, topics, sources, search',
            f"{FILE}: fetch.timeot = 3; allowed: did you mean timeout?",
            f"{FILE}: fetch.timeout = -1; allowed: greater than 0",
            f'{FILE}: fetch.robots = "maybe"; allowed: boolean, unable to interpret input',
            f'{FILE}: fetsh = {{"delay": 1}}; allowed: did you mean fetch?',
            f'{FILE}: schedule.time_zone = "Mars/Base"; allowed: a time zone, as in "Europe/Paris"',
            f'{FILE}: topics.a.query = "boats AND (embassy"; allowed: a query; the query ends too'
            " early (character 19); a closing parenthesis is missing",
            f'{FILE}: topics.a.schedule = "0 9 * *"; allowed: a cron line of five fields, as in'
            ' "0 7 * * 1-5"',
            f'{FILE}: topics.a.sources = "oen"; allowed: did you mean one?',
            f'{FILE}: topics.b.query = ""; allowed: a query; the query is empty (character 1); name'
            " at least one word",
            f'{FILE}: topics.c.sources = "one"; allowed: tuple',
            f'{FILE}: sources.one.url = "ftp://courier.test"; allowed: an http or https address, as'
            ' in "https://www.example.test/"',
            f"{FILE}: sources.one.kind = \"fed\"; allowed: 'feed', 'sitemap' or 'section'",
            f'{FILE}: sources.one.schedule = "sometimes"; allowed: "adaptive" or a cron line of five'
            ' fields, as in "0 7 * * 1-5"',
            f'{FILE}: sources.a/b = "a/b"; allowed: a name of letters, digits, . _ and -',
            'environment: fetch.per_host = "zero"; allowed: integer, unable to parse string as an'
            " integer",
            'environment: fethc = "1"; allowed: did you mean fetch?',
        ]
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[fetch\n", "Expected ']'"),
        ("fetch = 1", "fetch = 1; allowed"),
        ("topics = 1", "topics = 1; allowed"),
        ("[topics]\na = 1", "topics.a = 1; allowed"),
        ("[schedule]\nshortest = 9\nlongest = 8", "shortest is at most schedule.longest"),
        ('[sources.a]\nurl = "http://[::1"', "an http or https address"),
        ("[topics.a]\nquery = 'a'\nschedule = '@daily'", "a cron line of five fields"),
        ("[topics.a]\nquery = 'a'\nschedule = '61 * * * *'", "a cron line of five fields"),
        ("[topics.a]\nquery = 'a'\nsources = ['x']", "none is declared yet"),
    ],
)
def test_one_mistake(text: str, said: str) -> None:
    (mistake,) = mistakes(text)
    assert said in mistake


def test_the_environment_wins() -> None:
    config = judge(
        HOME,
        "[fetch]\ntimeout = 1\ndelay = 2\n[topics.a]\nquery = 'a'\n",
        {
            "NEWSDESK_FETCH__TIMEOUT": "5",
            "NEWSDESK_FETCH__ALLOW_PRIVATE": '["127.0.0.1"]',
            "NEWSDESK_FETCH__ROBOTS": "false",
            "NEWSDESK_ARCHIVE__DATABASE": "postgresql://desk@db/archive",
            "NEWSDESK_TOPICS__A__SCHEDULE": "0 1 * * *",
            "NEWSDESK_HOME": "/elsewhere",
            "NEWSDESK_PRESS": "/press",
            "PATH": "/bin",
        },
    )
    assert (config.fetch.timeout, config.fetch.delay) == (5, 2)
    assert config.fetch.allow_private == ("127.0.0.1",)
    assert not config.fetch.robots
    assert config.database == "postgresql://desk@db/archive"
    assert config.topics["a"].schedule == "0 1 * * *"
    assert config.home == HOME


def test_what_the_environment_says_wrong_is_its_mistake() -> None:
    (mistake,) = mistakes("", {"NEWSDESK_READ__DEDLINE": "1"})
    assert mistake == 'environment: read.dedline = "1"; allowed: did you mean deadline?'
    (mistake,) = mistakes("", {"NEWSDESK_FETCH__ALLOW_PRIVATE": "127.0.0.1"})
    assert mistake.startswith("environment: ")


def test_the_home_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NEWSDESK_HOME", raising=False)
    assert home_of() == tmp_path.resolve()
    monkeypatch.setenv("NEWSDESK_HOME", str(tmp_path / "desk"))
    assert home_of() == (tmp_path / "desk").resolve()
    assert home_of(tmp_path) == tmp_path.resolve()
    with pytest.raises(ConfigError, match="newsdesk init"):
        load()
    (tmp_path / "desk").mkdir()
    (tmp_path / "desk" / FILE).write_text("[read]\nprocesses = 3\n")
    assert load().read.processes == 3
    (tmp_path / "desk" / FILE).write_bytes(b"\xff")
    with pytest.raises(ConfigError, match="a readable file in UTF-8"):
        load()


def test_every_key_has_a_default_and_a_sentence() -> None:
    models = [
        model
        for name, model in vars(sections).items()
        if name.endswith("Config") and name != "Config"
    ]
    assert len(models) == 10
    assert set(Config.model_fields) >= {"fetch", "topics", "sources"}
    for model in models:
        for key, field in model.model_fields.items():
            assert not field.is_required(), key
            assert (field.description or "").endswith("."), key
