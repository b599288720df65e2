"""Putting the pages of a volume into the database, and taking them out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, Connection, delete

from stories.archive.shelf import page_id
from stories.tables.volumes import volume, volume_page
from stories.volumes.pages import Kind, Page

TOGETHER = 500
"""Pages that are put in at a time: about 10 MB."""


def put_pages(
    connection: Connection, articles: int, span: tuple[int, int, int, int], pages: Iterable[Page]
) -> None:
    """Put in a volume; `span` is its first and last id, its first and last tick."""
    add_pages(connection, new_volume(connection, articles, span), pages)


def new_volume(connection: Connection, articles: int, span: tuple[int, int, int, int]) -> int:
    """Put in what the list of volumes says of a new one; returns its number."""
    first_id, last_id, first_at, last_at = span
    number: int = connection.execute(
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
    return number


def add_pages(connection: Connection, number: int, pages: Iterable[Page]) -> None:
    """Put in pages of a volume."""
    rows: list[dict[str, object]] = []
    for page in pages:
        rows.append({"id": page_id(number, page.kind, page.number), "data": page.data})
        if len(rows) == TOGETHER:
            connection.execute(volume_page.insert(), rows)
            rows.clear()
    if rows:
        connection.execute(volume_page.insert(), rows)


def pages_of(number: int) -> ColumnElement[bool]:
    """The pages of one volume."""
    first, after = (page_id(one, Kind.DIRECTORY, 0) for one in (number, number + 1))
    return volume_page.c.id.between(first, after - 1)


def drop_volumes(connection: Connection, numbers: Sequence[int]) -> None:
    """Take small volumes out, with their pages."""
    connection.execute(delete(volume).where(volume.c.id.in_(numbers)))
    for number in numbers:
        connection.execute(delete(volume_page).where(pages_of(number)))
