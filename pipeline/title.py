"""The headline that a reader sees: what the page's several titles agree on."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from pipeline.address import outlet, site
from pipeline.plain import plain_name as plain
from pipeline.reading import Reading
from pipeline.structured import text_of

_BREAK = re.compile(
    r"\s+(?:[|\-\N{EN DASH}\N{EM DASH}\N{MIDDLE DOT}\N{BULLET}\u00ab\u00bb:/]+)\s+|\s*[\uff5c\uff1a]\s*|\s+[|]+|:\s+"
)
_MINUTES = re.compile(
    r"\s*[|\-\N{MIDDLE DOT}]\s*\d+\s*min(?:ute)?s?\s*(?:read)?\s*\Z", re.IGNORECASE
)


def title(reading: Reading) -> None:
    """Choose among the titles of structured data, Open Graph, headline, feed and document."""
    names = set(site_names(reading))
    offered = [(rule, stripped(text, names)) for rule, text in _offered(reading)]
    offered = [(rule, text) for rule, text in offered if text and plain(text) not in names]
    if not offered:
        return
    rule, text = _chosen(offered)
    reading.title = text
    reading.evidence["title"] = rule


def site_names(reading: Reading) -> Iterator[str]:
    """Yield the names an outlet goes by, in plain form: its site name, publisher and host."""
    claims = reading.claims
    for name in (
        "og:site_name",
        "application-name",
        "apple-mobile-web-app-title",
        "dc.publisher",
        "publisher",
        "copyright",
        "twitter:site",
    ):
        for content in claims.meta.get(name, ()):
            yield plain(content)
    for node in (*claims.articles[:2], *claims.others[:20]):
        publisher = text_of(node.get("publisher"))
        if publisher:
            yield plain(publisher)
        if str(node.get("@type")) in {"WebSite", "NewsMediaOrganization", "Organization"} and (
            name := text_of(node.get("name"))
        ):
            yield plain(name)
    host = reading.outlet or outlet(reading.url)
    yield plain(host)
    yield plain(site(host).partition(".")[0])
    yield plain(site(host))


def stripped(text: str, names: set[str]) -> str:
    """Take an outlet's name off the end or the beginning of a title, and nothing else."""
    text = " ".join(html.unescape(text).replace("\u00ad", "").replace("\u200b", "").split())
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
    for head in tree.iter("h1"):
        text = " ".join(head.text_content().split())
        if len(text) > 8 or (text and not text.isascii()):
            yield "h1", text
    if found := claims.first("twitter:title", "dc.title", "parsely-title", "sailthru.title"):
        yield "meta title", found
    if reading.page.sighting.title:
        yield "feed", reading.page.sighting.title
    head = tree.find(".//title")
    if head is not None and head.text:
        yield "title element", " ".join(head.text_content().split())


def _chosen(offered: list[tuple[str, str]]) -> tuple[str, str]:
    """Return the title with most agreement; the earlier one when they agree equally."""
    best, most = offered[0], -1.0
    for rule, text in offered:
        if rule in {"title element", "meta title"} and most >= 0:
            continue
        mine = plain(text)
        votes = sum(_agree(mine, plain(other)) for name, other in offered if name != rule)
        votes += {"og:title": 1.2, "json-ld headline": 1.0, "h1": 0.6, "feed": 0.6}.get(rule, 0)
        if votes > most:
            best, most = (rule, text), votes
    return _without_tail(best, offered)


def _agree(one: str, other: str) -> float:
    if one == other:
        return 1
    return 0.4 if one and other and (one in other or other in one) else 0


def _without_tail(best: tuple[str, str], offered: list[tuple[str, str]]) -> tuple[str, str]:
    """Prefer the same headline without what was hung on to it after a bar or a dash."""
    rule, text = best
    for name, other in offered:
        if (
            len(other) >= 15
            and text.startswith(other)
            and re.match(r"\s*[|\-\N{EN DASH}\N{EM DASH}\uff5c\uff1a]", text[len(other) :])
        ):
            return f"{rule}, shortened to {name}", other
    return best
