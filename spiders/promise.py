"""What to ask next on the way outward: what promises most coverage for a request.

Each way has a promise, an estimate of how many articles of the topic a request to it brings; it is
corrected by what ways of its kind have brought so far. A way that pays for itself is followed at
once; others only out of what was saved, so that an article found costs what it may cost and a
round comes to an end by itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from spiders import estimates as first
from spiders.budget import Budget
from spiders.estimates import LIKELY, SURE
from spiders.standing import BAD, UNANSWERED, Host, Shown, Tries
from stories.config import Config
from stories.ways import Way, WayKind, WayState

Class = tuple[str, str, int, bool]
"""What a way has in common with others that were followed."""


@dataclass(slots=True)
class Promise:
    """The running estimate over one topic.

    `settled` is whether enough was read to tell the topic's pages from others, `tells` whether
    there were others among it; `hopes` has the pages that wait at hosts not known yet and how
    likely they are, `trying` the classes of those under way.
    """

    config: Config
    budget: Budget
    lists: int = 0
    settled: bool = False
    tells: bool = False
    hosts: dict[str, Host] = field(default_factory=lambda: defaultdict(Host))
    classes: dict[Class, Tries] = field(default_factory=lambda: defaultdict(Tries))
    kinds: dict[WayKind, Tries] = field(default_factory=lambda: defaultdict(Tries))
    hows: dict[str, Tries] = field(default_factory=lambda: defaultdict(Tries))
    firsts: Tries = field(default_factory=Tries)
    fresh: Tries = field(default_factory=Tries)
    hopes: dict[str, dict[str, float]] = field(default_factory=dict)
    trying: dict[str, Class] = field(default_factory=dict)

    def begin(self, way: Way) -> None:
        """A way is asked now: what it will cost counts already."""
        host = self.hosts[way.host]
        self.budget.under_way[way.key] = self.cost(way)
        host.under_way += 1
        host.listing += _is_list(way)
        self.trying[way.key] = self._class(way)

    def end(self, way: Way) -> None:
        """A way was asked."""
        host = self.hosts[way.host]
        del self.budget.under_way[way.key]
        host.under_way -= 1
        host.listing -= _is_list(way)
        self.trying.pop(way.key, None)

    def learn(self, way: Way, shown: Shown | None = None) -> None:
        """Take the end of a way into account; `shown` is what it showed if it is a list."""
        host = self.hosts[way.host]
        if way.kind is WayKind.PAGE:
            self._learn_page(way, host)
        elif way.state in UNANSWERED:
            # An endpoint that does not answer one question is not asked the next.
            host.down = host.down or (way.how == "search" and way.state is not WayState.DROPPED)
        elif way.asked is not None:
            self._learn_list(way, host, shown)

    def _learn_page(self, way: Way, host: Host) -> None:
        found = way.state is WayState.FOUND
        if (found or way.state in BAD) and way.asked is not None:
            self.classes[self._class(way)].fade(first.FADES).add(found)
            self.hows[way.how].fade(first.FADES).add(found, _by_how(way))
        host.shown = host.shown or way.how in {"search", "hit"}
        host.end(way.state, sure=way.evidence >= SURE)
        self.budget.found += found

    def passed(self, way: Way, url: str) -> Way:
        """The way to a page as it answered: whose host sends on to another one has not got it."""
        there = replace(way, url=url)
        if way.kind is not WayKind.PAGE or way.host == there.host:
            return way
        self.hosts[way.host].passes += 1
        return there

    def _learn_list(self, way: Way, host: Host, shown: Shown | None) -> None:
        most = first.MOST_SEARCHED if way.how == "search" else first.MOST_LED
        led = min(most, shown.led if shown is not None else way.brought)
        tries = self.classes[self._class(way)]
        if way.how == "search":
            tries.fade(first.WANES).add(led)
        elif way.how == "tag":
            self.hows["tag"].add(led, first.TAGS[way.evidence])
        elif shown is not None and shown.addresses:
            if not host.lists:
                usual, scale = _usual(way, host), self._scale()
                self.firsts.fade(first.FADES).add(led, usual * first.KINDS[way.kind])
                self.kinds[way.kind].add(led, usual * scale)
                self.fresh.add(led)
            tries.fade(first.FADES).add(led)
        elif shown is not None:
            return  # an index of lists is none
        host.lists += 1
        self.lists += 1
        host.dry = 0 if way.brought else host.dry + 1
        if shown is not None and shown.beyond is not None:
            before = 1.0 if host.beyond is None else host.beyond
            host.beyond = min(before, shown.beyond)

    def doubt(self, host: str, more: int) -> None:
        """So many pages more of a host, or less, are taken for coverage than was thought."""
        self.hosts[host].found += more
        self.hosts[host].off -= more
        self.budget.found += more

    def cost(self, way: Way) -> int:
        """Requests that a way costs: a host that is new is asked for its robots.txt first."""
        return 1 if self.hosts[way.host].known else 2

    def of(self, way: Way) -> float:
        """Articles that a request to this way brings, by present knowledge; 0 is never."""
        host = self.hosts[way.host]
        far = way.distance > self.config.outward.distance
        if host.down or far or self.budget.is_spent(way.host):
            return 0.0
        return self._of_page(way, host) if way.kind is WayKind.PAGE else self._of_list(way, host)

    def _of_page(self, way: Way, host: Host) -> float:
        chance = self._chance(way, host)
        # Its robots.txt is asked for once, for all the pages that wait there.
        beside = self._beside(way)
        if chance >= first.HOPE and beside:
            return (chance + sum(beside)) / (self.cost(way) + len(beside))
        return chance / self.cost(way)

    def _of_list(self, way: Way, host: Host) -> float:
        gain = self._gain(way, host)
        beside = self._beside(way) if way.how != "search" else []
        # What a list shows has to be fetched, too.
        return (gain + sum(beside)) / (self.cost(way) + gain + len(beside))

    def _beside(self, way: Way) -> list[float]:
        """How likely the other pages are that wait at a host which is not known yet."""
        hopes = self.hopes.get(way.host, {})
        return [hope for name, hope in hopes.items() if name != way.key]

    def _chance(self, way: Way, host: Host) -> float:
        """How likely a page is coverage that was not found yet."""
        if way.how == "original":
            return first.ORIGINAL
        if host.is_closed:
            return 0.0
        chance = self.likely(way)
        if not self.settled and way.how == "hit":
            return 0.0
        if not (self.settled and self.tells) and way.evidence < SURE:
            chance *= first.UNSETTLED
        if way.evidence < LIKELY and way.how != "named":
            chance *= first.WAITS_FOR_LIST if host.lists_waiting and not host.lists else 1.0
        if not host.found:
            chance *= first.BESIDE if way.how == "related" else 1.0
            chance *= first.CARRIES if host.copies else first.STRAYS if host.off > 1 else 1.0
            chance *= first.LIES**host.lies
        return chance

    def likely(self, way: Way) -> float:
        """How likely a page is coverage, by how it was met and by what is said of it alone."""
        # What pages met in this way were against what was thought, whatever was said of them.
        usual = _by_how(way) * self.hows[way.how].mean(1.0, first.HOW_PAGES)
        return self._seen(way, min(first.MOST_SURE, usual), first.PAGE_TRIES)

    def _gain(self, way: Way, host: Host) -> float:
        """How many pages of coverage, not known of yet, a list is expected to show."""
        if way.how == "search":
            gain = self._seen(way, first.SEARCHED, first.LIST_TRIES) * first.DRY**host.dry
        elif way.how == "tag":
            gain = first.TAGS[way.evidence] * self.hows["tag"].mean(1.0, first.TAG_PAGES)
        elif host.lists:
            gain = self._further(way, host)
        else:
            kind = self.kinds[way.kind].mean(first.KINDS[way.kind], first.KIND_PAGES)
            gain = self._seen(way, _usual(way, host) * self._scale() * kind, first.LIST_TRIES)
            gain += first.VAGUE * min(first.MOST_VAGUE, host.vague)
        if way.tries:
            return gain * (first.AGAIN if way.brought else first.AGAIN_DRY)
        return gain * (first.SOONER if self.lists < first.FIRST_LISTS else 1.0)

    def _scale(self) -> float:
        """How much more, or less, first lists show around here than was thought."""
        return self.firsts.mean(1.0, first.FIRST_PAGES)

    def _further(self, way: Way, host: Host) -> float:
        """What another list of an outlet is expected to show after the first."""
        if way.how == "further":
            # The answers of a search that goes on, the front page before this one.
            return self._seen(way, first.CONTINUED, first.LIST_TRIES) * first.DRY**host.dry
        if host.beyond is None:
            return self._seen(way, first.FURTHER, first.LIST_TRIES)
        mean = self.fresh.mean(first.HERE, first.LIST_TRIES)
        return first.BEYOND * host.beyond * mean

    def _seen(self, way: Way, estimate: float, tries: float) -> float:
        """A first estimate, corrected by what ways of the same class have brought."""
        return self.classes[self._class(way)].mean(estimate, tries)

    def _class(self, way: Way) -> Class:
        """What a way has in common with others that were followed."""
        host = self.hosts[way.host]
        if way.kind is WayKind.PAGE:
            return ("page", way.how, way.evidence, host.found > 0 and way.how != "hit")
        if way.how == "search":
            return ("search", way.host, 0, False)
        if host.lists:
            return ("further", way.how if way.how == "further" else "", 0, False)
        return ("first", "here" if host.found else way.how, 0, host.shown)

    def best(self, waiting: Iterable[Way]) -> Way | None:
        """The way to follow next, or None when nothing that is left is worth it."""
        ways = list(waiting)
        self._look_over(ways)
        rated = (
            (self.of(way), way.evidence, -way.distance, way.key, way)
            for way in ways
            if self._is_free(way)
        )
        best = max(rated, default=None, key=lambda entry: entry[:4])
        if best is None:
            return None
        promise, *_, way = best
        is_page = way.kind is WayKind.PAGE
        return way if self.budget.may(self.cost(way), promise, is_page=is_page) else None

    def _is_free(self, way: Way) -> bool:
        """Whether a host may be asked now: once until it is known, for one list at a time."""
        host = self.hosts[way.host]
        if host.under_way >= self.config.fetch.per_host or (host.under_way and not host.known):
            return False
        if self._is_tried(way):
            return False
        return not (host.listing and _is_list(way))

    def _is_tried(self, way: Way) -> bool:
        """Whether others of its class are under way, of which nothing is known yet."""
        if way.kind is not WayKind.PAGE or not self.trying:
            return False
        kind = self._class(way)
        if self.classes[kind].tries >= first.KNOWN:
            return False
        return sum(one == kind for one in self.trying.values()) >= first.AT_FIRST

    def _look_over(self, ways: Iterable[Way]) -> None:
        """Count what waits at each host, and note whom a search endpoint knows."""
        for host in self.hosts.values():
            host.lists_waiting = host.vague = 0
        for way in ways:
            host = self.hosts[way.host]
            if way.kind is not WayKind.PAGE:
                host.lists_waiting += way.how != "search"
            elif way.how in {"search", "hit"}:
                host.shown = True
            elif way.how in {"citation", "blind", "named"} and way.evidence < SURE:
                host.vague += 1
        self.hopes.clear()
        for way in ways:
            host = self.hosts[way.host]
            if way.kind is WayKind.PAGE and not host.known:
                chance = self._chance(way, host)
                if chance >= first.HOPE:
                    self.hopes.setdefault(way.host, {})[way.key] = chance


def _by_how(way: Way) -> float:
    """How likely a page is coverage by how it was met and what is said of it, before any was."""
    return first.PAGES.get(way.how, first.PAGES["listed"])[min(SURE, max(0, way.evidence))]


def _is_list(way: Way) -> bool:
    return way.kind is not WayKind.PAGE and way.how != "search"


def _usual(way: Way, host: Host) -> float:
    """What the first list of an outlet shows, before any was read."""
    part = first.SHOWN if host.shown else 1.0
    if host.found:
        return first.HERE * part
    if host.copies:
        part *= first.CARRIES
    part *= first.PASSES**host.passes
    part *= first.LIES**host.lies
    named = first.NAMED.get(way.how)
    return named[min(SURE, way.evidence)] * part if named else first.STRANGER
