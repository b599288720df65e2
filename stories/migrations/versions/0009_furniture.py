"""What outlets repeat on their pages."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Take this step."""
    op.create_table(
        "outlet_pages",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("outlet", sa.String(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False, comment="counted, each article once"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outlet_pages")),
        sa.UniqueConstraint("outlet", name=op.f("uq_outlet_pages_outlet")),
        comment="How many pages of each outlet were looked at for what they repeat",
    )
    op.create_table(
        "outlet_line",
        sa.Column("key", ID, autoincrement=False, nullable=False, comment="outlet, then 40 bits"),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column(
            "first", sa.Integer(), nullable=False, comment="page of the outlet, by its number"
        ),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_outlet_line")),
        comment="On how many of its outlet's latest pages a line stands",
    )


def downgrade() -> None:
    """Refuse: an archive is never taken back, restore a copy of it instead."""
    raise NotImplementedError
