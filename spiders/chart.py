"""The ways of one topic as a walk knows them: all that there are, and those that wait."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from pipeline.likeness import LIKELY, SURE
from spiders.came import Gathered
from spiders.onward import Onward, said_of
from spiders.promise import Promise
from stories.ways import Way, WayKind, WayState, tells_more
from stories.words import words

_STARTS = frozenset({"original", "story"})

_BY_ITSELF = {"hit": "search", "tagged": "listed"}
"""How a page is met that a list was asked for, once its heading says enough by itself."""


@dataclass(slots=True)
class Chart:
    """The ways by their keys; what is said of those that wait is weighed by `onward`."""

    promise: Promise
    onward: Onward
    ways: dict[str, Way] = field(default_factory=dict)
    waiting: dict[str, Way] = field(default_factory=dict)

    def next(self) -> Way | None:
        """Take the way to follow now; None when none is worth it."""
        way = self.promise.best(self.waiting.values())
        if way is not None:
            del self.waiting[way.key]
            self.promise.begin(way)
        return way

    def wait(self, way: Way) -> None:
        """Let a way wait, whatever it was before."""
        self.ways[way.key] = self.waiting[way.key] = replace(way, state=WayState.WAITING)

    def offer(self, ways: Iterable[Way]) -> None:
        """Take in what an answer offers: new ways, and what it says of those that wait."""
        for there in ways:
            known = self.ways.get(there.key)
            if known is None:
                self.ways[there.key] = self.waiting[there.key] = there
            elif there.key in self.waiting:
                self.ways[there.key] = self.waiting[there.key] = _both(known, there)

    def stands(self, way: Way, name: str) -> None:
        """A page answered under another key than it was asked for: that one is not asked for."""
        if self.waiting.pop(name, None) is not None or name not in self.ways:
            self.ways[name] = replace(way, key=name, state=WayState.STANDS, asked=None)

    def original_of(self, way: Way) -> Way | None:
        """The way to what a page names as its original."""
        named = (w for w in self.ways.values() if w.how == "original" and w.parent == way.key)
        return next(named, None)

    def questions(self) -> list[Way]:
        """The questions to search endpoints, asked or waiting."""
        return [
            way for way in self.ways.values() if way.how == "search" and way.kind is WayKind.SEARCH
        ]

    def new_in(self, one: Gathered) -> int:
        """How many ways of a list point to coverage that was not known of, or not as such."""
        return len(self._new(one))

    def led_to(self, one: Gathered) -> float:
        """How many of these are expected to be coverage."""
        return sum(map(self.promise.likely, self._new(one).values()))

    def _new(self, one: Gathered) -> dict[str, Way]:
        if one.way.kind is WayKind.PAGE:
            return {}
        new = {}
        for way in one.harvest.offered:
            if way.kind is not WayKind.PAGE or way.evidence < LIKELY or way.how == "elsewhere":
                continue
            known = self.waiting.get(way.key)
            if way.key not in self.ways or (known and self._evidence_now(known) < LIKELY):
                new[way.key] = way
        return new

    def _evidence_now(self, way: Way) -> int:
        """How much of the topic what is said of a page holds, by what is known now."""
        return self.onward.evidence(*said_of(way), url=way.url)

    def weigh_again(self) -> None:
        """What lines say is worth more, or less, by what was learned since."""
        titles = self.onward.likeness.titles()
        for name, way in list(self.waiting.items()):
            if way.how in _STARTS or (way.kind is not WayKind.PAGE and way.how != "tag"):
                continue
            evidence = self._evidence_now(way)
            how = way.how
            if how in _BY_ITSELF:
                heading = self.onward.evidence(*said_of(way, asked=False), url=way.url)
                how = _BY_ITSELF[how] if heading >= LIKELY else how
            if how == "related" and not self.promise.hosts[way.host].found:
                # Somebody who never had coverage of his own offers a heading that is known.
                said = f" {' '.join(words(way.hint or ''))} "
                how = "repeated" if any(title in said for title in titles) else how
            if evidence != way.evidence or how != way.how:
                again = replace(way, evidence=evidence, how=how)
                self.ways[name] = self.waiting[name] = again


def _both(known: Way, new: Way) -> Way:
    """A way that waits, with what is said of it now as well."""
    if new.kind is not WayKind.PAGE:
        named = min(SURE, known.evidence + 1) if new.how == known.how else known.evidence
        if tells_more(new, known):
            return replace(known, how=new.how, hint=new.hint, evidence=named)
        return replace(known, evidence=named)
    if new.how == "hit" and known.how in {"hit", "search"} and known.hint and new.hint:
        asked = new.hint[new.hint.rfind("[") :]
        if asked in known.hint:
            return known
        return replace(
            known, hint=f"{known.hint} {asked}", evidence=max(known.evidence, new.evidence)
        )
    if tells_more(new, known):
        return replace(known, evidence=new.evidence, hint=new.hint, how=new.how)
    return known
