"""Every version of a topic's query, and what each filing answered; the engines' own indexes go."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Take this step."""
    op.execute("DROP TABLE article_words")
    op.drop_column("article", "outlet_words")
    op.add_column(
        "topic",
        sa.Column(
            "version", sa.Integer(), server_default="1", nullable=False, comment="of its query"
        ),
    )
    op.create_table(
        "topic_version",
        sa.Column("topic_id", ID, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("sources", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["topic_id"], ["topic.id"], name=op.f("fk_topic_version_topic_id")),
        sa.PrimaryKeyConstraint("topic_id", "version", name=op.f("pk_topic_version")),
        comment="Every query that a topic has had",
        sqlite_with_rowid=False,
    )
    op.execute(
        "INSERT INTO topic_version (topic_id, version, query, sources, at)"
        " SELECT id, 1, query, sources, CURRENT_TIMESTAMP FROM topic"
    )
    op.add_column(
        "article_topic",
        sa.Column(
            "version",
            sa.Integer(),
            server_default="1",
            nullable=False,
            comment="of the topic's query",
        ),
    )
    op.add_column(
        "article_topic",
        sa.Column(
            "start",
            sa.Integer(),
            nullable=True,
            comment="of the sentence that answered, in characters; -1: the title",
        ),
    )
    op.add_column("article_topic", sa.Column("length", sa.Integer(), nullable=True))
