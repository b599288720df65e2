"""The text index: FTS5 on SQLite, tsvector under GIN on PostgreSQL, fed the same tokens.

Both engines get the tokens of stories.words, made by us. FTS5 receives them joined with spaces and
splits there (its ``ascii`` tokenizer takes every letter beyond ASCII as it is). PostgreSQL receives
ready-made vectors; an article whose tokens exceed what one vector can hold takes several rows.
"""

from __future__ import annotations

SQLITE = "CREATE VIRTUAL TABLE article_words USING fts5(title, text, content='', tokenize='ascii')"

POSTGRESQL = """\
CREATE TABLE article_words (
    article_id BIGINT NOT NULL REFERENCES article (id),
    part INTEGER NOT NULL,
    words TSVECTOR NOT NULL,
    CONSTRAINT pk_article_words PRIMARY KEY (article_id, part)
)"""
POSTGRESQL_INDEX = "CREATE INDEX ix_article_words_words ON article_words USING gin (words)"

MAKE = {"sqlite": (SQLITE,), "postgresql": (POSTGRESQL, POSTGRESQL_INDEX)}
