"""What to ask next on the way outward: what promises most coverage for a request.

Each way has a promise, an estimate of how many articles of the topic a request to it brings; it is
corrected by what ways of its kind have brought so far. A way that pays for itself is followed at
once; others only out of what was saved, so that an article found costs what it may cost and a
round comes to an end by itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from stories.archive.coverage import Way, WayKind, WayState
from stories.config import Config

PAYS, PAYS_BACK, ENOUGH = 0.36, 0.5, 20
"""Articles a request from which a way pays for itself, and, once so many were found, what was spent
too much as well."""

MEAGRE, HOPELESS = 0.28, 0.04
"""And from which it is followed out of savings: at first, and in the end, when nothing better is
left; savings are not for what comes first."""

UNSETTLED = 0.6
"""How much less a vague line is worth before the topic's pages can be told from others."""

PRIOR, LIST_PRIOR = 3.0, 2.0
"""Imagined tries for which the first estimates stand."""

FIRST_LISTS = 4

START = 16
"""Requests that may be made before anything was found."""

ENDS = 4
"""A host is closed after so many pages of which none was coverage."""
MIRRORS = 3
"""A host that only repeats others is closed after so many."""

# By evidence (0 to 3) for links in a text; what lists and pages' margins say is worth less.
_PAGES = {
    "citation": (0.3, 0.45, 0.75, 0.97),
    "blind": (0.45, 0.5, 0.8, 0.97),
    "related": (0.06, 0.2, 0.5, 0.8),
    "listed": (0.03, 0.05, 0.4, 0.9),
    "search": (0.08, 0.15, 0.5, 0.92),
    "repeated": (0.02, 0.05, 0.1, 0.2),
    "original": (0.95, 0.95, 0.95, 0.97),
    "elsewhere": (0.0, 0.1, 0.2, 0.5),
}
_LISTS = {
    WayKind.FEED: 0.7,
    WayKind.SEARCH: 2.0,
    WayKind.SITEMAP: 0.4,
    WayKind.SECTION: 0.6,
}
_SURE = 3

_CREDITED = (0.5, 0.8, 1.0, 1.2)
"""What the front page of an outlet brings that pages of the topic credit, by how many do."""

_GOOD = frozenset({WayState.FOUND})
_BAD = frozenset({WayState.OFF, WayState.DROPPED, WayState.COPY, WayState.STANDS})


@dataclass(slots=True)
class Host:
    """How a host did so far."""

    found: int = 0
    copies: int = 0
    off: int = 0
    lists: int = 0
    brought: int = 0
    dry: int = 0
    under_way: int = 0
    known: bool = False
    down: bool = False


@dataclass(slots=True)
class Class:
    """How ways of one class did so far."""

    tries: int = 0
    gain: float = 0.0


