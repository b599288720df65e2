"""What comes back to a walk: an answer, what it gives, and how the walk went so far."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from spiders import report
from spiders.harvest import Harvest
from spiders.outlets import host_of
from stories.model import Article, Dropped, Outcome, Sighting, Step, Verdict
from stories.ways import Asked, Way, WayKind, WayState

if TYPE_CHECKING:
    from spiders.fetch import Answer
    from spiders.unfetched import UnfetchedError


@dataclass(slots=True, kw_only=True)
class Walked:
    """How a walk went: what it asked and found, the sentence on why it ended, the query it left."""

    requests: int = 0
    states: Counter[str] = field(default_factory=Counter)
    left: int = 0
    ended: str = ""
    query: str | None = None
    error: Exception | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """What one way answered with, or why it did not.

    `asked` is the address of every request that was made for it, `article` what was read of a page,
    `sitemaps` what the robots.txt of its host names.
    """

    way: Way
    asked: tuple[str, ...]
    answer: Answer | None = None
    article: Article | Dropped | None = None
    sitemaps: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    error: UnfetchedError | None = None

    @property
    def spent(self) -> Counter[str]:
        """The requests that were made for it, by host."""
        return Counter(host_of(url) for url in self.asked)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """An answer and what it gives: a harvest, and the verdict where there is no page."""

    came: Came
    harvest: Harvest
    verdict: Verdict | None = None

    @property
    def way(self) -> Way:
        """The way that was asked."""
        return self.came.way


def unfetched(came: Came) -> Gathered:
    """The end of a way that gave no page."""
    error, way = came.error, came.way
    assert error is not None  # noqa: S101 - asked by who calls
    state = WayState.REFUSED if error.outcome is Outcome.REFUSED else WayState.FAILED
    verdict = None
    if way.kind is WayKind.PAGE:
        now = datetime.now(UTC)
        sighting = Sighting(url=way.url, source="", seen=now)
        verdict = replace(report.verdict(sighting, error, now, ()), source=None)
    asked = Asked(key=way.key, state=state, evidence=way.evidence, why=str(error)[:500])
    return Gathered(came=came, harvest=Harvest(asked=asked), verdict=verdict)
