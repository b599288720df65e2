"""Words in volumes of our own, the same on both engines; what a topic's query found, and where."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Take this step."""
    op.create_table(
        "volume",
        sa.Column("id", ID, nullable=False),
        sa.Column("articles", sa.Integer(), nullable=False),
        sa.Column("first_id", ID, nullable=False),
        sa.Column("last_id", ID, nullable=False),
        sa.Column("first_at", sa.BigInteger(), nullable=False, comment="microseconds since 1970"),
        sa.Column("last_at", sa.BigInteger(), nullable=False),
        sa.Column(
            "gone",
            sa.LargeBinary(),
            nullable=False,
            comment="ids that were revised since",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_volume")),
        comment="The words of many articles, inverted once",
        sqlite_autoincrement=True,
    )
    op.create_table(
        "volume_page",
        sa.Column("id", ID, autoincrement=False, nullable=False, comment="volume, kind and number"),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_volume_page")),
        comment="What volumes are made of; a page is never changed",
    )
    op.create_table(
        "loose",
        sa.Column("id", ID, nullable=False),
        sa.Column("article_id", ID, nullable=False),
        sa.Column(
            "words",
            sa.Text(),
            nullable=False,
            comment="title, byline, lead, rest: a line each",
        ),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_loose_article_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_loose")),
        sa.UniqueConstraint("article_id", name=op.f("uq_loose_article_id")),
        comment="The words of the articles that are in no volume yet",
        sqlite_autoincrement=True,
    )
    op.create_table(
        "form",
        sa.Column("stem", sa.Text(), nullable=False, comment="language:stem"),
        sa.Column("word", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("stem", "word", name=op.f("pk_form")),
        comment="Which words of a language are forms of one word",
        sqlite_with_rowid=False,
    )
    if op.get_bind().dialect.name == "postgresql":
        # Pages are packed already, and parts of them are read: neither compressed nor inline.
        op.execute("ALTER TABLE volume_page ALTER COLUMN data SET STORAGE EXTERNAL")
