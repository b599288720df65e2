"""What its outlet repeats on its pages is taken out of an article before it is filed.

Each page is held against those of its outlet that were filed before it, however they came in
batches. An article is counted once: not as a new state, not at a second address, not as a copy.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from pipeline.fingerprint import fingerprint
from pipeline.recurring import (
    ONCE,
    SELDOM,
    is_furniture,
    is_known,
    is_page,
    lines,
    met_again,
    without,
)
from pipeline.slip import Slip
from stories.archive import Transaction
from stories.archive.furniture import Furniture, Met
from stories.model import Article

_SHOWN: Final = 60


def furnish(tx: Transaction, slips: Sequence[Slip], *, clean: bool) -> None:
    """Learn what outlets repeat from a batch, and take it out where `clean` says so.

    Articles of an import are learned from and kept as they are: they were cleaned when they were
    filed first.
    """
    known = tx.articles.by_key([slip.article.key for slip in slips])
    filed = tx.articles.get_many(sorted(set(known.values())))
    states = {key: filed[number].article for key, number in known.items() if number in filed}
    furniture = Furniture(tx.connection)
    outlets = furniture.outlets(slip.article.outlet for slip in slips)
    batch = _Batch({name: number for name, (number, _) in outlets.items()})
    batch.pages = {name: pages for name, (_, pages) in outlets.items()}
    said = [lines(slip.article) for slip in slips]
    batch.met = furniture.lines(
        (batch.numbers[slip.article.outlet], mark)
        for slip, own in zip(slips, said, strict=True)
        for mark in own
    )
    for slip, own in zip(slips, said, strict=True):
        if clean:
            _clean(slip, batch.furniture(slip.article.outlet, own), states.get(slip.article.key))
        if slip.article.key not in states:
            batch.count(slip.article.outlet, own)
        states[slip.article.key] = slip.article
    _keep(furniture, batch, outlets)


class _Batch:
    """What is known of the lines and pages of a batch while it goes through."""

    def __init__(self, numbers: Mapping[str, int]) -> None:
        """Know the outlets by their numbers."""
        self.numbers = numbers
        self.pages: dict[str, int] = {}
        self.met: dict[tuple[int, int], Met] = {}
        self.counted: set[tuple[int, int]] = set()

    def furniture(self, outlet: str, own: Mapping[int, str]) -> dict[int, int]:
        """Which lines of a page are furniture, and on how many other pages each stood."""
        page, met = self.pages[outlet], self._of(outlet, own)
        return {
            mark: met[mark].pages
            for mark, line in own.items()
            if is_known(met.get(mark), page) and is_furniture(line, met[mark], page)
        }

    def count(self, outlet: str, own: Mapping[int, str]) -> None:
        """Count a page and its lines, unless it is mostly another page of its outlet."""
        page, met = self.pages[outlet], self._of(outlet, own)
        if not is_page(own, met, page):
            return
        for mark in own:
            which = (self.numbers[outlet], mark)
            self.met[which] = met_again(met.get(mark), page)
            self.counted.add(which)
        self.pages[outlet] = page + 1

    def _of(self, outlet: str, own: Mapping[int, str]) -> dict[int, Met]:
        number = self.numbers[outlet]
        return {mark: self.met[number, mark] for mark in own if (number, mark) in self.met}


def _clean(slip: Slip, found: Mapping[int, int], filed: Article | None) -> None:
    """Take out what is furniture; of a filed article what was taken out of it before.

    Else what was learned since would make a new state of an article that says what it said.
    """
    gone = dict(found)
    if filed is not None:
        before = filed.facts.get("furniture")
        taken = before if isinstance(before, list) else []
        stands = lines(filed)
        gone = {mark: pages for mark, pages in found.items() if mark not in stands}
        gone |= {mark: found.get(mark, 0) for mark in taken if mark not in stands}
    article, taken_out = without(slip.article, gone) if gone else (slip.article, ())
    if not taken_out:
        return
    slip.article = article
    slip.fingerprint = fingerprint(article.text, article.roles)
    first = taken_out[0] if len(taken_out[0]) <= _SHOWN else f"{taken_out[0][:_SHOWN].rstrip()}…"
    slip.note(f"{article.evidence['furniture']}: “{first}”")


def _keep(furniture: Furniture, batch: _Batch, before: Mapping[str, tuple[int, int]]) -> None:
    """Write down what was counted, and let go of what was not met for long."""
    changed = {
        name: (batch.numbers[name], pages)
        for name, pages in batch.pages.items()
        if pages != before[name][1]
    }
    furniture.keep({which: batch.met[which] for which in batch.counted}, changed)
    for name, (number, pages) in changed.items():
        if pages // ONCE != before[name][1] // ONCE:
            furniture.forget(number, once_before=pages - ONCE, before=pages - SELDOM)
