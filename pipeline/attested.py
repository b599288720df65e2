"""Which paragraphs of a page its structured data has too."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from html import unescape

from pipeline.blocks import Block
from pipeline.plain import letters
from pipeline.structured import Structured, text_of

_SURE = 12
_ENDS = 30
_LEAST = 400
_MARKUP = re.compile(r"<[^>]{1,200}>")


def attested(
    found: Sequence[Block], voted: Iterable[Block], claims: Structured
) -> AbstractSet[Block]:
    """Return the blocks that the articleBody of the structured data has too.

    Empty when there is none, or when it is a teaser or another text: four fifths of it must
    stand on the page, and it must be two thirds of what was found there.
    """
    bodies = [body for node in claims.articles[:3] if (body := text_of(node.get("articleBody")))]
    claimed = max(
        (letters(_MARKUP.sub(" ", unescape(body))) for body in bodies), key=len, default=""
    )
    if len(claimed) < _LEAST:
        return frozenset()
    these = frozenset(block for block in found if _said(block.letters, claimed))
    of_claim = sum(map(len, {block.letters for block in these}))
    of_voted = sum(len(block.letters) for block in voted if block in these)
    all_voted = sum(len(block.letters) for block in voted)
    if (
        of_claim < 0.8 * len(claimed)
        or of_voted < 0.6 * all_voted
        or len(claimed) < 0.66 * all_voted
    ):
        return frozenset()
    return these


def _said(text: str, claimed: str) -> bool:
    if len(text) < _SURE:
        return False
    if text in claimed:
        return True
    begins, ends = text[:_ENDS] in claimed, text[-_ENDS:] in claimed
    return (begins and ends and len(text) > 2 * _ENDS) or (
        len(text) > 6 * _ENDS and (begins or ends)
    )
