"""From a bare home page to the sources on it: feeds, news sitemaps, else the page itself."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urljoin, urlsplit

from lxml import etree

from pipeline.address import outlet, same_site
from spiders.feed import read_feed
from spiders.fetch import Answer, Fetch
from spiders.listing import Listing, UnreadableError, absolute
from spiders.section import base_of, page_tree, read_section
from spiders.sitemap import read_sitemap
from spiders.unfetched import UnfetchedError
from stories.model import Source, SourceKind

MOST_FEEDS = 3
MOST_SITEMAPS = 3
ENOUGH_LINKS = 3
FEED_PATHS = ("/feed", "/rss", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml")
SITEMAP_PATHS = ("/news-sitemap.xml", "/sitemap-news.xml", "/sitemap.xml")
_FEED_TYPES = ("rss", "atom", "feed+json", "rdf")
_COMMENTS = "comments|kommentare|comentarios|comentários|commentaires|commenti"
_COMMENTS_PATH = re.compile(rf"/(?:{_COMMENTS}|replies)(?:[/.]|$)", re.IGNORECASE)
_COMMENTS_TITLE = re.compile(
    rf"\b(?:{_COMMENTS}) (?:feed|on|for|to|zu|sur|de|en|su)\b", re.IGNORECASE
)
_UNPACKED = 20_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What discovery found at an address that an operator gave.

    `sources` are named after the outlet; :func:`renamed` names them after a declaration. `error`
    is a sentence when nothing was found; `notes` say what was tried and what it gave.
    """

    url: str
    outlet: str
    sources: tuple[Source, ...] = ()
    error: str | None = None
    notes: tuple[str, ...] = ()


def renamed(found: Found, name: str, schedule: str = "adaptive") -> tuple[Source, ...]:
    """Give what was found as the sources of a declared name: NAME/feed, NAME/sitemap, ..."""
    return tuple(
        Source(
            name=f"{name}/{source.name.rpartition('/')[2]}",
            url=source.url,
            kind=source.kind,
            outlet=source.outlet,
            declared=name,
            schedule=schedule,
        )
        for source in found.sources
    )


