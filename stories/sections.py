"""Every key of newsdesk.toml: its default, what it may be, and one sentence about it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from stories import cron
from stories.hosts import host
from stories.query import QueryError, parse
from stories.searches import SHIPPED

ADAPTIVE = "adaptive"
FIELDS_OF_CRON = 5

_NAME = re.compile(r"\w[\w.-]*")


def _is_cron(value: str) -> str:
    allowed = 'a cron line of five fields, as in "0 7 * * 1-5"'
    if len(value.split()) != FIELDS_OF_CRON:
        raise ValueError(allowed)
    try:
        cron.parse(value)
    except cron.CronError as error:
        raise ValueError(f"{allowed}; {error}") from None
    return value


def _is_schedule(value: str) -> str:
    if value == ADAPTIVE:
        return value
    try:
        return _is_cron(value)
    except ValueError as error:
        raise ValueError(f'"{ADAPTIVE}" or {error}') from None


def _is_query(value: str) -> str:
    try:
        parse(value)
    except QueryError as error:
        raise ValueError(f"a query; {error}") from None
    return value


def _is_zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError('a time zone, as in "Europe/Paris"') from None
    return value


def _is_web_address(value: str) -> str:
    if not (value.startswith(("http://", "https://")) and host(value)):
        raise ValueError('an http or https address, as in "https://www.example.test/"')
    return value


def _is_name(value: str) -> str:
    if not _NAME.fullmatch(value):
        raise ValueError("a name of letters, digits, . _ and -")
    return value


Name = Annotated[str, AfterValidator(_is_name)]
Cron = Annotated[str, AfterValidator(_is_cron)]
Schedule = Annotated[str, AfterValidator(_is_schedule)]
Query = Annotated[str, AfterValidator(_is_query)]
Zone = Annotated[str, AfterValidator(_is_zone)]
WebAddress = Annotated[str, AfterValidator(_is_web_address)]


class Section(BaseModel):
    """A table of newsdesk.toml: frozen, and nothing in it that has no meaning."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class ArchiveConfig(Section):
    """Where everything is kept."""

    database: str = Field(
        default="sqlite:///{home}/data/newsdesk.db",
        description="SQLAlchemy URL of the database, SQLite or PostgreSQL; {home} is put in.",
    )


class FetchConfig(Section):
    """How the web is asked."""

    user_agent: str = Field(
        default="Newsdesk/0.1 (news monitor)",
        min_length=1,
        description="What Newsdesk calls itself; name a way to reach you.",
    )
    timeout: float = Field(default=30, gt=0, description="Seconds that one request may take.")
    max_bytes: int = Field(
        default=10_000_000, gt=0, description="Most bytes of a page, sent or unpacked."
    )
    max_feed_bytes: int = Field(
        default=20_000_000, gt=0, description="Most bytes of a feed or sitemap, sent or unpacked."
    )
    concurrency: int = Field(default=32, gt=0, description="Requests under way at once.")
    per_host: int = Field(default=2, gt=0, description="Requests under way at once to one host.")
    delay: float = Field(default=0.0, ge=0, description="Seconds between two requests to one host.")
    robots: bool = Field(default=True, description="Whether robots.txt is obeyed.")
    allow_private: tuple[str, ...] = Field(
        default=(),
        description="Hosts or networks (CIDR) that may be fetched although they are private.",
    )
    max_new_per_poll: int = Field(
        default=1_000, gt=0, description="Most new addresses taken up from one poll."
    )
    tries: int = Field(
        default=4, gt=0, description="How often a page that fails is tried before it is given up."
    )


class ReadConfig(Section):
    """How pages are read."""

    processes: int = Field(
        default=0, ge=0, description="Reader processes; 0 means one for each core."
    )
    deadline: float = Field(
        default=20, gt=0, description="Seconds that one document may take before it is dropped."
    )
    min_words: int = Field(
        default=40, ge=0, description="Fewest words that an article may have; less is a stub."
    )


class FileConfig(Section):
    """How what was read is filed."""

    batch: int = Field(
        default=64, gt=0, description="Most articles of a crawl filed in one transaction."
    )
    patience: float = Field(
        default=1.5, ge=0, description="Seconds that a page waits for more before it is filed."
    )


