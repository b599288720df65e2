"""RSS, RDF, Atom and JSON Feed: well-formed ones by lxml, the others by feedparser."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from itertools import islice
from typing import Any

from lxml import etree

from spiders.entry import Entry, entry
from spiders.listing import LONGEST_SUMMARY, Listing, UnreadableError, absolute, plain, when
from spiders.sloppy import sloppy
from stories.model import Sighting, SourceKind

MOST_ITEMS = 1_000
_ITEMS = ("{*}item", "{*}entry")
_HTML = (b"<!doctype html", b"<html", b"<head", b"<body")


def read_feed(
    body: bytes,
    url: str,
    *,
    source: str,
    seen: datetime,
    content_type: str = "",
    limit: int = MOST_ITEMS,
) -> Listing:
    """Read a feed of any kind; at most `limit` items of it.

    Args:
        body: the answer, unpacked.
        url: the address that answered; relative links are relative to it.
        source: the name of the source, for the sightings.
        seen: when it answered, aware.
        content_type: the header, for its charset.
        limit: where to stop.

    Raises:
        UnreadableError: it is no feed: an HTML page, nothing at all, another XML.

    """
    start = body[:1024].lstrip(b"\xef\xbb\xbf \t\r\n\x00")
    if not start:
        raise UnreadableError("empty", "the answer has no body")
    if start[:1] == b"{":
        title, entries, method = _json_feed(body)
    elif start.lower().startswith(_HTML):
        raise UnreadableError("html", "a page instead of a feed")
    else:
        title, entries, method = _xml_feed(body, url, content_type, limit)
    sightings: dict[str, Sighting] = {}
    for one in islice(entries, limit):
        address = absolute(one.base or url, one.link)
        if address is None or address in sightings:
            continue
        sightings[address] = Sighting(
            url=address,
            source=source,
            seen=seen,
            title=plain(one.title),
            summary=plain(one.summary, LONGEST_SUMMARY),
            published=when(one.published),
            authors=tuple(name for a in one.authors if (name := plain(a, 200))),
        )
    return Listing(
        kind=SourceKind.FEED,
        sightings=tuple(sightings.values()),
        title=plain(title) or "",
        method=method,
    )


def _xml_feed(
    body: bytes, url: str, content_type: str, limit: int
) -> tuple[str, Iterator[Entry], str]:
    """Try the charset of the header, then the document's own, then the lenient parser."""
    if b"<!ENTITY" not in body[:8192]:
        charset = charset_of(content_type)
        for encoding in dict.fromkeys((charset, None)):
            try:
                title, entries = _strict(body, encoding, limit)
            except (etree.XMLSyntaxError, LookupError):
                continue
            return title, iter(entries), "lxml"
    title, entries = sloppy(body, url, content_type, limit)
    return title, iter(entries), "feedparser"


def _strict(body: bytes, encoding: str | None, limit: int) -> tuple[str, list[Entry]]:
    """Read a well-formed feed, element by element, and stop at the limit."""
    entries: list[Entry] = []
    title = ""
    steps = etree.iterparse(
        BytesIO(body),
        events=("end",),
        tag=_ITEMS,
        encoding=encoding,
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
    )
    for _, element in steps:
        entries.append(entry(element))
        if len(entries) == 1:
            title = _title_of(element)
        if len(entries) >= limit:
            return title, entries
        element.clear()
    root = steps.root
    if root is None:
        raise UnreadableError("malformed", "no XML in it")
    if not entries:
        name = etree.QName(root).localname.lower()
        if name not in {"rss", "rdf", "feed", "channel"}:
            if name == "html":
                raise UnreadableError("html", "a page instead of a feed")
            raise UnreadableError("not-a-feed", f"its root is <{name[:40]}>")
        title = root.findtext(".//{*}title") or ""
    return title, entries


def _title_of(item: etree._Element) -> str:
    """Find the feed's own title, beside its first item; in RDF it lies in the channel."""
    parent = item.getparent()
    if parent is None:
        return ""
    return parent.findtext("{*}title") or parent.findtext("{*}channel/{*}title") or ""


def charset_of(content_type: str) -> str | None:
    """Give the charset of a Content-Type header."""
    _, found, rest = content_type.lower().partition("charset=")
    return rest.partition(";")[0].strip(" \"'") or None if found else None


def _json_feed(body: bytes) -> tuple[str, Iterator[Entry], str]:
    """Read a JSON Feed (jsonfeed.org, versions 1 and 1.1)."""
    try:
        feed = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise UnreadableError("malformed", f"JSON: {error}") from error
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list):
        raise UnreadableError("not-a-feed", "JSON without a list of items")
    return (
        str(feed.get("title") or ""),
        (_json_entry(item) for item in feed["items"] if isinstance(item, dict)),
        "json",
    )


def _json_entry(item: dict[str, Any]) -> Entry:
    def text(name: str) -> str | None:
        value = item.get(name)
        return value if isinstance(value, str) else None

    name = text("id") or ""
    authors = item.get("authors") or [item.get("author")]
    return Entry(
        link=text("url") or text("external_url") or (name if name.startswith("http") else None),
        title=text("title"),
        summary=text("summary") or text("content_text"),
        published=text("date_published") or text("date_modified"),
        authors=tuple(
            a["name"]
            for a in (authors if isinstance(authors, list) else [])
            if isinstance(a, dict) and isinstance(a.get("name"), str)
        ),
    )
