"""The standfirst: the sentences between headline and text that sum an article up."""

from __future__ import annotations

from collections.abc import Sequence
from html import unescape
from typing import Final

from pipeline.blocks import HEADINGS, Block
from pipeline.frame import Frame
from pipeline.furniture import SENTENCE_ENDS, is_credit, is_notice, is_stamp, points_elsewhere
from pipeline.plain import letters
from pipeline.structured import Structured, text_of

_NAMES: Final = frozenset(
    """
    standfirst lead lede intro introduction subtitle subheadline subheading dek deck summary
    abstract chapo chapeau entradilla excerpt sommario occhiello vorspann perex ingress
    sottotitolo bajada copete subhead subline teaser teasertext description sapo stand strapline
    underline
    """.split()  # noqa: SIM905 -- a table of names reads better as words
)
_SHORTEST = 30
_LONGEST = 600
_SAME = 40
_SENTENCE = 60


def leads(
    found: Sequence[Block], first: int, head: int, around: Frame, claims: Structured, text: str
) -> list[Block]:
    """Return the blocks of the standfirst that the text does not have yet.

    Args:
        found: the blocks of the page.
        first: the order of the first block of the text.
        head: the order of the headline, -1 when it is not among the blocks.
        around: where the text lives.
        claims: the page's structured data, for its description.
        text: the letters of the text that was found.

    """
    wanted = [w for d in _descriptions(claims) if len(w := letters(d)[:_SAME]) >= _SHORTEST // 2]
    leading: list[Block] = []
    for block in found[max(0, head + 1) : first]:
        if not _SHORTEST <= block.size <= _LONGEST or block.linked > len(block.text) / 3:
            continue
        mine = block.letters
        if mine in text or (len(mine) > _SAME and mine[:_SAME] in text) or _other(block, around):
            continue
        described = any(mine.startswith(w) or (len(mine) >= _SAME and w in mine) for w in wanted)
        named = head >= 0 and any(_NAMES & names for names in block.names[-2:])
        # Between headline and text a whole sentence is a standfirst, whatever it is called.
        placed = head >= 0 and block.size >= _SENTENCE and block.text.endswith(SENTENCE_ENDS)
        if (described or named or placed) and all(other.letters != mine for other in leading):
            leading.append(block)
    return leading


def _descriptions(claims: Structured) -> list[str]:
    offered = [
        content
        for name in ("og:description", "description", "twitter:description")
        for content in claims.meta.get(name, ())
    ]
    offered += filter(
        None, (text_of(claims.article.get(n)) for n in ("description", "alternativeHeadline"))
    )
    return [unescape(text).rstrip(" .…[]") for text in offered]


def _other(block: Block, around: Frame) -> bool:
    text = block.text
    return (
        around.boxed(block, but=_NAMES)
        or is_credit(text)
        or is_notice(text)
        or is_stamp(text)
        or points_elsewhere(block)
        or block.tags[-1] in HEADINGS - {"h2", "h3"}
        or "li" in block.tags
    )
