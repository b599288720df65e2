"""Sources whose pages suddenly are no articles: consent walls, stubs, pages of errors.

What a source gave last is held against what it gave before by Fisher's exact test (Fisher 1935):
how likely so much junk would be among its last pages, had nothing changed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import comb
from typing import Final

from stories.archive import Transaction
from stories.archive.tallies import Tally, tallies

JUNK: Final = (
    "binary", "challenge", "consent", "empty", "error", "gallery", "login", "not-found", "paywall",
    "section", "stub", "tag", "video",
)  # fmt: skip
"""The reasons of the gate (:mod:`pipeline.quality`) and of what comes before it."""
LAST: Final = 20
"""So many pages at least, in whole runs, are what a source gave last, when it has given them."""
LEAST_JUNK: Final = 5
LEAST_SHARE: Final = 0.3
CHANCE: Final = 1e-4
_BEFORE: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Soured:
    """A source whose share of junk jumped: of its last pages, and of those before them."""

    source: str
    pages: int
    junk: int
    pages_before: int
    junk_before: int

    def __str__(self) -> str:
        """Say it in one sentence."""
        return (
            f"{self.junk} of the last {self.pages} pages of {self.source} are no articles, "
            f"of the {self.pages_before} before them {self.junk_before}"
        )


def soured(tx: Transaction, run: int | None = None) -> list[Soured]:
    """The sources whose junk jumped; with `run` only those that this run worked on."""
    return [
        found
        for source, latest in sorted(tallies(tx.connection, JUNK).items())
        if run is None or latest[0].run == run
        if (found := jump(source, latest)) is not None
    ]


def jump(source: str, latest: Iterable[Tally]) -> Soured | None:
    """Judge one source by its runs, newest first; None when nothing is out of the ordinary."""
    pages = junk = pages_before = junk_before = 0
    for one in latest:
        if pages < LAST:
            pages, junk = pages + one.pages, junk + one.junk
        elif pages_before < _BEFORE:
            pages_before, junk_before = pages_before + one.pages, junk_before + one.junk
    found = Soured(
        source=source,
        pages=pages,
        junk=junk,
        pages_before=pages_before,
        junk_before=junk_before,
    )
    return found if _is_jump(found) else None


def chance(found: Soured) -> float:
    """How likely at least so much of the junk lies among the last pages by chance alone."""
    pages, bad = found.pages + found.pages_before, found.junk + found.junk_before
    ways = comb(pages, found.pages)
    return sum(
        comb(bad, junk) * comb(pages - bad, found.pages - junk) / ways
        for junk in range(found.junk, min(bad, found.pages) + 1)
    )


def _is_jump(found: Soured) -> bool:
    if found.junk < LEAST_JUNK or found.junk < LEAST_SHARE * found.pages:
        return False
    doubled = found.junk * found.pages_before > 2 * found.junk_before * found.pages
    return doubled and chance(found) < CHANCE
