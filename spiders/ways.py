"""What a page offers outward: links with what is said of them, feeds, searches, its original."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import parse_qsl, urldefrag, urlsplit

from lxml import etree

from pipeline.address import clean, key, same_site, site
from pipeline.well_known import folded
from spiders.discover import alternates
from spiders.listing import absolute, plain
from spiders.outlets import labels
from spiders.section import base_of, page_tree, shape
from stories.hosts import bare_host

MOST_LINKS = 400
_FURNITURE = frozenset({"nav", "footer", "header", "form", "menu"})
_TEXT = frozenset({"p", "blockquote", "li", "td", "dd", "figcaption", "h2", "h3", "h4"})
_CALENDAR = re.compile(
    r"(?:^|[/?&_-])(?:calendar|kalender|calendrier|calendario|agenda|events?|termine)(?=[/?&=._-]|$)"
    r"|[?&](?:month|year|day|date|monat|jahr)=",
    re.IGNORECASE,
)
_NEVER = frozenset(
    """
    facebook.com twitter.com x.com t.co instagram.com linkedin.com pinterest.com reddit.com
    whatsapp.com wa.me t.me telegram.me youtube.com youtu.be google.com apple.com xing.com
    flipboard.com getpocket.com amzn.to amazon.com addtoany.com threads.net bsky.app tiktok.com
    wikipedia.org wikimedia.org creativecommons.org vimeo.com spotify.com paypal.com patreon.com
    """.split()  # noqa: SIM905 - a table of names reads better as words
)
_NOT_PAGES = re.compile(
    r"\.(?:jpe?g|png|gif|webp|svg|pdf|mp[34]|m4a|zip|css|js|ics|apk|docx?|xlsx?)$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link: where to, in which words, within which sentence.

    `inside` the text, or beside it; `furniture` when it stands in what every page of a site has.
    """

    url: str
    text: str
    around: str
    inside: bool
    furniture: bool = False

    @property
    def blind(self) -> bool:
        """Whether neither its words nor its address say what it is about."""
        slug = max(urlsplit(self.url).path.rstrip("/").split("/"), key=len)
        said = [part for part in re.split(r"[-_.]", slug) if part.isalpha() and len(part) > 2]  # noqa: PLR2004
        return len(said) < 3  # noqa: PLR2004


@dataclass(frozen=True, slots=True, kw_only=True)
class WaysOut:
    """Everything that a page offers outward.

    `original` is the page that this one says it is a copy of, on another site; `read_on` is where
    it sends its readers for the whole of it; `searches` are
    templates with ``{query}`` in them; `linked` is the share of its text that lies in links.
    """

    links: tuple[Link, ...]
    feeds: tuple[str, ...]
    searches: tuple[str, ...]
    original: str | None
    read_on: str | None
    next: str | None
    outlet: str | None
    linked: float


def ways_out(body: bytes, url: str, content_type: str = "") -> WaysOut:
    """Read what a page offers.

    Raises:
        UnreadableError: there is no HTML in it.

    """
    tree = page_tree(body, content_type)
    base = base_of(tree, url)
    return WaysOut(
        links=tuple(_links(tree, base, url)),
        feeds=tuple(alternates(tree, url)[:3]),
        searches=tuple(dict.fromkeys(_searches(tree, base, url))),
        original=_original(tree, base, url),
        read_on=_read_on(tree, base, url),
        next=_next(tree, base, url),
        outlet=_outlet(tree, url),
        linked=_linked(tree),
    )


# Caches write http:// as nothing and https:// as ``s/``.
_PLAIN_CACHE = re.compile(
    r"https?://(?:[a-z0-9-]+\.cdn\.ampproject\.org/(?:[a-z]/)?|(?:www\.)?google\.[a-z.]{2,6}/amp/)"
    r"(?!s/|[a-z]/)",
    re.IGNORECASE,
)


def unwrapped(url: str) -> str:
    """The address that a redirector carries within its own, where it does so openly."""
    for _ in range(3):
        url = clean(url) if not _PLAIN_CACHE.match(url) else f"http{clean(url)[5:]}"
        try:
            parts = urlsplit(url)
            pairs = parse_qsl(parts.query)
        except ValueError:
            return url
        inner = next(
            (v for _, v in pairs if v.startswith(("http://", "https://")) and "." in v[8:]), None
        )
        if inner is None or same_site(inner, url) or is_front(inner):
            return url
        url = inner
    return url


def is_front(url: str) -> bool:
    """Whether an address is that of a whole site: neither a path nor a query."""
    parts = urlsplit(url)
    return not parts.path.strip("/") and not parts.query


