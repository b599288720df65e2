"""Furniture learned per outlet: lines that stand again and again on its pages are not text.

Pure: what was met on which page is kept where articles are filed (:mod:`pipeline.furnishing`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from hashlib import blake2b
from typing import Final

from stories.archive.furniture import BITS, Met
from stories.model import Article

LEAST_PAGES: Final = 4
"""A line is furniture only when it stood on this many pages before: never on two or three."""
LEAST_SHARE: Final = 0.05
"""And on this share of the outlet's pages, so that a refrain of one series is not taken for it."""
LONG: Final = 150
"""Longer lines are furniture only on twice as many pages: they may be what a series repeats."""
MOST_TAKEN: Final = 0.5
"""An article keeps its text when more than this share of it would go."""
ONCE: Final = 50
"""A line met once is forgotten after this many pages of its outlet."""
SELDOM: Final = 200
"""And one that was met more often after so many."""
_NEWCOMER: Final = 100
"""A line is held against no fewer pages than this, and not against those long before it came."""
_LEAST_LETTERS: Final = 12
_LONGEST: Final = 250
_MOST_LINES: Final = 80


def lines(article: Article) -> dict[int, str]:
    """Return the lines of an article by what is counted of them, each once.

    That is 40 bits of the words; lines that say too little are left out and paragraphs that are too
    long for furniture, and of very long articles all lines but the first and the last.
    """
    every = article.text.split("\n")
    if len(every) > _MOST_LINES:
        every = every[: _MOST_LINES // 2] + every[-_MOST_LINES // 2 :]
    marked = ((mark(line), line) for line in every)
    return {number: line for number, line in marked if number is not None}


def mark(line: str) -> int | None:
    """Return what is counted of a line; None when it says too little."""
    if len(line) > _LONGEST:
        return None
    plain = "".join(line.lower().split())
    if len(plain) < _LEAST_LETTERS and plain.isascii():
        return None
    return int.from_bytes(blake2b(plain.encode(), digest_size=BITS // 8).digest(), "big")


def is_known(met: Met | None, page: int) -> bool:
    """Whether a line that was met is not forgotten at that page of its outlet."""
    return met is not None and page - met.last <= (ONCE if met.pages == 1 else SELDOM)


def is_furniture(line: str, met: Met, page: int) -> bool:
    """Whether a line was met on so many pages before this one that it cannot be text."""
    often = 2 if len(line) > LONG else 1
    held_against = min(page, page - met.first + _NEWCOMER)
    return met.pages >= often * max(LEAST_PAGES, LEAST_SHARE * held_against)


def is_page(own: Mapping[int, str], met: Mapping[int, Met], page: int) -> bool:
    """Whether an article is a page of its own, and not mostly another page of its outlet.

    So a copy within the outlet, an edited article at a new address and the parts of a live blog
    do not make furniture of their paragraphs.
    """
    seen = sum(len(line) for number, line in own.items() if is_known(met.get(number), page))
    return 2 * seen <= sum(map(len, own.values()))


def met_again(met: Met | None, page: int) -> Met:
    """Count a line on one page more; one that was forgotten begins anew."""
    if met is None or not is_known(met, page):
        return Met(1, page, page)
    return Met(met.pages + 1, met.first, page)


def without(article: Article, gone: Mapping[int, int]) -> tuple[Article, tuple[str, ...]]:
    """Return an article without some lines, and these lines in their order.

    Args:
        article: as it was read.
        gone: the lines that are furniture, and on how many other pages of the outlet each stood;
            0 for those that were when the article was filed first.

    """
    every = article.text.split("\n")
    roles = article.roles if len(article.roles) == len(every) else "p" * len(every)
    marks = [mark(line) for line in every]
    taken = [line for line, number in zip(every, marks, strict=True) if number in gone]
    if not taken or sum(map(len, taken)) > MOST_TAKEN * len(article.text):
        return article, ()
    kept = [
        (role, line)
        for role, line, number in zip(roles, every, marks, strict=True)
        if number not in gone
    ]
    pages = Counter(gone[number] for number in marks if number is not None and number in gone)
    said = ", ".join(
        f"{count} {'line' if count == 1 else 'lines'} "
        + (f"found on {on} other pages" if on else "found to be furniture before")
        for on, count in sorted(pages.items())
    )
    cleaned = replace(
        article,
        text="\n".join(line for _, line in kept),
        roles="".join(role for role, _ in kept),
        evidence={**article.evidence, "furniture": f"{said} of {article.outlet} left out"},
        facts={**article.facts, "furniture": sorted({n for n in marks if n in gone and n})},
    )
    return cleaned, tuple(taken)
