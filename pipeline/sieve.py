"""Paragraphs sifted: what is added to those that were found, and what is left out, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise
from typing import Final

from lxml import html

from pipeline.attested import attested
from pipeline.blocks import HEADINGS, PARAGRAPH, Block
from pipeline.frame import frame
from pipeline.furniture import is_credit, is_filing, is_link, is_notice, is_stamp, points_elsewhere
from pipeline.lead import leads
from pipeline.names import AGENCIES
from pipeline.plain import letters, plain_name
from pipeline.reading import Reading
from pipeline.structured import text_of

_BODY: Final = 60
_SURE: Final = 12
_SHORT: Final = 40
_LEAST_NAME: Final = 5
_LONGEST_LIFE: Final = 500
_LEAST_TITLE: Final = 8
_LEAST_KEPT: Final = 0.4
_LINKED: Final = 0.3


class Sieve:
    """What is known of a page's paragraphs while they are sifted; `left_out` counts by reason."""

    def __init__(self, reading: Reading, found: Sequence[Block], voted: Sequence[Block]) -> None:
        """Look at the paragraphs that were found, and at those that were taken for text."""
        self.reading = reading
        self.found = found
        self.left_out: Counter[str] = Counter()
        self.around = frame(voted)
        self.attested = attested(found, voted, reading.claims)
        self.begins = min((b.order for b in self.attested if b.size >= _BODY), default=-1)
        self.voted = self._with_siblings(voted)
        self.titles = _titles(reading)
        bodies = [block.order for block in self.voted if self._is_body(block)]
        self.first, self.last = (bodies or [voted[0].order])[0], (bodies or [voted[-1].order])[-1]
        heads = [b.order for b in found[: self.first + 1] if self._is_headline(b)]
        self.head = max(heads, default=-1)

    def chosen(self) -> list[Block]:
        """Return the paragraphs of the text; all but the headline if little would be left."""
        kept: list[Block] = []
        for block in self.voted:
            why = self._surplus(block)
            if why:
                self.left_out[why] += 1
            else:
                kept.append(block)
        kept = self._without_tail(self._without_orphans(self._without_link_lists(kept)))
        if sum(b.size for b in kept) < _LEAST_KEPT * sum(b.size for b in self.voted):
            self.left_out.clear()
            return [block for block in self.voted if not self._is_headline(block)]
        return kept

    def lead(self, chosen: Sequence[Block]) -> list[Block]:
        """Return the standfirst, as far as the text does not have it."""
        joined = "".join(block.letters for block in chosen)
        start = max(chosen[0].order, self.first) if chosen else self.first
        return leads(self.found, start, self.head, self.around, self.reading.claims, joined)

    def _with_siblings(self, voted: Sequence[Block]) -> list[Block]:
        """Add what is attested, and paragraphs in containers of the kind that holds the text."""
        have = {block.letters for block in voted}
        begins = next((b.order for b in voted if self._is_body(b)), voted[0].order)
        more = []
        for block in self.found:
            if block.letters in have or block.tags[-1] == "h1" or not block.letters:
                continue
            sibling = (
                not self.attested
                and block.order > begins
                and block.tags[-1] == "p"
                and block.size >= PARAGRAPH
                and block.linked < _LINKED * len(block.text)
                and self.around.holds(block)
                and not self.around.boxed(block)
            )
            if sibling or block in self.attested:
                have.add(block.letters)
                more.append(block)
        return sorted([*voted, *more], key=lambda block: block.order)

    def _is_body(self, block: Block) -> bool:
        return (
            block.size >= _BODY
            and block.tags[-1] not in HEADINGS
            and 2 * block.linked < len(block.text)
            and self.around.holds(block)
            and not self.around.boxed(block)
        )

    def _is_headline(self, block: Block) -> bool:
        mine = block.letters
        if mine in self.titles or "h1" in block.tags:
            return True
        return block.tags[-1] in HEADINGS and any(
            len(t) > _SURE and (t in mine or (len(mine) > _SURE and mine in t)) for t in self.titles
        )

    def _surplus(self, block: Block) -> str | None:
        """Say why a block that was found is not text, or None when it is."""
        line, heading = block.text, block.tags[-1] in HEADINGS
        reasons: tuple[tuple[str, Callable[[], bool]], ...] = (
            ("headline", lambda: block.order <= self.first and self._is_headline(block)),
            ("credit", lambda: is_credit(line)),
            ("stamp", lambda: is_filing(line)),
            ("box", lambda: self.around.boxed(block)),
            ("link", lambda: points_elsewhere(block)),
            ("link", lambda: (heading or "li" in block.tags) and is_link(block)),
            ("notice", lambda: block not in self.attested and is_notice(line)),
            ("line that structured data lacks", lambda: self._is_denied(block)),
            ("top line", lambda: self._is_above(block)),
            ("line after the end", lambda: self._is_below(block)),
        )
        return next((why for why, holds in reasons if holds()), None)

    def _is_denied(self, block: Block) -> bool:
        """Whether structured data has the whole text, and this line is not in it."""
        if not self.attested or block in self.attested:
            return False
        if block.tags[-1] in HEADINGS or "blockquote" in block.tags or len(block.letters) < _SURE:
            return False
        return block.order > self.begins or block.size < _BODY

    def _is_above(self, block: Block) -> bool:
        if block.order >= self.first or block in self.attested:
            return False
        return is_stamp(block.text) or (block.size < _SHORT and not self.around.within(block))

    def _is_below(self, block: Block) -> bool:
        outside = block.order > self.last and block not in self.attested
        return outside and not self.around.within(block)

    def _without_link_lists(self, kept: list[Block]) -> list[Block]:
        """Drop lists most of whose items are links."""
        lists: dict[html.HtmlElement, list[Block]] = {}
        for block in kept:
            if "li" in block.tags[-3:]:
                holder = next(block.element.iterancestors("ul", "ol"), None)
                if holder is not None:
                    lists.setdefault(holder, []).append(block)
        gone = {
            block
            for items in lists.values()
            if 2 * sum(b.linked for b in items) > sum(len(b.text) for b in items)
            for block in items
        }
        self.left_out.update(["item of a list of links"] * len(gone))
        return [block for block in kept if block not in gone]

    def _without_orphans(self, kept: list[Block]) -> list[Block]:
        """Drop headings over links that were dropped."""
        here = set(kept)
        gone = {
            block
            for block, after in pairwise(self.found)
            if block in here
            and block.tags[-1] in HEADINGS
            and after not in here
            and (2 * after.linked > len(after.text) or points_elsewhere(after))
        }
        self.left_out.update(["heading of links"] * len(gone))
        return [block for block in kept if block not in gone]

    def _without_tail(self, kept: list[Block]) -> list[Block]:
        """Drop what closes an article and is no part of it: stamps, links, lives of authors."""
        named = (name for name in self.reading.authors if plain_name(name) not in AGENCIES)
        authors = [name for name in map(letters, named) if len(name) > _LEAST_NAME]
        while kept:
            block = kept[-1]
            life = block.size < _LONGEST_LIFE and block.letters.startswith(tuple(authors))
            if not (life or block.tags[-1] in HEADINGS or is_stamp(block.text) or is_link(block)):
                break
            self.left_out["closing line"] += 1
            kept.pop()
        return kept


def _titles(reading: Reading) -> AbstractSet[str]:
    offered = (
        reading.title,
        text_of(reading.claims.article.get("headline")) or "",
        reading.claims.first("og:title") or "",
    )
    titles = {letters(title) for title in offered}
    return {t for t in titles if len(t) >= _LEAST_TITLE or (t and not t.isascii())}