class Search:
    """One search over one outlet; :meth:`run` is its whole story.

    Args:
        url: the address given by the operator.
        fetch: fetches one address, politely; raises UnfetchedError.
        sitemaps: gives what the robots.txt of an address names as sitemaps.

    """

    def __init__(
        self, url: str, fetch: Fetch, sitemaps: Callable[[str], Awaitable[Sequence[str]]]
    ) -> None:
        self._url = url
        self._fetch = fetch
        self._sitemaps = sitemaps
        self._notes: list[str] = []
        self._found: list[tuple[SourceKind, str]] = []

    async def run(self) -> Found:
        """Look: the home page, the feeds it names, the sitemaps robots.txt names, known paths."""
        try:
            home = await self._fetch(self._url)
        except UnfetchedError as error:
            return self._end(self._url, f"{self._url} could not be fetched: {error}")
        kind = self._kind_of(home)
        if kind is not None:
            # The operator gave the source itself. It stays at the address that was given.
            self._found.append((kind, self._url))
            return self._end(home.url)
        try:
            tree = page_tree(home.body, home.content_type)
        except UnreadableError as error:
            return self._end(home.url, f"{self._url} is neither a page nor a feed: {error}")
        await self._feeds(alternates(tree, home.url))
        await self._news_sitemaps(home.url)
        if not self._found:
            await self._well_known(home.url)
        if not self._found:
            self._section(home)
        return self._end(home.url)

    def _kind_of(self, home: Answer) -> SourceKind | None:
        """Say what an address is when it is no page: a feed or a sitemap itself."""
        if looks_like_html(home.body):
            return None
        for kind, read in ((SourceKind.SITEMAP, self._read_sitemap), (SourceKind.FEED, _read_feed)):
            try:
                listing = read(home)
            except UnreadableError:
                continue
            if listing.kind is kind and (listing.sightings or listing.more or listing.title):
                self._note(f"{home.url} is a {kind} with {len(listing.sightings)} items")
                return kind
        return None

    async def _feeds(self, candidates: Sequence[str]) -> None:
        for url in candidates[:MOST_FEEDS]:
            await self._try_feed(url)

    async def _try_feed(self, url: str) -> bool:
        try:
            answer = await self._fetch(url)
            listing = _read_feed(answer)
        except (UnfetchedError, UnreadableError) as error:
            self._note(f"no feed at {url}: {error}")
            return False
        if not listing.sightings:
            self._note(f"the feed {url} is empty")
            return False
        if is_comments(url, listing.title):
            self._note(f"{url} is a feed of comments")
            return False
        self._found.append((SourceKind.FEED, url))
        self._note(f"feed {url}: {len(listing.sightings)} items")
        return True

    async def _news_sitemaps(self, home: str) -> None:
        """Try what robots.txt names, news first; of indexes only the newest child that is news."""
        named = await self._sitemaps(home)
        ranked = sorted(dict.fromkeys(named), key=lambda url: "news" not in url.lower())
        for tried, url in enumerate(ranked):
            if tried >= MOST_SITEMAPS or await self._try_sitemap(url):
                break

    async def _try_sitemap(self, url: str, *, plain_too: bool = False) -> bool:
        try:
            listing = self._read_sitemap(await self._fetch(url))
            child = next((c for c in listing.more if "news" in c.lower()), None)
            if child is not None and not listing.sightings:
                listing = self._read_sitemap(await self._fetch(child))
        except (UnfetchedError, UnreadableError) as error:
            self._note(f"no sitemap at {url}: {error}")
            return False
        if listing.method != "news" and not (plain_too and (listing.sightings or listing.more)):
            self._note(f"{url} is no news sitemap")
            return False
        self._found.append((SourceKind.SITEMAP, url))
        self._note(f"sitemap {url}: {len(listing.sightings)} addresses")
        return True

    async def _well_known(self, home: str) -> None:
        """Try the usual places, one after another, until something is there."""
        for path in FEED_PATHS:
            if await self._try_feed(urljoin(home, path)):
                return
        for path in SITEMAP_PATHS:
            if await self._try_sitemap(urljoin(home, path)):
                return

    def _section(self, home: Answer) -> None:
        listing = read_section(
            home.body,
            home.url,
            source="",
            seen=datetime.now(UTC),
            content_type=home.content_type,
        )
        if len(listing.sightings) >= ENOUGH_LINKS:
            self._found.append((SourceKind.SECTION, self._url))
            self._note(f"section page {self._url}: {len(listing.sightings)} links to articles")
        else:
            self._note(f"{self._url} has {len(listing.sightings)} links that look like articles")

    def _read_sitemap(self, answer: Answer) -> Listing:
        return read_sitemap(
            answer.body, answer.url, source="", seen=datetime.now(UTC), most_bytes=_UNPACKED
        )

    def _note(self, sentence: str) -> None:
        self._notes.append(sentence)

    def _end(self, answered: str, error: str | None = None) -> Found:
        name = outlet(answered) or outlet(self._url)
        counts: dict[SourceKind, int] = {}
        sources = []
        for kind, url in self._found:
            counts[kind] = counts.get(kind, 0) + 1
            number = f"-{counts[kind]}" if counts[kind] > 1 else ""
            sources.append(
                Source(
                    name=f"{name}/{kind}{number}", url=url, kind=kind, outlet=name, declared=name
                )
            )
        if not sources and error is None:
            error = f"no feed, no news sitemap and no links to articles at {self._url}"
        return Found(
            url=self._url,
            outlet=name,
            sources=tuple(sources),
            error=error,
            notes=tuple(self._notes),
        )


def _read_feed(answer: Answer) -> Listing:
    return read_feed(
        answer.body,
        answer.url,
        source="",
        seen=datetime.now(UTC),
        content_type=answer.content_type,
    )


def looks_like_html(body: bytes) -> bool:
    """Whether a body begins as a page does, not as XML or JSON."""
    start = body[:512].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    return start.startswith((b"<!doctype html", b"<html", b"<head", b"<body"))


def alternates(tree: etree._Element, url: str) -> list[str]:
    """Give the feeds that a page names, the best first; those of comments are left out."""
    base = base_of(tree, url)
    found: dict[str, tuple[bool, int]] = {}
    for order, link in enumerate(tree.iter("link")):
        rel = (link.get("rel") or "").lower().split()
        kind = (link.get("type") or "").lower()
        href = absolute(base, link.get("href"))
        if "alternate" not in rel or href is None or href in found:
            continue
        if any(word in kind for word in _FEED_TYPES) and not is_comments(
            href, link.get("title") or ""
        ):
            found[href] = (not _is_whole(href, url), order)
    return sorted(found, key=lambda href: found[href])


def is_comments(url: str, title: str) -> bool:
    """Whether a feed is of comments: they answer to articles and are none."""
    return bool(_COMMENTS_PATH.search(urlsplit(url).path) or _COMMENTS_TITLE.search(title))


def _is_whole(feed: str, home: str) -> bool:
    """Whether a feed seems to be of the whole outlet: the same site, and near its root."""
    depth = len([s for s in urlsplit(feed).path.split("/") if s])
    return same_site(feed, home) and depth <= 2  # noqa: PLR2004
