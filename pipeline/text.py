"""The text of an article: what trafilatura finds, held against the page's structure and claims."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from html import unescape
from itertools import pairwise

from lxml import html

from pipeline.blocks import HEADINGS, Block, blocks
from pipeline.extract import extract
from pipeline.furniture import (
    in_box,
    is_credit,
    is_link,
    is_notice,
    is_stamp,
    kind,
    points_elsewhere,
)
from pipeline.lead import leads
from pipeline.reading import Reading
from pipeline.structured import text_of
from pipeline.title import plain

_SURE = 12
_ENDS = 30
_LONG = 80
_LEAST_BODY = 400
_MARKUP = re.compile(r"<[^>]{1,200}>")


def text(reading: Reading) -> None:
    """Read the text, a paragraph a line, without the headline."""
    lines = extract(reading.tree, reading.url)
    found = blocks(reading.tree)
    voted = _voted(found, [line for _, line in lines])
    if not voted:
        reading.lines = lines
        return
    homes = home(voted)
    attested = _attested(found, voted, reading)
    voted = _with_siblings(found, voted, homes, attested)
    left_out: Counter[str] = Counter()
    first = next((b.order for b in voted if _is_body(b, homes)), voted[0].order)
    last = next((b.order for b in reversed(voted) if _is_body(b, homes)), voted[-1].order)
    titles = _titles(reading)
    head = max((b.order for b in found[: first + 1] if _is_headline(b, titles)), default=-1)
    chosen: list[Block] = []
    for block in voted:
        reason = _surplus(block, titles, first, homes, attested) or _teased(
            block, chosen, last, homes
        )
        if reason:
            left_out[reason] += 1
        else:
            chosen.append(block)
    chosen = _lists_of_links(chosen, left_out)
    chosen = _without_orphans(voted, chosen, left_out)
    chosen = _tail_off(chosen, left_out, reading)
    joined = "".join(plain(b.text) for b in chosen)
    start = chosen[0].order if chosen else first
    lead = leads(found, max(start, first), head, _descriptions(reading), joined)
    reading.lines = [(role(b), b.text) for b in sorted({*lead, *chosen}, key=lambda b: b.order)]
    reading.evidence["text"] = "; ".join(
        [
            "trafilatura",
            *(["json-ld articleBody"] if attested else []),
            *(["standfirst"] if lead else []),
            *(f"{n} {why} left out" for why, n in left_out.items()),
        ]
    )


def _attested(found: list[Block], voted: list[Block], reading: Reading) -> set[Block]:
    """Return the blocks that the articleBody of the structured data has too.

    Empty when there is none, or when it is a teaser or another text: it must be as long as two
    thirds of what was found, and most of either must be in the other.
    """
    bodies = [
        body for node in reading.claims.articles[:3] if (body := text_of(node.get("articleBody")))
    ]
    claimed = max((plain(_MARKUP.sub(" ", unescape(body))) for body in bodies), key=len, default="")
    if len(claimed) < _LEAST_BODY:
        return set()
    attested = {block for block in found if _said(plain(block.text), claimed)}
    of_claim = sum(len(plain(block.text)) for block in _once(attested))
    of_voted = sum(len(plain(block.text)) for block in voted if block in attested)
    all_voted = sum(len(plain(block.text)) for block in voted)
    if (
        of_claim < 0.8 * len(claimed)
        or of_voted < 0.6 * all_voted
        or len(claimed) < 0.66 * all_voted
    ):
        return set()
    return attested


def _once(these: Iterable[Block]) -> list[Block]:
    return list({plain(block.text): block for block in these}.values())


def _said(text: str, claimed: str) -> bool:
    if len(text) < _SURE:
        return False
    if text in claimed:
        return True
    begins, ends = text[:_ENDS] in claimed, text[-_ENDS:] in claimed
    return (begins and ends and len(text) > 2 * _ENDS) or (
        len(text) > 6 * _ENDS and (begins or ends)
    )


def _with_siblings(
    found: list[Block], voted: list[Block], homes: set[tuple[str, str]], attested: set[Block]
) -> list[Block]:
    """Add what structured data attests, and paragraphs in containers of the kind that holds the text."""
    have = Counter(plain(block.text) for block in voted)
    first = voted[0].order
    here = set(voted)
    more = []
    for block in found:
        if block in here or have[plain(block.text)]:
            continue
        if attested:
            wanted = block in attested
        else:
            wanted = (
                block.order > first
                and block.tags[-1] == "p"
                and len(block.text) >= _LONG
                and block.linked < 0.3 * len(block.text)
                and container(block) in homes
                and not in_box(block, homes)
            )
        if wanted and "h1" not in block.tags:
            have[plain(block.text)] += 1
            more.append(block)
    return sorted([*voted, *more], key=lambda block: block.order)


def _teased(
    block: Block, chosen: list[Block], last: int, homes: set[tuple[str, str]]
) -> str | None:
    """Drop what follows the text outside its containers: teasers of other articles and the like."""
    if (
        block.order > last
        and container(block) not in homes
        and not homes & {kind(a) for a in block.element.iterancestors()}
    ):
        return "line after the end"
    return None


def _lists_of_links(chosen: list[Block], left_out: Counter[str]) -> list[Block]:
    """Drop lists most of whose items are links."""
    by_list: dict[html.HtmlElement, list[Block]] = {}
    for block in chosen:
        if "li" in block.tags[-3:]:
            lists = [a for a in block.element.iterancestors("ul", "ol")]
            if lists:
                by_list.setdefault(lists[0], []).append(block)
    gone = set()
    for items in by_list.values():
        if sum(b.linked for b in items) > 0.5 * sum(len(b.text) for b in items):
            gone.update(items)
    if gone:
        left_out["list of links"] += 1
    return [block for block in chosen if block not in gone]


def _titles(reading: Reading) -> set[str]:
    titles = {plain(reading.title), plain(text_of(reading.claims.article.get("headline")) or "")}
    titles |= {plain(reading.claims.first("og:title") or "")}
    return {title for title in titles if len(title) >= 8 or (title and not title.isascii())}


def _is_headline(block: Block, titles: set[str]) -> bool:
    mine = plain(block.text)
    if mine in titles:
        return True
    if block.tags[-1] in HEADINGS or "h1" in block.tags:
        return "h1" in block.tags or any(
            len(t) > 15 and (t in mine or (len(mine) > 15 and mine in t)) for t in titles
        )
    return False


def _is_body(block: Block, homes: set[tuple[str, str]]) -> bool:
    return (
        container(block) in homes
        and len(block.text) >= 60
        and block.tags[-1] not in HEADINGS
        and not in_box(block, homes)
        and block.linked < 0.5 * len(block.text)
    )


def _surplus(
    block: Block, titles: set[str], first: int, homes: set[tuple[str, str]], attested: set[Block]
) -> str | None:
    """Say why a block that was found is not text, or None when it is."""
    text = block.text
    heading = block.tags[-1] in HEADINGS
    if block.order <= first and _is_headline(block, titles):
        return "headline"
    if is_credit(text):
        return "credit"
    if in_box(block, homes):
        return "box"
    if points_elsewhere(text) and (len(text) < 60 or block.linked > len(text) / 3):
        return "link"
    if is_link(block) and ("li" in block.tags or heading):
        return "link"
    if block in attested:
        return None
    if is_notice(text):
        return "notice"
    if attested and not heading and "blockquote" not in block.tags and len(plain(text)) >= _SURE:
        begins = min(b.order for b in attested)
        if block.order > begins or len(text) < 60:
            return "line that structured data lacks"
    if block.order < first and (len(text) < 40 or is_stamp(text)):
        return "top line"
    return None


def _descriptions(reading: Reading) -> list[str]:
    claims = reading.claims
    offered = [
        *claims.meta.get("og:description", ()),
        *claims.meta.get("description", ()),
        *claims.meta.get("twitter:description", ()),
    ]
    if found := text_of(claims.article.get("description")):
        offered.append(found)
    if found := text_of(claims.article.get("alternativeHeadline")):
        offered.append(found)
    return [unescape(d).rstrip(" .…[]") for d in offered]


def role(block: Block) -> str:
    """Return the letter that says what a block is in its article."""
    if "blockquote" in block.tags:
        return "q"
    if block.tags[-1] in HEADINGS:
        return "h"
    return "l" if "li" in block.tags or block.tags[-1] in {"dt", "dd"} else "p"


def _voted(found: list[Block], lines: list[str]) -> list[Block]:
    """Return the blocks whose text trafilatura has found, each text as often as it found it."""
    whole = [plain(line) for line in lines]
    often = Counter(whole)
    joined = "".join(whole)
    texts = [plain(block.text) for block in found]
    matches = [
        text in often
        or (len(text) >= _SURE and text in joined)
        or (len(text) > 2 * _ENDS and text[:_ENDS] in joined and text[-_ENDS:] in joined)
        for text in texts
    ]
    homes = home(block for block, match in zip(found, matches, strict=True) if match)
    spare = Counter(text for text, match in zip(texts, matches, strict=True) if match)
    voted = []
    for block, text, match in zip(found, texts, matches, strict=True):
        if not match or not text:
            continue
        if spare[text] > max(1, often[text]) and container(block) not in homes:
            spare[text] -= 1
            continue
        voted.append(block)
    return voted


def container(block: Block) -> tuple[str, str]:
    """Return the kind of element that holds a paragraph: its tag and its class."""
    holder: html.HtmlElement = block.element
    if holder.tag not in {"div", "section", "article", "main", "td"}:
        holder = holder.getparent() if holder.getparent() is not None else holder
    return kind(holder)


def home(voted: Iterable[Block]) -> set[tuple[str, str]]:
    """Return the kinds of container that hold the long paragraphs."""
    weight: Counter[tuple[str, str]] = Counter()
    for block in voted:
        if len(block.text) >= _LONG and block.linked < 0.3 * len(block.text):
            weight[container(block)] += len(block.text)
    total = sum(weight.values())
    return {kind for kind, chars in weight.items() if chars >= 0.25 * total}


def _without_orphans(
    voted: list[Block], chosen: list[Block], left_out: Counter[str]
) -> list[Block]:
    """Drop headings over what was dropped."""
    kept = set(chosen)
    gone = {
        block
        for block, after in pairwise(voted)
        if block in kept
        and block.tags[-1] in HEADINGS
        and after not in kept
        and is_link_or_listed(after)
    }
    if gone:
        left_out["heading of links"] += len(gone)
    return [block for block in chosen if block not in gone]


def is_link_or_listed(block: Block) -> bool:
    return block.linked > len(block.text) / 2 or points_elsewhere(block.text)


def _tail_off(chosen: list[Block], left_out: Counter[str], reading: Reading) -> list[Block]:
    authors = [plain(name) for name in reading.authors]
    while chosen:
        block = chosen[-1]
        mine = plain(block.text)
        bio = len(block.text) < 500 and any(mine.startswith(a) for a in authors if len(a) > 5)
        if (
            block.tags[-1] in HEADINGS
            or is_stamp(block.text)
            or is_link(block)
            or bio
            or mine in authors
        ):
            left_out["closing line"] += 1
            chosen.pop()
        else:
            break
    return chosen
