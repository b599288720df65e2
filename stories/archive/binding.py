"""Binding loose sheets into volumes, and small volumes into larger ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from sqlalchemy import Connection, func, select, update

from stories.archive.chunks import chunks
from stories.archive.loose import loose_sheets
from stories.archive.shelf import Bound, Shelf, page_id
from stories.archive.upsert import upsert
from stories.sheet import Sheet
from stories.stems import stem
from stories.tables.volumes import form, loose, volume, volume_page
from stories.volumes.bind import Binder
from stories.volumes.merge import merged
from stories.volumes.pages import Kind, Page
from stories.volumes.volume import Volume

LOOSE = 512
"""So many sheets are bound; until then each question reads them one by one."""

TIMES = 8
_COUNT = select(func.count()).select_from(loose)

SIZES = (LOOSE * TIMES, LOOSE * TIMES * TIMES)
"""Volumes smaller than one of these are merged into one when there are TIMES of them."""


def is_due(connection: Connection) -> bool:
    """Whether enough is loose to be bound."""
    return connection.execute(_COUNT).scalar_one() >= LOOSE


def tend(connection: Connection) -> None:
    """Bind and merge what is due, within the writer's transaction."""
    if is_due(connection):
        bind(connection)
        for size in SIZES:
            merge(connection, size)


def bind(connection: Connection) -> None:
    """Bind everything that is loose into a volume."""
    sheets = sorted(loose_sheets(connection, {}), key=lambda one: one.id)
    _drop(connection, np.array([one.id for one in sheets], np.int64))
    for start in range(0, len(sheets), LOOSE * TIMES):
        put_volume(connection, sheets[start : start + LOOSE * TIMES])
    connection.execute(loose.delete())


def put_volume(connection: Connection, sheets: Sequence[Sheet]) -> None:
    """Bind these sheets, in order of their ids, into one volume; none of them may be in another."""
    binder = Binder()
    for one in sheets:
        binder.add(one)
    if not sheets:
        return
    put_pages(connection, len(sheets), binder.span(), binder.pages())
    learn(connection, spoken(sheets))


def put_pages(
    connection: Connection, articles: int, span: tuple[int, int, int, int], pages: Iterable[Page]
) -> None:
    """Put in the pages of a volume; `span` is its first and last id, its first and last tick."""
    first_id, last_id, first_at, last_at = span
    number = connection.execute(
        volume.insert()
        .values(
            articles=articles,
            first_id=first_id,
            last_id=last_id,
            first_at=first_at,
            last_at=last_at,
            gone=b"",
        )
        .returning(volume.c.id)
    ).scalar_one()
    rows: list[dict[str, object]] = []
    for page in pages:
        rows.append({"id": page_id(number, page.kind, page.number), "data": page.data})
        if len(rows) == 500:  # noqa: PLR2004 - about 10 MB
            connection.execute(volume_page.insert(), rows)
            rows.clear()
    if rows:
        connection.execute(volume_page.insert(), rows)


def spoken(sheets: Iterable[Sheet]) -> dict[str, set[str]]:
    """The words of each language that has a stemmer."""
    words: dict[str, set[str]] = {}
    for one in sheets:
        if one.stemmer:
            words.setdefault(one.stemmer, set()).update(one.text, one.title, one.byline)
    return words


def learn(connection: Connection, words_of: Mapping[str, Iterable[str]]) -> None:
    """Remember which words are forms of one word, by the code of their stemmer."""
    rows = [
        {"stem": f"{code}:{stem(word, code)}", "word": word}
        for code, words in words_of.items()
        for word in sorted(words)
        if not word.isdigit()
    ]
    for some in chunks(rows, 20_000):
        upsert(connection, form, some)


def _drop(connection: Connection, ids: np.ndarray[tuple[int], np.dtype[np.int64]]) -> None:
    """These articles were revised: what volumes say of them is no longer so."""
    if not len(ids):
        return
    shelf = Shelf()
    shelf.connection = connection
    older = select(volume).where(volume.c.last_id >= int(ids[0]))
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


def merge(connection: Connection, size: int, times: int = TIMES) -> None:
    """Make one volume of those that are smaller than this, when there are so many of them."""
    rows = connection.execute(
        select(volume).where(volume.c.articles < size).order_by(volume.c.last_id)
    ).all()
    small = [Bound(*row) for row in rows]
    if len(small) < times:
        return
    shelf = Shelf()
    shelf.connection = connection
    sources = [
        Volume(one.id, shelf.fetch, np.frombuffer(one.gone, "<i8").tolist()) for one in small
    ]
    ids = np.sort(np.concatenate([one.ids[one.living] for one in sources]))
    span = (
        int(ids[0]),
        int(ids[-1]),
        min(one.first_at for one in small),
        max(one.last_at for one in small),
    )
    put_pages(connection, len(ids), span, merged(sources))
    numbers = [one.id for one in small]
    for number in numbers:
        connection.execute(
            volume_page.delete().where(
                volume_page.c.id.between(
                    page_id(number, Kind.DIRECTORY, 0), page_id(number + 1, Kind.DIRECTORY, 0) - 1
                )
            )
        )
    for some in chunks(numbers):
        connection.execute(volume.delete().where(volume.c.id.in_(some)))
