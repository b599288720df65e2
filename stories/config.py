"""newsdesk.toml and the environment, read once and judged as a whole: every mistake at once."""

from __future__ import annotations

import difflib
import os
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_settings import BaseSettings, EnvSettingsSource, SettingsConfigDict

from stories.sections import (
    ArchiveConfig,
    FetchConfig,
    FileConfig,
    ReadConfig,
    ScheduleConfig,
    SourceConfig,
    TopicConfig,
)

__all__ = ["Config", "ConfigError", "Mistake", "SourceConfig", "TopicConfig", "home_of", "load"]

FILE = "newsdesk.toml"
ENVIRONMENT = "environment"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """One thing that is wrong: in which file, at which key, what was found, what is allowed."""

    file: str
    key: str
    found: str
    allowed: str

    def __str__(self) -> str:
        found = f" is {self.found}" if self.found else ""
        return f"{self.file}: {self.key}{found}; allowed: {self.allowed}"


class ConfigError(Exception):
    """All that is wrong with the configuration, one mistake a line."""

    def __init__(self, mistakes: tuple[Mistake, ...]) -> None:
        super().__init__(mistakes)
        self.mistakes = mistakes

    def __str__(self) -> str:
        return "\n".join(map(str, self.mistakes))


class Config(BaseModel):
    """What the operator wants. `home` is the folder of newsdesk.toml, `data` the one for data."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    home: Path
    archive: ArchiveConfig = Field(default_factory=ArchiveConfig)
    fetch: FetchConfig = Field(default_factory=FetchConfig)
    read: ReadConfig = Field(default_factory=ReadConfig)
    file: FileConfig = Field(default_factory=FileConfig)
    schedule: ScheduleConfig = Field(default_factory=ScheduleConfig)
    topics: dict[str, TopicConfig] = Field(default_factory=dict)
    sources: dict[str, SourceConfig] = Field(default_factory=dict)

    @property
    def data(self) -> Path:
        """The folder for everything that Newsdesk keeps."""
        return self.home / "data"

    @property
    def database(self) -> str:
        """The database's address, with the home folder put in."""
        return self.archive.database.replace("{home}", str(self.home))


def load(home: Path | None = None) -> Config:
    """Read and judge newsdesk.toml of a home folder and the environment; ConfigError if wrong."""
    where = home_of(home)
    content = tomllib.loads((where / FILE).read_text(encoding="utf-8"))
    return Config.model_validate({"home": where, **content})


def home_of(home: Path | None = None) -> Path:
    """The home folder: the one given, else NEWSDESK_HOME, else the present one."""
    return (home or Path(os.environ.get("NEWSDESK_HOME") or ".")).resolve()