@dataclass(slots=True)
class Promise:
    """The running estimate over one topic; `requests` and `found` are those of all its rounds."""

    config: Config
    requests: int = 0
    found: int = 0
    this_hour: int = 0
    lists: int = 0
    least: float = MEAGRE
    settled: bool = False
    hosts: dict[str, Host] = field(default_factory=lambda: defaultdict(Host))
    host_hour: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    classes: dict[tuple[str, str, int], Class] = field(default_factory=lambda: defaultdict(Class))

    def learn(self, way: Way) -> None:
        """Take the end of a way into account."""
        host, group = self.hosts[way.host], self.classes[_class(way)]
        if way.kind is WayKind.PAGE:
            if way.state in _GOOD:
                host.found += 1
                self.found += 1
            elif way.state is WayState.COPY or way.state is WayState.STANDS:
                host.copies += 1
            elif way.state in _BAD:
                host.off += 1
            if way.state in _GOOD | _BAD and way.asked is not None:
                group.tries += 1
                group.gain += way.state in _GOOD
        elif way.state in {WayState.FAILED, WayState.REFUSED, WayState.DROPPED}:
            # An endpoint that does not answer one question is not asked the next.
            host.down = host.down or (way.how == "search" and way.state is not WayState.DROPPED)
        elif way.asked is not None:
            host.lists += 1
            self.lists += 1
            host.brought += way.brought
            host.dry = 0 if way.brought else host.dry + 1
            group.tries += 1
            group.gain += min(3, way.brought)

    def spend(self, requests: Mapping[str, int]) -> None:
        """Count requests, by host."""
        for name, number in requests.items():
            self.requests += number
            self.this_hour += number
            self.host_hour[name] += number
            self.hosts[name].known = True

    def cost(self, way: Way) -> int:
        """Requests that a way costs: a host that is new is asked for its robots.txt first."""
        return 1 if self.hosts[way.host].known else 2

    def of(self, way: Way) -> float:
        """Articles that a request to this way brings, by present knowledge; 0 is never."""
        host = self.hosts[way.host]
        outward = self.config.outward
        if (
            host.down
            or way.distance > outward.distance
            or self.host_hour[way.host] >= outward.per_host
        ):
            return 0.0
        group = self.classes[_class(way)]
        cost = self.cost(way)
        if way.kind is WayKind.PAGE:
            prior = _PAGES.get(way.how, _PAGES["listed"])[min(3, max(0, way.evidence))]
            chance = (group.gain + PRIOR * prior) / (group.tries + PRIOR)
            if not self.settled and way.evidence < _SURE:
                chance *= UNSETTLED
            if self.is_closed(way.host) and way.how != "original":
                return 0.0
            if not host.found and way.how != "original":
                # Who carried what others report, or nothing of the topic, will do so again.
                chance *= 0.4 if host.copies else 0.5 if host.off > 1 else 1.0
            return chance / cost
        prior = _LISTS[way.kind] * (1.0 if host.found else 0.35)
        if way.how == "search":
            prior = max(prior, 1.5)
        elif way.how == "credit":
            prior = max(prior, _CREDITED[min(3, way.evidence)])
        elif way.how == "neighbour":
            prior = 0.25 if not host.found else 0.1
        gain = (group.gain + LIST_PRIOR * prior) / (group.tries + LIST_PRIOR)
        if host.lists and way.how != "search":
            # What one list of an outlet shows, the others mostly show again.
            gain *= 0.4 if host.brought > 1 else 0.12 if host.brought else 0.03
            if way.how in {"credit", "neighbour"}:
                return 0.0
        if way.how == "search":
            gain *= 0.6**host.dry
        if way.tries:
            gain *= 0.9 if way.brought else 0.3
        elif self.lists < FIRST_LISTS:
            # Lists teach how headings go around here, at little cost: the sooner the better.
            gain *= 1.3
        return gain / (cost + gain)

    def lower(self) -> bool:
        """Be content with less; False when there is no less to be content with."""
        self.least *= 0.7
        return self.least >= HOPELESS

    def is_closed(self, name: str) -> bool:
        """Whether a host has shown that it brings nothing, or nothing of its own."""
        host = self.hosts[name]
        if host.found:
            return host.off >= 4 * ENDS and host.found < 0.1 * host.off
        return host.off + host.copies >= ENDS or host.copies >= MIRRORS

    def why_closed(self, name: str) -> str:
        """The sentence for a closed host."""
        host = self.hosts[name]
        if host.copies >= MIRRORS and not host.found:
            return f"closed: {host.copies} pages of {name} repeat other outlets"
        return f"closed: {host.off + host.copies} pages of {name}, {host.found} of the topic"

    def may(self, way: Way, promise: float, *, others_under_way: bool) -> bool:
        """Whether a way is followed now, given what it promises."""
        outward = self.config.outward
        cost = self.cost(way)
        if promise < self.least or self.this_hour + cost > outward.requests:
            return False
        saved = max(START, outward.per_article * self.found) - self.requests - cost
        if promise >= (PAYS if saved >= 0 or self.found < ENOUGH else PAYS_BACK):
            return True
        return saved >= 0 and not others_under_way

    def best(self, ways: Iterable[Way], *, others_under_way: bool) -> Way | None:
        """The way to follow next, or None when nothing that is left is worth it."""
        rated = (
            (self.of(way), -way.distance, way.key, way)
            for way in ways
            if self.hosts[way.host].under_way < self.config.fetch.per_host
            and (self.hosts[way.host].known or not self.hosts[way.host].under_way)
        )
        best = max(rated, default=None, key=lambda entry: entry[:3])
        if best is None or not self.may(best[3], best[0], others_under_way=others_under_way):
            return None
        return best[3]

    def why_stopped(self, left: int) -> str:
        """The sentence for what is left when nothing is followed any more."""
        outward = self.config.outward
        if self.this_hour >= outward.requests - 1:
            return f"{left} ways left: the budget of {outward.requests} requests an hour is spent"
        if left:
            return f"{left} ways left that promise too little"
        return "no way left"


def _class(way: Way) -> tuple[str, str, int]:
    return (way.kind.value, way.how, way.evidence)


def is_public_name(url: str) -> bool:
    """Whether a link may lead to the public web: not into somebody's own network."""
    try:
        host = (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return False
    if ":" in host or host.replace(".", "").isdigit():
        return True  # a number: the guard knows which may be reached
    return "." in host and not host.endswith(_PRIVATE)


_PRIVATE = (
    ".local",
    ".localhost",
    ".internal",
    ".intranet",
    ".lan",
    ".home.arpa",
    ".corp",
    ".onion",
)
