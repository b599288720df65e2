"""What a page says of itself: whose it is, which page it stands for, whether it is a mere list."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlsplit

from lxml import etree

from pipeline.address import clean, same_site
from pipeline.compared import sentences_of
from pipeline.well_known import folded
from spiders.listing import absolute, plain
from spiders.outlets import labels
from spiders.targets import is_front, unwrapped
from stories.hosts import bare_host
from stories.words import words

_FURNITURE = frozenset({"nav", "footer", "header", "form", "menu"})
_PARAGRAPHS = ("p", "li", "h1", "h2", "h3", "td")
_NO_TEXT = frozenset(
    {*_PARAGRAPHS, "a", "head", "script", "style", "template", "noscript", "aside"}
)
MOSTLY, MANY = 0.35, 10
"""Share of a paragraph in links from which it is hardly more than that, and how many such make a
list of a page."""

SPUN_SENTENCES, SPUN_WORDS, SPUN_DISTINCT = 15, 4.5, 0.45
"""Sentences from which a text shows that it is no prose: fewer words in each than this, and of all
words so few that are not said before."""


def original(tree: etree._Element, base: str, url: str) -> str | None:
    """Another site's page that this one names as the canonical one."""
    for link in tree.iter("link"):
        if "canonical" in (link.get("rel") or "").lower().split():
            href = absolute(base, link.get("href"))
            if href and not same_site(href, url) and not is_front(href):
                return clean(href)
    for meta in tree.iter("meta"):
        name = (meta.get("name") or meta.get("property") or "").lower()
        if name in {"original-source", "syndication-source"}:
            href = absolute(base, meta.get("content"))
            if href and not same_site(href, url):
                return clean(href)
    return _shared(tree, base, url)


def _shared(tree: etree._Element, base: str, url: str) -> str | None:
    """Another site's page of the same path that is what this one offers to share: a mirror's."""
    here = urlsplit(url)
    for element in tree.iter("a"):
        href = absolute(base, element.get("href"))
        if href is None or "http" not in href[8:]:
            continue
        for _, value in parse_qsl(urlsplit(href).query):
            if not value.startswith(("http://", "https://")):
                continue
            there = urlsplit(value)
            same = (there.path, there.query) == (here.path, here.query)
            if same and not is_front(value) and not same_site(value, url):
                return clean(value)
    return None


_READ_ON = re.compile(
    r"\W*(?:read|see|view|continue|go to)\b.{0,20}\b(?:full|more|original|whole|rest|reading|source"
    r"|story at|article at)|full (?:story|article)"
    r"|weiterlesen|zum (?:ganzen )?artikel|originalartikel"
    r"|lire (?:la suite|l.article)|article (?:complet|original)|leer (?:más|la noticia|el artículo)"
    r"|seguir leyendo|noticia completa|leggi (?:tutto|l.articolo|di più)|continua a leggere"
    r"|ler (?:mais|a notícia|na íntegra)|lees (?:verder|meer)|читать (?:полностью|далее)|czytaj"
    r" (?:więcej|całość)|läs (?:mer|hela)",
    re.IGNORECASE,
)


_READ_AT = re.compile(
    r"\b(?:full|original|whole|complete|rest of the) (?:story|article|report) (?:at|on|in|from)\b"
    r"|\b(?:ganze[nr]?|vollständige[nr]?|original)-?\s?(?:artikel|bericht|text)\w* (?:bei|auf|in)\b"
    r"|\b(?:article|texte) (?:complet|intégral|original) (?:sur|dans)\b"
    r"|\b(?:artículo|noticia|texto) (?:complet[oa]|original) en\b"
    r"|\b(?:articolo|testo) (?:completo|originale) su\b",
    re.IGNORECASE,
)


def read_on(tree: etree._Element, base: str, url: str) -> str | None:
    """The page that a reader is sent to for the whole story: another site's, or the way there."""
    for element in tree.iter("a"):
        text = " ".join("".join(element.itertext()).split())
        if len(text) < 120 and _READ_ON.match(text):  # noqa: PLR2004
            href = absolute(base, element.get("href"))
            if href is None:
                continue
            there = unwrapped(href)
            # Aggregators send their readers on by way of an address of their own.
            if not same_site(there, url) or _READ_AT.search(text):
                return None if is_front(there) else there
    return None


def site_name(tree: etree._Element, url: str) -> str | None:
    """What a site calls itself: in its metadata, or in that part of a title that is its host's."""
    for meta in tree.iter("meta"):
        if (meta.get("property") or meta.get("name") or "").lower() == "og:site_name":
            return plain(meta.get("content"), 100)
    for title in tree.iter("title"):
        for part in re.split(r"\s[^\w\s]{1,2}\s|[|:]", "".join(title.itertext())):
            if folded(part) in labels(bare_host(url)):
                return plain(part, 100)
    return None


def linked(tree: etree._Element, base: str, url: str) -> float:
    """How much of a page is links: of its text, of its paragraphs, or of what leads elsewhere."""
    whole, within = _loose(tree), 0
    for element in tree.iter(*_PARAGRAPHS):
        whole += len("".join(element.itertext()))
        within += _in_links(element)
    return max(within / whole if whole else 0.0, _mostly(tree), _elsewhere(tree, base, url))


def _loose(element: etree._Element) -> int:
    """How much text stands in no paragraph, no link and no furniture: some break lines instead."""
    if not isinstance(element.tag, str) or element.tag in _NO_TEXT or is_furniture(element):
        return 0
    within = sum(_loose(child) + len((child.tail or "").strip()) for child in element)
    return len((element.text or "").strip()) + within


def _in_links(element: etree._Element) -> int:
    return sum(len("".join(a.itertext())) for a in element.iter("a"))


def _mostly(tree: etree._Element) -> float:
    """The share of paragraphs that are hardly more than a link, where there are many."""
    paragraphs = [p for p in tree.iter("p") if "".join(p.itertext()).strip()]
    mostly = sum(_in_links(p) >= MOSTLY * len("".join(p.itertext())) for p in paragraphs)
    return mostly / len(paragraphs) if mostly >= MANY else 0.0


def _elsewhere(tree: etree._Element, base: str, url: str) -> float:
    """The share of a page's parts that are items of a list and lead to other sites, if many are."""
    parts = leading = 0
    for element in tree.iter("p", "li"):
        parts += 1
        hrefs = (absolute(base, a.get("href")) for a in element.iter("a"))
        out = element.tag == "li" and any(h is not None and not same_site(h, url) for h in hrefs)
        leading += out
    return leading / parts if leading >= 2 * MANY else 0.0


def is_furniture(element: etree._Element) -> bool:
    """Whether an element holds what every page of a site has."""
    return element.tag in _FURNITURE or element.get("role") == "navigation"


def is_spun(text: str) -> bool:
    """Whether a text is names and bait in turn, *Ferrotan near me. Best Ferrotan guide*: no prose.

    None of 4,970 real news texts has sentences as short that say the same words as often.
    """
    sentences = [said for part in sentences_of(text) if (said := words(part))]
    said = [word for sentence in sentences for word in sentence]
    return (
        len(sentences) >= SPUN_SENTENCES
        and len(said) < SPUN_WORDS * len(sentences)
        and len(set(said)) < SPUN_DISTINCT * len(said)
    )
