"""Sources as rows, and rows as sources with their state and as polls."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, RowMapping, select, update

from stories.archive.chunks import chunks
from stories.archive.upsert import upsert
from stories.model import Poll, PollStatus, Source, SourceKind, SourceState
from stories.tables.press import source


def store(connection: Connection, sources: Iterable[Source]) -> None:
    """Write sources down, new or changed; one that moved forgets its validators."""
    urls: dict[str, str] = {}
    rows = []
    for one in sources:
        urls[one.name] = one.url
        rows.append(
            {
                "name": one.name,
                "url": one.url,
                "kind": one.kind.value,
                "outlet": one.outlet,
                "declared": one.declared,
                "schedule": one.schedule,
                "retired": False,
            }
        )
    if not rows:
        return
    before: dict[str, str] = {}
    for some in chunks(list(urls)):
        known = select(source.c.name, source.c.url).where(source.c.name.in_(some))
        before.update((row.name, row.url) for row in connection.execute(known))
    upsert(connection, source, rows, key=("name",), replace=tuple(rows[0]))
    moved = [name for name, url in urls.items() if before.get(name, url) != url]
    for some in chunks(moved):
        connection.execute(
            update(source)
            .where(source.c.name.in_(some))
            .values(etag=None, last_modified=None, body_hash=None, full_at=None, due=None)
        )


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
