"""The standfirst: the sentences between headline and text that sum an article up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pipeline.blocks import HEADINGS, Block
from pipeline.furniture import in_box, is_credit, is_notice, is_stamp, points_elsewhere
from pipeline.title import plain

_NAMES: Final = frozenset(
    """
    standfirst lead lede intro introduction subtitle subheadline subheading dek deck summary abstract
    chapo chapeau entradilla excerpt sommario occhiello vorspann perex ingress sottotitolo bajada
    copete subhead subline teaser teasertext description sapo stand strapline underline
    """.split()  # noqa: SIM905 -- a table of names reads better as words
)
_SHORTEST = 30
_LONGEST = 700
_SAME = 40


def leads(
    found: Sequence[Block], first: int, head: int, claims: Sequence[str], text: str
) -> list[Block]:
    """Return the blocks of the standfirst that the text does not have yet.

    Args:
        found: the blocks of the page.
        first: the order of the first block of the text.
        head: the order of the headline, -1 when it is not among the blocks.
        claims: what the page gives as its description.
        text: the text that was found, in plain form.

    """
    wanted = [plain(claim)[:_SAME] for claim in claims if len(claim) >= _SHORTEST]
    leading = []
    for block in found[max(0, head + 1) : first]:
        if not _SHORTEST <= len(block.text) <= _LONGEST or block.linked > len(block.text) / 3:
            continue
        mine = plain(block.text)
        if mine in text or (len(mine) > _SAME and mine[:_SAME] in text):
            continue
        described = any(
            mine.startswith(claim) or (len(mine) >= _SAME and claim in mine) for claim in wanted
        )
        if not _other(block) and (described or (head >= 0 and _named(block))):
            if any(plain(other.text) == mine for other in leading):
                continue
            leading.append(block)
    return leading


def _named(block: Block) -> bool:
    return any(_NAMES & names for names in block.names[-2:])


def _other(block: Block) -> bool:
    text = block.text
    return (
        in_box(block)
        or is_credit(text)
        or is_notice(text)
        or is_stamp(text)
        or points_elsewhere(text)
        or block.tags[-1] in HEADINGS - {"h2", "h3"}
        or "li" in block.tags
    )
