"""Binding loose sheets into volumes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from sqlalchemy import Connection, func, select, update

from stories.archive.loose import loose_sheets
from stories.archive.merging import LOOSE
from stories.archive.shelf import Bound, Shelf
from stories.archive.shelving import put_pages
from stories.sheet import Sheet
from stories.tables.volumes import loose, volume
from stories.volumes.bind import Binder
from stories.volumes.volume import Volume

MOST = 8 * LOOSE
"""Sheets that are bound into one volume when very many are loose."""

_COUNT = select(func.count()).select_from(loose)


def is_due(connection: Connection) -> bool:
    """Whether enough is loose to be bound."""
    return connection.execute(_COUNT).scalar_one() >= LOOSE


def bind(connection: Connection) -> None:
    """Bind everything that is loose into a volume."""
    sheets = sorted(loose_sheets(connection, {}), key=lambda one: one.id)
    _drop(connection, np.array([one.id for one in sheets], np.int64))
    for start in range(0, len(sheets), MOST):
        put_volume(connection, sheets[start : start + MOST])
    connection.execute(loose.delete())


def put_volume(connection: Connection, sheets: Sequence[Sheet]) -> None:
    """Bind these sheets, in order of their ids, into one volume; none of them may be in another."""
    binder = Binder()
    for one in sheets:
        binder.add(one)
    if not sheets:
        return
    put_pages(connection, len(sheets), binder.span(), binder.pages())


def _drop(connection: Connection, ids: np.ndarray[tuple[int], np.dtype[np.int64]]) -> None:
    """These articles were revised: what volumes say of them is no longer so."""
    if not len(ids):
        return
    shelf = Shelf()
    shelf.connection = connection
    older = select(volume).where(volume.c.last_id >= int(ids[0]), volume.c.articles > 0)
    for row in connection.execute(older).all():
        one = Bound(*row)
        gone = np.frombuffer(one.gone, "<i8")
        there = Volume(one.id, shelf.fetch)
        lost = there.ids[there.places_of(ids)].astype("<i8")
        lost = np.union1d(gone, lost)
        if len(lost) > len(gone):
            connection.execute(
                update(volume).where(volume.c.id == one.id).values(gone=lost.tobytes())
            )
