"""Which sentence of an article did it: for articles that are filed under a topic."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, select

from stories.archive.chunks import chunks
from stories.archive.index import sheets_of
from stories.clauses import Node
from stories.sentences import Passage, passage
from stories.tables.press import article, article_text, article_topic


def passages(
    connection: Connection, topic: int, versions: Mapping[int, Node], ids: Sequence[int]
) -> dict[int, tuple[int, str]]:
    """The version of the topic's query that filed each article, and the sentence that answered.

    `versions` has what each version of the query means.
    """
    found: dict[int, tuple[int, str]] = {}
    for some in chunks(ids, 500):
        sheets = {one.id: one for one in sheets_of(connection, some)}
        asked = connection.execute(
            select(
                article_topic.c.article_id,
                article_topic.c.version,
                article_topic.c.start,
                article_topic.c.length,
                article.c.title,
                article_text.c.text,
            )
            .join(article, article.c.id == article_topic.c.article_id)
            .join(article_text, article_text.c.article_id == article.c.id)
            .where(article_topic.c.topic_id == topic, article_topic.c.article_id.in_(some))
        )
        for one in asked:
            where: Passage | None
            if one.start is None:
                where = passage(versions[one.version], sheets[one.article_id], one.text)
            else:
                where = Passage(one.start, one.length)
            said = where.of(one.title, one.text) if where else ""
            found[one.article_id] = (one.version, said)
    return found
