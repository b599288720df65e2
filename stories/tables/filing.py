"""How copies, quotations, rulings and stories lie in the database, and what the filer remembers."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    String,
    Table,
    text,
)

from stories.tables.schema import Id, Moment, metadata

copy = Table(
    "copy",
    metadata,
    Column("article_id", Id, ForeignKey("article.id"), primary_key=True, autoincrement=False),
    Column("of_id", Id, ForeignKey("article.id"), nullable=False, index=True),
    Column("kind", String, nullable=False),
    Column("score", Float, nullable=False),
    Column("method", String, nullable=False),
    Column("evidence", JSON, comment="why the other one is the original"),
    comment="Which article repeats which; always the first full-length one of its group",
)

quotation = Table(
    "quotation",
    metadata,
    Column("article_id", Id, ForeignKey("article.id"), nullable=False),
    Column("of_id", Id, ForeignKey("article.id"), nullable=False, index=True),
    Column("score", Float, nullable=False, comment="share of the quoting text that is the other's"),
    Column("method", String, nullable=False),
    PrimaryKeyConstraint("article_id", "of_id"),
    comment="Which article repeats which at length and yet is an article of its own",
    sqlite_with_rowid=False,
)

sketch = Table(
    "sketch",
    metadata,
    # Of an article, and no foreign key: it is bound with thousands of others.
    Column("article_id", Id, primary_key=True, autoincrement=False),
    Column("hashes", LargeBinary, nullable=False, comment="little-endian, 64 bits each"),
    comment="A sample of a text's five-word runs: texts that share some are compared",
)

sketch_page = Table(
    "sketch_page",
    metadata,
    Column("epoch", Integer, nullable=False, comment="of the articles, by their ids"),
    Column("first", Id, nullable=False, comment="where the page begins"),
    Column("entries", LargeBinary, nullable=False, comment="the hashes, then the articles"),
    PrimaryKeyConstraint("epoch", "first"),
    comment="The sketches of an epoch that is full, in order of their hashes",
)

fingerprint = Table(
    "fingerprint",
    metadata,
    Column("article_id", Id, ForeignKey("article.id"), primary_key=True, autoincrement=False),
    Column("digest", Id, nullable=False, index=True, comment="64 bits of the text's words"),
    Column("words", Integer, nullable=False),
    comment="The words of an article's text, as one number",
)

sieve = Table(
    "sieve",
    metadata,
    Column("epoch", Integer, primary_key=True, autoincrement=False),
    Column("bits", LargeBinary, nullable=False),
    comment="Bits for each hash of an epoch that is full: what has none need not be looked up",
)

story = Table(
    "story",
    metadata,
    Column("id", Id, primary_key=True),
    Column("first_at", Moment, nullable=False, index=True),
    Column("last_at", Moment, nullable=False, index=True),
    Column("lead_id", Id, nullable=False),
    Column("first_id", Id, nullable=False),
    Column("articles", Integer, nullable=False),
    Column("now_id", Id, comment="the story that this one was joined to; null for a living one"),
    Column("parted_id", Id, comment="the story that this one was part of before it was divided"),
    Index(
        "ix_story_parted_id",
        "parted_id",
        sqlite_where=text("parted_id IS NOT NULL"),
        postgresql_where=text("parted_id IS NOT NULL"),
    ),
    comment="The articles that report one event",
)

profile = Table(
    "profile",
    metadata,
    Column("story_id", Id, ForeignKey("story.id"), primary_key=True, autoincrement=False),
    Column("first_day", Integer, nullable=False),
    Column("last_day", Integer, nullable=False),
    Column("members", Integer, nullable=False, comment="articles summed up here: copies are not"),
    Column("terms", LargeBinary, nullable=False),
    Column("weights", LargeBinary, nullable=False),
    comment="What a story is about: the sum of its members' weighted terms",
)

mention = Table(
    "mention",
    metadata,
    Column("term", Integer, nullable=False),
    Column("day", Integer, nullable=False),
    # Of a story, and no foreign key: hundreds of these are written a second.
    Column("story_id", Id, nullable=False),
    PrimaryKeyConstraint("term", "day", "story_id"),
    Index("ix_mention_story_id", "story_id"),
    comment="On which days a story's articles were about a term: where its neighbours are sought",
    sqlite_with_rowid=False,
)

vocabulary = Table(
    "vocabulary",
    metadata,
    Column("page", Integer, primary_key=True, autoincrement=False),
    Column("counts", LargeBinary, nullable=False),
    comment="In how many articles each term occurs, in pages of little-endian 32-bit numbers",
)

counted = Table(
    "counted",
    metadata,
    Column("article_id", Id, ForeignKey("article.id"), primary_key=True, autoincrement=False),
    Column("terms", LargeBinary, nullable=False),
    comment="The terms of the articles that were counted and are not in the vocabulary's pages yet",
)

also_covered = Table(
    "also_covered",
    metadata,
    Column("story_id", Id, ForeignKey("story.id"), nullable=False),
    Column("other_id", Id, ForeignKey("story.id"), nullable=False, index=True),
    Column("score", Float, nullable=False),
    Column("shared", JSON, nullable=False, comment="what both name: names, numbers, links"),
    Column("method", String, nullable=False),
    PrimaryKeyConstraint("story_id", "other_id"),
    comment="Stories of two languages that seem to report one event; the smaller number first",
    sqlite_with_rowid=False,
)

ruling = Table(
    "ruling",
    metadata,
    Column("id", Id, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("what", String, nullable=False, comment="not-a-copy, original, merge or split"),
    Column("article_id", Id, ForeignKey("article.id"), nullable=False, index=True),
    Column("other_id", Id, ForeignKey("article.id"), index=True),
    Column("withdrawn", Boolean, nullable=False, default=False),
    comment="What the operator decided about copies and stories; wins over every method",
)
