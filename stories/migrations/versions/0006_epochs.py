"""Sketches by epoch: what is filed together lies together, and only the latest are searched."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Take this step."""
    op.execute("CREATE TABLE sketch_before AS SELECT hash, article_id FROM sketch")
    op.drop_table("sketch")
    op.create_table(
        "sketch",
        sa.Column("epoch", sa.Integer(), nullable=False, comment="of the article, by its id"),
        sa.Column("hash", ID, nullable=False),
        sa.Column("article_id", ID, nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_sketch_article_id")),
        sa.PrimaryKeyConstraint("epoch", "hash", "article_id", name=op.f("pk_sketch")),
        comment="A sample of each text's five-word runs: texts that share some are compared",
        sqlite_with_rowid=False,
    )
    op.execute(
        "INSERT INTO sketch (epoch, hash, article_id)"
        " SELECT article_id / 8192, hash, article_id FROM sketch_before"
    )
    op.drop_table("sketch_before")


def downgrade() -> None:
    """Refuse: an archive is never taken back, restore a copy of it instead."""
    raise NotImplementedError
