"""Citations on real pages: what links and credit phrases give, and a sample to check by hand.

    NEWSDESK_PRESS=... python bench/citations.py [--check] [--sample 30] [--seed 7] [--judge FILE]

Prints for each language how many pages cite, by which way, and the precision on the pages that were
read by hand. With --sample the citations of that many pages, the languages in turn, one a line, to
be judged; with --judge such lines with ``+`` or ``-`` in place of ``?`` are taken down.

What was judged lies in citations-judged.txt: for each page its hash, for each citation on it the
hash of page, way and target, and the verdict. A citation there that nobody has judged counts as
wrong. Right is what an article quotes, names or links as its source or as what it speaks of; wrong
are products, order forms, explanations and mere lists of an outlet's articles on a subject.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter, defaultdict
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from corpus import articles, folder, table

from pipeline.credits import credits_in
from stories.model import Article

JUDGED = Path(__file__).with_name("citations-judged.txt")


def citations(article: Article) -> list[tuple[str, str, str]]:
    """How, whom, and the evidence, for each citation of an article."""
    linked = [("link", cited.url, "") for cited in article.cites if cited.how == "link"]
    credited = [
        (one.how.value, f"{one.name} ({one.host or '?'})", one.words)
        for one in credits_in(article.text.splitlines(), article.language)
    ]
    return [*linked, *credited]


def mark(*parts: str) -> str:
    """A hash for what must not be copied into the project."""
    return sha256("\t".join(parts).encode()).hexdigest()[:16]


def take_down(judged: Path) -> None:
    """Keep what was judged by hand, as hashes."""
    lines, page, language = [], "", ""
    for line in judged.read_text("utf-8").splitlines():
        if line.startswith("# "):
            language, page = line[2:].split(" ", 1)
            lines.append(f"page {mark(page)} {language}")
        elif line[:1] in "+-" and line[1:2] == " ":
            how, whom = line[2:].split("\t")[:2]
            lines.append(f"{line[0]} {mark(page, how, whom)}")
    JUDGED.write_text("\n".join(lines) + "\n", "utf-8")


def precision(read_pages: list[Article]) -> bool:
    """Print how many of the citations on the judged pages are right; whether they are enough."""
    told = [line.split() for line in JUDGED.read_text("utf-8").splitlines()]
    pages = {words[1]: words[2] for words in told if words[0] == "page"}
    verdicts = {words[1]: words[0] for words in told if words[0] != "page"}
    found: Counter[str] = Counter()
    there = [article for article in read_pages if mark(article.url) in pages]
    for article in there:
        for how, whom, _ in citations(article):
            found[verdicts.get(mark(article.url, how, whom), "?")] += 1
    whole = sum(found.values())
    share = found["+"] / max(1, whole)
    print()
    rows = [
        ("pages read by hand", f"{len(there)} in {len(set(pages.values()))} languages", "30 in 6",
         len(there) >= 30 and len(set(pages.values())) >= 6),
        ("precision", f"{found['+']} of {whole}, {share:.0%}", "at least 90 %", share >= 0.9),
        ("not judged", str(found["?"]), "0", found["?"] == 0),
    ]  # fmt: skip
    table(rows)
    return all(met for *_, met in rows)


def main() -> int:
    """Print the tables, or the sample; with --check the exit code says whether the bar is met."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--check", action="store_true", help="exit 1 when the bar is missed")
    options.add_argument("--sample", type=int, default=0, help="so many pages to be judged")
    options.add_argument("--seed", type=int, default=7, help="other pages in the sample")
    options.add_argument("--judge", type=Path, help="take down the verdicts in this file")
    chosen = options.parse_args()
    if chosen.judge:
        take_down(chosen.judge)
    read_pages = articles(folder("NEWSDESK_PRESS"), datetime(2026, 1, 1, tzinfo=UTC))
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
    return int(not precision(read_pages) and chosen.check)


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
