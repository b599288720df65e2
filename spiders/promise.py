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

from spiders import estimates as first
from spiders.estimates import SURE
from stories.archive.coverage import Way, WayKind, WayState
from stories.config import Config

PAYS, PAYS_BACK = 0.33, 0.4
"""Articles a request from which a way pays for itself, and from which it pays back as well what was
spent too much."""

MEAGRE, LOWER, HOPELESS = 0.28, 0.7, 0.04
"""From which it is followed out of savings: at first, by how much less each time when nothing
better is left, and in the end; savings are not for what comes first."""

START = 60
"""Requests that may be made whatever was found: what a story costs that hardly anybody covers."""

ENDS, MIRRORS = 4, 3
"""A host is closed after so many pages of which none was coverage, or that repeat others."""

MOSTLY_OFF, SELDOM = 16, 0.1
"""One that had coverage is closed after so many that are none, when that little was."""

_BAD = frozenset({WayState.OFF, WayState.DROPPED, WayState.COPY, WayState.STANDS})
_COPIES = frozenset({WayState.COPY, WayState.STANDS})
_UNANSWERED = frozenset({WayState.FAILED, WayState.REFUSED, WayState.DROPPED})


@dataclass(slots=True)
class Host:
    """How a host did so far, and what waits there.

    `found`, `copies` and `off` count its pages, `lists` the lists that were read, `brought` what
    they showed, `dry` those since that showed nothing; `known` is whether its robots.txt was asked
    for today, `down` whether it does not answer searches, `shown` whether a search endpoint knows
    it; `lists_waiting` and `vague` are lists, and links that say little, not followed yet.
    """

    found: int = 0
    copies: int = 0
    off: int = 0
    lists: int = 0
    brought: int = 0
    dry: int = 0
    under_way: int = 0
    known: bool = False
    down: bool = False
    shown: bool = False
    lists_waiting: int = 0
    vague: int = 0


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
    classes: dict[tuple[str, str, int, bool], Class] = field(
        default_factory=lambda: defaultdict(Class)
    )

    def learn(self, way: Way) -> None:
        """Take the end of a way into account."""
        group = self.classes[self._class(way)]
        host = self.hosts[way.host]
        if way.kind is WayKind.PAGE:
            self._learn_page(way, host, group)
        elif way.state in _UNANSWERED:
            # An endpoint that does not answer one question is not asked the next.
            host.down = host.down or (way.how == "search" and way.state is not WayState.DROPPED)
        elif way.asked is not None:
            host.lists += 1
            self.lists += 1
            host.brought += way.brought
            host.dry = 0 if way.brought else host.dry + 1
            group.tries += 1
            group.gain += min(3, way.brought)

    def _learn_page(self, way: Way, host: Host, group: Class) -> None:
        found = way.state is WayState.FOUND
        host.shown = host.shown or way.how == "search"
        if found:
            host.found += 1
            self.found += 1
        elif way.state in _COPIES:
            host.copies += 1
        elif way.state in _BAD:
            host.off += 1
        if (found or way.state in _BAD) and way.asked is not None:
            group.tries += 1
            group.gain += found

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
        host, outward = self.hosts[way.host], self.config.outward
        spent = self.host_hour[way.host] >= outward.per_host
        if host.down or spent or way.distance > outward.distance:
            return 0.0
        if way.kind is WayKind.PAGE:
            return self._chance(way, host) / self.cost(way)
        gain = self._gain(way, host)
        # What a list shows has to be fetched, too.
        return gain / (self.cost(way) + gain)

    def _chance(self, way: Way, host: Host) -> float:
        """How likely a page is coverage that was not found yet."""
        if way.how == "original":
            return first.ORIGINAL
        if self.is_closed(way.host):
            return 0.0
        by_evidence = first.PAGES.get(way.how, first.PAGES["listed"])
        chance = self._seen(way, by_evidence[min(SURE, max(0, way.evidence))], first.PAGE_TRIES)
        if way.evidence < SURE:
            chance *= 1.0 if self.settled else first.UNSETTLED
            chance *= first.WAITS_FOR_LIST if host.lists_waiting and not host.lists else 1.0
        if not host.found:
            chance *= first.BESIDE if way.how == "related" else 1.0
            chance *= first.CARRIES if host.copies else first.STRAYS if host.off > 1 else 1.0
        return chance

    def _gain(self, way: Way, host: Host) -> float:
        """How many pages of coverage, not known of yet, a list is expected to show."""
        if way.how == "search":
            gain = self._seen(way, first.SEARCHED, first.LIST_TRIES) * first.DRY**host.dry
        elif host.lists and way.how in {"credit", "neighbour"}:
            return 0.0
        else:
            gain = self._seen(way, _usual(way, host), first.LIST_TRIES)
            if host.lists:
                gain *= first.FURTHER[min(len(first.FURTHER) - 1, host.brought)]
            else:
                gain += first.VAGUE * min(first.MOST_VAGUE, host.vague)
        if way.tries:
            return gain * (first.AGAIN if way.brought else first.AGAIN_DRY)
        return gain * (first.SOONER if self.lists < first.FIRST_LISTS else 1.0)

    def _seen(self, way: Way, estimate: float, tries: float) -> float:
        """A first estimate, corrected by what ways of the same class have brought."""
        group = self.classes[self._class(way)]
        return (group.gain + tries * estimate) / (group.tries + tries)

    def _class(self, way: Way) -> tuple[str, str, int, bool]:
        """What a way has in common with others that were followed."""
        host = self.hosts[way.host]
        known = host.found > 0 if way.kind is WayKind.PAGE else host.shown
        return (way.kind.value, way.how, way.evidence, known)

    def lower(self) -> bool:
        """Be content with less; False when there is no less to be content with."""
        self.least *= LOWER
        return self.least >= HOPELESS

    def is_closed(self, name: str) -> bool:
        """Whether a host has shown that it brings nothing, or nothing of its own."""
        host = self.hosts[name]
        if host.found:
            return host.off >= MOSTLY_OFF and host.found < SELDOM * host.off
        return host.off + host.copies >= ENDS or host.copies >= MIRRORS

    def why_closed(self, name: str) -> str:
        """The sentence for a closed host."""
        host = self.hosts[name]
        if host.copies >= MIRRORS and not host.found:
            return f"closed: {host.copies} pages of {name} repeat other outlets"
        return f"closed: {host.off + host.copies} pages of {name}, {host.found} of the topic"

    def may(self, way: Way, promise: float, *, others_under_way: bool) -> bool:
        """Whether a way is followed now, given what it promises."""
        outward, cost = self.config.outward, self.cost(way)
        if promise < self.least or self.this_hour + cost > outward.requests:
            return False
        saved = max(START, outward.per_article * self.found) - self.requests - cost
        if promise >= (PAYS if saved >= 0 else PAYS_BACK):
            return True
        return saved >= 0 and not others_under_way

    def best(self, waiting: Iterable[Way], *, others_under_way: bool) -> Way | None:
        """The way to follow next, or None when nothing that is left is worth it."""
        ways = list(waiting)
        self._look_over(ways)
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

    def _look_over(self, ways: Iterable[Way]) -> None:
        """Count what waits at each host, and note whom a search endpoint knows."""
        for host in self.hosts.values():
            host.lists_waiting = host.vague = 0
        for way in ways:
            host = self.hosts[way.host]
            if way.kind is not WayKind.PAGE:
                host.lists_waiting += way.how != "search"
            elif way.how == "search":
                host.shown = True
            elif way.how in {"citation", "blind"} and way.evidence < SURE:
                host.vague += 1

    def why_stopped(self, left: int) -> str:
        """The sentence for what is left when nothing is followed any more."""
        outward = self.config.outward
        if self.this_hour >= outward.requests - 1:
            return (
                f"{left} ways left: the budget of {outward.requests} requests an hour is spent,"
                " the next hour's round goes on"
            )
        return f"{left} ways left that promise too little" if left else "no way left"


def _usual(way: Way, host: Host) -> float:
    """What the first list of an outlet shows, before any was read."""
    if host.found:
        return first.LISTS[way.kind] * (first.SHOWN if host.shown else 1.0)
    if way.how == "credit":
        return first.CREDITED[min(SURE, way.evidence)]
    if way.how == "neighbour":
        return first.NEIGHBOUR_SHOWN if host.shown else first.NEIGHBOUR
    return first.STRANGER * first.LISTS[way.kind]