def is_calendar(url: str) -> bool:
    """Whether an address is one of a calendar's, which have no end."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return True
    slug = max(parts.path.split("/"), key=len)
    if slug.count("-") >= 3 and not parts.query:  # noqa: PLR2004 - an article about an event
        return False
    return _CALENDAR.search(f"{parts.path}?{parts.query}") is not None


def _links(tree: etree._Element, base: str, url: str) -> Iterator[Link]:
    here = key(url)
    seen: Counter[str] = Counter()
    for element in tree.iter("a"):
        href = absolute(base, element.get("href"))
        if href is None or "nofollow ugc" in (element.get("rel") or ""):
            continue
        href = unwrapped(urldefrag(href).url)
        name = key(href)
        seen[name] += 1
        if name == here or seen[name] > 1 or len(seen) > MOST_LINKS:
            continue
        if _NOT_PAGES.search(urlsplit(href).path) or is_calendar(href):
            continue
        if site(bare_host(href)) in _NEVER:
            continue
        text = " ".join("".join(element.itertext()).split())
        around, inside, furniture = _place(element)
        yield Link(
            url=href, text=text[:300], around=around[:400], inside=inside, furniture=furniture
        )


def _place(element: etree._Element) -> tuple[str, bool, bool]:
    """The words around a link; whether it stands within a paragraph, or in a site's furniture."""
    for parent in element.iterancestors():
        if parent.tag in _FURNITURE or parent.get("role") == "navigation":
            return "", False, True
        if parent.tag in _TEXT:
            around = " ".join("".join(parent.itertext()).split())
            own = len(" ".join("".join(element.itertext()).split()))
            above = list(parent.iterancestors())
            furniture = any(one.tag in _FURNITURE for one in above)
            aside = furniture or any(
                one.tag == "aside" or "related" in (one.get("class") or "").lower() for one in above
            )
            return around, not aside and len(around) > own + 20, furniture
    return "", False, False


def _searches(tree: etree._Element, base: str, url: str) -> Iterator[str]:
    """Search templates that a page advertises: schema.org's SearchAction, WordPress, forms."""
    for script in tree.iter("script"):
        if script.get("type") == "application/ld+json" and script.text and "Search" in script.text:
            yield from _search_actions(script.text, url)
    for meta in tree.iter("meta"):
        if meta.get("name") == "generator" and "wordpress" in (meta.get("content") or "").lower():
            yield absolute(base, "/?s=") + "{query}&feed=rss2"  # type: ignore[operator] # a base is absolute
    for form in tree.iter("form"):
        if (form.get("method") or "get").lower() != "get":
            continue
        action = absolute(base, form.get("action") or url)
        fields = [one for one in form.iter("input") if one.get("name")]
        asked = [
            one
            for one in fields
            if one.get("type", "text") in {"search", "text"}
            and (one.get("type") == "search" or form.get("role") == "search"
                 or one.get("name") in {"q", "query", "s", "search"})
        ]  # fmt: skip
        if action and len(asked) == 1 and same_site(action, url) and "?" not in action:
            others = "".join(
                f"&{one.get('name')}={one.get('value')}"
                for one in fields
                if one.get("type") == "hidden" and one.get("value")
            )
            yield f"{action}?{asked[0].get('name')}={{query}}{others}"


def _search_actions(text: str, url: str) -> Iterator[str]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return
    waiting = [found]
    while waiting:
        one = waiting.pop()
        if isinstance(one, list):
            waiting += one[:50]
        elif isinstance(one, dict):
            if one.get("@type") == "SearchAction":
                target = one.get("target")
                template = target.get("urlTemplate") if isinstance(target, dict) else target
                if isinstance(template, str) and "{search_term_string}" in template:
                    whole = absolute(url, template.replace("{search_term_string}", "QUERYHERE"))
                    if whole and same_site(whole, url):
                        yield whole.replace("QUERYHERE", "{query}")
            waiting += [value for value in one.values() if isinstance(value, (dict, list))]


def _original(tree: etree._Element, base: str, url: str) -> str | None:
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


def _read_on(tree: etree._Element, base: str, url: str) -> str | None:
    """The other site's page that a reader is sent to for the whole story."""
    for element in tree.iter("a"):
        text = " ".join("".join(element.itertext()).split())
        if len(text) < 120 and _READ_ON.match(text):  # noqa: PLR2004
            href = absolute(base, element.get("href"))
            if href and not same_site(there := unwrapped(href), url):
                return None if is_front(there) else there
    return None


def _next(tree: etree._Element, base: str, url: str) -> str | None:
    for tag in ("link", "a"):
        for element in tree.iter(tag):
            if "next" in (element.get("rel") or "").lower().split():
                href = absolute(base, element.get("href"))
                if href and same_site(href, url) and not is_calendar(href):
                    return href
    return None


def _outlet(tree: etree._Element, url: str) -> str | None:
    """What a site calls itself: in its metadata, or in that part of a title that is its host's."""
    for meta in tree.iter("meta"):
        if (meta.get("property") or meta.get("name") or "").lower() == "og:site_name":
            return plain(meta.get("content"), 100)
    for title in tree.iter("title"):
        for part in re.split(r"\s[^\w\s]{1,2}\s|[|:]", "".join(title.itertext())):
            if folded(part) in labels(bare_host(url)):
                return plain(part, 100)
    return None


def _linked(tree: etree._Element) -> float:
    whole = linked = 0
    for element in tree.iter("p", "li", "h1", "h2", "h3", "td"):
        whole += len("".join(element.itertext()))
        linked += sum(len("".join(a.itertext())) for a in element.iter("a"))
    return linked / whole if whole else 0.0


def looks_like_a_page(url: str) -> bool:
    """Whether an address may be an article's: not a front page, not furniture of a site."""
    return shape(url) >= 0
