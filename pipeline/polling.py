"""What a poll leaves behind: its record, the addresses it showed, and which of them to fetch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.address import key
from stories.archive import Noted, Transaction, Waiting
from stories.model import Poll, PollStatus, Sighting

MOST = 10_000
"""Waiting addresses that are handed out at once; others wait for the next poll."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Polled:
    """A source was polled, and showed these addresses."""

    poll: Poll
    sightings: tuple[Sighting, ...] = ()


def take(
    tx: Transaction, polls: Sequence[Polled], run: int | None, handed: set[str]
) -> list[tuple[Sighting, ...]]:
    """Record polls with their sightings; returns for each what must be fetched now.

    That is what is new, and what waits since an earlier poll or a failure: in that a crawl was
    killed after a poll, nothing is lost. `handed` has the keys that this crawl was given already,
    and gets those that it is given now.
    """
    if not polls:
        return []
    at = max(one.poll.at for one in polls)
    names = [one.poll.source for one in polls]
    waiting: dict[str, list[Waiting]] = {}
    for one in tx.addresses.waiting(names, at, MOST):
        waiting.setdefault(one.sighting.source, []).append(one)
    before = {state.source.name for state in tx.sources.named(*names) if state.polled is not None}
    noted = tx.addresses.note_all(
        [[(key(one.url), one) for one in polled.sightings] for polled in polls], at, run
    )
    tx.sources.record_all(
        [
            replace(
                polled.poll,
                sightings=len(polled.sightings),
                new=len(found.new),
                known=found.known,
                repeated=found.repeated,
                gap=polled.poll.source in before and _all_new(polled, found),
            )
            for polled, found in zip(polls, noted, strict=True)
        ],
        run,
    )
    fetch = []
    for polled, found in zip(polls, noted, strict=True):
        old = ((one.key, one.sighting) for one in waiting.pop(polled.poll.source, ()))
        due = [(name, one) for name, one in (*found.new, *old) if name not in handed]
        handed.update(name for name, _ in due)
        fetch.append(tuple(one for _, one in due))
    return fetch


def _all_new(polled: Polled, found: Noted) -> bool:
    """Whether a full answer showed nothing that was seen before: something may be missed."""
    seen = len(polled.sightings)
    return polled.poll.status is PollStatus.OK and 0 < seen == len(found.new)
