"""Terms counted in pages, full epochs sieved, originals with evidence, stories across languages."""

from __future__ import annotations

import struct
from collections import defaultdict

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
PAGE = 1_024


def upgrade() -> None:
    """Take this step."""
    op.create_table(
        "vocabulary",
        sa.Column("page", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("counts", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("page", name=op.f("pk_vocabulary")),
        comment="In how many articles each term occurs, in pages of little-endian 32-bit numbers",
    )
    op.create_table(
        "counted",
        sa.Column("article_id", ID, autoincrement=False, nullable=False),
        sa.Column("terms", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_counted_article_id")),
        sa.PrimaryKeyConstraint("article_id", name=op.f("pk_counted")),
        comment="The terms of the articles that were counted and are not in the vocabulary's pages"
        " yet",
    )
    op.create_table(
        "sieve",
        sa.Column("epoch", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("bits", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("epoch", name=op.f("pk_sieve")),
        comment="A bit for each hash of an epoch that is full: what has no bit need not be looked"
        " up",
    )
    op.create_table(
        "also_covered",
        sa.Column("story_id", ID, nullable=False),
        sa.Column("other_id", ID, nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column(
            "shared", sa.JSON(), nullable=False, comment="what both name: names, numbers, links"
        ),
        sa.Column("method", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["story_id"], ["story.id"], name=op.f("fk_also_covered_story_id")),
        sa.ForeignKeyConstraint(["other_id"], ["story.id"], name=op.f("fk_also_covered_other_id")),
        sa.PrimaryKeyConstraint("story_id", "other_id", name=op.f("pk_also_covered")),
        comment="Stories of two languages that seem to report one event; the smaller number first",
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_also_covered_other_id"), "also_covered", ["other_id"])
    op.add_column(
        "copy",
        sa.Column(
            "evidence", sa.JSON(), nullable=True, comment="why the other one is the original"
        ),
    )
    _turn_pages()
    op.drop_table("term")


def _turn_pages() -> None:
    """Put the counts of terms into pages; the number of all articles is page -1."""
    connection = op.get_bind()
    pages: dict[int, list[int]] = defaultdict(lambda: [0] * PAGE)
    rows = connection.execute(sa.text("SELECT term, articles FROM term WHERE term >= -1"))
    for term, articles in rows:
        if term < 0:
            pages[-1] = [articles]
        else:
            pages[term // PAGE][term % PAGE] = articles
    for page, counts in pages.items():
        connection.execute(
            sa.text("INSERT INTO vocabulary (page, counts) VALUES (:page, :counts)"),
            {"page": page, "counts": struct.pack(f"<{len(counts)}I", *counts)},
        )


def downgrade() -> None:
    """Refuse: an archive is never taken back, restore a copy of it instead."""
    raise NotImplementedError
