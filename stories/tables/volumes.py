"""How bound volumes, articles not bound yet, and the forms of words lie in the database."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    Table,
)

from stories.tables.schema import Id, Prose, metadata

volume = Table(
    "volume",
    metadata,
    Column("id", Id, primary_key=True),
    Column("articles", Integer, nullable=False),
    Column("first_id", Id, nullable=False),
    Column("last_id", Id, nullable=False),
    Column("first_at", BigInteger, nullable=False, comment="microseconds since 1970"),
    Column("last_at", BigInteger, nullable=False),
    Column("gone", LargeBinary, nullable=False, comment="ids that were revised since"),
    comment="The words of many articles, inverted once",
    sqlite_autoincrement=True,
)

volume_merge = Table(
    "volume_merge",
    metadata,
    Column("volume_id", Id, ForeignKey("volume.id"), primary_key=True, autoincrement=False),
    Column("sources", LargeBinary, nullable=False, comment="ids of the volumes it is made of"),
    Column("step", Integer, nullable=False, comment="how many have been taken"),
    comment="Volumes that are being made of smaller ones, or whose smaller ones are being let go",
)

volume_page = Table(
    "volume_page",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False, comment="volume, kind and number"),
    Column("data", LargeBinary, nullable=False),
    comment="What volumes are made of; a page is never changed",
)

loose = Table(
    "loose",
    metadata,
    Column("id", Id, primary_key=True),
    Column("article_id", Id, ForeignKey("article.id"), nullable=False, unique=True),
    Column("words", Prose, nullable=False, comment="title, byline, lead, rest: a line each"),
    comment="The words of the articles that are in no volume yet",
    sqlite_autoincrement=True,
)

form = Table(
    "form",
    metadata,
    Column("stem", Prose, nullable=False, comment="language:stem"),
    Column("word", Prose, nullable=False),
    PrimaryKeyConstraint("stem", "word"),
    comment="Which words of a language are forms of one word",
    sqlite_with_rowid=False,
)
