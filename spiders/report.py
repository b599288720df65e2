"""What a crawl says of itself while it runs: counts for the operator, sentences for the ledger."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from pipeline.address import key
from spiders.unfetched import UnfetchedError
from stories.model import Article, Outcome, Page, Sighting, Step, Verdict

FIRST_WAIT = timedelta(minutes=10)
_FINAL = frozenset({"http-400", "http-410", "http-451"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a crawl is. `queue` counts the addresses that are under way or wait their turn."""

    sources: int = 0
    polled: int = 0
    sightings: int = 0
    new: int = 0
    fetched: int = 0
    read: int = 0
    filed: int = 0
    dropped: int = 0
    failed: int = 0
    queue: int = 0


class Tally:
    """The counts of a running crawl."""

    def __init__(self, sources: int) -> None:
        self._counts = {"sources": sources}

    def add(self, name: str, more: int = 1) -> None:
        """Count something."""
        self._counts[name] = self._counts.get(name, 0) + more

    def ended(self, outcome: Outcome) -> None:
        """Count a final verdict."""
        if outcome in {Outcome.FILED, Outcome.VERSION}:
            self.add("filed")
        elif outcome is Outcome.DROPPED:
            self.add("dropped")
        elif outcome in {Outcome.FAILED, Outcome.REFUSED, Outcome.DEFERRED}:
            self.add("failed")

    def progress(self, queue: int) -> Progress:
        """Give the counts as they are now."""
        return Progress(**self._counts, queue=queue)


def seen(sighting: Sighting) -> Step:
    """Say where an address was seen and what was said of it."""
    what = f"seen at {sighting.source}"
    if sighting.title:
        what += f", titled “{sighting.title[:120]}”"
    if sighting.published:
        what += f", dated {sighting.published.isoformat()}"
    return Step(at=sighting.seen, what=what)


def fetched(page: Page, seconds: float) -> Step:
    """Say that a page came, how fast and how large."""
    size = f"{len(page.body) / 1000:.0f} kB" if len(page.body) >= 1000 else f"{len(page.body)} B"  # noqa: PLR2004
    return Step(at=page.fetched, what=f"fetched {page.status} in {seconds * 1000:.0f} ms, {size}")


def read(article: Article, at: datetime) -> Step:
    """Say what was read, and by which rules."""
    said = [
        f"{len(article.text.split())} words",
        *(f"{name} by {rule}" for name, rule in _rules(article.evidence)),
    ]
    if article.published:
        said.append(
            f"dated {article.published.at.isoformat()} by {article.published.evidence}",
        )
    return Step(at=at, what="read: " + ", ".join(said))


def _rules(evidence: Mapping[str, str]) -> list[tuple[str, str]]:
    return [(name, rule[:80]) for name, rule in evidence.items() if name != "published"]


def retry_at(error: UnfetchedError, at: datetime) -> datetime | None:
    """Give the first moment of another try; the filer doubles the wait with every failure."""
    if error.retry_at is not None or error.outcome not in {Outcome.FAILED, Outcome.DEFERRED}:
        return error.retry_at
    return None if error.reason in _FINAL else at + FIRST_WAIT


def verdict(
    sighting: Sighting, error: UnfetchedError, at: datetime, trail: tuple[Step, ...]
) -> Verdict:
    """Say what became of an address that gave no page, and when it is worth another try."""
    return Verdict(
        url=sighting.url,
        key=key(sighting.url),
        at=at,
        outcome=error.outcome,
        reason=f"{error.reason}: {error.detail}" if error.detail else error.reason,
        source=sighting.source,
        steps=trail,
        retry_at=retry_at(error, at),
    )
