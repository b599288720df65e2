"""The nouns of the way outward: its story, its addresses, what they gave."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from stories.hosts import bare_host


class WayState(StrEnum):
    """What became of a way outward."""

    WAITING = "waiting"
    FOUND = "found"
    COPY = "copy"
    OFF = "off-topic"
    STANDS = "stands-for"
    ASKED = "asked"
    DROPPED = "dropped"
    REFUSED = "refused"
    FAILED = "failed"
    CLOSED = "closed"


class WayKind(StrEnum):
    """What an address is expected to answer with."""

    PAGE = "page"
    FEED = "feed"
    SITEMAP = "sitemap"
    SECTION = "section"
    SEARCH = "search"


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """The story that a topic was made from; `proposed` is the query as it was proposed last."""

    topic: str
    url: str | None
    title: str
    text: str
    roles: str = ""
    language: str | None = None
    outlet: str | None = None
    authors: tuple[str, ...] = ()
    published: datetime | None = None
    proposed: str = ""
    since: datetime | None = None
    made: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One address outward.

    `how` is by which way it was met (``citation``, ``credit``, ``search``, ``archive``,
    ``original``), `parent` the key of what it was met on, `distance` how many steps that is from
    the story, `hint` what was said of it there, `evidence` how much of the topic that holds (0 to
    3). `score` is the relevance that was measured, `brought` how many articles it led to.
    """

    key: str
    url: str
    kind: WayKind
    how: str
    parent: str | None
    distance: int
    hint: str | None = None
    evidence: int = 0
    state: WayState = WayState.WAITING
    why: str = ""
    score: float | None = None
    terms: tuple[str, ...] = ()
    brought: int = 0
    article: int | None = None
    run: int | None = None
    asked: datetime | None = None
    tries: int = 0

    @property
    def host(self) -> str:
        """The host that answers there, without ``www.``."""
        return bare_host(self.url)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What became of one way that was asked; `evidence` is what was known of it then."""

    key: str
    state: WayState
    evidence: int = 0
    why: str = ""
    score: float | None = None
    terms: tuple[str, ...] = ()
    brought: int = 0
    article: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Whose reporting an article is: outlet, its address where it is known, and the evidence."""

    outlet: str
    url: str | None
    evidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a round did with one answer: to be written in one transaction."""

    asked: tuple[Asked, ...] = ()
    offered: tuple[Way, ...] = ()
    reopened: tuple[str, ...] = ()
    closed: Mapping[str, str] = field(default_factory=dict)
    spent: Mapping[str, int] = field(default_factory=dict)
    names: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    origins: Mapping[int, Origin] = field(default_factory=dict)


def tells_more(new: Way, known: Way) -> bool:
    """Whether a way says more of its page than what is known of it.

    A heading that a list gives says more than the words of a link, even when it says that the page
    is not of the topic; but one that says little does not overrule that coverage names its outlet.
    """
    if new.kind is not WayKind.PAGE:
        return _NAMED.get(new.how, 0) > _NAMED.get(known.how, 0)
    if {new.how, known.how} == {"hit", "tagged"}:
        return new.how == "tagged"
    if "named" in {new.how, known.how} and "listed" in {new.how, known.how}:
        listed = new if new.how == "listed" else known
        return (listed.evidence >= _LIKELY) == (listed is new)
    if new.how in BY_HEADING and known.how in _BY_LINK and new.hint:
        return True
    if known.how in BY_HEADING and known.hint and new.how in _BY_LINK:
        return False
    return new.evidence > known.evidence


_NAMED = {"beside": 1, "seen": 2, "neighbour": 3, "credit": 4}
BY_HEADING = frozenset({"listed", "search", "hit", "tagged"})
"""By which ways a page is met of which a list gave the heading."""

_BY_LINK = frozenset({"citation", "blind", "related", "named"})
_LIKELY = 2
"""Evidence from which a heading says that its page is of the topic."""
