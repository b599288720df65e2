"""Furniture learned per outlet: lines that stand again and again on its pages are not text.

Pure: how often a line was met is counted where articles are filed (a row an outlet and line).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import Final

from pipeline.plain import letters
from stories.model import Article

LEAST_PAGES: Final = 4
"""A line is furniture only when it stood on this many pages before: never on two or three."""
LEAST_SHARE: Final = 0.05
"""And on this share of the outlet's pages, so that a refrain of one series is not taken for it."""
MOST_TAKEN: Final = 0.5
"""An article keeps its text when more than this share of it would go."""
_LEAST_LETTERS: Final = 12
_LONGEST: Final = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Recurring:
    """A line that was taken out of an article because its outlet repeats it."""

    line: str
    pages: int


def line_hashes(article: Article) -> frozenset[int]:
    """Return what to count of an article: 63 bits for each of its lines that can be furniture.

    Each line counts once a page, however often it stands there.
    """
    return frozenset(h for _, h in _hashed(article.text.split("\n")) if h is not None)


def without_recurring(
    article: Article, seen: Mapping[int, int], pages: int
) -> tuple[Article, tuple[Recurring, ...]]:
    """Return an article without the lines that its outlet repeats, and what was taken out.

    Args:
        article: as it was read.
        seen: for the hashes of :func:`line_hashes`, on how many other pages of the outlet the
            line stood. A page must not be counted for itself, nor twice under two versions.
        pages: how many pages of the outlet were counted.

    """
    lines = article.text.split("\n")
    roles = article.roles if len(article.roles) == len(lines) else "p" * len(lines)
    least = max(LEAST_PAGES, LEAST_SHARE * pages)
    gone = {
        number: seen[mark]
        for number, (_, mark) in enumerate(_hashed(lines))
        if mark is not None and seen.get(mark, 0) >= least
    }
    taken = sum(len(lines[number]) for number in gone)
    if not gone or taken > MOST_TAKEN * len(article.text):
        return article, ()
    kept = [
        (role, line)
        for n, (role, line) in enumerate(zip(roles, lines, strict=True))
        if n not in gone
    ]
    reasons = Counter(gone.values())
    said = ", ".join(f"{n} lines that stand on {p} other pages" for p, n in sorted(reasons.items()))
    cleaned = replace(
        article,
        text="\n".join(line for _, line in kept),
        roles="".join(role for role, _ in kept),
        evidence={**article.evidence, "furniture": f"{said} of {article.outlet} left out"},
    )
    return cleaned, tuple(Recurring(line=lines[n], pages=p) for n, p in sorted(gone.items()))


def _hashed(lines: Sequence[str]) -> list[tuple[str, int | None]]:
    return [(line, _hash(line)) for line in lines]


def _hash(line: str) -> int | None:
    """Return 63 bits for a line, fit for a column of signed 64; None when it says too little."""
    if len(line) > _LONGEST:
        return None
    plain = letters(line)
    if len(plain) < _LEAST_LETTERS and plain.isascii():
        return None
    return int.from_bytes(blake2b(plain.encode(), digest_size=8).digest(), "big") >> 1
