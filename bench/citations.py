"""Citations on real pages: what links and credit phrases give, and a sample to check by hand.

    NEWSDESK_PRESS=... python bench/citations.py [--sample 30] [--seed 7] [--judged FILE]

Prints for each language how many pages cite, by which way; with --sample the citations of that
many pages of as many languages as there are, one a line, to be judged; with --judged such lines
with ``+`` or ``-`` in front, and the precision that they make.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter, defaultdict
from datetime import UTC, datetime
from pathlib import Path

from corpus import folder, html, table, truth

from pipeline.credits import credits_in
from pipeline.read import read
from stories.model import Article, Dropped, Page, Sighting


def articles(press: Path) -> list[Article]:
    """Every page of the corpus, read; what is dropped is left out."""
    found = []
    now = datetime(2026, 1, 1, tzinfo=UTC)
    for row in truth(press):
        page = Page(
            url=row["url"],
            answered=row["url"],
            status=200,
            headers=(("Content-Type", "text/html"),),
            body=html(press, row),
            fetched=now,
            sighting=Sighting(url=row["url"], source="", seen=now),
        )
        try:
            found.append(read(page))
        except Dropped:
            continue
    return found


def citations(article: Article) -> list[tuple[str, str, str]]:
    """How, whom, and the evidence, for each citation of an article."""
    linked = [("link", cited.url, "") for cited in article.cites if cited.how == "link"]
    credited = [
        (one.how.value, f"{one.name} ({one.host or '?'})", one.words)
        for one in credits_in(article.text.splitlines(), article.language)
    ]
    return [*linked, *credited]


def main() -> int:
    """Print the table, the sample, or what the judged lines say."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--sample", type=int, default=0)
    options.add_argument("--seed", type=int, default=7)
    options.add_argument("--judged", type=Path)
    chosen = options.parse_args()
    if chosen.judged:
        marks = [line[:1] for line in chosen.judged.read_text().splitlines()]
        right, wrong = marks.count("+"), marks.count("-")
        share = right / max(1, right + wrong)
        table([("precision", f"{right} of {right + wrong}", "at least 90 %", share >= 0.9)])
        return 0
    read_pages = articles(folder("NEWSDESK_PRESS"))
    by_language: dict[str, Counter[str]] = defaultdict(Counter)
    for article in read_pages:
        said = citations(article)
        counts = by_language[article.language or "?"]
        counts["pages"] += 1
        counts["citing"] += bool(said)
        counts.update(how for how, _, _ in said)
    ways = ("link", "reported", "told", "agency", "origin", "website")
    print("language", "pages", "citing", *ways, sep="\t")
    for language, counts in sorted(by_language.items(), key=lambda x: -x[1]["pages"]):
        print(language, *(counts[name] for name in ("pages", "citing", *ways)), sep="\t")
    if chosen.sample:
        sample(read_pages, chosen.sample, chosen.seed)
    return 0


def sample(read_pages: list[Article], size: int, seed: int) -> None:
    """Print the citations of some pages, the languages in turn."""
    dice = random.Random(seed)
    pools: dict[str, list[Article]] = defaultdict(list)
    for article in read_pages:
        if citations(article):
            pools[article.language or "?"].append(article)
    for pool in pools.values():
        dice.shuffle(pool)
    chosen: list[Article] = []
    while len(chosen) < size and any(pools.values()):
        for language in sorted(pools):
            if pools[language] and len(chosen) < size:
                chosen.append(pools[language].pop())
    for article in chosen:
        print(f"\n# {article.language} {article.url}")
        for how, whom, words in citations(article):
            print(f"? {how}\t{whom}\t{words}")


if __name__ == "__main__":
    sys.exit(main())
