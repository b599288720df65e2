"""How sources, addresses, articles, topics, runs and the ledger lie in the database."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    text,
)

from stories.tables.schema import Id, Moment, Prose, metadata

archive_fact = Table(
    "archive_fact",
    metadata,
    Column("name", Prose, primary_key=True),
    Column("value", Prose, nullable=False),
    comment="Facts about the archive, such as the tokenisation of its text index",
)

home = Table(
    "home",
    metadata,
    Column("name", Prose, primary_key=True),
    Column("url", Prose, nullable=False),
    Column("outlet", Prose, nullable=False),
    Column("schedule", Prose, nullable=False),
    Column("discovered", Moment),
    Column("error", Prose),
    comment="Home pages declared without a kind: discovery finds their sources",
)

source = Table(
    "source",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", Prose, nullable=False, unique=True),
    Column("url", Prose, nullable=False),
    Column("kind", Prose, nullable=False),
    Column("outlet", Prose, nullable=False),
    Column("declared", Prose, nullable=False, index=True),
    Column("schedule", Prose, nullable=False),
    Column("retired", Boolean, nullable=False, default=False),
    Column("due", Moment),
    Column("polled", Moment),
    Column("status", Prose),
    Column("error", Prose),
    Column("failures", Integer, nullable=False, default=0),
    Column("etag", Prose),
    Column("last_modified", Prose),
    Column("body_hash", Prose),
    Column("full_at", Moment),
    Column("sightings", Integer, nullable=False, default=0),
    Column("articles", Integer, nullable=False, default=0),
    Column("owner", Prose),
    Column("lease", Moment),
    comment="Where to look, what the last poll left behind, which worker holds it",
)

run = Table(
    "run",
    metadata,
    Column("id", Id, primary_key=True),
    Column("what", Prose, nullable=False),
    Column("started", Moment, nullable=False),
    Column("finished", Moment),
    Column("status", Prose, nullable=False),
    Column("note", Prose, nullable=False, default=""),
    Column("sources", Integer, nullable=False, default=0),
    comment="One crawl; its counts are computed from poll and verdict, never kept twice",
)

poll = Table(
    "poll",
    metadata,
    Column("id", Id, primary_key=True),
    Column("run_id", Id, ForeignKey("run.id"), index=True),
    Column("source", Prose, nullable=False),
    Column("at", Moment, nullable=False),
    Column("status", Prose, nullable=False),
    Column("http_status", Integer),
    Column("error", Prose),
    Column("full", Boolean, nullable=False),
    Column("sightings", Integer, nullable=False),
    Column("known", Integer, nullable=False),
    Column("repeated", Integer, nullable=False),
    Column("new", Integer, nullable=False),
    Column("gap", Boolean, nullable=False),
    Column("retry_after", Moment),
    Index("ix_poll_source_id", "source", "id"),
    Index("ix_poll_at", "at"),
    comment="One asking of one source",
)

article = Table(
    "article",
    metadata,
    Column("id", Id, primary_key=True),
    Column("key", Prose, nullable=False, unique=True),
    Column("url", Prose, nullable=False),
    Column("raw_url", Prose, nullable=False),
    Column("outlet", Prose, nullable=False),
    Column("site", Prose, nullable=False, comment="host of url, labels reversed: test.example."),
    Column("title", Prose, nullable=False),
    Column("byline", Prose),
    Column("authors", JSON, nullable=False),
    Column("language", Prose),
    Column("published", Moment),
    Column("published_offset", Integer, comment="minutes east of UTC, as the outlet claimed"),
    Column("published_precision", Prose),
    Column("published_evidence", Prose),
    Column("modified", Moment),
    Column("modified_offset", Integer),
    Column("modified_precision", Prose),
    Column("modified_evidence", Prose),
    Column("seen", Moment, nullable=False),
    Column("fetched", Moment, nullable=False),
    Column("image", Prose),
    Column("source", Prose),
    Column("cites", JSON, nullable=False),
    Column("evidence", JSON, nullable=False),
    Column("facts", JSON, nullable=False),
    Column("versions", Integer, nullable=False, default=1),
    Column("story_id", Id, index=True, comment="set when the article is grouped"),
    Index("ix_article_seen", "seen"),
    comment="What one outlet says at one address; ids are in order of arrival",
)

article_text = Table(
    "article_text",
    metadata,
    Column("article_id", Id, ForeignKey("article.id"), primary_key=True, autoincrement=False),
    Column("text", Prose, nullable=False),
    Column("roles", Prose, nullable=False),
    comment="The text of an article, apart so that lists stay narrow",
)

article_version = Table(
    "article_version",
    metadata,
    Column("article_id", Id, ForeignKey("article.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("title", Prose, nullable=False),
    Column("text", Prose, nullable=False),
    Column("fetched", Moment, nullable=False),
    PrimaryKeyConstraint("article_id", "number"),
    comment="Earlier states of an article; the present one is in article and article_text",
)

address = Table(
    "address",
    metadata,
    Column("key", Prose, primary_key=True),
    Column("url", Prose, nullable=False),
    Column("source", Prose, nullable=False),
    Column("first_seen", Moment, nullable=False),
    Column("last_seen", Moment, nullable=False),
    Column("times", Integer, nullable=False),
    Column("run_id", Id, comment="the run that saw it first"),
    Column("state", Prose, nullable=False),
    Column("outcome", Prose),
    Column("article_id", Id, ForeignKey("article.id")),
    Column("tries", Integer, nullable=False, default=0),
    Column("retry_at", Moment),
    Column("title", Prose),
    Column("summary", Prose),
    Column("published", Moment),
    Column("authors", JSON, nullable=False),
    Index(
        "ix_address_waiting",
        "source",
        "retry_at",
        sqlite_where=text("state = 'waiting'"),
        postgresql_where=text("state = 'waiting'"),
    ),
    comment="Every address ever seen: what is known, and what waits to be fetched",
    sqlite_with_rowid=False,
)

verdict = Table(
    "verdict",
    metadata,
    Column("run_id", Id, ForeignKey("run.id"), nullable=False),
    Column("key", Prose, nullable=False, index=True),
    Column("url", Prose, nullable=False),
    Column("at", Moment, nullable=False),
    Column("outcome", Prose, nullable=False),
    Column("reason", Prose, nullable=False),
    Column("source", Prose),
    Column("steps", JSON, nullable=False),
    Column("retry_at", Moment),
    PrimaryKeyConstraint("run_id", "key"),
    comment="The ledger: what became of each address in each run",
    sqlite_with_rowid=False,
)

topic = Table(
    "topic",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", Prose, nullable=False, unique=True),
    Column("query", Prose, nullable=False),
    Column("schedule", Prose),
    Column("sources", JSON, nullable=False),
    Column("stale", Boolean, nullable=False, default=True, comment="new or changed: to be refiled"),
    Column("version", Integer, nullable=False, server_default="1", comment="of its query"),
    Column(
        "filed_upto",
        Id,
        nullable=False,
        server_default="0",
        comment="while stale: articles up to this id are filed by its present query",
    ),
    comment="What the operator follows, as newsdesk.toml said last",
)

topic_version = Table(
    "topic_version",
    metadata,
    Column("topic_id", Id, ForeignKey("topic.id"), nullable=False),
    Column("version", Integer, nullable=False),
    Column("query", Prose, nullable=False),
    Column("sources", JSON, nullable=False),
    Column("at", Moment, nullable=False),
    PrimaryKeyConstraint("topic_id", "version"),
    comment="Every query that a topic has had",
    sqlite_with_rowid=False,
)

article_topic = Table(
    "article_topic",
    metadata,
    Column("topic_id", Id, ForeignKey("topic.id"), nullable=False),
    Column("article_id", Id, ForeignKey("article.id"), nullable=False, index=True),
    Column("version", Integer, nullable=False, server_default="1", comment="of the topic's query"),
    Column("start", Integer, comment="of the sentence that answered, in characters; -1: the title"),
    Column("length", Integer),
    PrimaryKeyConstraint("topic_id", "article_id"),
    comment="Which articles answer which topic's query",
    sqlite_with_rowid=False,
)
