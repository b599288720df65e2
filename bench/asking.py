"""What asking costs on a million articles, on SQLite and PostgreSQL side by side (issue 6's bars).

    python bench/million.py --home DIR       # once
    python bench/asking.py --home DIR [--rounds 5] [--only queries topics export size]

Queries are asked for their first page of 50 (ids and headlines) while another process writes a
batch of articles every 200 ms, as a crawl would.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from million import archives
from questions import END, QUERIES, newest
from sqlalchemy import text
from world import World

from stories.archive import Archive, open_archive
from stories.model import Article, Topic

EXPORTED = Path(__file__).with_name("exported.py")


def write(url: str, stop: Any) -> None:  # noqa: ANN401 - an event of multiprocessing
    """A crawl as the archive sees it: 20 articles every 200 ms, filed under their topics."""
    world = World(1_000_000, seed=77)
    made = world.make()
    with open_archive(url) as archive:
        begun = int(time.time() * 1000)
        while not stop.is_set():
            with archive.writing() as tx:
                ids = [
                    tx.articles.add(_renamed(one.article, f"{begun}-{one.number}"))
                    for one in islice(made, 20)
                ]
                tx.topics.file(ids)
            stop.wait(0.2)


@contextmanager
def crawling(url: str) -> Iterator[None]:
    """While the block runs, another process writes as a crawl would."""
    context = multiprocessing.get_context("spawn")
    stop = context.Event()
    writer = context.Process(target=write, args=(url, stop))
    writer.start()
    time.sleep(10)
    try:
        yield
    finally:
        stop.set()
        writer.join()
    if writer.exitcode:
        raise SystemExit("the writer failed: see above")


def _renamed(one: Article, key: str) -> Article:
    values = {name: getattr(one, name) for name in one.__slots__}
    return Article(**values | {"key": key, "seen": END, "fetched": END, "source": None})


def ask_all(archive: Archive, url: str, rounds: int, phrase: str) -> dict[str, list[float]]:
    """Milliseconds of every query, `rounds` times after one to warm up, while a crawl writes."""
    spent: dict[str, list[float]] = {name: [] for name in QUERIES}
    wal, file = 0, url.removeprefix("sqlite:///") + "-wal"
    with crawling(url):
        for turn in range(rounds + 1):
            names = list(QUERIES)
            random.Random(turn).shuffle(names)
            for name in names:
                ask = newest(f'"{phrase}"') if name == "phrase of a topic" else QUERIES[name]
                began = time.perf_counter()
                with archive.reading() as tx:
                    ask(tx)
                if turn:
                    spent[name].append(1000 * (time.perf_counter() - began))
                if os.path.exists(file):  # noqa: PTH110
                    wal = max(wal, os.path.getsize(file))  # noqa: PTH202
    if wal:
        print(f"largest WAL {wal / 2**20:.0f} MiB")
    return spent


def queries(opened: dict[str, Archive], urls: dict[str, str], rounds: int) -> None:
    """The table of all queries, and the bars."""
    _, phrase = World(1).tilt(3, "en")
    got = {name: ask_all(archive, urls[name], rounds, phrase) for name, archive in opened.items()}
    print(f"{'median ms, first page of 50':36}" + "".join(f"{name:>12}" for name in got))
    for name in QUERIES:
        print(
            f"{name:36}"
            + "".join(f"{statistics.median(some[name]):12.1f}" for some in got.values())
        )
    for title, of in (
        ("p50", statistics.median),
        ("p95", lambda some: statistics.quantiles(some, n=20)[18]),
        ("slowest", max),
    ):
        whole = {name: [ms for each in some.values() for ms in each] for name, some in got.items()}
        print(f"{title:36}" + "".join(f"{of(each):12.1f}" for each in whole.values()))


def topics(opened: dict[str, Archive]) -> None:
    """Filing 1,000 topics against new articles, and a new topic over all."""
    world = World(1_000_000, seed=78)
    print(f"{'topics':36}" + "".join(f"{name:>12}" for name in opened))
    made = [one.article for one in islice(world.make(), 640)]
    filed, back = [], []
    for archive in opened.values():
        with archive.reading() as tx:
            before = tx.topics.all()
        many = [world.topic(number % 200) for number in range(800)]
        many = [Topic(name=f"bench-{at}", query=one.query) for at, one in enumerate(many)]
        with archive.writing() as tx:
            tx.topics.sync([*before, *many])
            stamp = int(time.time() * 1000)
            ids = [tx.articles.add(_renamed(one, f"f{stamp}-{at}")) for at, one in enumerate(made)]
            tx.topics.file(ids[:64])
        with archive.writing() as tx:
            began = time.perf_counter()
            for at in range(64, 640, 64):
                tx.topics.file(ids[at : at + 64])
            filed.append(1000 * (time.perf_counter() - began) / (640 - 64))
        with archive.writing() as tx:
            tx.topics.sync([*before, Topic(name="new", query="government OR zeppelin OR volcano")])
        began = time.perf_counter()
        with archive.writing() as tx:
            hits = tx.topics.refile("new")
        back.append((time.perf_counter() - began, hits))
        with archive.writing() as tx:
            tx.topics.sync(before)
    print(f"{'ms an article, 1,000 topics':36}" + "".join(f"{ms:12.2f}" for ms in filed))
    print(f"{'s, a new topic over all':36}" + "".join(f"{s:12.1f}" for s, _ in back))
    print(f"{'   of which it has':36}" + "".join(f"{hits:12,}" for _, hits in back))


def export(opened: dict[str, Archive], urls: dict[str, str]) -> None:
    """Rows a second and memory of exports of everything while a crawl writes, a process each."""
    print(f"{'export':36}" + "".join(f"{name:>12}" for name in opened))
    for format_name in ("ndjson", "parquet"):
        rates, peaks = [], []
        for name in opened:
            exported = [sys.executable, str(EXPORTED), urls[name], format_name]
            with crawling(urls[name]):
                said = subprocess.run(exported, check=True, capture_output=True, text=True).stdout
            declared, rows, seconds, peak = map(float, said.split())
            if declared != rows:
                raise SystemExit(f"{declared:,.0f} rows were declared and {rows:,.0f} came")
            rates.append(rows / seconds)
            peaks.append(peak)
        print(f"{format_name + ', rows a second':36}" + "".join(f"{rate:12,.0f}" for rate in rates))
        print(f"{format_name + ', MiB':36}" + "".join(f"{peak:12,.0f}" for peak in peaks))


def size(opened: dict[str, Archive], home: Path) -> None:
    """Bytes on disk for each byte of title and text."""
    for name, archive in opened.items():
        archive.checkpoint()
        lite = name == "sqlite"
        length = "length(CAST({} AS BLOB))" if lite else "octet_length({})"
        with archive.reading() as tx:
            written = sum(
                tx.connection.execute(
                    text(f"SELECT sum({length.format(column)}) FROM {table}")  # noqa: S608 - ours
                ).scalar_one()
                for column, table in (("text", "article_text"), ("title", "article"))
            )
            held = (
                (home / "million.db").stat().st_size
                if lite
                else tx.connection.execute(
                    text("SELECT pg_database_size(current_database())")
                ).scalar_one()
            )
        print(
            f"{'size on disk / text, ' + name:36}{held / written:12.2f}  ({held / 2**30:.2f} GiB)"
        )


def main() -> None:
    """All bars, or some."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--home", type=Path, required=True)
    options.add_argument("--engines", nargs="+", default=["sqlite", "postgres"])
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--topics", type=int, default=200, help="filed over all beforehand")
    options.add_argument("--only", nargs="+", default=["queries", "topics", "export", "size"])
    asked = options.parse_args()
    with archives(asked.home, asked.engines) as opened:
        urls = {name: archive.url for name, archive in opened.items()}
        with next(iter(opened.values())).reading() as tx:
            print(f"{datetime.now(UTC):%F %H:%M}, {tx.articles.count():,} articles")
        if "topics" in asked.only:
            world = World(1)
            for archive in opened.values():
                with archive.writing() as tx:
                    stale = tx.topics.sync([world.topic(number) for number in range(asked.topics)])
                began = time.perf_counter()
                for name in stale:
                    with archive.writing() as tx:
                        tx.topics.refile(name)
                if stale:
                    spent = time.perf_counter() - began
                    print(f"{len(stale)} topics filed over all in {spent:.0f} s", flush=True)
        if "queries" in asked.only:
            queries(opened, urls, asked.rounds)
        if "topics" in asked.only:
            topics(opened)
        if "export" in asked.only:
            export(opened, urls)
        if "size" in asked.only:
            size(opened, asked.home)


if __name__ == "__main__":
    main()
