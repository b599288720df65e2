"""From one story outward over the invented press: what is found, how exactly, at what cost?

    python bench/coverage.py [--check] [--topic NAME ...] [--seed N] [--without-search] [--keep DIR]

For each topic one of its articles is the story; nothing else is declared but one search endpoint.
Rounds are run until one finds nothing new. Requests are counted by the server, robots.txt and
everything that failed included; an article is found when it is stored under the topic and repeats
nobody.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

sys.path.insert(0, str(Path(__file__).parents[1]))

from corpus import NEWSDESK, table

from tests.coverage.press.make import TOPICS, Piece, Press
from tests.coverage.press.serve import FINDER, Server, serving

ROUNDS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """The figures of one topic."""

    topic: str
    truth: int
    found: int
    wrong: int
    missed: int
    forbidden: int
    requests: int
    miscredited: int
    rounds: int
    seconds: float
    lost: tuple[str, ...]
    strays: tuple[str, ...]
    blamed: tuple[str, ...]

    @property
    def recall(self) -> float:
        """The share of the topic's articles that was found."""
        return self.found / self.truth

    @property
    def precision(self) -> float:
        """The share of what was found that is the topic's."""
        return self.found / max(1, self.found + self.wrong)

    @property
    def cost(self) -> float:
        """Requests for each article found."""
        return self.requests / max(1, self.found)


def story_of(press: Press, topic: str) -> Piece:
    """The article to start from: an English one of the middle third that links to others."""
    mine = [p for p in press.of(topic) if p.outlet.language == "en"]
    return next(p for p in mine[len(mine) // 3 :] if len(p.links) >= 2)


def environment(server: Server) -> dict[str, str]:
    """How the press is reached."""
    return os.environ | {
        "http_proxy": server.address,
        "https_proxy": server.address,
        "HTTP_PROXY": server.address,
        "no_proxy": "",
        "NO_PROXY": "",
    }


def desk(home: Path, server: Server, *words: str) -> str:
    """Run a newsdesk command and return what it printed."""
    done = subprocess.run(
        [NEWSDESK, "--home", home, *words],
        env=environment(server),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(f"newsdesk {' '.join(words)}: {done.returncode}\n{done.stdout}\n{done.stderr}")
    return done.stdout


def prepare(home: Path, server: Server, story: str, topic: str, *, search: bool) -> None:
    """A fresh desk that watches one story."""
    desk(home, server, "init")
    if search:
        with (home / "newsdesk.toml").open("a") as file:
            url = f"http://{FINDER}/search?q={{query}}&format=rss"
            file.write(f'\n[search.pressfinder]\nurl = "{url}"\n')
    desk(home, server, "watch", story, "--name", topic, "--yes")


def measure(press: Press, topic: str, home: Path, *, search: bool) -> Result:
    """Watch one article of a topic, walk until a round finds nothing new, and count."""
    with serving(press) as server:
        started = time.monotonic()
        prepare(home, server, story_of(press, topic).url, topic, search=search)
        rounds = 0
        while rounds < ROUNDS:
            rounds += 1
            went = json.loads(desk(home, server, "crawl", "--topic", topic, "--json"))
            if went["outward"]["converged"]:
                break
        seconds = time.monotonic() - started
        lines = desk(home, server, "export", "--format", "ndjson").splitlines()
        told = json.loads(desk(home, server, "coverage", topic, "--json"))
        return judged(
            press, topic, server, [json.loads(line) for line in lines], told, rounds, seconds
        )


def judged(
    press: Press,
    topic: str,
    server: Server,
    rows: list[dict[str, Any]],
    told: dict[str, Any],
    rounds: int,
    seconds: float,
) -> Result:
    """Compare with what the press knows of itself."""
    truth = {_key(piece.url): piece for piece in press.of(topic)}
    mine = [row for row in rows if topic in row["topics"] and not row["copy_of"]]
    credited = {one["id"]: one for one in told["articles"]}
    found, strays, blamed = set(), [], []
    for row in mine:
        one = credited.get(row["id"])
        url = one["credit"]["url"] if one and one["credit"] and one["credit"]["url"] else row["url"]
        key = _key(url)
        if key in truth and key not in found:
            found.add(key)
        else:
            strays.append(row["url"])
    by_text = {_key(p.url): p for p in press.pieces}
    for one in told["articles"]:
        where = one["credit"]["url"] if one["credit"] and one["credit"]["url"] else one["url"]
        piece = by_text.get(_key(where))
        if piece is None or one["outlet"] != piece.outlet.host.removeprefix("www."):
            blamed.append(f"{one['url']} as {one['outlet']}")
    return Result(
        topic=topic,
        truth=len(truth),
        found=len(found),
        wrong=len(strays),
        missed=len(truth) - len(found),
        forbidden=sum(asked.forbidden for asked in server.asked),
        requests=len(server.asked),
        miscredited=len(blamed),
        rounds=rounds,
        seconds=seconds,
        lost=tuple(sorted(piece.url for key, piece in truth.items() if key not in found)),
        strays=tuple(strays),
        blamed=tuple(blamed),
    )


def _key(url: str) -> str:
    parts = urlsplit(url)
    return f"{(parts.hostname or '').removeprefix('www.')}{parts.path}"


def main() -> int:
    """Print the bars; with --check the exit code says whether all are met."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--check", action="store_true", help="exit 1 when a bar is missed")
    options.add_argument("--topic", action="append", choices=TOPICS, help="only these")
    options.add_argument("--seed", type=int, default=5, help="another press of the same kind")
    options.add_argument("--without-search", action="store_true", help="no search endpoint")
    options.add_argument("--keep", type=Path, help="keep the desks in this folder")
    options.add_argument("--explain", action="store_true", help="name what was missed or wrong")
    chosen = options.parse_args()
    press = Press(chosen.seed)
    missed = False
    with tempfile.TemporaryDirectory(prefix="newsdesk-coverage-") as scratch:
        for topic in chosen.topic or TOPICS:
            home = (chosen.keep or Path(scratch)) / topic
            one = measure(press, topic, home, search=not chosen.without_search)
            print(f"\n{topic}: {one.rounds} rounds in {one.seconds:.1f} s")
            bars = [
                ("recall", f"{one.found} of {one.truth}", "at least 95 %", one.recall >= 0.95),
                ("precision", f"{one.precision:.1%}", "at least 95 %", one.precision >= 0.95),
                ("forbidden or private pages", str(one.forbidden), "0", one.forbidden == 0),
                ("requests an article", f"{one.cost:.2f}", "at most 3", one.cost <= 3),
                ("outlets credited wrongly", str(one.miscredited), "0", one.miscredited == 0),
            ]
            table(bars)
            missed = missed or not all(met for *_, met in bars)
            if chosen.explain:
                for name in ("lost", "strays", "blamed"):
                    for url in getattr(one, name):
                        print(f"  {name}: {url}")
    return int(chosen.check and missed)


if __name__ == "__main__":
    sys.exit(main())
