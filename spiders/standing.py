"""How hosts, and ways of a kind, did so far on the way outward."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from stories.ways import WayState

ENDS, MIRRORS = 4, 3
"""A host is closed after so many pages of which none was coverage, or that repeat others."""

DROPS = 2
"""For so many counts a page that is no article at all: a list of links, or behind a door."""

MOSTLY_OFF, SELDOM = 16, 0.1
"""One that had coverage is closed after so many that are none, when that little was."""

COPIES = frozenset({WayState.COPY, WayState.STANDS})
BAD = frozenset({WayState.OFF, WayState.DROPPED, *COPIES})
UNANSWERED = frozenset({WayState.FAILED, WayState.REFUSED, WayState.DROPPED})


@dataclass(slots=True)
class Host:
    """How a host did so far, and what waits there.

    `found`, `copies` and `off` count its pages, `lists` the lists that were read, `dry` those since
    that showed nothing, `listing` those under way, and `lies` the pages of which everything was
    promised and that were none, `passes` those that lay at another host; `beyond` is the share of
    the coverage that is older than the lists went back, None where they did not say; `known` is
    whether its robots.txt was asked for today, `down` whether it does not answer searches, `shown`
    whether a search endpoint knows it; `lists_waiting` and `vague` are lists, and links that say
    little, not followed yet.
    """

    found: int = 0
    copies: int = 0
    off: int = 0
    lies: int = 0
    passes: int = 0
    lists: int = 0
    dry: int = 0
    listing: int = 0
    under_way: int = 0
    beyond: float | None = None
    known: bool = False
    down: bool = False
    shown: bool = False
    lists_waiting: int = 0
    vague: int = 0

    def end(self, state: WayState, *, sure: bool = False) -> None:
        """Count a page; `sure` when what was said of it left no doubt that it is coverage."""
        self.lies += sure and state in {WayState.OFF, WayState.DROPPED}
        if state is WayState.FOUND:
            self.found += 1
        elif state in COPIES:
            self.copies += 1
        elif state in BAD:
            self.off += DROPS if state is WayState.DROPPED else 1

    @property
    def is_closed(self) -> bool:
        """Whether it has shown that it brings nothing, or nothing of its own."""
        if self.found:
            return self.off >= MOSTLY_OFF and self.found < SELDOM * self.off
        return self.off + self.copies >= ENDS or self.copies >= MIRRORS

    def why_closed(self, name: str) -> str:
        """The sentence for a closed host."""
        if self.copies >= MIRRORS and not self.found:
            return f"closed: {self.copies} pages of {name} repeat other outlets"
        return f"closed: {self.off + self.copies} pages of {name}, {self.found} of the topic"


@dataclass(slots=True)
class Tries:
    """How often something was tried, and what it brought."""

    tries: float = 0.0
    gain: float = 0.0

    def add(self, gain: float, tries: float = 1.0) -> None:
        """Count a try."""
        self.tries += tries
        self.gain += gain

    def fade(self, part: float) -> Tries:
        """Let what was tried before count less: more is known of the topic by now."""
        self.tries *= part
        self.gain *= part
        return self

    def mean(self, estimate: float, imagined: float) -> float:
        """A first estimate, which stands for so many tries, corrected by those that were made."""
        return (self.gain + imagined * estimate) / (self.tries + imagined)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What a list showed: so many addresses.

    `led` is how much coverage is expected among it that was not known of, `reaches` how far back it
    goes, None where that is not said; `beyond` is the share of the coverage that is older.
    """

    addresses: int = 0
    led: float = 0.0
    reaches: datetime | None = None
    beyond: float | None = None
