"""The main job on real pages: is anything missed, how well is it read, what does it cost?

    NEWSDESK_PRESS=... python bench/press.py [--check] [--rounds N] [--keep DIR] [--hints]

Adds every outlet of the corpus by its home page alone, crawls the replay twice, exports, scores.
The cost of a round is the difference between adding and crawling all outlets and doing the same
for one: start-up and imports are in both and cancel out. Trafilatura alone is measured in turn
with the rounds, in one process, over the same pages, its import left out as well; the figures are
medians. With --check the exit code is 1 when a bar of what is read and kept is missed; the bars
of what it costs are printed, for a noisy machine moves them by a fifth from one run to the next.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from corpus import NEWSDESK, Cost, Replay, folder, home_pages, html, measured, replay, table, truth
from topics import QUERIES, disagreements


def desk(home: Path, *words: str) -> list[str | Path]:
    """A newsdesk command for a home of its own."""
    return [NEWSDESK, "--home", home, *words]


def crawl(home: Path, outlets: list[str], played: Replay) -> tuple[Cost, Cost, dict[str, Any]]:
    """A fresh desk with these outlets: what adding them cost, what the round cost, its counts."""
    environment = played.environment
    measured(desk(home, "init"), environment)
    for name, query in QUERIES.items():
        measured(desk(home, "topic", "add", name, "--query", query), environment)
    listing = home / "outlets.txt"
    listing.write_text("\n".join(outlets) + "\n")
    added = measured(desk(home, "source", "add", "--file", str(listing)), environment)
    round_ = measured(desk(home, "crawl", "--json"), environment)
    return added, round_, json.loads(round_.output)


def warmed_up(press: Path) -> list[str]:
    """The pages of the corpus, after trafilatura has read some of them."""
    import trafilatura

    pages = [html(press, row).decode("utf-8", "replace") for row in truth(press)]
    for page in pages[:10]:
        trafilatura.bare_extraction(page, with_metadata=True, include_comments=False)
    return pages


def trafilatura_alone(pages: list[str]) -> float:
    """CPU seconds of trafilatura's default with metadata over every page, in one process."""
    import trafilatura

    started = time.process_time()
    for page in pages:
        trafilatura.bare_extraction(page, with_metadata=True, include_comments=False)
    return time.process_time() - started


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One measured round without its start-up, beside trafilatura alone, in seconds."""

    cpu: float
    wall: float
    alone: float
    discovery: float


def median_round(press: Path, outlets: list[str], scratch: Path, times: int) -> Round:
    """Rounds in turn with trafilatura alone, so that both meet the same noise; the medians."""
    pages, rounds = warmed_up(press), []
    for number in range(times):
        alone = trafilatura_alone(pages)
        with replay(press, scratch) as played:
            one_add, one, _ = crawl(scratch / f"one-{number}", outlets[:1], played)
        with replay(press, scratch) as played:
            all_add, every, _ = crawl(scratch / f"all-{number}", outlets, played)
        rounds.append(
            (
                all_add.cpu + every.cpu - one_add.cpu - one.cpu,
                all_add.wall + every.wall - one_add.wall - one.wall,
                (alone + trafilatura_alone(pages)) / 2,
                all_add.cpu - one_add.cpu,
            )
        )
    cpu, wall, alone, discovery = (
        statistics.median(column) for column in zip(*rounds, strict=True)
    )
    return Round(cpu=cpu, wall=wall, alone=alone, discovery=discovery)


def export(home: Path, environment: dict[str, str]) -> str:
    """Every article of a desk, one JSON object a line."""
    return measured(desk(home, "export", "--format", "ndjson"), environment).output


def score(press: Path, lines: str) -> dict[str, float]:
    """The corpus' own score of an export."""
    done = subprocess.run(
        [sys.executable, press / "score.py", "--json", "--root", press],
        input=lines,
        capture_output=True,
        text=True,
        check=True,
    )
    result: dict[str, float] = json.loads(done.stdout)
    return result


