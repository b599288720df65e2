"""What the filer writes by the thousand is written without look-ups; profiles lie in their rows."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Take this step."""
    if op.get_bind().dialect.name == "sqlite":
        _sketches_anew()
        _mentions_anew()
        return
    op.drop_constraint(op.f("fk_sketch_article_id"), "sketch", type_="foreignkey")
    op.drop_constraint(op.f("fk_mention_story_id"), "mention", type_="foreignkey")
    # Numbers do not compress, and what lies elsewhere takes three more look-ups to read.
    op.execute("ALTER TABLE profile ALTER COLUMN terms SET STORAGE EXTERNAL")
    op.execute("ALTER TABLE profile ALTER COLUMN weights SET STORAGE EXTERNAL")
    op.execute("ALTER TABLE profile SET (toast_tuple_target = 8160)")


def _sketches_anew() -> None:
    op.rename_table("sketch", "sketch_before")
    op.create_table(
        "sketch",
        sa.Column("epoch", sa.Integer(), nullable=False, comment="of the article, by its id"),
        sa.Column("hash", ID, nullable=False),
        sa.Column("article_id", ID, nullable=False),
        sa.PrimaryKeyConstraint("epoch", "hash", "article_id", name=op.f("pk_sketch")),
        comment="A sample of each text's five-word runs: texts that share some are compared",
        sqlite_with_rowid=False,
    )
    op.execute("INSERT INTO sketch SELECT epoch, hash, article_id FROM sketch_before")
    op.drop_table("sketch_before")


def _mentions_anew() -> None:
    op.drop_index("ix_mention_story_id", "mention")
    op.rename_table("mention", "mention_before")
    op.create_table(
        "mention",
        sa.Column("term", sa.Integer(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("story_id", ID, nullable=False),
        sa.PrimaryKeyConstraint("term", "day", "story_id", name=op.f("pk_mention")),
        comment="On which days a story's articles were about a term",
        sqlite_with_rowid=False,
    )
    op.execute("INSERT INTO mention SELECT term, day, story_id FROM mention_before")
    op.drop_table("mention_before")
    op.create_index("ix_mention_story_id", "mention", ["story_id"])


def downgrade() -> None:
    """Refuse: an archive is never taken back, restore a copy of it instead."""
    raise NotImplementedError
