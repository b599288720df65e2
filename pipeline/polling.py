"""What a poll leaves behind: its record, the addresses it showed, and which of them to fetch."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pipeline.address import key
from stories.archive import Transaction
from stories.model import Poll, PollStatus, Sighting

MOST = 10_000
"""Addresses of one source that are handed out at once; others wait for the next poll."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Polled:
    """A source was polled, and showed these addresses."""

    poll: Poll
    sightings: tuple[Sighting, ...] = ()


def take(
    tx: Transaction, polled: Polled, run: int | None, handed: set[str]
) -> tuple[Sighting, ...]:
    """Record a poll with its sightings; returns what must be fetched now.

    That is what is new, and what waits since an earlier poll or a failure: in that a crawl was
    killed after a poll, nothing is lost. `handed` has the keys that this crawl was given already,
    and gets those that it is given now.
    """
    poll = polled.poll
    waiting = tx.addresses.waiting([poll.source], poll.at, MOST)
    before = next(iter(tx.sources.named(poll.source)), None)
    noted = tx.addresses.note([(key(one.url), one) for one in polled.sightings], poll.at, run)
    seen = len(polled.sightings)
    gap = (
        poll.status is PollStatus.OK
        and seen > 0
        and len(noted.new) == seen
        and before is not None
        and before.polled is not None
    )
    tx.sources.record(
        replace(
            poll,
            sightings=seen,
            new=len(noted.new),
            known=noted.known,
            repeated=noted.repeated,
            gap=gap,
        ),
        run,
    )
    due = [*noted.new, *((one.key, one.sighting) for one in waiting)]
    fetch = tuple(one for name, one in due if name not in handed)
    handed.update(name for name, _ in due)
    return fetch
