"""How well pages are read, page by page, against trafilatura and (--peers) other extractors.

    NEWSDESK_PRESS=FOLDER python bench/reading.py [--passes 3] [--worst 10] [--half 0|1] [--peers]
    NEWSDESK_PRESS=FOLDER python bench/reading.py --soak 10000

Every page goes through the product's reader and through `trafilatura.bare_extraction` with
metadata, one after the other, several times over; what is printed is scored by the corpus' own
score.py. CPU is the time of this process, the median of the passes; `ratio` is to trafilatura in
the same run. --half takes the outlets whose hash is even or odd: rules chosen on one half are
reported on the other. --soak reads N pages, the corpus over and over, and prints the memory as it
goes and whether the first page still reads as it did. The peers are in the extra `bench`; none of
them is let onto the network.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import io
import json
import logging
import runpy
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Mapping
from datetime import UTC, datetime
from itertools import cycle, islice
from pathlib import Path
from typing import Any
from unittest import mock

import psutil
import trafilatura
from corpus import folder, html, truth
from peers import Extractor, Found, peers

from pipeline.read import read
from stories.model import Dropped, Page, Precision, Sighting

COLUMNS = ("text F1", "P", "R", "titles", "days", "minutes", "authors")


def main() -> None:
    """Read the corpus and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--passes", type=int, default=3)
    parser.add_argument("--worst", type=int, default=0)
    parser.add_argument("--half", type=int, choices=(0, 1))
    parser.add_argument("--peers", action="store_true")
    parser.add_argument(
        "--hints", action="store_true", help="sightings say the true title and date"
    )
    parser.add_argument("--soak", type=int, default=0)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    logging.disable(logging.CRITICAL)
    press = folder("NEWSDESK_PRESS")
    rows = [row for row in truth(press) if asked.half is None or half(row) == asked.half]
    pages = {row["id"]: page(row, html(press, row), hints=asked.hints) for row in rows}
    if asked.soak:
        soak(list(pages.values()), asked.soak)
        return
    extractors: dict[str, Extractor] = {"newsdesk": ours, "trafilatura": theirs}
    if asked.peers:
        extractors |= dict(peers())
    found, cpu = run(rows, pages, extractors, asked.passes)
    measure = Measure(press)
    table = {
        (name, part): measure.row(part_rows, found[name])
        for name in extractors
        for part, part_rows in parts(rows).items()
    }
    base = cpu["trafilatura"]
    for name in extractors:
        table[name, "all"] |= {"ms": 1000 * cpu[name] / len(rows), "ratio": cpu[name] / base}
    if asked.json:
        print(json.dumps({f"{name}/{part}": figures for (name, part), figures in table.items()}))
    else:
        show(table)
    lost = measure.lost(rows, found["newsdesk"], found["trafilatura"])
    print(f"\npages that lose more than .05 F1 to trafilatura: {lost or 'none'}")
    for score, key in measure.worst(rows, found["newsdesk"])[: asked.worst]:
        print(f"  {score:.3f}  {key}")


def page(row: Mapping[str, Any], body: bytes, *, hints: bool) -> Page:
    """A row of the corpus as a page that was fetched when the corpus was."""
    crawled = datetime.fromisoformat(row["crawled"]) if row["crawled"] else datetime.now(UTC)
    at = crawled if crawled.tzinfo else crawled.replace(tzinfo=UTC)
    said = datetime.fromisoformat(row["published"]) if hints and row["published"] else None
    return Page(
        url=row["url"],
        answered=row["url"],
        status=200,
        headers=(("Content-Type", "text/html; charset=utf-8"),),
        body=body,
        fetched=at,
        sighting=Sighting(
            url=row["url"],
            source="corpus",
            seen=at,
            title=row["title"] if hints else None,
            published=said if said is None or said.tzinfo else said.replace(tzinfo=UTC),
        ),
    )


def ours(page: Page) -> Found:
    """What the product reads; nothing when the page was dropped."""
    try:
        article = read(page)
    except Dropped as verdict:
        return {"dropped": str(verdict)}
    at = article.published
    day = at is not None and at.precision in {Precision.DAY, Precision.MONTH}
    return {
        "text": article.text,
        "title": article.title,
        "byline": article.byline,
        "published": at and (at.at.date().isoformat() if day else at.at.isoformat()),
    }


def theirs(page: Page) -> Found:
    """What trafilatura reads by default, metadata included."""
    found = trafilatura.bare_extraction(
        page.body.decode(errors="replace"), url=page.url, with_metadata=True
    )
    if found is None or isinstance(found, dict):
        return {}
    return {
        "text": found.text,
        "title": found.title,
        "byline": found.author,
        "published": found.date,
    }


