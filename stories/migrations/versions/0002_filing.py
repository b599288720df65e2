"""Tables of the filer: copies, sketches, stories and what they are about."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take this step."""
    op.create_table(
        "story",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("first_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lead_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("first_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("articles", sa.Integer(), nullable=False),
        sa.Column(
            "now_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=True,
            comment="the story that this one was joined to; null for a living one",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_story")),
        comment="The articles that report one event",
    )
    op.create_index(op.f("ix_story_first_at"), "story", ["first_at"], unique=False)
    op.create_index(op.f("ix_story_last_at"), "story", ["last_at"], unique=False)
    op.create_table(
        "term",
        sa.Column("term", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("articles", sa.Integer(), nullable=False),
        sa.Column(
            "at",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="the article that counted it last",
        ),
        sa.PrimaryKeyConstraint("term", name=op.f("pk_term")),
        comment="In how many of the articles counted so far a term occurs",
    )
    op.create_table(
        "copy",
        sa.Column(
            "article_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("of_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_copy_article_id")),
        sa.ForeignKeyConstraint(["of_id"], ["article.id"], name=op.f("fk_copy_of_id")),
        sa.PrimaryKeyConstraint("article_id", name=op.f("pk_copy")),
        comment="Which article repeats which; always the first full-length one of its group",
    )
    op.create_index(op.f("ix_copy_of_id"), "copy", ["of_id"], unique=False)
    op.create_table(
        "fingerprint",
        sa.Column(
            "article_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column(
            "digest",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="64 bits of the text's words",
        ),
        sa.Column("words", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name=op.f("fk_fingerprint_article_id")
        ),
        sa.PrimaryKeyConstraint("article_id", name=op.f("pk_fingerprint")),
        comment="The words of an article's text, as one number",
    )
    op.create_index(op.f("ix_fingerprint_digest"), "fingerprint", ["digest"], unique=False)
    op.create_table(
        "mention",
        sa.Column("term", sa.Integer(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("story_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["story_id"], ["story.id"], name=op.f("fk_mention_story_id")),
        sa.PrimaryKeyConstraint("term", "day", "story_id", name=op.f("pk_mention")),
        comment="On which days a story's articles were about a term: where its neighbours are sought",
        sqlite_with_rowid=False,
    )
    op.create_index("ix_mention_story_id", "mention", ["story_id"], unique=False)
    op.create_table(
        "profile",
        sa.Column(
            "story_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("first_day", sa.Integer(), nullable=False),
        sa.Column("last_day", sa.Integer(), nullable=False),
        sa.Column(
            "members",
            sa.Integer(),
            nullable=False,
            comment="articles summed up here: copies are not",
        ),
        sa.Column("terms", sa.LargeBinary(), nullable=False),
        sa.Column("weights", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["story_id"], ["story.id"], name=op.f("fk_profile_story_id")),
        sa.PrimaryKeyConstraint("story_id", name=op.f("pk_profile")),
        comment="What a story is about: the sum of its members' weighted terms",
    )
    op.create_table(
        "quotation",
        sa.Column(
            "article_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("of_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "score",
            sa.Float(),
            nullable=False,
            comment="share of the quoting text that is the other's",
        ),
        sa.Column("method", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name=op.f("fk_quotation_article_id")
        ),
        sa.ForeignKeyConstraint(["of_id"], ["article.id"], name=op.f("fk_quotation_of_id")),
        sa.PrimaryKeyConstraint("article_id", "of_id", name=op.f("pk_quotation")),
        comment="Which article repeats which at length and yet is an article of its own",
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_quotation_of_id"), "quotation", ["of_id"], unique=False)
    op.create_table(
        "ruling",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "what", sa.String(), nullable=False, comment="not-a-copy, original, merge or split"
        ),
        sa.Column(
            "article_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("other_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_ruling_article_id")),
        sa.ForeignKeyConstraint(["other_id"], ["article.id"], name=op.f("fk_ruling_other_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ruling")),
        comment="What the operator decided about copies and stories; wins over every method",
    )
    op.create_index(op.f("ix_ruling_article_id"), "ruling", ["article_id"], unique=False)
    op.create_index(op.f("ix_ruling_other_id"), "ruling", ["other_id"], unique=False)
    op.create_table(
        "sketch",
        sa.Column("hash", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "article_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_sketch_article_id")),
        sa.PrimaryKeyConstraint("hash", "article_id", name=op.f("pk_sketch")),
        comment="A sample of each text's five-word runs: texts that share some are compared",
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """Refuse: an archive is never taken back, restore a copy of it instead."""
    raise NotImplementedError
