"""The text of an article: what trafilatura finds, held against the page's structure and claims."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from html import unescape

from pipeline.blocks import HEADINGS, Block, blocks
from pipeline.extract import extract
from pipeline.furniture import in_box, is_credit, is_link, is_notice, is_stamp, points_elsewhere
from pipeline.lead import leads
from pipeline.reading import Reading
from pipeline.structured import text_of
from pipeline.title import plain

_SURE = 12
_ENDS = 30
_LONG = 80


def text(reading: Reading) -> None:
    """Read the text, a paragraph a line, without the headline."""
    lines = extract(reading.tree, reading.url)
    found = blocks(reading.tree)
    voted = _voted(found, [line for _, line in lines])
    if not voted:
        reading.lines = lines
        return
    left_out: Counter[str] = Counter()
    homes = home(voted)
    first = next((b.order for b in voted if _is_body(b, homes)), voted[0].order)
    titles = _titles(reading)
    head = max((b.order for b in found[: first + 1] if _is_headline(b, titles)), default=-1)
    chosen: list[Block] = []
    for block in voted:
        reason = _surplus(block, titles, first, homes)
        if reason:
            left_out[reason] += 1
        else:
            chosen.append(block)
    chosen = _tail_off(chosen, left_out)
    joined = "".join(plain(b.text) for b in chosen)
    start = chosen[0].order if chosen else first
    lead = leads(found, max(start, first), head, _descriptions(reading), joined)
    reading.lines = [(role(b), b.text) for b in sorted({*lead, *chosen}, key=lambda b: b.order)]
    reading.evidence["text"] = "; ".join(
        ["trafilatura", *(["standfirst"] if lead else []), *(f"{n} {why} left out" for why, n in left_out.items())]
    )


def _titles(reading: Reading) -> set[str]:
    titles = {plain(reading.title), plain(text_of(reading.claims.article.get("headline")) or "")}
    titles |= {plain(reading.claims.first("og:title") or "")}
    return {title for title in titles if len(title) >= 8 or (title and not title.isascii())}


def _is_headline(block: Block, titles: set[str]) -> bool:
    mine = plain(block.text)
    if mine in titles:
        return True
    if block.tags[-1] in HEADINGS or "h1" in block.tags:
        return "h1" in block.tags or any(len(t) > 15 and (t in mine or (len(mine) > 15 and mine in t)) for t in titles)
    return False


def _is_body(block: Block, homes: set[tuple[str, str]]) -> bool:
    return container(block) in homes and len(block.text) >= 60 and block.tags[-1] not in HEADINGS and not in_box(block) and block.linked < 0.5 * len(block.text)


def _surplus(block: Block, titles: set[str], first: int, homes: set[tuple[str, str]]) -> str | None:
    """Say why a block that was found is not text, or None when it is."""
    text = block.text
    if block.order <= first and _is_headline(block, titles):
        return "headline"
    if is_notice(text):
        return "notice"
    if is_credit(text):
        return "credit"
    if in_box(block) and container(block) not in homes:
        return "box"
    if is_link(block) and (points_elsewhere(text) or "li" in block.tags or block.tags[-1] in HEADINGS):
        return "link"
    if points_elsewhere(text) and (len(text) < 60 or block.linked > len(text) / 3):
        return "link"
    if block.order < first and (len(text) < 40 or is_stamp(text)):
        return "top line"
    return None


def _descriptions(reading: Reading) -> list[str]:
    claims = reading.claims
    offered = [*claims.meta.get("og:description", ()), *claims.meta.get("description", ()), *claims.meta.get("twitter:description", ())]
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
    holder = block.element
    if holder.tag not in {"div", "section", "article", "main", "td"}:
        holder = holder.getparent() if holder.getparent() is not None else holder
    return holder.tag, holder.get("class") or holder.get("id") or ""


def home(voted: Iterable[Block]) -> set[tuple[str, str]]:
    """Return the kinds of container that hold the long paragraphs."""
    weight: Counter[tuple[str, str]] = Counter()
    for block in voted:
        if len(block.text) >= _LONG and block.linked < 0.3 * len(block.text):
            weight[container(block)] += len(block.text)
    total = sum(weight.values())
    return {kind for kind, chars in weight.items() if chars >= 0.25 * total}


def _tail_off(chosen: list[Block], left_out: Counter[str]) -> list[Block]:
    while chosen and (chosen[-1].tags[-1] in HEADINGS or is_stamp(chosen[-1].text) or is_link(chosen[-1])):
        left_out["closing line"] += 1
        chosen.pop()
    return chosen
