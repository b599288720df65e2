"""Feeds that are not well-formed, read by feedparser within bounds."""

from __future__ import annotations

import re
from typing import Any

import feedparser  # type: ignore[import-untyped] # has no types of its own

from spiders.entry import Entry
from spiders.listing import UnreadableError

MOST_BYTES = 500_000
"""feedparser takes a second a megabyte, worse for nonsense; what lies beyond is not read."""

_MOST_OPEN = 100
_START = re.compile(rb"<(?:\w+:)?(?:item|entry)[\s>]", re.IGNORECASE)
_END = re.compile(rb"</(?:\w+:)?(?:item|entry)\s*>", re.IGNORECASE)


def sloppy(body: bytes, url: str, content_type: str, limit: int) -> tuple[str, list[Entry]]:
    """Read what can be read of a broken feed: title and entries.

    Raises:
        UnreadableError: nothing that looks like a feed was found.

    """
    body = _shortened(body, limit)
    if len(_START.findall(body)) > len(_END.findall(body)) + _MOST_OPEN:
        raise UnreadableError("malformed", "items within items without end")
    headers = {"content-location": url}
    if content_type:
        headers["content-type"] = content_type
    found = feedparser.parse(
        body,
        response_headers=headers,
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    if not found.entries and not found.version:
        problem = str(found.get("bozo_exception") or "no feed in it")
        raise UnreadableError("malformed", problem[:200])
    return str(found.feed.get("title") or ""), [_entry(item) for item in found.entries[:limit]]


def _shortened(body: bytes, limit: int) -> bytes:
    body = body[:MOST_BYTES]
    for count, end in enumerate(_END.finditer(body), start=1):
        if count >= limit:
            return body[: end.end()]
    return body


def _entry(item: Any) -> Entry:  # noqa: ANN401 - feedparser gives dictionaries of everything
    link = item.get("feedburner_origlink") or item.get("link")
    if not link and str(item.get("id", "")).startswith("http"):
        link = item["id"]
    return Entry(
        link=link,
        title=item.get("title"),
        summary=item.get("summary"),
        published=item.get("published") or item.get("updated") or item.get("created"),
        authors=tuple(a["name"] for a in item.get("authors", ()) if a.get("name")),
    )
