"""newsdesk.toml and the environment, read once and judged as a whole: every mistake at once."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
)

from stories.mistakes import ENVIRONMENT, FILE, ConfigError, Mistake, mistakes_of, unknown
from stories.sections import (
    ArchiveConfig,
    FetchConfig,
    FileConfig,
    Name,
    OutwardConfig,
    ReadConfig,
    SavedConfig,
    ScheduleConfig,
    SearchConfig,
    SourceConfig,
    TopicConfig,
)

__all__ = [
    "FILE",
    "Config",
    "ConfigError",
    "Mistake",
    "SourceConfig",
    "TopicConfig",
    "home_of",
    "judge",
    "load",
]

PREFIX = "NEWSDESK_"
BETWEEN = "__"


class Config(BaseSettings):
    """What the operator wants. `home` is the folder of newsdesk.toml."""

    model_config = SettingsConfigDict(
        frozen=True, extra="forbid", env_prefix=PREFIX, env_nested_delimiter=BETWEEN
    )

    home: Path
    archive: ArchiveConfig = Field(default_factory=ArchiveConfig)
    fetch: FetchConfig = Field(default_factory=FetchConfig)
    read: ReadConfig = Field(default_factory=ReadConfig)
    file: FileConfig = Field(default_factory=FileConfig)
    schedule: ScheduleConfig = Field(default_factory=ScheduleConfig)
    outward: OutwardConfig = Field(default_factory=OutwardConfig)
    topics: dict[Name, TopicConfig] = Field(default_factory=dict)
    sources: dict[Name, SourceConfig] = Field(default_factory=dict)
    search: dict[Name, SearchConfig] = Field(default_factory=dict)
    saved: dict[Name, SavedConfig] = Field(default_factory=dict)

    @property
    def data(self) -> Path:
        """The folder for everything that Newsdesk keeps."""
        return self.home / "data"

    @property
    def database(self) -> str:
        """The database's address; {home} is put in, and a relative SQLite file lies below home."""
        address = self.archive.database.replace("{home}", str(self.home))
        scheme, found, file = address.partition(":///")
        if found and scheme.startswith("sqlite") and not file.startswith("/"):
            return f"{scheme}:///{self.home / file}"
        return address

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003 - the signature is pydantic's
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Take what is given alone: :func:`judge` knows which file or variable a value is from."""
        return (init_settings,)


def load(home: Path | None = None) -> Config:
    """Read newsdesk.toml of a home folder and the environment.

    Raises ConfigError with every mistake that either holds.
    """
    where = home_of(home)
    try:
        text = (where / FILE).read_text(encoding="utf-8")
    except FileNotFoundError:
        raise ConfigError.one(
            str(where / FILE), "", "not there", "`newsdesk init` makes one"
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError.one(
            str(where / FILE), "", str(error), "a readable file in UTF-8"
        ) from None
    return judge(where, text, os.environ)


def judge(home: Path, text: str, environment: Mapping[str, str]) -> Config:
    """Judge the content of a newsdesk.toml, overridden by an environment; raises ConfigError."""
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError.one(FILE, "", str(error), "TOML") from None
    over, mistakes = _overrides(environment)
    if "home" in content:
        mistakes.append(unknown(("home",), content.pop("home"), FILE))
    content = _laid_over(content, over)
    mistakes += _strangers(content)
    try:
        config = Config(home=home, **content)
    except ValidationError as error:
        raise ConfigError((*mistakes, *mistakes_of(error, over))) from None
    if mistakes:
        raise ConfigError(tuple(mistakes))
    return config


def home_of(home: Path | None = None) -> Path:
    """The home folder: the one given, else NEWSDESK_HOME, else the present one."""
    return (home or Path(os.environ.get("NEWSDESK_HOME") or ".")).resolve()


def _overrides(environment: Mapping[str, str]) -> tuple[dict[str, Any], list[Mistake]]:
    """What NEWSDESK_SECTION__KEY variables say, and those of them that mean nothing."""
    mistakes = []
    for name, value in environment.items():
        section, nested, _ = name.removeprefix(PREFIX).lower().partition(BETWEEN)
        if name.startswith(PREFIX) and nested and section not in Config.model_fields:
            mistakes.append(unknown((section,), value, ENVIRONMENT))
    try:
        found = _Environment(environment)()
    except SettingsError as error:
        return {}, [*mistakes, Mistake(file=ENVIRONMENT, key="", found=str(error), allowed="JSON")]
    found.pop("home", None)
    return found, mistakes


class _Environment(EnvSettingsSource):
    """pydantic-settings' reading of variables, of any environment given."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._given = {name.lower(): value for name, value in environment.items()}
        super().__init__(Config)

    def _load_env_vars(self) -> Mapping[str, str | None]:
        return self._given


def _laid_over(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    """Both, table by table; where both say something, what is above."""
    out = dict(below)
    for key, value in above.items():
        mine = out.get(key)
        if isinstance(mine, dict) and isinstance(value, dict):
            out[key] = _laid_over(mine, value)
        else:
            out[key] = value
    return out


def _strangers(content: Mapping[str, Any]) -> list[Mistake]:
    """Sources and topics that are referred to and nobody declares; wrong shapes are left alone."""
    return [*_strange_sources(content), *_strange_topics(content)]


def _strange_topics(content: Mapping[str, Any]) -> list[Mistake]:
    topics, saved = content.get("topics", {}), content.get("saved")
    if not isinstance(topics, Mapping) or not isinstance(saved, Mapping):
        return []
    return [
        unknown(("saved", name, "topic"), one["topic"], FILE, tuple(topics))
        for name, one in saved.items()
        if isinstance(one, Mapping) and isinstance(one.get("topic"), str)
        if one["topic"] not in topics
    ]


def _strange_sources(content: Mapping[str, Any]) -> list[Mistake]:
    topics, sources = content.get("topics"), content.get("sources", {})
    if not isinstance(topics, Mapping) or not isinstance(sources, Mapping):
        return []
    return [
        unknown(("topics", name, "sources"), source, FILE, tuple(sources))
        for name, topic in topics.items()
        if isinstance(topic, Mapping) and isinstance(topic.get("sources"), list)
        for source in topic["sources"]
        if source not in sources
    ]
