"""The address under which an article is kept: the page's own advice, within its own site."""

from __future__ import annotations

from urllib.parse import unquote, urljoin, urlsplit

from pipeline.address import clean, is_story, key, outlet, same_site
from pipeline.reading import Reading


def address(reading: Reading) -> None:
    """Set url, key and outlet.

    `url` is the address that answered: it is what was read, and what can be asked again. The
    page's ``rel=canonical`` (or ``og:url``) decides the key, when it lies on the same site and
    looks like an article, so that every variant of an address meets there. Where the two have
    one key and are not spelt alike, what answered is a view of the same page, for phones or for
    printing, and `url` is the page that it names.
    """
    page = reading.page
    reading.url = (page.answered or page.url).strip().partition("#")[0]
    reading.key = key(reading.url)
    reading.outlet = outlet(reading.url)
    for rule, advice in _advice(reading):
        if _taken(advice, reading.url):
            reading.key = key(advice)
            reading.evidence["key"] = rule
            if reading.key != key(reading.url):
                reading.facts["canonical"] = advice
            elif _is_view(reading.url, advice):
                reading.url = clean(advice)
            return
    reading.evidence["key"] = "address"


def _advice(reading: Reading) -> list[tuple[str, str]]:
    offered = []
    for link in reading.tree.iter("link"):
        if "canonical" in (link.get("rel") or "").lower().split() and link.get("href"):
            offered.append(("rel=canonical", link.get("href") or ""))
            break
    if found := reading.claims.first("og:url"):
        offered.append(("og:url", found))
    joined = []
    for rule, href in offered:
        try:
            joined.append((rule, urljoin(reading.url, href.strip())))
        except ValueError:
            continue
    return joined


def _taken(advice: str, url: str) -> bool:
    """Whether advice is to be trusted: an article's address on the site of the page itself."""
    try:
        path = urlsplit(advice).path
    except ValueError:
        return False
    if not advice.startswith("http") or path.strip("/") == "" or not same_site(advice, url):
        return False
    return is_story(advice) or not is_story(url)


def _is_view(url: str, advice: str) -> bool:
    """Whether an address shows the page of another one in another way: by host or path."""
    return _spelt(url) != _spelt(advice)


def _spelt(url: str) -> tuple[str, str]:
    """Host and path, however they are escaped."""
    parts = urlsplit(clean(url))
    return parts.netloc.removeprefix("www."), unquote(parts.path).rstrip("/")
