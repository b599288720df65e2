"""Sheets that are in no volume yet: as rows, and as they are read."""

from __future__ import annotations

from sqlalchemy import Connection, select

from stories.archive.chunks import chunks
from stories.sheet import Sheet
from stories.tables.press import article
from stories.tables.volumes import loose


def loose_sheets(connection: Connection, known: dict[int, Sheet]) -> list[Sheet]:
    """The sheets that are in no volume; `known` has those read before and is brought up to date."""
    here = connection.execute(select(loose.c.id)).scalars().all()
    for gone in known.keys() - set(here):
        del known[gone]
    missing = [number for number in here if number not in known]
    for some in chunks(missing):
        rows = connection.execute(
            select(
                loose.c.id,
                loose.c.words,
                article.c.id.label("article_id"),
                article.c.language,
                article.c.outlet,
                article.c.site,
                article.c.published,
                article.c.seen,
            )
            .join(article, article.c.id == loose.c.article_id)
            .where(loose.c.id.in_(some))
        )
        for row in rows:
            title, byline, lead, rest = (line.split() for line in row.words.split("\n"))
            known[row.id] = Sheet(
                id=row.article_id,
                title=title,
                text=lead + rest,
                lead=len(lead),
                byline=byline,
                language=row.language,
                outlet=row.outlet,
                site=row.site,
                published=row.published,
                seen=row.seen,
            )
    return list(known.values())


def loose_words(sheet: Sheet) -> str:
    """The words of a sheet as its row keeps them."""
    lead, rest = sheet.text[: sheet.lead], sheet.text[sheet.lead :]
    return "\n".join(" ".join(tokens) for tokens in (sheet.title, sheet.byline, lead, rest))
