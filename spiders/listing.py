"""What a source answered with: its sightings; and the plain text and dates in such answers."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin, urlsplit

from stories.model import Sighting, SourceKind

LONGEST_TITLE = 500
LONGEST_SUMMARY = 1_000
_TAG = re.compile(r"<!--.*?-->|</?[a-zA-Z][^<>]*>", re.DOTALL)
_SPACE = re.compile(r"\s+")
_FRACTION = re.compile(r"\.\d+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A source's answer, read.

    `more` names further sitemaps that an index points to, the newest first; `method` says by
    which parser it was read.
    """

    kind: SourceKind
    sightings: tuple[Sighting, ...]
    title: str = ""
    more: tuple[str, ...] = ()
    method: str = ""


class UnreadableError(Exception):
    """An answer that is not what its source promised.

    `reason` is a countable word: ``html`` (a page instead of a feed), ``empty``, ``malformed``,
    ``entities``, ``not-a-feed``, ``not-a-sitemap``.
    """

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason, detail)
        self.reason = reason
        self.detail = detail

    def __str__(self) -> str:
        return f"{self.reason}: {self.detail}" if self.detail else self.reason


def plain(text: str | None, longest: int = LONGEST_TITLE) -> str | None:
    """Take the markup and the entities out of a title; None when nothing is left."""
    if not text:
        return None
    text = text[: 4 * longest]
    if "<" in text:
        text = _TAG.sub(" ", text)
    if "&" in text:
        text = html.unescape(text)
        if "<" in text:
            text = _TAG.sub(" ", text)
    text = _SPACE.sub(" ", text).strip()
    return text[:longest] or None


def when(text: str | None) -> datetime | None:
    """Read a date of a feed or a sitemap, aware; None when it is none (RFC 822, ISO 8601).

    A time without an offset counts as UTC; a day without a time is no instant.
    """
    if not text:
        return None
    text = text.strip()
    try:
        if text[:4].isdigit():
            if len(text) <= len("2026-01-01"):
                return None
            found = datetime.fromisoformat(_FRACTION.sub("", text, count=1))
        else:
            found = parsedate_to_datetime(text)
        return found if found.tzinfo else found.replace(tzinfo=UTC)
    except (ValueError, TypeError, OverflowError):
        return None


def absolute(base: str, link: str | None) -> str | None:
    """Make a link of a listing a web address; None for anything else."""
    if not link:
        return None
    link = _SPACE.sub("%20", link.strip())
    try:
        url = urljoin(base, link)
        parts = urlsplit(url)
        ok = parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        return None
    return url if ok else None
