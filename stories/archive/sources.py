"""Sources: what is declared, what was found, when each is due, and which worker holds it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import (
    Connection,
    Integer,
    Select,
    and_,
    bindparam,
    or_,
    select,
    update,
)

from stories.archive.chunks import chunks
from stories.archive.source_rows import poll_of, state_of, store
from stories.archive.upsert import upsert
from stories.config import SourceConfig
from stories.hosts import bare_host
from stories.model import Poll, PollStatus, Source, SourceKind, SourceState
from stories.tables.press import home, poll, source

# Made once: to put a statement together costs more than to run it.
_REMEMBER = (
    update(source)
    .where(source.c.name == bindparam("its_name"))
    .values(
        polled=bindparam("its_at"),
        status=bindparam("its_status"),
        error=bindparam("its_error"),
        sightings=source.c.sightings + bindparam("seen", type_=Integer),
        failures=source.c.failures * bindparam("kept", type_=Integer)
        + bindparam("failed", type_=Integer),
    )
)
_REMEMBER_FULL = _REMEMBER.values(
    etag=bindparam("its_etag"),
    last_modified=bindparam("its_modified"),
    body_hash=bindparam("its_hash"),
    full_at=bindparam("its_at"),
)
_LOOKED_AT = (
    update(home)
    .where(home.c.name == bindparam("its_name"))
    .values(discovered=bindparam("its_time"), error=bindparam("its_error"))
)
_RESCHEDULE = (
    update(source)
    .where(source.c.declared == bindparam("its_name"))
    .values(schedule=bindparam("its_schedule"))
)


class Sources:
    """The rows of `source` and `home` in one transaction."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def sync(self, declared: Mapping[str, SourceConfig]) -> None:
        """Bring the rows to what newsdesk.toml declares.

        One that is gone or disabled is retired, never deleted. What discovery found on a home page
        stays as long as that page is declared at the same address.
        """
        wanted = {name: one for name, one in declared.items() if one.enabled}
        homes = {name: one for name, one in wanted.items() if one.kind is None}
        before = {row.name: row.url for row in self._connection.execute(select(home))}
        moved = [name for name, url in before.items() if name in homes and homes[name].url != url]
        gone = [name for name in before if name not in homes]
        if gone or moved:
            self._connection.execute(home.delete().where(home.c.name.in_(gone + moved)))
        keep = (set(homes) & set(before)) - set(moved)
        self._connection.execute(
            update(source)
            .where(source.c.declared.not_in(keep), source.c.name.not_in(set(wanted) - set(homes)))
            .values(retired=True)
        )
        upsert(
            self._connection,
            home,
            [
                {
                    "name": name,
                    "url": one.url,
                    "outlet": one.outlet or bare_host(one.url),
                    "schedule": one.schedule,
                }
                for name, one in homes.items()
            ],
            replace=("url", "outlet", "schedule"),
        )
        if keep:
            self._connection.execute(
                _RESCHEDULE,
                [{"its_name": name, "its_schedule": homes[name].schedule} for name in keep],
            )
        store(
            self._connection,
            (
                Source(
                    name=name,
                    url=one.url,
                    kind=SourceKind(one.kind),
                    outlet=one.outlet or bare_host(one.url),
                    declared=name,
                    schedule=one.schedule,
                )
                for name, one in wanted.items()
                if one.kind is not None
            ),
        )

    def found(
        self, declared: str, sources: Sequence[Source], at: datetime, error: str | None = None
    ) -> None:
        """Keep what discovery found on a declared home page; nothing leaves it undiscovered."""
        self.found_all({declared: (sources, error)}, at)

    def found_all(
        self, finds: Mapping[str, tuple[Sequence[Source], str | None]], at: datetime
    ) -> None:
        """Do the same for several: the sources found, or why there are none, by declared name."""
        self._connection.execute(
            _LOOKED_AT,
            [
                {"its_name": declared, "its_time": at if sources else None, "its_error": error}
                for declared, (sources, error) in finds.items()
            ],
        )
        fruitful = [declared for declared, (sources, _) in finds.items() if sources]
        for some in chunks(fruitful):
            self._connection.execute(
                update(source).where(source.c.declared.in_(some)).values(retired=True)
            )
        store(self._connection, [one for sources, _ in finds.values() for one in sources])

    def undiscovered(self) -> dict[str, str]:
        """The declared home pages on which nothing was found yet: name to address."""
        rows = self._connection.execute(
            select(home.c.name, home.c.url).where(home.c.discovered.is_(None)).order_by(home.c.name)
        )
        return {row.name: row.url for row in rows}

    def discovery_errors(self) -> dict[str, str]:
        """Why the last discovery of a home page found nothing, by declared name."""
        rows = self._connection.execute(
            select(home.c.name, home.c.error).where(
                home.c.discovered.is_(None), home.c.error.is_not(None)
            )
        )
        return {row.name: row.error for row in rows}

    def all(self) -> list[SourceState]:
        """Every source that is not retired, by name."""
        return self._states(_live().order_by(source.c.name))

    def named(self, *names: str) -> list[SourceState]:
        """The sources of these names, declared or their own; unknown names are passed over."""
        asked = or_(source.c.name.in_(names), source.c.declared.in_(names))
        return self._states(_live().where(asked).order_by(source.c.name))

    def due(self, now: datetime, limit: int) -> list[SourceState]:
        """What should be polled by now and nobody holds, the longest overdue first."""
        free = or_(source.c.lease.is_(None), source.c.lease <= now)
        overdue = or_(source.c.due.is_(None), source.c.due <= now)
        return self._states(
            _live()
            .where(free, overdue)
            .order_by(source.c.due.asc().nulls_first(), source.c.id)
            .limit(limit)
        )

    def mark_due(self, names: Iterable[str] | None, at: datetime) -> int:
        """Make these (declared or own names; None: all) due at `at`; returns how many it touched.

        A source that is due earlier already stays so.
        """
        change = update(source).where(
            source.c.retired.is_(False), or_(source.c.due.is_(None), source.c.due > at)
        )
        if names is not None:
            some = tuple(names)
            change = change.where(or_(source.c.name.in_(some), source.c.declared.in_(some)))
        return self._connection.execute(change.values(due=at)).rowcount

    def set_next(self, name: str, at: datetime | None) -> None:
        """Say when a source is due next."""
        self._connection.execute(update(source).where(source.c.name == name).values(due=at))

    def record(self, one: Poll, run: int | None = None) -> None:
        """Keep how a poll went and what it leaves behind for the next one."""
        self.record_all([one], run)

    def record_all(self, polls: Sequence[Poll], run: int | None = None) -> None:
        """Do the same for several polls."""
        if not polls:
            return
        self._connection.execute(poll.insert(), [_poll_row(one, run) for one in polls])
        for statement, some in (
            (_REMEMBER, [one for one in polls if not one.full]),
            (_REMEMBER_FULL, [one for one in polls if one.full]),
        ):
            if some:
                self._connection.execute(statement, [_left(one) for one in some])

    def polls(self, name: str, limit: int = 30) -> list[Poll]:
        """The last polls of a source, newest first (without their validators)."""
        rows = self._connection.execute(
            select(poll).where(poll.c.source == name).order_by(poll.c.id.desc()).limit(limit)
        ).mappings()
        return [poll_of(row) for row in rows]

    def claim(
        self, names: Sequence[str], owner: str, until: datetime, *, now: datetime
    ) -> tuple[str, ...]:
        """Take those of the sources that no other owner holds at `now`; returns their names.

        A source belongs to one owner until it is released or the lease has run out.
        """
        free = or_(source.c.lease.is_(None), source.c.lease <= now, source.c.owner == owner)
        mine = and_(source.c.name.in_(tuple(names)), source.c.retired.is_(False), free)
        got = self._connection.execute(
            update(source).where(mine).values(owner=owner, lease=until).returning(source.c.name)
        )
        taken = {row.name for row in got}
        return tuple(name for name in dict.fromkeys(names) if name in taken)

    def release(self, owner: str) -> None:
        """Give back everything that an owner holds."""
        self._connection.execute(
            update(source).where(source.c.owner == owner).values(owner=None, lease=None)
        )

    def _states(self, query: Select[tuple[object, ...]]) -> list[SourceState]:
        return [state_of(row) for row in self._connection.execute(query).mappings()]


def _live() -> Select[tuple[object, ...]]:
    return select(source).where(source.c.retired.is_(False))


def _poll_row(one: Poll, run: int | None) -> dict[str, object]:
    return {
        "run_id": run,
        "source": one.source,
        "at": one.at,
        "status": one.status.value,
        "http_status": one.http_status,
        "error": one.error,
        "full": one.full,
        "sightings": one.sightings,
        "known": one.known,
        "repeated": one.repeated,
        "new": one.new,
        "gap": one.gap,
        "retry_after": one.retry_after,
    }


def _left(one: Poll) -> dict[str, object]:
    """What a poll changes at its source; one that was put off is neither success nor failure."""
    went_well = one.status in (PollStatus.OK, PollStatus.UNCHANGED)
    left: dict[str, object] = {
        "its_name": one.source,
        "its_at": one.at,
        "its_status": one.status.value,
        "its_error": one.error,
        "seen": one.sightings,
        "kept": int(not went_well),
        "failed": int(not went_well and one.status is not PollStatus.DEFERRED),
    }
    if one.full:
        left |= {
            "its_etag": one.etag,
            "its_modified": one.last_modified,
            "its_hash": one.body_hash,
        }
    return left
