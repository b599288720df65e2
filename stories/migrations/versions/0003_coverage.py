"""Watched stories, the ways outward from them, outlet names, and whose reporting an article is."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take this step."""
    op.create_table(
        "outlet_name",
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("host", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("folded", name=op.f("pk_outlet_name")),
        comment="What outlets call themselves on their own pages",
    )
    op.create_table(
        "spent",
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("hour", sa.DateTime(timezone=True), nullable=False),
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("requests", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("topic", "hour", "host", name=op.f("pk_spent")),
        comment="Requests made outward for a topic, by hour and host",
        sqlite_with_rowid=False,
    )
    op.create_table(
        "watch",
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("roles", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("outlet", sa.Text(), nullable=True),
        sa.Column("authors", sa.JSON(), nullable=False),
        sa.Column("published", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "proposed", sa.Text(), nullable=False, comment="the query as it was proposed last"
        ),
        sa.Column(
            "since",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="how far back archives and sitemaps are read",
        ),
        sa.Column("made", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("topic", name=op.f("pk_watch")),
        comment="The story that a topic was made from",
    )
    op.create_table(
        "credited",
        sa.Column(
            "article_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("outlet", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name=op.f("fk_credited_article_id")
        ),
        sa.PrimaryKeyConstraint("article_id", name=op.f("pk_credited")),
        comment="Whose reporting an article is, where it is not that of the site that carries it",
    )
    op.create_table(
        "way",
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("how", sa.Text(), nullable=False),
        sa.Column("parent", sa.Text(), nullable=True, comment="key of the way on which it was met"),
        sa.Column("distance", sa.Integer(), nullable=False, comment="steps from the story"),
        sa.Column("hint", sa.Text(), nullable=True, comment="what was said of it there"),
        sa.Column("evidence", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("score", sa.Float(), nullable=True),
        sa.Column(
            "terms",
            sa.JSON(),
            nullable=False,
            comment="which of the topic's terms were found there",
        ),
        sa.Column("brought", sa.Integer(), nullable=False),
        sa.Column(
            "article_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("run_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_way_article_id")),
        sa.PrimaryKeyConstraint("topic", "key", name=op.f("pk_way")),
        comment="The frontier of a topic: every address that coverage of it may be found at",
        sqlite_with_rowid=False,
    )
    op.create_index("ix_way_topic_state", "way", ["topic", "state"], unique=False)


def downgrade() -> None:
    """Refuse: an archive is never taken back, restore a copy of it instead."""
    raise NotImplementedError
