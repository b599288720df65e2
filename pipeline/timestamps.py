"""All times that a page claims for its article: who says so, and how far it is to be trusted."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from lxml import html

from pipeline.ago import ago
from pipeline.blocks import Block
from pipeline.instants import Moment, moment
from pipeline.reading import Reading
from pipeline.structured import text_of
from stories.model import Precision

_PUBLISHED: Final = (
    "article:published_time", "og:article:published_time", "datepublished", "og:published_time",
    "article:published", "article.published", "parsely-pub-date", "sailthru.date", "pubdate",
    "publishdate", "publish-date", "publish_date", "publication_date", "publisheddate",
    "publication-date", "published_time", "published-date", "published_at", "date.published",
    "dc.date.issued", "dcterms.issued", "dc.date.created", "dcterms.created", "dcterms.date",
    "dc.date", "date", "article.created", "cxenseparse:recs:publishtime", "rnews:datepublished",
    "iso-8601-publish-date", "created", "originalpublicationdate", "article_date_original",
    "vr:published_time", "bt:pubdate", "datecreated",
)  # fmt: skip
_MODIFIED: Final = (
    "article:modified_time", "og:updated_time", "datemodified", "og:article:modified_time",
    "last-modified", "lastmod", "dcterms.modified", "dc.date.modified", "article.updated",
    "revised", "modified",
)  # fmt: skip
_IN_PATH = re.compile(
    r"/((?:19|20)\d\d)[/_-]?(0[1-9]|1[0-2])[/_-]?(0[1-9]|[12]\d|3[01])(?!\d)"
    r"|(?<!\d)((?:19|20)\d\d)-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(?!\d)"
)
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
_OLDEST_IN_TITLE: Final = 2000
_LONGEST_LINE: Final = 160
_ABOVE: Final = 25
_BELOW: Final = 15


class Timestamp(NamedTuple):
    """A time that somebody claims, how far it is trusted (more is better), and the rule."""

    moment: Moment
    trust: int
    rule: str


_Stamps = Callable[[str | None, int, str], Iterator[Timestamp]]


def published(reading: Reading) -> Iterator[Timestamp]:
    """Yield when the article was published by structured data, meta, feed, title and address."""
    claims = reading.claims
    stamps = _reader(reading)
    for rank, node in enumerate(claims.articles[:3]):
        for name, trust in (("datePublished", 100), ("dateCreated", 60), ("uploadDate", 40)):
            yield from stamps(text_of(node.get(name)), trust - 25 * rank, f"json-ld {name}")
    for node in claims.others:
        yield from stamps(text_of(node.get("datePublished")), 72, "json-ld page datePublished")
    for name in _PUBLISHED:
        trust = 85 if "publi" in name else 75
        for content in claims.meta.get(name, ()):
            yield from stamps(content, trust, f"meta {name}")
    if reading.page.sighting.published is not None:
        yield Timestamp(Moment(reading.page.sighting.published, Precision.SECOND), 80, "feed")
    yield from _in_passing(reading, stamps)


def _in_passing(reading: Reading, stamps: _Stamps) -> Iterator[Timestamp]:
    """Yield the days in titles and addresses: good only when nobody says it better."""
    for name in ("og:title", "title"):
        for stamp in stamps(reading.claims.first(name), 28, "title"):
            if stamp.moment.at.year >= _OLDEST_IN_TITLE:
                yield stamp
    if path := _IN_PATH.search(urlsplit(reading.url).path):
        yield from stamps("-".join(part for part in path.groups() if part), 30, "address")


def modified(reading: Reading) -> Iterator[Timestamp]:
    """Yield when the article was changed last."""
    stamps = _reader(reading)
    said = text_of(reading.claims.article.get("dateModified"))
    yield from stamps(said, 100, "json-ld dateModified")
    for name in _MODIFIED:
        for content in reading.claims.meta.get(name, ()):
            yield from stamps(content, 80, f"meta {name}")


def visible(reading: Reading) -> Iterator[Timestamp]:
    """Yield what stands on the page: marked elements, and short lines around the text."""
    now, stamps = reading.page.fetched, _reader(reading)
    orders = [block.order for block in reading.body] or [0]
    first, last = min(orders), max(orders)
    where = {block.element: block.order for block in reading.found}
    for element in reading.tree.iter("time"):
        yield from _of_element(element, where, first, stamps)
    for element in reading.tree.xpath("//*[@itemprop='datePublished'][not(self::time|self::meta)]"):
        said = element.get("content") or element.get("datetime") or element.text_content()
        yield from stamps(said, 70, "microdata datePublished")
    for block in reading.found[max(0, first - _ABOVE) : first + 2]:
        yield from _of_line(block, 52, now, stamps)
    for block in reading.found[last + 1 : last + _BELOW]:
        yield from _of_line(block, 40, now, stamps)


def _reader(reading: Reading) -> _Stamps:
    """Return what reads times as they are written where the page comes from."""
    american = (reading.language_tag or "").lower() == "en-us"

    def stamps(text: str | None, trust: int, rule: str) -> Iterator[Timestamp]:
        if text and (found := moment(text, month_first=american)):
            yield Timestamp(found, trust, rule)

    return stamps


def _of_element(
    element: html.HtmlElement, where: dict[html.HtmlElement, int], first: int, stamps: _Stamps
) -> Iterator[Timestamp]:
    """Read a ``<time>``; one within a link is the time of another article."""
    around = [element, *element.iterancestors()]
    if any(parent.tag == "a" for parent in around):
        return
    text = " ".join(element.text_content().split())
    order = next((where[e] for e in around if e in where), None)
    above = order is not None and first - _ABOVE <= order <= first
    trust = 62 if above else 25 if order is None or order > first else 35
    parent = element.getparent()
    beside = (
        " ".join(filter(None, (parent.text, parent.get("class")))) if parent is not None else ""
    )
    item = element.get("itemprop") or ""
    trust += 8 * bool(_SAYS_PUBLISHED.search(f"{text} {beside}") or "pubdate" in element.attrib)
    trust += 12 * ("datePublished" in item)
    trust -= 30 * bool(_SAYS_CHANGED.search(text) or "odified" in item)
    for said in (element.get("datetime"), element.get("content"), text):
        if found := next(stamps(said, trust, "time element"), None):
            yield found
            return


def _of_line(block: Block, trust: int, now: datetime, stamps: _Stamps) -> Iterator[Timestamp]:
    text = block.text
    if block.size > _LONGEST_LINE or block.linked == len(text):
        return
    told = ago(text, now)
    relative = [Timestamp(told, trust - 3, "time told by the text")] if told else []
    for stamp in (*stamps(text, trust, "line by the text"), *relative):
        more = 6 * bool(_SAYS_PUBLISHED.search(text)) - 25 * bool(_SAYS_CHANGED.search(text))
        more += 5 * (stamp.moment.precision is not Precision.DAY) - 12 * (block.linked > 0)
        yield stamp._replace(trust=trust + more)
