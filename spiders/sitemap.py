"""News sitemaps, plain ones and indexes of them, packed or not, read element by element."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from io import BytesIO
from itertools import islice

from lxml import etree

from spiders.entry import text
from spiders.feed import read_feed
from spiders.listing import Listing, UnreadableError, absolute, plain, when
from spiders.unfetched import UnfetchedError
from spiders.unpack import unpack
from stories.model import Sighting, SourceKind

MOST_URLS = 1_000
MOST_ELEMENTS = 50_000
"""What sitemaps.org allows one file to have."""

MOST_CHILDREN = 5
RECENT = timedelta(days=3)
"""A plain sitemap has an outlet's whole past; only what changed within this is looked at."""

_NEWS = "http://www.google.com/schemas/sitemap-news/"
_GZIP = b"\x1f\x8b"
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


def read_sitemap(
    body: bytes,
    url: str,
    *,
    source: str,
    seen: datetime,
    most_bytes: int,
    limit: int = MOST_URLS,
    recent: timedelta = RECENT,
) -> Listing:
    """Read a sitemap: the newest `limit` of its addresses, or the sitemaps it points to.

    Args:
        body: the answer; a file that is itself packed is unpacked, to `most_bytes` at most.
        url: the address that answered.
        source: the name of the source, for the sightings.
        seen: when it answered, aware.
        most_bytes: the most an unpacked sitemap may have.
        limit: the most sightings.
        recent: how far back what a plain sitemap names is looked at.

    Raises:
        UnreadableError: it is no sitemap, or one with entities of its own.

    """
    if body.startswith(_GZIP):
        try:
            body = unpack(body, most_bytes)
        except UnfetchedError as error:
            raise UnreadableError(error.reason, error.detail) from error
    start = body[:8192]
    if not start.strip():
        raise UnreadableError("empty", "the answer has no body")
    if b"<!ENTITY" in start:
        raise UnreadableError("entities", "a sitemap that defines entities is not read")
    if start.lstrip(b"\xef\xbb\xbf \r\n\t").startswith((b"http://", b"https://")):
        return _plain_list(body, source, seen, limit)
    return _xml(body, url, source, seen, limit, recent)


def _xml(
    body: bytes, url: str, source: str, seen: datetime, limit: int, recent: timedelta
) -> Listing:
    gathered = _Gathered(recent=recent)
    steps = etree.iterparse(
        BytesIO(body),
        events=("end",),
        tag=("{*}url", "{*}sitemap"),
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        recover=True,
    )
    problem: etree.XMLSyntaxError | None = None
    try:
        for _, element in islice(steps, MOST_ELEMENTS):
            gathered.take(element, url, source, seen)
            element.clear()
            while (before := element.getprevious()) is not None:
                before.getparent().remove(before)  # type: ignore[union-attr] # a sibling's parent
    except etree.XMLSyntaxError as error:
        problem = error
    if not gathered.found and not gathered.children:
        if problem is not None:
            raise UnreadableError("malformed", str(problem)[:200])
        if _root_of_a_listing(steps.root) in {"rss", "feed", "rdf"}:
            return read_feed(body, url, source=source, seen=seen, limit=limit)
    newest = sorted(gathered.found.values(), key=lambda pair: pair[0], reverse=True)[:limit]
    return Listing(
        kind=SourceKind.SITEMAP,
        sightings=tuple(sighting for _, sighting in newest),
        more=_worth_asking(gathered.children, seen, recent),
        method="news" if gathered.news else "plain",
    )


@dataclass(slots=True)
class _Gathered:
    """What was read of a sitemap so far: addresses with their age, or further sitemaps."""

    found: dict[str, tuple[datetime, Sighting]] = field(default_factory=dict)
    children: list[tuple[bool, datetime, str]] = field(default_factory=list)
    news: bool = False
    recent: timedelta = RECENT

    def take(self, element: etree._Element, url: str, source: str, seen: datetime) -> None:
        """Take up one ``url`` or ``sitemap`` element."""
        said = _said(element)
        address = absolute(url, said.get("loc"))
        if address is None or address in self.found:
            return
        changed = when(said.get("lastmod")) or _day(said.get("lastmod"))
        if str(element.tag).endswith("sitemap"):
            self.children.append(("news" in address.lower(), changed or _LONG_AGO, address))
            return
        if "news" not in said and not _is_recent(changed, seen, self.recent):
            return
        self.news = self.news or "news" in said
        published = when(said.get("publication_date"))
        sighting = Sighting(
            url=address,
            source=source,
            seen=seen,
            title=plain(said.get("title")),
            published=published,
        )
        self.found[address] = (published or changed or _LONG_AGO, sighting)


def _said(element: etree._Element) -> dict[str, str]:
    """Give the texts within one ``url`` or ``sitemap`` by their names; ``news`` marks news."""
    said: dict[str, str] = {}
    for child in element.iterdescendants():
        if not isinstance(child.tag, str):
            continue
        namespace, _, name = child.tag.rpartition("}")
        if namespace.startswith("{" + _NEWS):
            said["news"] = "yes"
        elif name not in {"loc", "lastmod"} or child.getparent() is not element:
            # Images and videos have a loc and a title of their own.
            continue
        if len(child) == 0 or name == "loc":
            said.setdefault(name, text(child))
    return said


def _is_recent(changed: datetime | None, seen: datetime, recent: timedelta) -> bool:
    return changed is None or seen - changed <= recent


def _day(said: str | None) -> datetime | None:
    """Read a day as its last moment, so that no article of that day is missed."""
    try:
        return datetime.fromisoformat((said or "").strip()).replace(tzinfo=UTC) + timedelta(days=1)
    except ValueError:
        return None


def _worth_asking(
    children: list[tuple[bool, datetime, str]], seen: datetime, recent: timedelta
) -> tuple[str, ...]:
    """Choose the sitemaps of an index: those of news first, then those that changed lately."""
    ranked = sorted(children, reverse=True)
    lately = [c for c in ranked if c[0] or c[1] == _LONG_AGO or _is_recent(c[1], seen, recent)]
    return tuple(dict.fromkeys(address for _, _, address in lately))[:MOST_CHILDREN]


def _root_of_a_listing(root: etree._Element | None) -> str:
    """Give the name of the root element if it is one that lists addresses."""
    if root is None:
        raise UnreadableError("malformed", "no XML in it")
    name = etree.QName(root).localname.lower()
    if name == "html":
        raise UnreadableError("html", "a page instead of a sitemap")
    if name not in {"urlset", "sitemapindex", "rss", "feed", "rdf"}:
        raise UnreadableError("not-a-sitemap", f"its root is <{name[:40]}>")
    return name


def _plain_list(body: bytes, source: str, seen: datetime, limit: int) -> Listing:
    """Read the plainest kind: an address a line."""
    lines = body.decode("utf-8", "replace").split()[:MOST_ELEMENTS]
    addresses = dict.fromkeys(a for line in lines if (a := absolute("", line)))
    return Listing(
        kind=SourceKind.SITEMAP,
        sightings=tuple(
            Sighting(url=address, source=source, seen=seen) for address in list(addresses)[:limit]
        ),
        method="plain",
    )
