"""Writing the text index: the same tokens to FTS5 and to PostgreSQL's vectors.

A tsvector has limits that FTS5 has not: positions up to 16,383, 256 of them a lexeme, 1 MB in all.
A text that would pass one is cut into parts, each with the last words of the one before it, so
that a phrase of up to OVERLAP words always lies whole in some part. Nothing is left out, and
both engines give the same answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, select, text

from stories.tables.press import article, article_text
from stories.words import words

OVERLAP = 64
"""The longest phrase that can be asked for, in words."""

POSITIONS = 16_000
TIMES = 250
BYTES = 400_000
BATCH = 500

_INSERT_FTS = text("INSERT INTO article_words (rowid, title, text) VALUES (:id, :title, :text)")
_DELETE_FTS = text(
    "INSERT INTO article_words (article_words, rowid, title, text)"
    " VALUES ('delete', :id, :title, :text)"
)
_INSERT_VECTOR = text(
    "INSERT INTO article_words (article_id, part, words)"
    " VALUES (:id, :part, CAST(:words AS tsvector))"
)
_DELETE_VECTOR = text("DELETE FROM article_words WHERE article_id = :id")


def add_words(connection: Connection, article: int, title: str, body: str) -> None:
    """Index an article that is not in the index."""
    if connection.dialect.name == "sqlite":
        connection.execute(_INSERT_FTS, _tokens(article, title, body))
        return
    connection.execute(
        _INSERT_VECTOR,
        [
            {"id": article, "part": part, "words": vector}
            for part, vector in enumerate(vectors(words(title), words(body)))
        ],
    )


def drop_words(connection: Connection, article: int, title: str, body: str) -> None:
    """Take an article out of the index; title and text must be those that it was indexed with."""
    if connection.dialect.name == "sqlite":
        connection.execute(_DELETE_FTS, _tokens(article, title, body))
    else:
        connection.execute(_DELETE_VECTOR, {"id": article})


def index_anew(connection: Connection) -> None:
    """Forget the whole index and make it again from the texts, a batch at a time."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(
            "INSERT INTO article_words (article_words) VALUES ('delete-all')"
        )
    else:
        connection.exec_driver_sql("DELETE FROM article_words")
    last = 0
    while True:
        rows = connection.execute(
            select(article.c.id, article.c.title, article_text.c.text)
            .join(article_text, article_text.c.article_id == article.c.id)
            .where(article.c.id > last)
            .order_by(article.c.id)
            .limit(BATCH)
        ).all()
        if not rows:
            return
        for row in rows:
            add_words(connection, row.id, row.title, row.text)
        last = rows[-1].id


def _tokens(article: int, title: str, body: str) -> dict[str, object]:
    return {"id": article, "title": " ".join(words(title)), "text": " ".join(words(body))}


def vectors(title: Sequence[str], body: Sequence[str]) -> Iterator[str]:
    """The tsvectors of an article: words of the title have weight A, of the text none.

    Yields at least one. A gap between title and text keeps a phrase from reaching across.
    """
    sequence = [(word, "A") for word in title]
    sequence.append(("", ""))
    sequence += [(word, "") for word in body]
    start = 0
    while True:
        end, vector = _part(sequence, start)
        yield vector
        if end == len(sequence):
            return
        start = end - OVERLAP


def _part(sequence: Sequence[tuple[str, str]], start: int) -> tuple[int, str]:
    """One vector from `start` on, and where it had to end."""
    places: dict[str, list[str]] = {}
    size = 0
    end = start
    for word, weight in sequence[start : start + POSITIONS]:
        if word:
            at = places.get(word)
            if size > BYTES or (at is not None and len(at) == TIMES):
                break
            if at is None:
                at = places[word] = []
                size += 4 * len(word) + 8
            size += 4
            at.append(f"{end - start + 1}{weight}")
        end += 1
    # Tokens are letters, marks and digits: nothing in them needs escaping between the quotes.
    return end, " ".join(f"'{word}':{','.join(at)}" for word, at in places.items())
