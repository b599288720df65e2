"""A front or section page: which of its links are articles, without a rule for each site."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urldefrag, urlsplit

from lxml import etree, html

from pipeline.address import key, same_site
from spiders.feed import charset_of
from spiders.listing import Listing, UnreadableError, absolute, plain
from stories.model import Sighting, SourceKind

MOST_LINKS = 300
ENOUGH = 4
"""The score from which a link counts as an article."""

_TOO_OFTEN = 5
_DATE = re.compile(r"/(?:19|20)\d\d(?:[/-]?(?:[01]?\d|[a-z]{3})(?:[/-]?[0-3]?\d)?)?(?=[/-])")
_NUMBER = re.compile(r"(?<![\d])\d{5,}(?![\d])")
_SHORT_NUMBER = re.compile(r"=\d{3,}|/\d{3,4}(?:/|$)")
_MIXED_ID = re.compile(r"/(?=[A-Za-z]*\d)(?=\d*[A-Za-z])[A-Za-z0-9]{8,}(?:\.html?)?$")
_PAGE_FILE = re.compile(r"\.(?:s?html?|php|aspx?|cms|ece)$")
_NOT_PAGES = re.compile(
    r"\.(?:jpe?g|png|gif|webp|svg|pdf|mp[34]|m4a|zip|xml|rss|json|css|js|ics|apk|docx?|xlsx?)$",
    re.IGNORECASE,
)
_FURNITURE = frozenset(
    """
    about account abo advertise advertising agb anzeigen archive archiv author authors autor
    autoren autores auteur category categories contact contacto contatti cookie cookies
    datenschutz events faq feed feeds help hilfe impressum imprint jobs kontakt legal login
    logout newsletter newsletters page podcasts privacy profile register registrieren rss
    search signin signup sitemap shop suche subscribe subscription tag tags terms thema themen
    tema temas topic topics user users weather wetter
    """.split()  # noqa: SIM905 - a list of so many words is a page long
)
_ASIDE = frozenset({"nav", "footer", "header", "form", "menu"})
_ASIDE_ROLES = frozenset({"navigation", "banner", "contentinfo", "search", "menu", "menubar"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5"})
_WIDE = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


@dataclass(slots=True)
class _Link:
    """What a page does with one address: the texts it links with, and where they stand."""

    url: str
    texts: list[str] = field(default_factory=list)
    times: int = 0
    in_heading: bool = False
    in_article: bool = False
    outside_aside: bool = False


def read_section(
    body: bytes,
    url: str,
    *,
    source: str,
    seen: datetime,
    content_type: str = "",
    limit: int = MOST_LINKS,
) -> Listing:
    """Read the links of a page that look like articles, in the order of the page.

    A link is scored by the shape of its address (a date, a long number, a slug of words), the
    length of its text, and where it stands; see :func:`score`.

    Raises:
        UnreadableError: there is no HTML in it.

    """
    tree = page_tree(body, content_type)
    links = _links(tree, url)
    texts = Counter(text.casefold() for link in links.values() for text in set(link.texts))
    sightings = []
    for link in links.values():
        own = [text for text in link.texts if texts[text.casefold()] == 1] or link.texts
        title = max(own, key=len, default="")
        if score(link, title, repeated=texts[title.casefold()] > 2) >= ENOUGH:  # noqa: PLR2004
            sightings.append(Sighting(url=link.url, source=source, seen=seen, title=plain(title)))
    return Listing(
        kind=SourceKind.SECTION,
        sightings=tuple(sightings[:limit]),
        title=plain(tree.findtext(".//title")) or "",
        method="links",
    )


def page_tree(body: bytes, content_type: str) -> etree._Element:
    """Parse a page.

    Raises:
        UnreadableError: there is no HTML in it.

    """
    for charset in (charset_of(content_type), _utf8(body), None):
        try:
            parser = html.HTMLParser(encoding=charset, no_network=True, huge_tree=False)
        except LookupError:
            continue
        if charset is not None:
            break
    try:
        tree = html.document_fromstring(body, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableError("empty", str(error)[:200]) from error
    return tree


def _utf8(body: bytes) -> str | None:
    """Say ``utf-8`` when it is: a page that names no charset would be read as Latin-1."""
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return "utf-8"


def base_of(tree: etree._Element, url: str) -> str:
    """Give what the links of a page are relative to."""
    for element in tree.iter("base"):
        return absolute(url, element.get("href")) or url
    return url


def _links(tree: etree._Element, url: str) -> dict[str, _Link]:
    """Gather the links of a page to the same site, by the key of their address."""
    base = base_of(tree, url)
    here = key(url)
    links: dict[str, _Link] = {}
    for element in tree.iter("a"):
        href = absolute(base, element.get("href"))
        if href is None:
            continue
        href = urldefrag(href).url
        name = key(href)
        if name == here or _NOT_PAGES.search(urlsplit(href).path) or not same_site(href, url):
            continue
        link = links.setdefault(name, _Link(href))
        link.times += 1
        text = " ".join("".join(element.itertext()).split())
        text = text or (element.get("title") or element.get("aria-label") or "").strip()
        if text:
            link.texts.append(text[:500])
        _note_place(link, element)
    return links


def _note_place(link: _Link, element: etree._Element) -> None:
    """Note within which parts of the page a link stands; headings may also lie inside it."""
    aside = False
    if any(child.tag in _HEADINGS for child in element.iterdescendants()):
        link.in_heading = True
    for parent in element.iterancestors():
        tag = parent.tag
        if tag in _HEADINGS:
            link.in_heading = True
        elif tag == "article":
            link.in_article = True
            break
        elif tag in _ASIDE or parent.get("role") in _ASIDE_ROLES:
            aside = True
            break
    link.outside_aside = link.outside_aside or not aside


def score(link: _Link, title: str, *, repeated: bool) -> int:
    """Score a link: 4 and more is an article.

    The address gives up to 5 points, its text from -2 to 3, its place from -4 to 3.
    """
    points = shape(link.url) + _words(title)
    points += (2 if link.in_heading else 0) + (1 if link.in_article else 0)
    if not link.outside_aside:
        points -= 4
    if link.times > _TOO_OFTEN:
        points -= 2
    if repeated:
        points -= 2
    return points


def shape(url: str) -> int:
    """Score the shape of an address alone, -6 to 5."""
    parts = urlsplit(url)
    path = parts.path
    segments = [s for s in path.lower().split("/") if s]
    if not segments and not parts.query:
        return -6
    points = 0
    if _FURNITURE.intersection(s.partition(".")[0] for s in segments[:-1]) or (
        segments and segments[-1].partition(".")[0] in _FURNITURE
    ):
        points -= 4
    last = segments[-1] if segments else ""
    # The slug may stand before an identifier: /the-whole-title/ar-BBWXwNX
    slug = max((re.split(r"[-_]", s.strip("-_")) for s in segments[-2:]), key=len, default=[])
    if len(slug) >= 4 or (len(slug) >= 3 and len(last) >= 20):  # noqa: PLR2004
        points += 3
    elif len(slug) == 3:  # noqa: PLR2004
        points += 2
    if _DATE.search(path + "/"):
        points += 2
    if _NUMBER.search(path) or _NUMBER.search(parts.query):
        points += 2
    elif _SHORT_NUMBER.search(parts.query) or _SHORT_NUMBER.search(path) or _MIXED_ID.search(path):
        points += 1
    if _PAGE_FILE.search(last):
        points += 1
    return min(points, 5)


def _words(title: str) -> int:
    """Score the text of a link, -2 to 3: headlines are long."""
    letters = len(title) + 2 * len(_WIDE.findall(title))
    words = len(title.split())
    if letters >= 40 or words >= 7:  # noqa: PLR2004
        return 3
    if letters >= 22 and (words >= 3 or letters > len(title)):  # noqa: PLR2004
        return 2
    if words <= 1 and letters < 18:  # noqa: PLR2004
        return -2
    return 0 if words <= 2 else 1  # noqa: PLR2004
