"""Who wrote an article: names as a list, agencies among them, without roles, dates and addresses."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from lxml.html import HtmlElement

from pipeline.blocks import Block
from pipeline.plain import letters
from pipeline.plain import plain_name as plain
from pipeline.reading import Reading
from pipeline.structured import Node, strings, text_of
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
    nachrichten actualites noticias notizie zpravy редакция redazioneweb teamredaktion
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

_NAMED = frozenset(
    "author authors byline autor autoren autore autori auteur autorzy yazar penulis writer reporter "
    "journalist person verfasser skribent authorname authorline zuozhe person persons creator".split()
)
_MARKED = "//*[@rel='author' or contains(@itemprop, 'author')]"
_CLASSED = (
    "//*[self::a or self::span or self::address or self::strong or self::cite]"
    "[contains(@class, 'author') or contains(@class, 'Author') or contains(@class, 'byline')]"
)
_BAR = re.compile(r"\s+[|•·/]\s+")
_SIGNED = re.compile(
    r"\s*[(\uff08]?\s*(?i:责编|责任编辑|编辑|记者|作者|本报记者|記者|文|글|기자|Autor(?:in)?(?:/Autor)?|Author|Text|Von|By|Por|Par|Di|Af|Av|Door|Автор|Автори|Oleh|Penulis|Yazan)"
    r"\s*[:：\s]\s*(?P<names>.{2,100}?)\s*[)\uff09]?\s*\Z"
)
_PERSON = re.compile(
    r"(?:(?:Dr|Prof|Mag|Ing|Sir|Dame|Mr|Mrs|Ms)\.?\s)*"
    r"(?:[^\W\d_a-z][\w.'’\-]*|(?:de|del|della|di|da|dos|do|von|van|der|den|zu|le|la|el|al|bin|ibn|ben|ter|af|av|y|e)\b)"
    r"(?:\s(?:[^\W\d_a-z][\w.'’\-]+|(?:de|del|della|di|da|dos|do|von|van|der|den|zu|le|la|el|al|bin|ibn|ben|ter|af|av|y|e)\b)){1,5}\Z"
)
_HAN_NAME = re.compile(r"[\u3400-\u9fff\uac00-\ud7af]{2,4}\Z")
_ADMIN = re.compile(r"/(?:admin|administrator|editor|redaktion|staff)/?\Z")
_EDGE = 60
_LONGEST = 120
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
        if not any(_house(text, houses) for text in raw):
            _keep(reading, rule, found)
            return
        weak = weak or (rule, [name for name in found if _house(name, houses)] or found)
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
            if (is_person(name) or plain(name) in AGENCIES) and not _house(name, houses)
        ]
        if found:
            _keep(reading, rule, found)
            break
    else:
        _alone(reading, houses)
    if reading.authors and reading.lines and _signs(reading.lines[-1][1], reading.authors):
        del reading.lines[-1]


def _signs(line: str, authors: Sequence[str]) -> bool:
    """Whether a line says who wrote an article and no more."""
    signed = _SIGNED.match(line)
    said = list(names([signed["names"] if signed else line])) if len(line) <= _LONGEST else []
    return bool(said) and set(said) <= set(authors)


def _alone(reading: Reading, houses: set[str]) -> None:
    """Take a name that stands alone at the end or the beginning of the text for its author."""
    if len(reading.lines) < _ENOUGH_LINES:
        return
    for at in (-1, 0):
        line = reading.lines[at][1]
        if len(line) > _EDGE or line[-1] in ".!?…:":
            continue
        found = [name for name in names([line]) if not _house(name, houses)]
        signed = bool(found) and all(is_person(name) for name in found)
        if signed or (at == -1 and "edaktion" in line and len(line.split()) == 1):
            _keep(reading, "signature", found or [line])
            del reading.lines[at]
            return


def is_person(name: str) -> bool:
    """Whether a text looks like the name of a person: two to six words that begin in capitals."""
    return bool(_PERSON.match(name) or _HAN_NAME.match(name))


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
    if letters in outlets:
        return True
    return letters not in AGENCIES and any(len(o) >= 3 and (o in letters) for o in outlets)


def _keep(reading: Reading, rule: str, found: list[str]) -> None:
    reading.authors = tuple(found[:12])
    reading.evidence["authors"] = rule
    agencies = [AGENCIES[plain(name)] for name in found if plain(name) in AGENCIES]
    if agencies:
        reading.facts["agencies"] = list(dict.fromkeys(agencies))


def _claimed(reading: Reading) -> Iterator[tuple[str, list[str]]]:
    claims = reading.claims
    by_id = {str(node.get("@id")): node for node in claims.others if "@id" in node}
    yield "json-ld author", list(_persons(claims.article.get("author"), by_id))
    for name in _META:
        contents = [c for c in claims.meta.get(name, ()) if "/" not in c and "@" not in c]
        if contents:
            yield f"meta {name}", contents
    yield "json-ld creator", list(_persons(claims.article.get("creator"), by_id))
    if reading.page.sighting.authors:
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
        yield "byline on the page", [_text(e) for e in marked[:6]]
    named = [b.text for b in near if any(_NAMED & names for names in b.names[-3:])]
    yield "byline on the page", named[:6]
    parts = [part for b in near for part in _BAR.split(b.text)]
    yield "signed line", [found["names"] for p in parts if (found := _SIGNED.match(p))][:3]


def _around(reading: Reading) -> list[Block]:
    """Return the short blocks near the text, those above it first."""
    if not reading.body:
        return [block for block in reading.found if block.size <= _LONGEST]
    orders = [block.order for block in reading.body]
    first, last = min(orders), max(orders)
    above = reading.found[max(0, first - _ABOVE) : first + 3]
    below = reading.found[max(0, last - 2) : last + _BELOW]
    return [
        block for block in (*above, *below) if block.size <= _LONGEST and "h1" not in block.tags
    ]


def _text(element: HtmlElement) -> str:
    text = " ".join(element.text_content().split())
    return text if len(text) < _LONGEST else ""


def _persons(value: object, by_id: dict[str, Node], depth: int = 0) -> Iterator[str]:
    """Yield the names of an author value, following references to other nodes of the page."""
    if isinstance(value, list):
        for item in value[:30]:
            yield from _persons(item, by_id, depth)
    elif isinstance(value, dict):
        if _ADMIN.search(str(value.get("@id") or value.get("url") or "")):
            return
        name = value.get("name") or " ".join(
            filter(None, (text_of(value.get("givenName")), text_of(value.get("familyName"))))
        )
        if not name and depth < 2 and (node := by_id.get(str(value.get("@id")))):
            yield from _persons(dict(node), by_id, depth + 1)
        else:
            yield from strings(name)
    elif isinstance(value, str) and "://" not in value:
        yield value
