"""The text of an article: what trafilatura finds, held against the page's structure and claims."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence, Set as AbstractSet
from itertools import pairwise

from lxml import html

from pipeline.attested import attested
from pipeline.blocks import HEADINGS, Block, blocks
from pipeline.extract import extract
from pipeline.frame import Frame, frame
from pipeline.furniture import is_credit, is_link, is_notice, is_stamp, points_elsewhere
from pipeline.lead import leads
from pipeline.plain import letters
from pipeline.reading import Reading
from pipeline.structured import text_of

_SURE = 12
_ENDS = 30
_BODY = 60
_PARAGRAPH = 80
_FOOTER = 4_000
_LEAST_TRUSTED = 0.75
_MOST_TRUSTED = 1.3
_LEAST_KEPT = 0.4


def paragraphs(reading: Reading) -> None:
    """Walk the page once, for all who look at its paragraphs."""
    reading.found = blocks(reading.tree)


def text(reading: Reading) -> None:
    """Read the text, a paragraph a line, without the headline."""
    found = reading.found
    _lighten(reading.tree)
    lines = extract(reading.tree, reading.url, fast=True)
    voted = list(_voted(found, [line for _, line in lines]))
    asked = "trafilatura, fast"
    if _in_doubt(found, voted):
        lines = extract(reading.tree, reading.url)
        voted = list(_voted(found, [line for _, line in lines]))
        asked = "trafilatura"
    if not voted:
        reading.lines = lines
        return
    sieve = _Sieve(reading, found, voted)
    chosen = sieve.chosen()
    lead = sieve.lead(chosen)
    reading.lines = [(role(b), b.text) for b in sorted([*lead, *chosen], key=lambda b: b.order)]
    reading.body = [*lead, *chosen]
    said = [asked]
    said += ["json-ld articleBody"] if sieve.attested else []
    said += ["standfirst"] if lead else []
    said += [f"{n} {why} left out" for why, n in sieve.left_out.items()]
    reading.evidence["text"] = "; ".join(said)


def _lighten(tree: html.HtmlElement) -> None:
    """Take out what no extractor keeps, once the paragraphs are noted: copies cost less."""
    for element in [*tree.iter("footer", "aside")]:
        parent = element.getparent()
        if (
            parent is not None
            and element.find(".//h1") is None
            and len(element.text_content()) < _FOOTER
        ):
            element.drop_tree()


def _in_doubt(found: Sequence[Block], voted: Sequence[Block]) -> bool:
    """Whether the quick way found much less, or much more, than the paragraphs of the page."""
    heard = sum(block.size for block in voted)
    there = sum(
        block.size
        for block in found
        if block.size >= _PARAGRAPH
        and block.tags[-1] in {"p", "div"}
        and block.linked < 0.3 * len(block.text)
    )
    return not (_LEAST_TRUSTED * there <= heard <= _MOST_TRUSTED * there)


def role(block: Block) -> str:
    """Return the letter that says what a block is in its article."""
    if "blockquote" in block.tags:
        return "q"
    if block.tags[-1] in HEADINGS:
        return "h"
    return "l" if "li" in block.tags[-3:] or block.tags[-1] in {"dt", "dd"} else "p"


def _voted(found: Sequence[Block], lines: Sequence[str]) -> Iterator[Block]:
    """Yield the blocks whose text trafilatura has found, each text as often as it found it."""
    whole = list(map(letters, lines))
    often = Counter(whole)
    joined = "".join(whole)
    marks = {line for line in lines if not letters(line)}
    matches = [block for block in found if _heard(block, often, joined, marks)]
    spare = Counter(block.letters for block in matches)
    around = frame(matches)
    for block in matches:
        if spare[block.letters] > max(1, often[block.letters]) and not around.holds(block):
            spare[block.letters] -= 1
        else:
            yield block


def _heard(block: Block, often: Counter[str], joined: str, marks: AbstractSet[str]) -> bool:
    mine = block.letters
    if not mine:
        return block.text in marks
    return (
        mine in often
        or (len(mine) >= _SURE and mine in joined)
        or (len(mine) > 2 * _ENDS and mine[:_ENDS] in joined and mine[-_ENDS:] in joined)
    )


class _Sieve:
    """What is known of a page's paragraphs while they are sifted; `left_out` counts by reason."""

    def __init__(self, reading: Reading, found: Sequence[Block], voted: Sequence[Block]) -> None:
        self.reading = reading
        self.found = found
        self.left_out: Counter[str] = Counter()
        self.around: Frame = frame(voted)
        self.attested = attested(found, voted, reading.claims)
        self.begins = min((b.order for b in self.attested if b.size >= _BODY), default=-1)
        self.voted = self._with_siblings(voted)
        self.titles = _titles(reading)
        bodies = [b.order for b in self.voted if self._is_body(b)] or [
            voted[0].order,
            voted[-1].order,
        ]
        self.first, self.last = bodies[0], bodies[-1]
        heads = [b.order for b in found[: self.first + 1] if self._is_headline(b)]
        self.head = max(heads, default=-1)

    def chosen(self) -> list[Block]:
        """Return the paragraphs of the text."""
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
        joined = "".join(b.letters for b in chosen)
        start = max(chosen[0].order, self.first) if chosen else self.first
        return leads(self.found, start, self.head, self.around, self.reading.claims, joined)

    def _with_siblings(self, voted: Sequence[Block]) -> list[Block]:
        """Add what is attested, and paragraphs in containers of the kind that holds the text."""
        have = {block.letters for block in voted}
        more = []
        for block in self.found:
            if block.letters in have or block.tags[-1] == "h1" or not block.letters:
                continue
            sibling = (
                block.order > voted[0].order
                and block.tags[-1] == "p"
                and block.size >= _PARAGRAPH
                and block.linked < 0.3 * len(block.text)
                and self.around.holds(block)
                and not self.around.boxed(block)
            )
            if block in self.attested or (sibling and not self.attested):
                have.add(block.letters)
                more.append(block)
        return sorted([*voted, *more], key=lambda block: block.order)

    def _is_body(self, block: Block) -> bool:
        return (
            block.size >= _BODY
            and block.tags[-1] not in HEADINGS
            and block.linked < 0.5 * len(block.text)
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
        line = block.text
        heading = block.tags[-1] in HEADINGS
        if block.order <= self.first and self._is_headline(block):
            return "headline"
        if is_credit(line):
            return "credit"
        if self.around.boxed(block):
            return "box"
        if points_elsewhere(line) and (len(line) < _BODY or block.linked > len(line) / 3):
            return "link"
        if is_link(block) and ("li" in block.tags or heading):
            return "link"
        if block in self.attested:
            return None
        if is_notice(line):
            return "notice"
        if self.attested and not heading and "blockquote" not in block.tags:
            if len(block.letters) >= _SURE and (block.order > self.begins or block.size < _BODY):
                return "line that structured data lacks"
        if block.order < self.first and (
            is_stamp(line) or (block.size < 40 and not self.around.within(block))
        ):
            return "top line"
        if block.order > self.last and not self.around.within(block):
            return "line after the end"
        return None

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
            for block, after in pairwise(self.voted)
            if block in here
            and block.tags[-1] in HEADINGS
            and after not in here
            and (after.linked > len(after.text) / 2 or points_elsewhere(after.text))
        }
        self.left_out.update(["heading of links"] * len(gone))
        return [block for block in kept if block not in gone]

    def _without_tail(self, kept: list[Block]) -> list[Block]:
        """Drop what closes an article without being part of it: stamps, bylines, lives of authors."""
        authors = [name for name in map(letters, self.reading.authors) if len(name) > 5]
        while kept:
            block = kept[-1]
            of_author = block.size < 500 and any(block.letters.startswith(a) for a in authors)
            if not (
                block.tags[-1] in HEADINGS or is_stamp(block.text) or is_link(block) or of_author
            ):
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
    return {title for title in titles if len(title) >= 8 or (title and not title.isascii())}
