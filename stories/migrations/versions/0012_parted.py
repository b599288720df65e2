"""Stories that were divided: which one a new one was part of."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Take this step."""
    op.add_column(
        "story",
        sa.Column(
            "parted_id",
            ID,
            nullable=True,
            comment="the story that this one was part of before it was divided",
        ),
    )
    op.create_index(
        op.f("ix_story_parted_id"),
        "story",
        ["parted_id"],
        sqlite_where=sa.text("parted_id IS NOT NULL"),
        postgresql_where=sa.text("parted_id IS NOT NULL"),
    )


def downgrade() -> None:
    """Refuse: an archive is never taken back, restore a copy of it instead."""
    raise NotImplementedError
