"""From one story outward over the invented press: what is found, how exactly, at what cost?

    python bench/coverage.py [--check] [--topic NAME ...] [--seed N ...] [--without-search]
        [--text] [--keep DIR] [--explain]

Each seed is another press: other names, texts, outlets, platforms, languages and traps. For each
topic one of its articles is the story; nothing else is declared but one search endpoint. Rounds are
run until one finds nothing new. Requests are counted by the server, robots.txt and everything that
failed included; an article is found when it is stored under the topic and repeats nobody.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

sys.path.insert(0, str(Path(__file__).parents[1]))

from corpus import NEWSDESK, table

from tests.coverage.press.make import Piece, Press
from tests.coverage.press.serve import FINDER, Asked, Server, serving
from tests.coverage.press.variety import PLAIN

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
    spent: dict[str, int]
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


def prepare(home: Path, server: Server, story: Piece, topic: str, chosen: Namespace) -> None:
    """A fresh desk that watches one story, given by its address or as its text."""
    desk(home, server, "init")
    with (home / "newsdesk.toml").open("a") as file:
        file.write("\n[search.gdelt]\nenabled = false\n[search.bing-news]\nenabled = false\n")
        if not chosen.without_search:
            url = f"http://{FINDER}/search?q={{query}}&format=rss"
            file.write(f'\n[search.pressfinder]\nurl = "{url}"\n')
    told = story.url
    if chosen.text:
        told = str(home / "story.txt")
        plain = [re.sub(r" \(\{\d+\}\)", "", text) for text in story.paragraphs]
        Path(told).write_text("\n\n".join([story.title, *plain]), "utf-8")
    desk(home, server, "watch", told, "--name", topic, "--yes")


def measure(press: Press, topic: str, home: Path, chosen: Namespace) -> Result:
    """Watch one article of a topic, walk until a round finds nothing new, and count."""
    with serving(press) as server:
        started = time.monotonic()
        prepare(home, server, story_of(press, topic), topic, chosen)
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
    for one in told["articles"]:
        where = one["credit"]["url"] if one["credit"] and one["credit"]["url"] else one["url"]
        piece = press.by_key.get(_key(where))
        if piece is None or one["outlet"] != piece.outlet.host.removeprefix("www."):
            blamed.append(f"{one['url']} as {one['outlet']}")
    ways = {_key(way["url"]): way for way in told["left"]}
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
        spent=dict(Counter(_sort(press, topic, asked) for asked in server.asked)),
        lost=tuple(sorted(_lost(p, ways) for key, p in truth.items() if key not in found)),
        strays=tuple(strays),
        blamed=tuple(blamed),
    )


def _lost(piece: Piece, ways: dict[str, dict[str, Any]]) -> str:
    """What became of an article that was not found, and of its outlet's front page."""
    way = ways.get(_key(piece.url))
    said = f"{way['state']} {way['how']} {way['hint'] or ''} {way['why']}" if way else "never met"
    lists = [
        f"{one['kind']} {one['how']} {one['state']}"
        for key, one in ways.items()
        if key.partition("/")[0] == piece.outlet.host.removeprefix("www.") and one["kind"] != "page"
    ]
    return f"{piece.url} «{piece.title}» {said}; {piece.outlet.ways}: {', '.join(lists)}"


def _sort(press: Press, topic: str, asked: Asked) -> str:
    """What a request was for."""
    key = _key(asked.url)
    if key.endswith("/robots.txt"):
        return "robots"
    piece = press.by_key.get(key)
    if piece is not None:
        return "own" if piece.topic == topic else "other"
    host = key.partition("/")[0]
    if host == FINDER:
        return "search"
    return "list" if host in press.hosts else "trap"


def _key(url: str) -> str:
    parts = urlsplit(url)
    number = f"?{parts.query}" if parts.query.startswith("p=") else ""
    return f"{(parts.hostname or '').removeprefix('www.')}{parts.path}{number}"


def bars(one: Result) -> list[tuple[str, str, str, bool]]:
    """What is asked for, and how it was met."""
    return [
        ("recall", f"{one.found} of {one.truth}", "at least 95 %", one.recall >= 0.95),
        ("precision", f"{one.precision:.1%}", "at least 95 %", one.precision >= 0.95),
        ("forbidden or private pages", str(one.forbidden), "0", one.forbidden == 0),
        ("requests an article", f"{one.cost:.2f}", "at most 3", one.cost <= 3),
        ("outlets credited wrongly", str(one.miscredited), "0", one.miscredited == 0),
    ]


def main() -> int:
    """Print the bars; with --check the exit code says whether all are met."""
    options = ArgumentParser(description=__doc__, formatter_class=RawDescriptionHelpFormatter)
    options.add_argument("--check", action="store_true", help="exit 1 when a bar is missed")
    options.add_argument("--topic", action="append", help="only these")
    options.add_argument("--seed", type=int, action="append", help="which presses; else the first")
    options.add_argument("--without-search", action="store_true", help="no search endpoint")
    options.add_argument("--text", action="store_true", help="the story as text, without address")
    options.add_argument("--keep", type=Path, help="keep the desks in this folder")
    options.add_argument("--explain", action="store_true", help="name what was missed or wrong")
    chosen = options.parse_args()
    results = []
    with tempfile.TemporaryDirectory(prefix="newsdesk-coverage-") as scratch:
        for seed in chosen.seed or [PLAIN]:
            press = Press(seed)
            if unknown := sorted(set(chosen.topic or ()) - set(press.topics)):
                options.error(
                    f"press {seed} has no topic {', '.join(unknown)}; it has"
                    f" {', '.join(press.topics)}"
                )
            for topic in chosen.topic or press.topics:
                home = (chosen.keep or Path(scratch)) / f"{topic}-{seed}"
                results.append(one := measure(press, topic, home, chosen))
                tell(seed, one, explain=chosen.explain)
    return summed(results, check=chosen.check)


def tell(seed: int, one: Result, *, explain: bool) -> None:
    """Print one topic of one press."""
    met = all(met for *_, met in bars(one))
    spent = ", ".join(f"{name} {number}" for name, number in sorted(one.spent.items()))
    print(
        f"press {seed:>2} {one.topic:<8} recall {one.found:>3} of {one.truth:>3} {one.recall:4.0%}"
        f"  precision {one.precision:4.0%}  forbidden {one.forbidden}  cost {one.cost:.2f}"
        f"  credited wrongly {one.miscredited}  {'ok' if met else 'MISSED'}"
        f"  ({one.rounds} rounds, {one.seconds:.0f} s; {spent})",
        flush=True,
    )
    for name in ("lost", "strays", "blamed") if explain else ():
        for url in getattr(one, name):
            print(f"  {name}: {url}", flush=True)


def summed(results: list[Result], *, check: bool) -> int:
    """Print all presses together, and how many stories met every bar; the exit code."""
    whole = replace(
        results[0],
        truth=sum(one.truth for one in results),
        found=sum(one.found for one in results),
        wrong=sum(one.wrong for one in results),
        forbidden=sum(one.forbidden for one in results),
        requests=sum(one.requests for one in results),
        miscredited=sum(one.miscredited for one in results),
    )
    print()
    table(bars(whole))
    met = sum(all(met for *_, met in bars(one)) for one in results)
    print(f"every bar met for {met} of {len(results)} stories")
    return int(check and met < len(results))


if __name__ == "__main__":
    sys.exit(main())