def articles_asked(log: list[dict[str, Any]], press: Path) -> int:
    """How many requests of a log were for an article of the corpus."""
    known = {(urlsplit(r["url"]).hostname, urlsplit(r["url"]).path) for r in truth(press)}
    known -= {(host, path) for host, path in known if path in {"", "/"}}
    return sum((urlsplit(x["url"]).hostname, urlsplit(x["url"]).path) in known for x in log)


def feeds(log: list[dict[str, Any]]) -> tuple[int, int]:
    """How many polls of feeds and sitemaps there were, and how many were answered with 304."""
    polls = [x for x in log if x["url"].endswith(("/feed.xml", "/sitemap-news.xml"))]
    return len(polls), sum(x["status"] == 304 for x in polls)


def main() -> int:
    """Print every bar of the main job; with --check the exit code says whether they are met."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--check", action="store_true", help="exit 1 when a bar is missed")
    options.add_argument("--keep", type=Path, help="keep the desk in this folder")
    options.add_argument("--rounds", type=int, default=3, help="rounds whose cost is measured")
    options.add_argument("--hints", action="store_true", help="feeds give true titles and dates")
    chosen = options.parse_args()
    press = folder("NEWSDESK_PRESS")
    outlets, pages = home_pages(press), len(truth(press))
    extra = ["--hints"] if chosen.hints else []
    with tempfile.TemporaryDirectory(prefix="newsdesk-bench-") as name:
        scratch = Path(name)
        with replay(press, scratch, *extra) as played:
            home = chosen.keep or scratch / "all"
            added, first, counts = crawl(home, outlets, played)
            asked = played.log()
            measured(desk(home, "crawl", "--json"), played.environment)
            again = played.log()[len(asked) :]
            lines = export(home, played.environment)
        cost = median_round(press, outlets, scratch, chosen.rounds)
    scores = score(press, lines)
    memory = max(added.pss, first.pss)
    polls, unchanged = feeds(again)
    stored, twice = scores["stored"], scores["stored twice"]
    wrong = disagreements(lines)
    bars: list[tuple[str, str, str, bool | None]] = [
        ("articles stored", f"{stored:.0f} of {pages}", "at least 99 %", stored >= 0.99 * pages),
        ("articles stored twice", f"{twice:.0f}", "0", twice == 0),
        ("counts add up", str(counts["adds_up"]), "True", counts["adds_up"] is True),
        ("text F1", f"{scores['text F1']:.4f}", "at least .9545", scores["text F1"] >= 0.9545),
        ("titles", f"{scores['titles']:.4f}", "at least .90", scores["titles"] >= 0.90),
        ("days", f"{scores['days']:.4f}", "at least .965", scores["days"] >= 0.965),
        ("minutes", f"{scores['minutes']:.4f}", "at least .60", scores["minutes"] >= 0.60),
        ("authors", f"{scores['authors']:.4f}", "", None),
        (
            "second round: articles",
            str(articles_asked(again, press)),
            "0",
            articles_asked(again, press) == 0,
        ),
        ("second round: polls with 304", f"{unchanged} of {polls}", "all", unchanged == polls > 0),
        ("requests an article", f"{len(asked) / pages:.2f}", "at most 6", len(asked) <= 6 * pages),
        ("CPU of a round, s", f"{cost.cpu:.2f}", "", None),
        ("  of it discovery", f"{cost.discovery:.2f}", "", None),
        ("trafilatura alone, s", f"{cost.alone:.2f}", "", None),
        ("ratio", f"{cost.cpu / cost.alone:.2f}", "at most 1.5", cost.cpu <= 1.5 * cost.alone),
        ("memory of all processes, MiB", f"{memory:.0f}", "under 500 (PSS)", memory < 500),
        ("the same as RSS, MiB", f"{max(added.rss, first.rss):.0f}", "", None),
        ("wall / CPU", f"{cost.wall / cost.cpu:.2f}", "at most 0.75", cost.wall <= 0.75 * cost.cpu),
        ("topics: filings that differ", str(len(wrong)), "0", not wrong),
    ]
    table(bars)
    for line in wrong[:5]:
        print("  ", line)
    costs = {"ratio", "wall / CPU"}
    return int(chosen.check and any(met is False for what, *_, met in bars if what not in costs))


if __name__ == "__main__":
    sys.exit(main())
