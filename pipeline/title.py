"""The headline that a reader sees: what the page's several titles agree on."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from pipeline.address import outlet, site
from pipeline.plain import letters
from pipeline.plain import plain_name as plain
from pipeline.reading import Reading
from pipeline.structured import text_of

_BREAK = re.compile(
    r"\s+(?:[|\-\N{EN DASH}\N{EM DASH}\N{MIDDLE DOT}\N{BULLET}\u00ab\u00bb:/]+)\s+"
    r"|\s*[\uff5c\uff1a]\s*|\s+[|]+|:\s+"
)
_WEIGHT = {
    "h2": 2.2,
    "h1": 1.5,
    "og:title": 1.2,
    "json-ld headline": 1.1,
    "feed": 2.0,
    "fuller": 1.0,
    "title element": 0.5,
    "alternative headline": 0.3,
    "meta title": 0.3,
    "twitter:title": 0.2,
}
_SITES = (
    "og:site_name", "application-name", "apple-mobile-web-app-title", "dc.publisher", "publisher",
    "copyright", "twitter:site",
)  # fmt: skip
_HOUSES = {"WebSite", "NewsMediaOrganization", "Organization"}
_BAR = re.compile(
    r"\s*[|\uff5c\u00ab\u00bb]|\s+[\N{EN DASH}\N{EM DASH}-]\s+[^\s]+(?:\s+[^\s]+){0,2}\Z"
)
_SHOWN = {"h1", "json-ld headline"}
_STRONG = {"og:title", "json-ld headline"}
_LONG_ENOUGH = 20
_FULLER = 1.3
"""A title this many times as long as the ``h1`` says more than a headline made for a front page."""
_MINUTES = re.compile(
    r"\s*[|\-\N{MIDDLE DOT}]\s*\d+\s*min(?:ute)?s?\s*(?:read)?\s*\Z", re.IGNORECASE
)


def title(reading: Reading) -> None:
    """Choose among the titles of structured data, Open Graph, headline, feed and document."""
    names = set(site_names(reading))
    offered = [(rule, stripped(text, names)) for rule, text in _offered(reading)]
    offered = [(rule, text) for rule, text in offered if letters(text) and plain(text) not in names]
    if not offered:
        return
    reading.evidence["title"], reading.title = _chosen(offered, reading.tree)


def site_names(reading: Reading) -> Iterator[str]:
    """Yield the names an outlet goes by, in plain form: its site name, publisher and host."""
    claims = reading.claims
    offered = [content for name in _SITES for content in claims.meta.get(name, ())]
    for node in (*claims.articles[:2], *claims.others[:20]):
        offered.append(text_of(node.get("publisher")) or "")
        if str(node.get("@type")) in _HOUSES:
            offered.append(text_of(node.get("name")) or "")
    host = reading.outlet or outlet(reading.url)
    offered += (host, site(host), site(host).partition(".")[0])
    yield from filter(None, map(plain, offered))


def stripped(text: str, names: set[str]) -> str:
    """Take an outlet's name off the end or the beginning of a title, and nothing else."""
    text = " ".join(html.unescape(text).replace("\u200b", "").split())
    text = _MINUTES.sub("", text)
    for _ in range(2):
        breaks = list(_BREAK.finditer(text))
        if breaks and plain(text[breaks[-1].end() :]) in names:
            text = text[: breaks[-1].start()]
        elif breaks and plain(text[: breaks[0].start()]) in names:
            text = text[breaks[0].end() :]
        else:
            break
    return text.strip()


def _offered(reading: Reading) -> Iterator[tuple[str, str]]:
    claims, tree = reading.claims, reading.tree
    if found := claims.first("og:title"):
        yield "og:title", found
    if found := text_of(claims.article.get("headline")) or text_of(claims.article.get("name")):
        yield "json-ld headline", found
    if found := text_of(claims.article.get("alternativeHeadline")):
        yield "alternative headline", found
    for head in tree.iter("h1"):
        yield "h1", " ".join(head.text_content().split())
    if found := claims.first("sailthru.title", "parsely-title", "dc.title", "headline", "title"):
        yield "meta title", found
    if found := claims.first("twitter:title"):
        yield "twitter:title", found
    named = next((" ".join(e.text_content().split()) for e in tree.iter("title")), "")
    yield "title element", named
    said = reading.page.sighting.title
    # Many feeds and sitemaps repeat the title element: that makes no second witness.
    if said and letters(said) != letters(named):
        yield "feed", said


def _chosen(offered: list[tuple[str, str]], tree: HtmlElement) -> tuple[str, str]:
    """Return the title that most of the evidence stands behind.

    Two writings are one title when their letters are the same; one that contains another, as a
    headline with its kicker does, lends it half its weight.
    """
    behind: dict[str, dict[str, float]] = {}
    first: dict[str, tuple[str, str]] = {}
    for rule, text in offered:
        mine = letters(text)
        behind.setdefault(mine, {})[rule] = _WEIGHT[rule]
        first.setdefault(mine, (rule, text))
    for mine in _second_heads(tree, [letters(t) for r, t in offered if r in _STRONG]):
        behind[mine]["h2"] = _WEIGHT["h2"]
    shown = max((len(mine) for mine, rules in behind.items() if "h1" in rules), default=0)
    for mine, rules in behind.items():
        longer = shown and len(mine) >= _FULLER * shown and _STRONG & rules.keys()
        if longer and not any(other in mine for other in behind if "h1" in behind[other]):
            rules["fuller"] = _WEIGHT["fuller"]
    weight = {mine: sum(rules.values()) for mine, rules in behind.items()}
    best = max(
        weight,
        key=lambda mine: (
            weight[mine]
            + sum(
                w / 2
                for other, w in weight.items()
                if other != mine and (mine in other or other in mine)
            )
        ),
    )
    rule, text = first[best]
    for name, other in offered:
        # What is hung on to a headline after a bar names a section or the outlet.
        headline = name in _SHOWN and len(other) >= _LONG_ENOUGH and text.startswith(other)
        if headline and _BAR.match(text[len(other) :]):
            return f"{name}, without its tail", other
    others = [name for name in behind[best] if name != rule]
    return ", ".join((rule, *others)), text


def _second_heads(tree: HtmlElement, known: list[str]) -> set[str]:
    """Return the known titles that stand on the page as a heading of the second rank.

    Many outlets give search engines an ``h1`` of their own and readers an ``h2``.
    """
    firsts = {letters(head.text_content()) for head in tree.iter("h1")}
    found = set()
    for head in tree.iter("h2"):
        mine = letters(head.text_content())
        if len(mine) < _LONG_ENOUGH or mine in firsts or head.find(".//a") is not None:
            continue
        found |= {
            k for k in known if len(k) >= _LONG_ENOUGH and mine.endswith(k) and k not in firsts
        }
    return found