def run(
    rows: list[dict[str, Any]],
    pages: Mapping[str, Page],
    extractors: Mapping[str, Extractor],
    passes: int,
) -> tuple[dict[str, dict[str, Found]], dict[str, float]]:
    """Every extractor over every page, interleaved; what was found, and CPU seconds a pass."""
    found: dict[str, dict[str, Found]] = defaultdict(dict)
    spent: dict[str, list[float]] = {name: [0.0] * passes for name in extractors}
    for turn in range(passes):
        for row in rows:
            for name, extractor in extractors.items():
                begun = time.process_time()
                try:
                    found[name][row["id"]] = extractor(pages[row["id"]])
                except Exception as error:  # a peer's crash is a result, not the end of the bench
                    found[name][row["id"]] = {"error": repr(error)}
                    if name == "newsdesk":
                        raise
                spent[name][turn] += time.process_time() - begun
    return found, {name: statistics.median(times) for name, times in spent.items()}


class Measure:
    """The measures of the corpus' own score.py."""

    def __init__(self, press: Path) -> None:
        """Load score.py, whose main program runs as it is loaded: on nothing, into nothing."""
        with (
            mock.patch.object(sys, "argv", ["score.py", "--root", str(press)]),
            mock.patch.object(sys, "stdin", io.StringIO()),
            contextlib.redirect_stdout(io.StringIO()),
        ):
            self.of: dict[str, Any] = runpy.run_path(str(press / "score.py"))

    def row(self, rows: list[dict[str, Any]], found: Mapping[str, Found]) -> dict[str, float]:
        """The figures of one extractor over some rows."""
        values: dict[str, list[float]] = defaultdict(list)
        for row in rows:
            got = found[row["id"]]
            score = self.of["overlap"](got.get("text"), row["body"])
            for name, value in zip(("P", "R", "text F1"), score or (), strict=False):
                values[name].append(value)
            if row["title"]:
                values["titles"].append(self.of["same_title"](got.get("title"), row["title"]))
            if row["published"]:
                day, minute = self._instant(row["published"], got.get("published"))
                values["days"].append(day)
                values["minutes"].append(minute)
            if row["authors"]:
                line = self._words(got.get("byline"))
                names = filter(None, map(self._words, row["authors"]))
                values["authors"].append(any(name in line for name in names))
        return {name: statistics.fmean(of) for name, of in values.items()} | {"pages": len(rows)}

    def worst(
        self, rows: list[dict[str, Any]], found: Mapping[str, Found]
    ) -> list[tuple[float, str]]:
        """F1 and id of every row, the worst first."""
        return sorted((self._f1(row, found), row["id"]) for row in rows)

    def lost(
        self, rows: list[dict[str, Any]], mine: Mapping[str, Found], other: Mapping[str, Found]
    ) -> list[str]:
        """The rows on which the other is better by more than .05."""
        return [r["id"] for r in rows if self._f1(r, other) - self._f1(r, mine) > 0.05]

    def _f1(self, row: Mapping[str, Any], found: Mapping[str, Found]) -> float:
        return float(self.of["overlap"](found[row["id"]].get("text"), row["body"])[2])

    def _words(self, text: str | None) -> str:
        return " ".join(self.of["words"](text))

    def _instant(self, said: str, got: str | None) -> tuple[bool, bool]:
        if not got:
            return False, False
        true, at = self.of["moment"](said), self.of["moment"](got)
        days = (
            (at.date(), true.date()),
            (at.astimezone(true.tzinfo).date(), true.date()),
            (at.astimezone(UTC).date(), true.astimezone(UTC).date()),
        )
        return any(a == b for a, b in days), abs((at - true).total_seconds()) < 60


def half(row: Mapping[str, Any]) -> int:
    """Which half of the outlets a row is in."""
    return int(hashlib.md5(row["outlet"].encode(), usedforsecurity=False).hexdigest(), 16) % 2


def parts(rows: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """All rows, each set, each half of the outlets."""
    found: dict[str, list[dict[str, Any]]] = {"all": rows}
    for row in rows:
        found.setdefault(row["set"], []).append(row)
        found.setdefault(f"half {half(row)}", []).append(row)
    return dict(sorted(found.items()))


def show(table: Mapping[tuple[str, str], Mapping[str, float]]) -> None:
    """Print the figures, a row an extractor and part."""
    print(f"{'':24}" + "".join(f"{name:>9}" for name in (*COLUMNS, "ms", "ratio", "pages")))
    for (name, part), figures in table.items():
        cells = [f"{figures[c]:9.4f}" if c in figures else f"{'':9}" for c in COLUMNS]
        cells += [f"{figures[c]:9.2f}" if c in figures else f"{'':9}" for c in ("ms", "ratio")]
        print(f"{name + ' ' + part:24}" + "".join(cells) + f"{figures['pages']:9.0f}")


def soak(pages: list[Page], count: int) -> None:
    """Read many pages in this process, and look whether it grows or changes its mind."""
    process = psutil.Process()
    first = ours(pages[0])
    for number, this in enumerate(islice(cycle(pages), count), 1):
        ours(this)
        if number % max(1, count // 10) == 0:
            print(f"{number:7d} pages  {process.memory_info().rss / 2**20:7.1f} MiB")
    print("page 1 reads as it did" if ours(pages[0]) == first else "page 1 reads otherwise now")


if __name__ == "__main__":
    main()
