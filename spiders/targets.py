"""What an address leads to: through redirectors and caches, to a front page or a tag's."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlsplit

from pipeline.address import clean, same_site

_CALENDAR = re.compile(
    r"(?:^|[/?&_-])(?:calendar|kalender|calendrier|calendario|agenda|events?|termine)(?=[/?&=._-]|$)"
    r"|[?&](?:month|year|day|date|monat|jahr)=",
    re.IGNORECASE,
)

_TAG = re.compile(
    r"/(?:tags?|topics?|keywords?|subjects?|themas?|themen|dossiers?|schlagworte?|stichwort|sujets?"
    r"|mots?-cles?|temas?|etiquetas?|argomenti|trefwoord|onderwerp|tematy?|stitek|emne|amne)"
    r"/[^/?#]+/?$",
    re.IGNORECASE,
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


def is_tag(url: str) -> bool:
    """Whether an address is that of a tag page: an outlet's articles on one subject."""
    parts = urlsplit(url)
    return not parts.query and _TAG.search(parts.path) is not None


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
