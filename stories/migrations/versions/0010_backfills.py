"""How far a topic has been filed over what is stored; polls by their time."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Take this step."""
    op.add_column(
        "topic",
        sa.Column(
            "filed_upto",
            ID,
            server_default="0",
            nullable=False,
            comment="while stale: articles up to this id are filed by its present query",
        ),
    )
    op.create_index(op.f("ix_poll_at"), "poll", ["at"])


def downgrade() -> None:
    """Refuse: an archive is never taken back, restore a copy of it instead."""
    raise NotImplementedError
