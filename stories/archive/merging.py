"""Small volumes made into a larger one: a step at a time, each in a short transaction of its own.

The volume that is being made has no articles until its last step, so nobody asks it; which step
comes next stands in the database, so any process goes on where another was killed.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, delete, select, update

from stories.archive.chunks import chunks
from stories.archive.shelf import Bound, Shelf, page_id
from stories.archive.shelving import add_pages, drop_volumes, new_volume, pages_of
from stories.tables.volumes import volume, volume_merge, volume_page
from stories.volumes.merge import columns_of, merged, steps
from stories.volumes.pages import Kind, Page
from stories.volumes.volume import Volume

LOOSE = 512
"""So many sheets are bound into a volume; until then each question reads them one by one."""

TIMES = 8
SIZES = (LOOSE * TIMES, LOOSE * TIMES * TIMES)
"""Volumes smaller than one of these are merged into one when there are TIMES of them."""

SWEPT = 400
"""Pages that are let go in one step."""


def is_under_way(connection: Connection) -> bool:
    """Whether a merge has steps left."""
    return connection.execute(select(volume_merge.c.volume_id)).first() is not None


def begin(connection: Connection, sizes: Sequence[int] = SIZES, times: int = TIMES) -> bool:
    """Begin to merge when there are enough small volumes and no other merge is under way."""
    if is_under_way(connection):
        return False
    for size in sizes:
        small = connection.execute(
            select(volume).where(volume.c.articles < size).order_by(volume.c.last_id)
        ).all()
        if len(small) >= times:
            _begin(connection, [Bound(*row) for row in small])
            return True
    return False


def _begin(connection: Connection, small: Sequence[Bound]) -> None:
    binder = columns_of(_volumes(connection, small))
    if not len(binder):
        # All of their articles were revised since: nothing is to be made of them.
        return drop_volumes(connection, [one.id for one in small])
    number = new_volume(connection, 0, binder.span())
    add_pages(connection, number, [*binder.columns(), Page(Kind.DIRECTORY, 0, b"")])
    ids = np.array([one.id for one in small], "<i8").tobytes()
    connection.execute(volume_merge.insert().values(volume_id=number, sources=ids, step=0))
    return None


def proceed(connection: Connection) -> bool:
    """Take the next step of the merge that is under way; says whether there was one."""
    row = connection.execute(
        select(
            volume_merge.c.volume_id,
            volume_merge.c.sources,
            volume_merge.c.step,
            volume.c.articles,
        ).join(volume, volume.c.id == volume_merge.c.volume_id)
    ).first()
    if row is None:
        return False
    number, names, step, articles = row
    sources = np.frombuffer(names, "<i8").tolist()
    if articles:
        _sweep(connection, number, sources)
    else:
        _merge(connection, number, sources, step)
    return True


def _merge(connection: Connection, number: int, sources: Sequence[int], step: int) -> None:
    rows = connection.execute(
        select(volume).where(volume.c.id.in_(sources)).order_by(volume.c.last_id)
    ).all()
    volumes = _volumes(connection, [Bound(*row) for row in rows])
    (into,) = _volumes(connection, [number])
    ways = steps(volumes)
    first = into.directory()
    pages: list[Page] = []
    for word, words, places in merged(volumes, into.ids, ways[step], len(first)):
        first.append(word)
        pages += (words, places)
    add_pages(connection, number, pages)
    connection.execute(
        update(volume_page)
        .where(volume_page.c.id == page_id(number, Kind.DIRECTORY, 0))
        .values(data="\n".join(first).encode())
    )
    connection.execute(
        update(volume_merge).where(volume_merge.c.volume_id == number).values(step=step + 1)
    )
    if step + 1 == len(ways):
        _finish(connection, number, into.ids, volumes)


def _finish(
    connection: Connection, number: int, ids: NDArray[np.int64], sources: Sequence[Volume]
) -> None:
    """Put the new volume in the place of those that it is made of."""
    living = np.concatenate([one.ids[one.living] for one in sources])
    gone = np.setdiff1d(ids, living).astype("<i8").tobytes()
    connection.execute(
        update(volume).where(volume.c.id == number).values(articles=len(ids), gone=gone)
    )
    connection.execute(delete(volume).where(volume.c.id.in_([one.number for one in sources])))


def _sweep(connection: Connection, number: int, sources: Sequence[int]) -> None:
    """Let go of some pages of the volumes that were merged."""
    left = SWEPT
    for source in sources:
        some = connection.execute(
            select(volume_page.c.id).where(pages_of(source)).limit(left)
        ).scalars()
        ids = some.all()
        left -= len(ids)
        for part in chunks(ids):
            connection.execute(delete(volume_page).where(volume_page.c.id.in_(part)))
        if left <= 0:
            return
    connection.execute(delete(volume_merge).where(volume_merge.c.volume_id == number))


def _volumes(connection: Connection, those: Sequence[Bound | int]) -> list[Volume]:
    """These volumes, to be read in this transaction."""
    shelf = Shelf()
    shelf.connection = connection
    return [
        Volume(one, shelf.fetch)
        if isinstance(one, int)
        else Volume(one.id, shelf.fetch, np.frombuffer(one.gone, "<i8").tolist())
        for one in those
    ]
