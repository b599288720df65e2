"""Who wrote an article: names as a list, agencies among them, without roles and addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from lxml.html import HtmlElement

from pipeline.blocks import Block
from pipeline.names import BAR, SIGNED, agency_of, is_house, is_person, names
from pipeline.reading import Reading
from pipeline.structured import Node, persons
from pipeline.title import site_names

_META = (
    "author", "byl", "article:author_name", "dc.creator", "dcterms.creator", "parsely-author",
    "sailthru.author", "cxenseparse:author", "authors", "article:author", "og:article:author",
    "article.author", "creator", "citation_author", "twitter:written by",
)  # fmt: skip
_OTHER_META = re.compile(r"(?:\A|[^a-z])(?:authors?|byline)(?:[:._-]?(?:full)?names?)?\Z")
"""Other names of meta elements that give the author: mrf:authors, article:author:name."""
_NAMED = frozenset(
    """
    author authors byline autor autoren autore autori auteur autorzy yazar penulis writer reporter
    journalist person verfasser skribent authorname authorline zuozhe persons creator
    """.split()  # noqa: SIM905 -- a table of names reads better as words
)
_MARKED = "//*[contains(@rel, 'author') or contains(@itemprop, 'author')]"
_CLASSED = (
    "//*[self::a or self::span or self::address or self::strong or self::cite]"
    "[contains(@class, 'author') or contains(@class, 'Author') or contains(@class, 'byline')]"
)
_EDGE = 60
_LONGEST = 120
_MOST = 12
_MANY = 6
_ENOUGH_LINES = 3
_ABOVE = 25
_BELOW = 12


def byline(reading: Reading) -> None:
    """Read the authors that structured data and meta elements name.

    Names of persons and agencies go before the outlet's own name, whoever says them.
    """
    houses = set(site_names(reading))
    weak: tuple[str, list[str]] | None = None
    for rule, raw in _claimed(reading):
        found = list(dict.fromkeys(names(raw)))
        if not found:
            continue
        if not any(is_house(text, houses) for text in raw):
            _keep(reading, rule, found)
            return
        weak = weak or (rule, [name for name in found if is_house(name, houses)] or found)
    if weak is not None:
        _keep(reading, *weak)
        reading.facts["house byline"] = True


def signature(reading: Reading) -> None:
    """Read the authors from what stands around the text, when no claim names a person."""
    if reading.authors and "house byline" not in reading.facts:
        return
    houses = set(site_names(reading))
    for rule, raw in _seen(reading):
        found = [
            name
            for name in dict.fromkeys(names(raw))
            if (is_person(name) or agency_of(name)) and not is_house(name, houses)
        ]
        if found:
            _keep(reading, rule, found)
            break
    else:
        _alone(reading, houses)
    if reading.authors and reading.lines and _signs(reading.lines[-1][1], reading.authors):
        del reading.lines[-1]


def _claimed(reading: Reading) -> Iterator[tuple[str, list[str]]]:
    claims = reading.claims
    by_id: dict[str, Node] = {str(node["@id"]): node for node in claims.others if "@id" in node}
    yield "json-ld author", list(persons(claims.article.get("author"), by_id))
    for name in _META:
        contents = [c for c in claims.meta.get(name, ()) if "/" not in c and "@" not in c]
        yield f"meta {name}", contents
    yield "json-ld creator", list(persons(claims.article.get("creator"), by_id))
    yield "feed", list(reading.page.sighting.authors)


def _seen(reading: Reading) -> Iterator[tuple[str, list[str]]]:
    """Yield what stands marked as an author, or signed, between headline and text or below it."""
    near = _around(reading)
    holders = {block.element for block in near}
    for path in (_MARKED, _CLASSED):
        marked = [
            e
            for e in reading.tree.xpath(path)
            if e in holders or any(parent in holders for parent in islice(e.iterancestors(), 3))
        ]
        yield "byline on the page", [_text(e) for e in marked[:_MANY]]
    named = [b.text for b in near if any(_NAMED & words for words in b.names[-3:])]
    yield "byline on the page", named[:_MANY]
    parts = [part for b in near for part in BAR.split(b.text)]
    yield "signed line", [found["names"] for p in parts if (found := SIGNED.match(p))][:3]
    for name, offered in reading.claims.meta.items():
        if name not in _META and _OTHER_META.search(name):
            yield f"meta {name}", [c for c in offered if "/" not in c and "@" not in c]


def _around(reading: Reading) -> list[Block]:
    """Return the short blocks near the text, those above it first."""
    if not reading.body:
        return [block for block in reading.found if block.size <= _LONGEST]
    orders = [block.order for block in reading.body]
    first, last = min(orders), max(orders)
    above = reading.found[max(0, first - _ABOVE) : first + 3]
    below = reading.found[max(0, last - 2) : last + _BELOW]
    return [b for b in (*above, *below) if b.size <= _LONGEST and "h1" not in b.tags]


def _text(element: HtmlElement) -> str:
    text = " ".join(element.text_content().split())
    return text if len(text) < _LONGEST else ""


def _alone(reading: Reading, houses: set[str]) -> None:
    """Take a name that stands alone at the end or the beginning of the text for its author."""
    if len(reading.lines) < _ENOUGH_LINES:
        return
    for at in (-1, 0):
        line = reading.lines[at][1]
        if len(line) > _EDGE or line[-1] in ".!?…:":
            continue
        found = [name for name in names([line]) if not is_house(name, houses)]
        signed = bool(found) and all(map(is_person, found))
        if signed or (at == -1 and "edaktion" in line and " " not in line):
            _keep(reading, "signature", found or [line])
            del reading.lines[at]
            return


def _signs(line: str, authors: Sequence[str]) -> bool:
    """Whether a line says who wrote an article and no more."""
    signed = SIGNED.match(line)
    said = list(names([signed["names"] if signed else line])) if len(line) <= _LONGEST else []
    return bool(said) and set(said) <= set(authors)


def _keep(reading: Reading, rule: str, found: Sequence[str]) -> None:
    reading.authors = tuple(found[:_MOST])
    reading.evidence["authors"] = rule
    reading.facts.pop("house byline", None)