class ScheduleConfig(Section):
    """When things run."""

    time_zone: Zone = Field(default="UTC", description="Time zone of cron lines that name none.")
    shortest: float = Field(
        default=300, gt=0, description="Fewest seconds between two polls of an adaptive source."
    )
    longest: float = Field(
        default=86_400, gt=0, description="Most seconds between two polls of an adaptive source."
    )
    topics: Cron = Field(default="0 * * * *", description="Cron line of topics that name none.")
    deadline: float = Field(
        default=900, gt=0, description="Seconds that one batch of sources may take."
    )
    workers: int = Field(default=1, gt=0, description="Long-lived worker processes.")
    batch: int = Field(default=50, gt=0, description="Most sources that a worker is given at once.")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.shortest > self.longest:
            raise ValueError("schedule.shortest is at most schedule.longest")
        return self


class OutwardConfig(Section):
    """How far the coverage of a watched story is followed beyond the sources."""

    requests: int = Field(
        default=600, ge=0, description="Most requests outward for one topic within an hour."
    )
    per_host: int = Field(
        default=60, gt=0, description="Most of them to one host within that hour."
    )
    per_article: float = Field(
        default=2.9,
        gt=0,
        description="Requests that an article found may cost; above it only sure pages count.",
    )
    distance: int = Field(
        default=12, ge=0, description="Largest number of steps from the story at which links count."
    )
    floor: float = Field(
        default=0.5,
        ge=0,
        le=1,
        description="Relevance (0 to 1) that a page must reach for its own links to be followed.",
    )
    again: float = Field(
        default=3600, ge=0, description="Seconds after which a feed or search is asked again."
    )
    refine: bool = Field(
        default=True,
        description="Whether a round may sharpen a proposed query that nobody has edited.",
    )


class SearchConfig(Section):
    """A search endpoint that answers with a feed or a page."""

    url: str | None = Field(
        default=None,
        description="Address with {query} in it; absent: that of the shipped one of this name.",
    )
    enabled: bool = Field(default=True, description="Whether it is asked at all.")

    @model_validator(mode="after")
    def _is_template(self) -> Self:
        if self.url is not None:
            _is_web_address(self.url)
            if "{query}" not in self.url:
                raise ValueError('an address with {query} in it, as in "https://…/?q={query}"')
        return self


def templates(searches: Mapping[str, SearchConfig]) -> dict[str, str]:
    """The search endpoints to ask, by name: an operator's own and the shipped ones left on."""
    found = {name: url for name, url in SHIPPED.items() if name not in searches}
    for name, one in searches.items():
        url = one.url or SHIPPED.get(name)
        if one.enabled and url is not None:
            found[name] = url
    return found


class TopicConfig(Section):
    """What the operator follows."""

    query: Query = Field(
        default="",
        validate_default=True,
        description="What an article's title or text must answer; required.",
    )
    schedule: Cron | None = Field(
        default=None, description="Cron line by which its sources are crawled."
    )
    time_zone: Zone | None = Field(default=None, description="Time zone of its cron line.")
    sources: tuple[str, ...] = Field(
        default=(), description="Names of the sources it is limited to; none means all."
    )


class SavedConfig(Section):
    """A search that is kept by name: to be asked again, exported, or read as a feed."""

    query: Query = Field(
        default="",
        validate_default=True,
        description="What an article must answer; required.",
    )
    topic: str | None = Field(default=None, description="Only articles of this topic.")
    days: int | None = Field(
        default=None, gt=0, description="Only what was published in the last so many days."
    )
    order: Literal["time", "relevance"] = Field(
        default="time", description="The newest first, or what says most of it first."
    )


class SourceConfig(Section):
    """Where to look."""

    url: WebAddress = Field(
        default="",
        validate_default=True,
        description="Home page, or the address of a source itself; required.",
    )
    kind: Literal["feed", "sitemap", "section"] | None = Field(
        default=None, description="What the address answers with; absent: found from the home page."
    )
    schedule: Schedule = Field(
        default=ADAPTIVE, description='When it is polled: "adaptive" or a cron line.'
    )
    outlet: str | None = Field(
        default=None, description="What the outlet is called; absent: the host of the address."
    )
    enabled: bool = Field(default=True, description="Whether it is polled at all.")
