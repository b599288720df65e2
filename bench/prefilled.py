"""An archive that looks to the filer as if very many articles had been filed, made in bulk.

What the filer reads is there: articles, sketches, digests, stories, their profiles and mentions,
the frequencies of terms. Texts are not: no article that is filed later repeats one of these.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

import numpy as np
from invented import PER_DAY, START, WORDS, Press
from sqlalchemy import Connection, Table, create_engine, text

from pipeline.counting import Worded
from pipeline.counting import count as count_terms
from pipeline.fingerprint import hashes
from pipeline.frequencies import BOUND, EVERY, ONE_OF, SPACE, Frequencies
from pipeline.neighbours import FOUND_BY
from stories.archive import Archive, Transaction
from stories.archive.bulk import insert_rows
from stories.archive.sketches import Recalled
from stories.tables.filing import fingerprint, mention, profile, story
from stories.tables.press import article

SKETCHED, VECTOR = 32, 800
AT_ONCE, SAMPLE = 5_000, 4_000
OPENS = 0.55


def prefill(archive: Archive, count: int) -> None:
    """Put so many articles into an empty archive, each sketch, vector and story at random."""
    chance = np.random.default_rng(1)
    words = Press().words
    recalled = Recalled()
    known = np.array([int(hashes(word)[0]) % SPACE for word in words], dtype=np.int64)
    for first in range(1, count + 1, AT_ONCE):
        numbers = range(first, min(first + AT_ONCE, count + 1))
        with archive.writing() as tx:
            _articles(tx.connection, numbers)
            _sketches(tx, numbers, chance, recalled)
            _stories(tx.connection, numbers, chance, known)
    with archive.writing() as tx:
        _frequencies(tx, count)
        on_postgresql = tx.connection.dialect.name == "postgresql"
        if on_postgresql:
            for table in ("article", "story"):
                tx.connection.execute(
                    text(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), {count})")
                )
    if on_postgresql:
        _vacuum(archive)


def _when(number: int) -> datetime:
    return START + timedelta(days=number / PER_DAY)


def _articles(connection: Connection, numbers: range) -> None:
    same = {
        "title": "Invented",
        "outlet": "invented.example",
        "site": "example.invented.",
        "authors": [],
        "cites": [],
        "evidence": {},
        "facts": {},
        "versions": 1,
    }
    rows = (
        {
            **same,
            "id": number,
            "key": f"invented.example/{number}",
            "url": f"https://invented.example/{number}",
            "raw_url": f"https://invented.example/{number}",
            "published": _when(number),
            "published_offset": 0,
            "published_precision": "second",
            "published_evidence": "invented",
            "seen": _when(number),
            "fetched": _when(number),
            "story_id": _story(number),
        }
        for number in numbers
    )
    _insert(connection, article, rows)


def _story(number: int) -> int:
    """Of 20 articles 11 open a story each, and the other nine join one of those."""
    return number - 11 if number % 20 >= 20 * OPENS and number > AT_ONCE else number


def _sketches(
    tx: Transaction, numbers: range, chance: np.random.Generator, recalled: Recalled
) -> None:
    values = chance.integers(-(2**59), 2**59, (len(numbers), SKETCHED)) * 16
    tx.sketches.remember(dict(zip(numbers, values, strict=True)), recalled)
    digests = chance.integers(-(2**62), 2**62, len(numbers)).tolist()
    insert_rows(
        tx.connection,
        fingerprint,
        ("article_id", "digest", "words"),
        [(number, digest, 450) for number, digest in zip(numbers, digests, strict=True)],
    )


def _stories(
    connection: Connection,
    numbers: range,
    chance: np.random.Generator,
    known: np.ndarray[Any, np.dtype[np.int64]],
) -> None:
    opened = [number for number in numbers if _story(number) == number]
    _insert(
        connection,
        story,
        (
            {
                "id": number,
                "first_at": _when(number),
                "last_at": _when(number),
                "lead_id": number,
                "first_id": number,
                "articles": 1,
            }
            for number in opened
        ),
    )
    days = {number: _when(number).toordinal() for number in numbers}
    sought = known[chance.integers(500, WORDS, (len(numbers), FOUND_BY))].tolist()
    rows = {
        (one, days[number], _story(number))
        for number, mine in zip(numbers, sought, strict=True)
        for one in mine
    }
    insert_rows(connection, mention, ("term", "day", "story_id"), sorted(rows))
    weights = np.full(VECTOR, VECTOR**-0.5, dtype="<f4").tobytes()
    _insert(
        connection,
        profile,
        (
            {
                "story_id": number,
                "first_day": days[number],
                "last_day": days[number],
                "members": 1,
                "terms": np.sort(chance.integers(0, 3 * SPACE, VECTOR)).astype("<u4").tobytes(),
                "weights": weights,
            }
            for number in opened
        ),
    )


def _frequencies(tx: Transaction, count: int) -> None:
    """As many articles counted as the filer would have, with the terms that a sample has."""
    frequencies = Frequencies()
    for number, one in enumerate(Press().articles(SAMPLE)):
        words = Worded(
            title=hashes(one.article.title),
            text=hashes(one.article.text),
            language="en",
            outlet=one.article.outlet,
        )
        frequencies.count(number, count_terms([words]).common())
    articles = min(count, EVERY) + max(0, count - EVERY) // ONE_OF
    frequencies.counts = (frequencies.counts.astype(np.int64) * articles // SAMPLE).astype("i4")
    frequencies.articles, frequencies.loose = articles, BOUND
    frequencies.fresh.clear()
    frequencies.write(tx.vocabulary)
    tx.vocabulary.mark(1)


def _vacuum(archive: Archive) -> None:
    """Leave the archive as the server's own vacuuming does with one that grew for weeks."""
    engine = create_engine(archive.url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("VACUUM ANALYZE"))
    engine.dispose()


def _insert(connection: Connection, table: Table, rows: Iterator[dict[str, Any]]) -> None:
    while some := list(islice(rows, 1_000)):
        connection.execute(table.insert(), some)
