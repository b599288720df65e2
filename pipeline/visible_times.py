"""The times that stand on a page: marked elements, and short lines around the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Final

from lxml import html

from pipeline.ago import ago
from pipeline.blocks import Block
from pipeline.reading import Reading
from pipeline.timestamps import Stamps, Timestamp, reader_of
from stories.model import Precision

_SAYS_PUBLISHED = re.compile(
    r"publi|posted|erstellt|stand\b|veröff|geschrieben|pubbl|gepubl|opubl|zveřej|yay\wn|дата|опубл|"
    r"skrive|datum|入力|公開|配信|등록|发布|xuất bản|diterbit",
    re.IGNORECASE,
)
_SAYS_CHANGED = re.compile(
    r"updat|aktuali|modif|aggiorn|actuali|mis à jour|bijgew|oppdat|opdat|uppdat|zaktual|обнов|更新|"
    r"güncel|edited|수정",
    re.IGNORECASE,
)
_LONGEST_LINE: Final = 160
_MOST_BESIDE: Final = 45
_LETTERS_OF = re.compile(r"[^\W\d_]")
_ABOVE: Final = 25
_BELOW: Final = 15


_MARKED = (
    "//abbr[@title] | //*[@itemprop='datePublished'][not(self::time|self::meta)]"
    " | //*[contains(@property, 'datePublished') or contains(@property, 'dateCreated')]"
    "[@content][not(self::meta)]"
    " | //*[@data-datetime or @data-date or @data-timestamp or @data-published or @data-time"
    " or @data-pubdate or @data-publish-date or @data-published-date or @data-utc]"
)
_MARKS: Final = (
    "content", "datetime", "title", "data-datetime", "data-published", "data-published-date",
    "data-publish-date", "data-pubdate", "data-date", "data-timestamp", "data-time", "data-utc",
)  # fmt: skip


def visible(reading: Reading) -> Iterator[Timestamp]:
    """Yield what stands on the page: marked elements, and short lines around the text."""
    now, stamps = reading.page.fetched, reader_of(reading)
    orders = [block.order for block in reading.body] or [0]
    first, last = min(orders), max(orders)
    where = {block.element: block.order for block in reading.found}
    for element in reading.tree.iter("time"):
        yield from _of_element(element, where, first, stamps)
    for element in reading.tree.xpath(_MARKED):
        yield from _of_marked(element, where, first, stamps)
    for block in reading.found[max(0, first - _ABOVE) : first + 2]:
        yield from _of_line(block, 52, now, stamps)
    for block in reading.found[last + 1 : last + _BELOW]:
        yield from _of_line(block, 40, now, stamps)


def _of_element(
    element: html.HtmlElement, where: dict[html.HtmlElement, int], first: int, stamps: Stamps
) -> Iterator[Timestamp]:
    """Read a ``<time>``; one within a link is of another article, if not in its own bookmark."""
    around = [element, *element.iterancestors()]
    text = " ".join(element.text_content().split())
    order = next((where[e] for e in around if e in where), None)
    above = order is not None and first - _ABOVE <= order <= first
    link = next((parent for parent in around if parent.tag == "a"), None)
    if link is not None and not (above and "bookmark" in (link.get("rel") or "")):
        return
    trust = 62 if above else 25 if order is None or order > first else 35
    parent = element.getparent()
    beside = (
        " ".join(filter(None, (parent.text, parent.get("class")))) if parent is not None else ""
    )
    item = element.get("itemprop") or ""
    trust += 8 * bool(_SAYS_PUBLISHED.search(f"{text} {beside}") or "pubdate" in element.attrib)
    trust += 12 * ("datePublished" in item)
    changed = f"{text} {element.get('class') or ''}"
    trust -= 30 * bool(_SAYS_CHANGED.search(changed) or "odified" in item)
    for said in (element.get("datetime"), element.get("content"), text):
        if found := next(stamps(said, trust, "time element"), None):
            yield found
            return


def _of_marked(
    element: html.HtmlElement, where: dict[html.HtmlElement, int], first: int, stamps: Stamps
) -> Iterator[Timestamp]:
    """Read an element that carries its time in an attribute, as microdata and RDFa have it."""
    marks = " ".join((element.get("itemprop") or "", element.get("property") or ""))
    if "datePublished" in marks or "dateCreated" in marks:
        said = next(filter(None, map(element.get, _MARKS)), None) or element.text_content()
        yield from stamps(said, 70, "microdata datePublished")
        return
    around = [element, *element.iterancestors()]
    order = next((where[e] for e in around if e in where), None)
    near = order is not None and first - _ABOVE <= order <= first + 1
    if near and not any(parent.tag == "a" for parent in around):
        trust = 58 + 8 * ("publi" in (element.get("class") or ""))
        for name in _MARKS:
            if found := next(stamps(element.get(name), trust, f"{name} of an element"), None):
                yield found
                return


def _of_line(block: Block, trust: int, now: datetime, stamps: Stamps) -> Iterator[Timestamp]:
    text = block.text
    if block.size > _LONGEST_LINE or block.linked == len(text):
        return
    told = ago(text, now)
    relative = [Timestamp(told, trust - 3, "time told by the text")] if told else []
    for stamp in (*stamps(text, trust, "line by the text"), *relative):
        more = 6 * bool(_SAYS_PUBLISHED.search(text)) - 25 * bool(_SAYS_CHANGED.search(text))
        # A long line that only mentions a day is of the day, and not from it.
        more -= 15 * (len(_LETTERS_OF.findall(text)) > _MOST_BESIDE)
        more += 5 * (stamp.moment.precision is not Precision.DAY) - 12 * (block.linked > 0)
        yield stamp._replace(trust=trust + more)
