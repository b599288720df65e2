"""Merges of volumes that go on from step to step."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Take this step."""
    op.create_table(
        "volume_merge",
        sa.Column("volume_id", ID, autoincrement=False, nullable=False),
        sa.Column(
            "sources", sa.LargeBinary(), nullable=False, comment="ids of the volumes it is made of"
        ),
        sa.Column("step", sa.Integer(), nullable=False, comment="how many have been taken"),
        sa.ForeignKeyConstraint(
            ["volume_id"], ["volume.id"], name=op.f("fk_volume_merge_volume_id")
        ),
        sa.PrimaryKeyConstraint("volume_id", name=op.f("pk_volume_merge")),
        comment="Volumes that are being made of smaller ones, or whose smaller ones are being let"
        " go",
    )


def downgrade() -> None:
    """Refuse: an archive is never taken back, restore a copy of it instead."""
    raise NotImplementedError
