"""How a watched story lies in the database: the story, the ways outward from it, what was spent."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
)

from stories.tables.schema import Id, Moment, Prose, metadata

watch = Table(
    "watch",
    metadata,
    Column("topic", Prose, primary_key=True),
    Column("url", Prose),
    Column("title", Prose, nullable=False),
    Column("text", Prose, nullable=False),
    Column("roles", Prose, nullable=False),
    Column("language", Prose),
    Column("outlet", Prose),
    Column("authors", JSON, nullable=False),
    Column("published", Moment),
    Column("proposed", Prose, nullable=False, comment="the query as it was proposed last"),
    Column("since", Moment, comment="how far back archives and sitemaps are read"),
    Column("made", Moment, nullable=False),
    comment="The story that a topic was made from",
)

way = Table(
    "way",
    metadata,
    Column("topic", Prose, nullable=False),
    Column("key", Prose, nullable=False),
    Column("url", Prose, nullable=False),
    Column("host", Prose, nullable=False),
    Column("kind", Prose, nullable=False),
    Column("how", Prose, nullable=False),
    Column("parent", Prose, comment="key of the way on which it was met"),
    Column("distance", Integer, nullable=False, comment="steps from the story"),
    Column("hint", Prose, comment="what was said of it there"),
    Column("evidence", Integer, nullable=False),
    Column("state", Prose, nullable=False),
    Column("why", Prose, nullable=False, default=""),
    Column("score", Float),
    Column("terms", JSON, nullable=False, comment="which of the topic's terms were found there"),
    Column("brought", Integer, nullable=False, default=0),
    Column("article_id", Id, ForeignKey("article.id")),
    Column("run_id", Id),
    Column("asked_at", Moment),
    Column("tries", Integer, nullable=False, default=0),
    PrimaryKeyConstraint("topic", "key"),
    Index("ix_way_topic_state", "topic", "state"),
    comment="The frontier of a topic: every address that coverage of it may be found at",
    sqlite_with_rowid=False,
)

spent = Table(
    "spent",
    metadata,
    Column("topic", Prose, nullable=False),
    Column("hour", Moment, nullable=False),
    Column("host", Prose, nullable=False),
    Column("requests", Integer, nullable=False),
    PrimaryKeyConstraint("topic", "hour", "host"),
    comment="Requests made outward for a topic, by hour and host",
    sqlite_with_rowid=False,
)

outlet_name = Table(
    "outlet_name",
    metadata,
    Column("folded", Prose, primary_key=True),
    Column("name", Prose, nullable=False),
    Column("host", Prose, nullable=False),
    comment="What outlets call themselves on their own pages",
)

credited = Table(
    "credited",
    metadata,
    Column("article_id", Id, ForeignKey("article.id"), primary_key=True, autoincrement=False),
    Column("outlet", Prose, nullable=False),
    Column("url", Prose),
    Column("evidence", Prose, nullable=False),
    comment="Whose reporting an article is, where it is not that of the site that carries it",
)
