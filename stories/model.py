"""The nouns of the house: frozen values that cross every border.

Times are aware datetimes. What an outlet claims about itself is kept beside the evidence for it
(:class:`Instant`, :attr:`Article.evidence`), because outlets are wrong about their own dates.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class SourceKind(StrEnum):
    """What a source answers with, and so which spider polls it."""

    FEED = "feed"
    SITEMAP = "sitemap"
    SECTION = "section"


class Precision(StrEnum):
    """How exactly an :class:`Instant` is known."""

    SECOND = "second"
    MINUTE = "minute"
    DAY = "day"
    MONTH = "month"


class CopyKind(StrEnum):
    """In which way an article repeats another one."""

    SAME = "same"
    WIRE = "wire"
    TRUNCATED = "truncated"
    EXTENDED = "extended"
    UPDATE = "update"


class Outcome(StrEnum):
    """The final verdict on a URL in one run. A URL has exactly one a run."""

    KNOWN = "known"
    FILED = "filed"
    VERSION = "version"
    UNCHANGED = "unchanged"
    MOVED = "moved"
    DROPPED = "dropped"
    REFUSED = "refused"
    FAILED = "failed"
    DEFERRED = "deferred"


class PollStatus(StrEnum):
    """How the poll of a source ended."""

    OK = "ok"
    UNCHANGED = "unchanged"
    FAILED = "failed"
    REFUSED = "refused"
    DEFERRED = "deferred"


@dataclass(frozen=True, slots=True, kw_only=True)
class Instant:
    """A point in time that somebody claimed: when, how exactly, and by which rule it was read.

    `at` keeps the offset that was claimed; `evidence` names the rule, as in ``json-ld
    datePublished``.
    """

    at: datetime
    precision: Precision
    evidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where to look: a feed, a sitemap or a section page of one outlet.

    `declared` is the name in newsdesk.toml that this source comes from; a home page that was
    declared without a kind has as many sources as discovery found on it.
    """

    name: str
    url: str
    kind: SourceKind
    outlet: str
    declared: str
    schedule: str = "adaptive"


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceState:
    """A source with what is remembered of its polls.

    `etag`, `last_modified` and `body_hash` are the validators of the last full answer;
    `failures` counts polls in a row that did not succeed.
    """

    source: Source
    due: datetime | None = None
    polled: datetime | None = None
    status: PollStatus | None = None
    error: str | None = None
    failures: int = 0
    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None
    full_at: datetime | None = None
    sightings: int = 0
    articles: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """A URL seen at a source, with what the source said of it."""

    url: str
    source: str
    seen: datetime
    title: str | None = None
    summary: str | None = None
    published: datetime | None = None
    authors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Poll:
    """One asking of one source.

    `gap` is true when every item of a full answer was new although the source had been polled
    before: something may have been missed. `retry_after` is the earliest instant at which the
    outlet is willing to be asked again.
    """

    source: str
    at: datetime
    status: PollStatus
    http_status: int | None = None
    error: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None
    full: bool = False
    sightings: int = 0
    known: int = 0
    repeated: int = 0
    new: int = 0
    gap: bool = False
    retry_after: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What was fetched: the URL asked, the URL that answered, and the bytes as they were.

    `body` is unpacked (no transfer or content encoding). `sighting` is what the source said.
    """

    url: str
    answered: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    fetched: datetime
    sighting: Sighting


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """What an article quotes, names or links as its source; `how` is link, credit or quotes."""

    url: str
    how: str
    score: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """What one outlet says at one address.

    `url` is the canonical address, `raw_url` the one that was seen, `key` the form under which
    two variants of one address meet. `text` has a paragraph a line, and `roles` one letter for
    each line of it: ``p`` paragraph, ``h`` heading, ``l`` list item, ``q`` block quotation.
    `evidence` says for each field by which rule it was read; `facts` holds what has no field.
    """

    url: str
    raw_url: str
    key: str
    outlet: str
    title: str
    text: str
    roles: str = ""
    byline: str | None = None
    authors: tuple[str, ...] = ()
    language: str | None = None
    published: Instant | None = None
    modified: Instant | None = None
    seen: datetime
    fetched: datetime
    image: str | None = None
    source: str | None = None
    cites: tuple[Citation, ...] = ()
    evidence: Mapping[str, str] = field(default_factory=dict)
    facts: Mapping[str, object] = field(default_factory=dict)

    @property
    def when(self) -> datetime:
        """When it was published, or else first seen."""
        return self.published.at if self.published else self.seen


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """An article's title and text as they stood at one fetch."""

    title: str
    text: str
    fetched: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A link from an article to the one that it repeats. Never a deletion.

    `score` is the share of the smaller text that both have, 0 to 1; `method` names the rule and
    its version; `evidence` says why the other one is the original.
    """

    of: int
    url: str
    kind: CopyKind
    score: float
    method: str
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FiledArticle:
    """An article as it lies in the archive, with everything that filing added to it."""

    id: int
    article: Article
    story: int
    topics: tuple[str, ...] = ()
    copy: Copy | None = None
    versions: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """The articles that report one event.

    `lead` is the article whose title stands for the story, `first` the earliest report;
    `outlets` counts the outlets that carry it, `copies` how many of its articles repeat another.
    """

    id: int
    title: str
    first_at: datetime
    last_at: datetime
    lead: int
    first: int
    articles: int
    copies: int
    outlets: tuple[str, ...]
    languages: tuple[str, ...]
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """What the operator follows: a query, a schedule, and the declared sources it is limited to."""

    name: str
    query: str
    schedule: str | None = None
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing that happened to a URL on its way to a verdict, as a sentence for the operator."""

    at: datetime
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What became of a URL in one run, and why.

    `reason` starts with a word that can be counted (``stub``, ``http-404``, ``robots``), then a
    colon and the detail. `retry_at` is when a URL that was deferred or failed is tried again;
    None means never again.
    """

    url: str
    key: str
    at: datetime
    outcome: Outcome
    reason: str = ""
    source: str | None = None
    steps: tuple[Step, ...] = ()
    retry_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One crawl: when, what for, how it ended, and counts that add up.

    ``counts["sightings"] == known + repeated + new`` over its polls, and the outcomes of the
    addresses that it worked on sum up to ``counts["addresses"]``.
    """

    id: int
    what: str
    started: datetime
    finished: datetime | None = None
    status: str = "running"
    note: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)

    @property
    def adds_up(self) -> bool:
        """Whether every sighting and every address of the run is accounted for, once."""
        sightings = sum(self.counts.get(part, 0) for part in ("known", "repeated", "new"))
        ends = (
            Outcome.FILED,
            Outcome.VERSION,
            Outcome.UNCHANGED,
            Outcome.MOVED,
            Outcome.DROPPED,
            Outcome.REFUSED,
            Outcome.FAILED,
            Outcome.DEFERRED,
        )
        addresses = sum(self.counts.get(outcome, 0) for outcome in ends)
        return (
            self.counts.get("sightings", 0) == sightings
            and self.counts.get("addresses", 0) == addresses
        )


class Dropped(Exception):  # noqa: N818 - a verdict, not an error
    """A page that is not filed, as the reader's verdict: a countable word and the detail."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason, detail)
        self.reason = reason
        self.detail = detail

    def __str__(self) -> str:
        return f"{self.reason}: {self.detail}" if self.detail else self.reason
