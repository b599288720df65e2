"""How far a round is, as it is told from process to process."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """The counts of a batch so far; `queue` counts the addresses under way or yet to be fetched."""

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

    def __str__(self) -> str:
        return (
            f"{self.polled} of {self.sources} sources asked, {self.new} new addresses, "
            f"{self.fetched} fetched, {self.filed} filed, {self.queue} to go"
        )
