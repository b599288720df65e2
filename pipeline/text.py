"""The text of an article: what trafilatura finds, held against the page's structure and claims."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from html import unescape
from typing import Final

from lxml import html

from pipeline.attested import complete
from pipeline.blocks import HEADINGS, Block, blocks, is_paragraph
from pipeline.extract import extract, glance
from pipeline.frame import Kind, container, frame
from pipeline.plain import letters, size
from pipeline.reading import Reading
from pipeline.sieve import Sieve

STUB: Final = 110
"""A text of less than this size is no article, whatever claims to be one (see `plain.size`)."""
_LEAST_BODY: Final = 400
_MARKUP = re.compile(r"<[^>]{1,200}>")
_SURE: Final = 12
_ENDS: Final = 30
_FOOTER: Final = 4_000
_LITTLE: Final = 300
_LEAST_TRUSTED: Final = 0.75
_MOST_TRUSTED: Final = 2.0


def paragraphs(reading: Reading) -> None:
    """Walk the page once, for all who look at its paragraphs."""
    reading.found = blocks(reading.tree)


def text(reading: Reading) -> None:
    """Read the text, a paragraph a line, without the headline.

    Where structured data vouches for the paragraphs of the page, nobody else is asked. Else it is
    trafilatura's main extractor; and all its second opinions, where what that found is little,
    or much more than the paragraphs of the page.
    """
    found = reading.found
    voted, lines, asked = complete(found, reading.claims), [], "json-ld articleBody"
    _lighten(reading.tree)
    if not voted:
        lines = glance(reading.tree, reading.url)
        voted, asked = list(_voted(found, [line for _, line in lines])), "trafilatura, quick"
        if _in_doubt(found, voted):
            lines = extract(reading.tree, reading.url)
            voted, asked = list(_voted(found, [line for _, line in lines])), "trafilatura"
    if sum(block.size for block in voted) < STUB:
        voted, asked = _densest(found), "densest container"
    if sum(block.size for block in voted) < STUB and (body := _claimed_body(reading)):
        reading.lines = [("p", line) for line in body]
        reading.evidence["text"] = "json-ld articleBody alone"
        return
    reading.evidence["text"] = asked
    if not voted:
        reading.lines = lines
        return
    sieve = Sieve(reading, found, voted)
    chosen = sieve.chosen()
    lead = sieve.lead(chosen)
    reading.body = sorted([*lead, *chosen], key=lambda block: block.order)
    reading.lines = [(role(block), block.text) for block in reading.body]
    said = ["json-ld articleBody"] if sieve.attested and not asked.startswith("json") else []
    said += ["standfirst"] if lead else []
    said += [f"{n} {why} left out" for why, n in sieve.left_out.items()]
    reading.evidence["text"] = "; ".join((asked, *said))


def _densest(found: Sequence[Block]) -> list[Block]:
    """Return the paragraphs of the kind of container that holds most: the last resort."""
    weights: Counter[Kind] = Counter()
    for block in found:
        if is_paragraph(block):
            weights[container(block)] += block.size
    best = weights.most_common(1)
    return [b for b in found if best and container(b) == best[0][0] and 2 * b.linked < len(b.text)]


def _claimed_body(reading: Reading) -> list[str]:
    """Return the lines of the articleBody of structured data, when it is more than a teaser."""
    for node in reading.claims.articles[:1]:
        body = node.get("articleBody")
        if isinstance(body, str) and size(body) >= _LEAST_BODY:
            text = _MARKUP.sub("\n", unescape(body))
            return [line for part in text.splitlines() if (line := " ".join(part.split()))]
    return []


def role(block: Block) -> str:
    """Return the letter that says what a block is in its article."""
    if "blockquote" in block.tags:
        return "q"
    if block.tags[-1] in HEADINGS:
        return "h"
    return "l" if "li" in block.tags[-3:] or block.tags[-1] in {"dt", "dd"} else "p"


def _lighten(tree: html.HtmlElement) -> None:
    """Take out what no extractor keeps, once the paragraphs are noted: copies cost less."""
    for element in [*tree.iter("footer", "aside")]:
        small = len(element.text_content()) < _FOOTER and element.find(".//h1") is None
        if small and element.getparent() is not None:
            element.drop_tree()


def _in_doubt(found: Sequence[Block], voted: Sequence[Block]) -> bool:
    """Whether the quick way found little where there is more, or far too much."""
    heard = sum(block.size for block in voted)
    there = sum(block.size for block in found if is_paragraph(block))
    little = heard < STUB or heard < min(_LITTLE, _LEAST_TRUSTED * there)
    return little or heard > _MOST_TRUSTED * there


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
