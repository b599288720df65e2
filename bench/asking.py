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
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from million import DAYS, START, World, archives
from sqlalchemy import text

from stories.archive import Archive, Question, Transaction, open_archive
from stories.model import Article, Topic

END = START + timedelta(days=DAYS)

# Name, what is asked. A plain string is a query, its newest 50.
Ask = Callable[[Transaction], Any]


def newest(
    query: str | None = None, *, topic: str | None = None, days: int = 0, offset: int = 0
) -> Ask:
    """The first page, or one further back, the newest first."""
    question = Question(
        query=query, topic=topic, since=END - timedelta(days=days) if days else None
    )

    def ask(tx: Transaction) -> object:
        return tx.asking.headlines(tx.asking.newest(question, 50, offset))

    return ask


def best(query: str, days: int = 0) -> Ask:
    """The first page by relevance."""
    question = Question(query=query, since=END - timedelta(days=days) if days else None)

    def ask(tx: Transaction) -> object:
        return tx.asking.headlines(tx.asking.relevant(question, END).ids)

    return ask


def facets(query: str | None, *names: str, topic: str | None = None, days: int = 0) -> Ask:
    """Counts by facet."""
    question = Question(
        query=query, topic=topic, since=END - timedelta(days=days) if days else None
    )
    return lambda tx: tx.asking.survey(question, names)


TEN = (
    "(government OR minister OR president) (war OR peace OR treaty) NOT football"
    " NOT film (money OR bank)"
)
TEN_OR = (
    "zeppelin OR archipelago OR volcano OR glacier OR submarine OR orchestra OR marathon"
    " OR vaccine OR satellite OR harvest"
)

QUERIES: dict[str, Ask] = {
    "rare word": newest("zeppelin"),
    "rare word, exactly": newest("=archipelago"),
    "rare word in another script": newest("вулкан"),
    "word of medium frequency": newest("parliament"),
    "common word": newest("government"),
    "commonest word": newest("the"),
    "commonest word, exactly": newest("=the"),
    "common German word": newest("Regierung"),
    "Chinese word": newest("政府"),
    "Japanese word": newest("世界"),
    "Korean word": newest("사람"),
    "Arabic word": newest("العالم"),
    "word with accents": newest("économie"),
    "phrase of commonest words": newest('"of the"'),
    "phrase of common words": newest('"right now"'),
    "phrase of common words, rare": newest('"money house night"'),
    "phrase of rare words": newest('"volcano glacier"'),
    "long phrase": newest('"one of the most"'),
    "phrase of a topic": newest("@phrase"),
    "NEAR, common words": newest("government NEAR/5 people"),
    "NEAR, rare words": newest("volcano NEAR/10 glacier"),
    "NEAR, ordered": newest("prime ONEAR/3 minister"),
    "prefix": newest("govern*"),
    "wide prefix": newest("inter*"),
    "in the title": newest("title:government"),
    "in the lead": newest("lead:(government election)"),
    "ten clauses": newest(TEN),
    "ten words, any": newest(TEN_OR),
    "rare and common": newest("zeppelin AND the"),
    "common without common": newest("people NOT government"),
    "outlet, language and word": newest("language:de site:de Regierung"),
    "topic": newest(topic="topic-3"),
    "topic of 7 days": newest(topic="topic-3", days=7),
    "topic, phrase, 30 days": newest('"right now"', topic="topic-0", days=30),
    "topic and word in a past year": newest(
        "government published:[2025-01 TO 2025-12]", topic="topic-0"
    ),
    "originals only": newest("kind:original government"),
    "deep page": newest("government", offset=10_000),
    "facets of a common word": facets("government", "outlet", "language", "day"),
    "timeline of a topic, 90 days": facets(None, "day", topic="topic-0", days=90),
    "relevance, common word": best("government"),
}


def write(url: str, stop: Any) -> None:  # noqa: ANN401 - an event of multiprocessing
    """A crawl as the archive sees it: 20 articles every 200 ms, filed under their topics."""
    world = World(1_000_000, seed=77)
    made = world.make()
    with open_archive(url) as archive:
        begun = int(time.time() * 1000)
        while not stop.is_set():
            with archive.writing() as tx:
                ids = []
                for number, one, _, _ in (next(made) for _ in range(20)):
                    ids.append(tx.articles.add(_renamed(one, f"{begun}-{number}")))
                tx.topics.file(ids)
            stop.wait(0.2)


def _renamed(one: Article, key: str) -> Article:
    values = {name: getattr(one, name) for name in one.__slots__}
    return Article(**values | {"key": key, "seen": END, "fetched": END, "source": None})


def ask_all(archive: Archive, url: str, rounds: int, phrase: str) -> dict[str, list[float]]:
    """Milliseconds of every query, `rounds` times after one to warm up, while a crawl writes."""
    spent: dict[str, list[float]] = {name: [] for name in QUERIES}
    context = multiprocessing.get_context("spawn")
    stop = context.Event()
    writer = context.Process(target=write, args=(url, stop))
    writer.start()
    time.sleep(10)
    wal, file = 0, url.removeprefix("sqlite:///") + "-wal"
    try:
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
    finally:
        stop.set()
        writer.join()
    if writer.exitcode:
        raise SystemExit("the writer failed: see above")
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
    made = [one for (_, one, _, _), _ in zip(world.make(), range(640), strict=False)]
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
    """Rows a second and memory of exports of everything, each in a process of its own."""
    print(f"{'export':36}" + "".join(f"{name:>12}" for name in opened))
    context = multiprocessing.get_context("spawn")
    for format_name in ("ndjson", "parquet"):
        rates, peaks = [], []
        for name in opened:
            queue = context.Queue()
            worker = context.Process(target=export_one, args=(urls[name], format_name, queue))
            worker.start()
            declared, rows, seconds, peak = queue.get()
            worker.join()
            if declared != rows:
                raise SystemExit(f"{declared:,} rows were declared and {rows:,} came")
            rates.append(rows / seconds)
            peaks.append(peak)
        print(f"{format_name + ', rows a second':36}" + "".join(f"{rate:12,.0f}" for rate in rates))
        print(f"{format_name + ', MiB':36}" + "".join(f"{peak:12,.0f}" for peak in peaks))


def export_one(url: str, format_name: str, queue: Any) -> None:  # noqa: ANN401 - a queue of multiprocessing
    """Export everything to nowhere."""
    from stories import formats

    with open_archive(url) as archive, Path(os.devnull).open("wb") as out:
        began = time.perf_counter()
        export = archive.export(Question())
        got = formats.write(format_name, export.rows(), out)
        seconds = time.perf_counter() - began
    # Not ru_maxrss: that is what the parent had when it forked.
    status = Path("/proc/self/status").read_text(encoding="ascii")
    peak = int(status.partition("VmHWM:")[2].split()[0]) / 1024
    queue.put((len(export), got, seconds, peak))


def size(opened: dict[str, Archive], home: Path) -> None:
    """Bytes on disk for each byte of text."""
    for name, archive in opened.items():
        archive.checkpoint()
        with archive.reading() as tx:
            fact = "SELECT value FROM archive_fact WHERE name = 'bench text bytes'"
            written = int(tx.connection.execute(text(fact)).scalar_one())
            if name == "sqlite":
                held = (home / "million.db").stat().st_size
            else:
                held = tx.connection.execute(
                    text("SELECT pg_database_size(current_database())")
                ).scalar_one()
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
