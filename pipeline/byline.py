"""Who wrote an article: names as a list, agencies among them, without roles, dates and addresses."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator

from lxml.html import HtmlElement

from pipeline.plain import plain_name as plain
from pipeline.reading import Reading
from pipeline.structured import Node, strings
from pipeline.title import site_names

_META = (
    "author", "byl", "article:author_name", "dc.creator", "dcterms.creator", "parsely-author", "sailthru.author",
    "cxenseparse:author", "authors", "article:author", "og:article:author", "article.author", "creator", "citation_author",
)  # fmt: skip
_BY = re.compile(
    r"^\s*(?:(?:written|posted|published|reported|story|words|text|analysis|opinion|interview|review)\s+)?"
    r"(?:by|von|vom|de la redacci\w+|por|par|di|door|av|af|przez|od|texte?|texto|testo|author|autore?r?n?|автор|tekst|ein\w* \w+ von|escrito por|"
    r"gastbeitrag von|oleh|eftir|kirjoittanut|από)\b\s*:?\s*",
    re.IGNORECASE,
)
_SPLIT = re.compile(
    r"\s*(?:[;|/\u2022\u00b7\uff0f\u3001\n]|,(?!\s*(?:jr|sr|ii|iii|md|phd|dr)\b)|\s(?:and|und|et|y|e|og|och|ja|en|i|и|та|&|with|mit)\s)\s*",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"\S+@\S+|https?://\S+|www\.\S+|@\w+")
_DATED = re.compile(r"\d{4}|\d{1,2}[.:/]\d{2}|\d+\s*(?:min|hour|std|hours|ago)", re.IGNORECASE)
_ROLE = re.compile(
    r"(?:\s*[,(\-\N{EN DASH}|]\s*|\s+)(?:(?:chief|senior|staff|political|deputy|associate|contributing|special|foreign|"
    r"world|business|sports?|health|science|environment|political)\s+)*(?:editor|reporter|correspondent|writer|"
    r"columnist|redakteur(?:in)?|journalist(?:in)?|korrespondent(?:in)?|reporter(?:in)?|producer|photographer)s?\b.*\Z",
    re.IGNORECASE,
)
_NOBODY = frozenset(
    """
    admin administrator staff editor editors editorial redaktion redaction redaccion redazione
    guest unknown anonymous author authors autor autoren webmaster news newsdesk user editorialteam
    newsroom editorialstaff staffwriter staffreporter webdesk onlineredaktion none null undefined
    """.split()  # noqa: SIM905 -- a table of names reads better as words
)
AGENCIES = {
    "ap": "AP", "associatedpress": "AP", "reuters": "Reuters", "dpa": "dpa", "afp": "AFP",
    "deutschepresseagentur": "dpa", "agencefrancepresse": "AFP", "tass": "TASS", "apa": "APA",
    "sda": "SDA", "ansa": "ANSA", "efe": "EFE", "sid": "SID", "kna": "KNA", "epd": "epd",
    "pap": "PAP", "ctk": "ČTK", "upi": "UPI", "xinhua": "Xinhua", "kyodo": "Kyodo",
    "yonhap": "Yonhap", "pti": "PTI", "ani": "ANI", "aap": "AAP", "pa": "PA", "pressassociation": "PA",
    "bloomberg": "Bloomberg", "ritzau": "Ritzau", "ntb": "NTB", "tt": "TT", "stt": "STT",
    "belga": "Belga", "anp": "ANP", "lusa": "Lusa", "interfax": "Interfax", "ukrinform": "Ukrinform",
    "europapress": "Europa Press", "keystonesda": "Keystone-SDA", "adnkronos": "Adnkronos",
    "jiji": "Jiji", "bernama": "Bernama", "antara": "Antara", "dpaafx": "dpa-AFX",
}  # fmt: skip
"""News agencies by the letters of their names."""

_VISIBLE = (
    "//*[@rel='author' or @itemprop='author' or contains(@itemprop, 'author')]",
    "//*[self::a or self::span or self::div or self::p or self::address or self::li or self::strong]"
    "[contains(@class, 'author') or contains(@class, 'Author') or contains(@class, 'byline') or contains(@class, 'Byline')"
    " or contains(@class, 'autor') or contains(@class, 'Autor') or contains(@data-testid, 'author') or contains(@data-testid, 'byline')"
    " or contains(@id, 'author') or contains(@class,'writer') or contains(@class,'reporter')]",
)


def byline(reading: Reading) -> None:
    """Read the authors: structured data, then meta, then what stands by the headline, then the feed."""
    outlets = set(site_names(reading))
    weak: tuple[str, list[str]] | None = None
    for rule, raw in _offered(reading):
        found = list(dict.fromkeys(names(raw)))
        if not found:
            continue
        if any(plain(name) not in outlets and not _house(name, outlets) for name in found):
            _keep(reading, rule, found)
            return
        weak = weak or (rule, found)
    if weak is not None:
        _keep(reading, *weak)


def names(texts: Iterable[str]) -> Iterator[str]:
    """Take bylines apart into names."""
    for text in texts:
        text = " ".join(html.unescape(text).replace("\u00ad", "").split())
        text = _BY.sub("", _ADDRESS.sub(" ", text))
        for part in _SPLIT.split(text):
            name = _ROLE.sub("", _BY.sub("", part)).strip(' \t.,;:-–—|()[]*·•"')
            if _is_name(name):
                yield name


def _is_name(name: str) -> bool:
    if not 2 <= len(name) <= 60 or len(name.split()) > 7:
        return False
    return plain(name) not in _NOBODY and not _DATED.search(name) and any(c.isalpha() for c in name)


def _house(name: str, outlets: set[str]) -> bool:
    """Whether a name is the outlet's own and not a person's or an agency's."""
    letters = plain(name)
    return letters not in AGENCIES and any(len(o) >= 3 and (o in letters) for o in outlets)


def _keep(reading: Reading, rule: str, found: list[str]) -> None:
    reading.authors = tuple(found[:12])
    reading.evidence["authors"] = rule
    agencies = [AGENCIES[plain(name)] for name in found if plain(name) in AGENCIES]
    if agencies:
        reading.facts["agencies"] = list(dict.fromkeys(agencies))


def _offered(reading: Reading) -> Iterator[tuple[str, list[str]]]:
    claims = reading.claims
    by_id = {str(node.get("@id")): node for node in claims.others if "@id" in node}
    yield "json-ld author", list(_persons(claims.article.get("author"), by_id))
    for name in _META:
        contents = [c for c in claims.meta.get(name, ()) if "/" not in c and "@" not in c]
        if contents:
            yield f"meta {name}", contents
    yield "json-ld creator", list(_persons(claims.article.get("creator"), by_id))
    for rule in _VISIBLE:
        yield "byline on the page", [_text(e) for e in reading.tree.xpath(rule)[:4]]
    if reading.page.sighting.authors:
        yield "feed", list(reading.page.sighting.authors)


def _text(element: HtmlElement) -> str:
    text = " ".join(element.text_content().split())
    return text if len(text) < 120 else ""


def _persons(value: object, by_id: dict[str, Node], depth: int = 0) -> Iterator[str]:
    """Yield the names of an author value, following references to other nodes of the page."""
    if isinstance(value, list):
        for item in value[:30]:
            yield from _persons(item, by_id, depth)
    elif isinstance(value, dict):
        name = value.get("name")
        if not name and depth < 2 and (node := by_id.get(str(value.get("@id")))):
            yield from _persons(dict(node), by_id, depth + 1)
        else:
            yield from strings(name)
    elif isinstance(value, str):
        yield value
