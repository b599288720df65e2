"""Sketches a row an article, and those of full epochs bound into pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
EPOCH, PAGE, BEFORE = 8_192, 128, -(1 << 63)


def upgrade() -> None:
    """Take this step."""
    op.create_table(
        "sketch_page",
        sa.Column("epoch", sa.Integer(), nullable=False, comment="of the articles, by their ids"),
        sa.Column("first", ID, nullable=False, comment="where the page begins"),
        sa.Column(
            "entries", sa.LargeBinary(), nullable=False, comment="the hashes, then the articles"
        ),
        sa.PrimaryKeyConstraint("epoch", "first", name=op.f("pk_sketch_page")),
        comment="The sketches of an epoch that is full, in order of their hashes",
    )
    connection = op.get_bind()
    latest = connection.execute(sa.text("SELECT max(epoch) FROM sketch")).scalar()
    for epoch in range(latest or 0):
        _bind(connection, epoch)
    loose = _loose(connection, latest or 0)
    op.drop_table("sketch")
    op.create_table(
        "sketch",
        sa.Column("article_id", ID, nullable=False, autoincrement=False),
        sa.Column(
            "hashes", sa.LargeBinary(), nullable=False, comment="little-endian, 64 bits each"
        ),
        sa.PrimaryKeyConstraint("article_id", name=op.f("pk_sketch")),
        comment="A sample of a text's five-word runs: texts that share some are compared",
    )
    insert = sa.text("INSERT INTO sketch (article_id, hashes) VALUES (:article_id, :hashes)")
    if loose:
        connection.execute(insert, loose)
    # Their bits were other ones; they are made anew when they are asked for.
    op.execute("DELETE FROM sieve")
    if connection.dialect.name == "postgresql":
        op.create_table_comment(
            "sieve",
            "Bits for each hash of an epoch that is full: what has none need not be looked up",
        )


def _bind(connection: sa.Connection, epoch: int) -> None:
    rows = connection.execute(
        sa.text("SELECT hash, article_id FROM sketch WHERE epoch = :epoch ORDER BY 1, 2"),
        {"epoch": epoch},
    ).all()
    pages = [
        {"epoch": epoch, "first": first, "entries": entries} for first, entries in _pages(rows)
    ]
    if pages:
        connection.execute(
            sa.text(
                "INSERT INTO sketch_page (epoch, first, entries) VALUES (:epoch, :first, :entries)"
            ),
            pages,
        )


def _pages(rows: Sequence[Any]) -> Iterator[tuple[int, bytes]]:
    start = 0
    while start < len(rows):
        end = min(start + PAGE, len(rows))
        # A hash is on one page.
        while end < len(rows) and rows[end][0] == rows[end - 1][0]:
            end += 1
        hashes = np.array([row[0] for row in rows[start:end]], "<i8")
        articles = np.array([row[1] % EPOCH for row in rows[start:end]], "<u2")
        yield (rows[start][0] if start else BEFORE), hashes.tobytes() + articles.tobytes()
        start = end


def _loose(connection: sa.Connection, epoch: int) -> list[dict[str, object]]:
    rows = connection.execute(
        sa.text("SELECT article_id, hash FROM sketch WHERE epoch = :epoch ORDER BY 1, 2"),
        {"epoch": epoch},
    )
    found: dict[int, list[int]] = {}
    for article_id, value in rows:
        found.setdefault(article_id, []).append(value)
    return [
        {"article_id": article_id, "hashes": np.array(some, "<i8").tobytes()}
        for article_id, some in found.items()
    ]


def downgrade() -> None:
    """Refuse: an archive is never taken back, restore a copy of it instead."""
    raise NotImplementedError
