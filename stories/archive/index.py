"""Keeping the words: an article's are loose at first, and bound into a volume by and by."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, bindparam, select

from stories.archive.bulk import insert_rows
from stories.archive.learning import learn, spoken
from stories.archive.loose import loose_words
from stories.archive.shelving import put_pages
from stories.sheet import Sheet, sheet_of_row
from stories.tables.press import article, article_text
from stories.tables.schema import storable
from stories.tables.volumes import form, loose, volume, volume_merge, volume_page
from stories.volumes.bind import Binder

FORMAT = "volumes/1"
"""Changes whenever the pages of a volume are to be read otherwise: the archive indexes anew."""

BATCH = 500
VOLUME = 1 << 15

_DROP = loose.delete().where(loose.c.article_id == bindparam("its_id"))


def add_words(connection: Connection, sheet: Sheet) -> None:
    """Keep the words of an article that is new, or revised: these are in place of any before."""
    connection.execute(_DROP, {"its_id": sheet.id})
    add_new_words(connection, [sheet])


def add_new_words(connection: Connection, sheets: Sequence[Sheet]) -> None:
    """Keep the words of articles that are new."""
    insert_rows(
        connection,
        loose,
        ("article_id", "words"),
        [(one.id, storable(loose_words(one))) for one in sheets],
    )


def index_anew(connection: Connection) -> None:
    """Forget all words and take them from the articles again, within the writer's transaction."""
    for table in (volume_merge, volume_page, volume, loose, form):
        connection.execute(table.delete())
    last = 0
    binder = Binder()
    while sheets := _sheets(connection, last):
        last = sheets[-1].id
        learn(connection, spoken(sheets))
        for one in sheets:
            binder.add(one)
        if len(binder) >= VOLUME:
            put_pages(connection, len(binder), binder.span(), binder.pages())
            binder = Binder()
    if len(binder) > BATCH:
        put_pages(connection, len(binder), binder.span(), binder.pages())
    elif len(binder):
        for one in sheets_of(connection, binder.ids()):
            add_words(connection, one)


def _sheets(connection: Connection, last: int) -> list[Sheet]:
    ids = connection.execute(
        select(article.c.id).where(article.c.id > last).order_by(article.c.id).limit(BATCH)
    )
    return sheets_of(connection, ids.scalars().all())


def sheets_of(connection: Connection, ids: Sequence[int]) -> list[Sheet]:
    """The sheets of these articles (at most BATCH), in order of arrival, from what is stored."""
    rows = connection.execute(
        select(
            article.c.id,
            article.c.title,
            article.c.byline,
            article.c.language,
            article.c.outlet,
            article.c.site,
            article.c.published,
            article.c.seen,
            article_text.c.text,
        )
        .join(article_text, article_text.c.article_id == article.c.id)
        .where(article.c.id.in_(ids))
        .order_by(article.c.id)
    )
    return [sheet_of_row(row) for row in rows]
