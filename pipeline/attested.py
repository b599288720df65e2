"""Which paragraphs of a page its structured data has too."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from html import unescape

from pipeline.blocks import HEADINGS, Block, is_paragraph
from pipeline.frame import frame
from pipeline.plain import letters
from pipeline.structured import Structured, text_of

_SURE = 12
_ENDS = 30
_LEAST = 400
_MOST = 0.8
_NEARLY = 0.9
_MARKUP = re.compile(r"<[^>]{1,200}>")


def attested(
    found: Sequence[Block], voted: Iterable[Block], claims: Structured
) -> AbstractSet[Block]:
    """Return the blocks that the articleBody of the structured data has too.

    Empty when there is none, or when it is a teaser or another text: four fifths of it must
    stand on the page, and it must be two thirds of what was found there.
    """
    claimed = _claimed(claims)
    these = _shared(found, claimed)
    of_voted = sum(len(block.letters) for block in voted if block in these)
    all_voted = sum(len(block.letters) for block in voted)
    if of_voted < 0.6 * all_voted or len(claimed) < 0.66 * all_voted:
        return frozenset()
    return these


def complete(found: Sequence[Block], claims: Structured) -> list[Block]:
    """Return the blocks of the text where structured data vouches for (nearly) all of it.

    That is so when it has nine tenths of the paragraphs that stand where its own do, and four
    fifths of those that stand anywhere outside of boxes. Quotations and short lines among them
    come along, and the headings above them. Empty when in doubt.
    """
    claimed = _claimed(claims)
    these = _shared(found, claimed)
    if not these:
        return []
    around = frame(these)
    free = [block for block in found if is_paragraph(block) and not around.boxed(block)]
    there = [block for block in free if around.holds(block)]
    if not there or _share(these, there) < _NEARLY or _share(these, free) < _MOST:
        return []
    first, last = there[0].order, max(block.order for block in these)
    text: list[Block] = []
    below = False  # whether what stands below, boxes aside, is text
    for block in reversed(found):
        if block not in these and (block.order >= last or around.boxed(block)):
            continue
        below = block in these or (
            block.order > first
            and (
                below
                if block.tags[-1] in HEADINGS
                else around.within(block)
                and ("blockquote" in block.tags or _is_short(block, claimed))
            )
        )
        if below:
            text.append(block)
    return text[::-1]


def _share(these: AbstractSet[Block], among: Sequence[Block]) -> float:
    return sum(b.size for b in among if b in these) / sum(b.size for b in among)


def _is_short(block: Block, claimed: str) -> bool:
    return len(block.letters) < _SURE and not block.linked and block.letters in claimed


def _claimed(claims: Structured) -> str:
    """Return the letters of the longest articleBody."""
    bodies = [body for node in claims.articles[:3] if (body := text_of(node.get("articleBody")))]
    return max((letters(_MARKUP.sub(" ", unescape(body))) for body in bodies), key=len, default="")


def _shared(found: Sequence[Block], claimed: str) -> AbstractSet[Block]:
    """Return the blocks that a claimed text has too, none if most of it is not on the page."""
    if len(claimed) < _LEAST:
        return frozenset()
    these = frozenset(block for block in found if _said(block.letters, claimed))
    of_claim = sum(map(len, {block.letters for block in these}))
    return these if of_claim >= _MOST * len(claimed) else frozenset()


def _said(text: str, claimed: str) -> bool:
    if len(text) < _SURE:
        return False
    if text in claimed:
        return True
    begins, ends = text[:_ENDS] in claimed, text[-_ENDS:] in claimed
    return (begins and ends and len(text) > 2 * _ENDS) or (
        len(text) > 6 * _ENDS and (begins or ends)
    )
