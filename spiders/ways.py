"""What a page offers outward: links with what is said of them, feeds, searches, its original."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urldefrag, urlsplit

from lxml import etree

from pipeline.address import key, same_site, site
from spiders.discover import alternates
from spiders.imprint import is_furniture, linked, original, read_on, site_name
from spiders.listing import absolute
from spiders.section import base_of, page_tree, shape
from spiders.targets import is_calendar, unwrapped
from stories.hosts import bare_host

MOST_LINKS = 400
_TEXT = frozenset({"p", "blockquote", "li", "td", "dd", "figcaption", "h2", "h3", "h4"})
_NEVER = frozenset(
    """
    facebook.com twitter.com x.com t.co instagram.com linkedin.com pinterest.com reddit.com
    whatsapp.com wa.me t.me telegram.me youtube.com youtu.be google.com apple.com xing.com
    flipboard.com getpocket.com amzn.to amazon.com addtoany.com threads.net bsky.app tiktok.com
    wikipedia.org wikimedia.org creativecommons.org vimeo.com spotify.com paypal.com patreon.com
    """.split()  # noqa: SIM905 - a table of names reads better as words
)
_NOT_PAGES = re.compile(
    r"\.(?:jpe?g|png|gif|webp|svg|pdf|mp[34]|m4a|zip|css|js|ics|apk|docx?|xlsx?|xml|rss|atom)$",
    re.IGNORECASE,
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
        original=original(tree, base, url),
        read_on=read_on(tree, base, url),
        next=_next(tree, base, url),
        outlet=site_name(tree, url),
        linked=linked(tree, base, url),
    )


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
        if is_furniture(parent):
            return "", False, True
        if parent.tag in _TEXT:
            around = " ".join("".join(parent.itertext()).split())
            own = len(" ".join("".join(element.itertext()).split()))
            above = list(parent.iterancestors())
            furniture = any(map(is_furniture, above))
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


def _next(tree: etree._Element, base: str, url: str) -> str | None:
    for tag in ("link", "a"):
        for element in tree.iter(tag):
            if "next" in (element.get("rel") or "").lower().split():
                href = absolute(base, element.get("href"))
                if href and same_site(href, url) and not is_calendar(href):
                    return href
    return None


def looks_like_a_page(url: str) -> bool:
    """Whether an address may be an article's: not a front page, not furniture of a site."""
    return shape(url) >= 0
