"""What filing found out about articles: which are under a topic, in a story, of a kind."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, select

from stories.clauses import Filed
from stories.tables.filing import copy
from stories.tables.press import article, article_topic, topic


def filing(what: Filed, some: Any) -> Select[int]:  # noqa: ANN401 - a function of a column
    """The ids among `some` of which it is true."""
    if what.how == "topic":
        named = select(topic.c.id).where(topic.c.name == what.value).scalar_subquery()
        column: ColumnElement[int] = article_topic.c.article_id
        return select(column).where(article_topic.c.topic_id == named, some(column))
    if what.how == "story":
        return select(article.c.id).where(article.c.story_id == int(what.value), some(article.c.id))
    column = copy.c.article_id
    if what.value == "original":
        copied = select(column).where(some(column))
        return select(article.c.id).where(some(article.c.id), article.c.id.not_in(copied))
    if what.value == "repeats":
        return select(column).where(some(column))
    update = copy.c.kind == "update"
    return select(column).where(some(column), update if what.value == "update" else ~update)
