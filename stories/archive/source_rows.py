"""Rows as sources with their state, and as polls."""

from __future__ import annotations

from sqlalchemy import RowMapping

from stories.model import Poll, PollStatus, Source, SourceKind, SourceState


def state_of(row: RowMapping) -> SourceState:
    """A row of `source`."""
    return SourceState(
        source=Source(
            name=row["name"],
            url=row["url"],
            kind=SourceKind(row["kind"]),
            outlet=row["outlet"],
            declared=row["declared"],
            schedule=row["schedule"],
        ),
        due=row["due"],
        polled=row["polled"],
        status=PollStatus(row["status"]) if row["status"] else None,
        error=row["error"],
        failures=row["failures"],
        etag=row["etag"],
        last_modified=row["last_modified"],
        body_hash=row["body_hash"],
        full_at=row["full_at"],
        sightings=row["sightings"],
        articles=row["articles"],
    )


def poll_of(row: RowMapping) -> Poll:
    """A row of `poll`; the validators that it left are with the source."""
    return Poll(
        source=row["source"],
        at=row["at"],
        status=PollStatus(row["status"]),
        http_status=row["http_status"],
        error=row["error"],
        full=row["full"],
        sightings=row["sightings"],
        known=row["known"],
        repeated=row["repeated"],
        new=row["new"],
        gap=row["gap"],
        retry_after=row["retry_after"],
    )
