"""One key an article, whatever variant of its address was met."""

from __future__ import annotations

import re
from functools import lru_cache

import idna
import tldextract

from pipeline.tracking import is_tracking

_PARTS = re.compile(
    r"(?:(?P<scheme>[a-zA-Z][a-zA-Z0-9+.-]*):)??(?://(?P<place>[^/?#]*))(?P<path>[^?#]*)"
    r"(?:\?(?P<query>[^#]*))?(?:#(?P<fragment>.*))?\Z",
    re.DOTALL,
)
_SCHEME = re.compile(r"(?:[a-zA-Z][a-zA-Z0-9+.-]*:)?//")
_NO_PLACE = re.compile(
    r"(?:mailto|tel|sms|javascript|data|blob|about|news|urn|cid):", re.IGNORECASE
)
_PLACE = re.compile(r"(?:[^@]*@)*(?P<host>\[[0-9a-fA-F:.]+\]|[^:@]*)(?::(?P<port>\d*))?\Z")
_WHITE = re.compile(r"[\x00-\x20\x7f]+")
_EDGES = "".join(map(chr, range(0x21))) + "\x7f"
_FRONT = re.compile(r"(?:www\d?|m|mobile|amp)\.(?=[^.]+\.[^.])")
_ESCAPE = re.compile(r"%([0-9a-fA-F]{2})")
_FOREIGN = re.compile(r"[^!$&'()*+,\-./0-9:;=@A-Z_a-z~%]+|%(?![0-9a-fA-F]{2})")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_SESSION = re.compile(r";(?:jsessionid|phpsessid|sid|sessionid)=[^/]*", re.IGNORECASE)
_INDEX = re.compile(r"/(?:index|default)\.(?:s?html?|php\d?|aspx?|jsp)\Z", re.IGNORECASE)
_DOT_AMP = re.compile(r"\.amp(?=\.html?\Z|\Z)", re.IGNORECASE)
_VIEW = re.compile(r"/(?:amp|print|amp\.html|print\.html)(?=/|\Z)", re.IGNORECASE)
_STORY = re.compile(r"/(?:19|20)\d\d[/-]?[01]\d|\d{5}|[^/-]+-[^/-]+-[^/-]+")
_GOOGLE = re.compile(r"(?:https?://)?(?:www\.)?google\.[a-z.]{2,6}/amp/(?:s/)?", re.IGNORECASE)
_CACHE = re.compile(
    r"(?:https?://)?[a-z0-9-]+\.cdn\.ampproject\.org/(?:[a-z]/)?(?:s/)?", re.IGNORECASE
)
_suffixes = tldextract.TLDExtract(
    cache_dir=None, suffix_list_urls=(), include_psl_private_domains=True
)


def key(url: str) -> str:
    """Return the form under which all variants of one article's address meet.

    It has no scheme: ``example.com/2026/05/the-story?id=7``. Idempotent, and blind to the order
    of parameters. It is for comparing only; what is shown and fetched is the address itself.
    An address that is not of the web comes back as it is, without white space around it.
    """
    parts = _split(_unwrapped(url))
    if parts is None:
        return _unwrapped(url)
    host, port, path, query, fragment = parts
    path = _plain_path(path)
    pairs = sorted(
        _plain(pair.replace("+", "%20"))
        for pair in query.split("&")
        if pair.strip("=") and not is_tracking(*_halves(pair))
    )
    route = _plain(fragment) if fragment[:1] in {"!", "/"} and len(fragment) > 1 else ""
    place = f"{host}:{port}" if port else host
    return f"{place}{path}{'?' if pairs else ''}{'&'.join(pairs)}{'#' if route else ''}{route}"


def clean(url: str) -> str:
    """Return the address as it is shown: no fragment, no tracking parameters, a tidy host."""
    url = _unwrapped(url)
    found = _PARTS.match(url)
    parts = _split(url)
    if found is None or parts is None:
        return url
    pairs = [p for p in (found["query"] or "").split("&") if p and not is_tracking(*_halves(p))]
    host, port = _host(found["place"], bare=False)
    scheme = (found["scheme"] or "https").lower()
    fragment = parts[4]
    route = f"#{fragment}" if fragment[:1] in {"!", "/"} and len(fragment) > 1 else ""
    place = f"{host}:{port}" if port else host
    return f"{scheme}://{place}{found['path'] or '/'}{'?' if pairs else ''}{'&'.join(pairs)}{route}"


def outlet(url: str) -> str:
    """Return the host that stands for an outlet: without ``www.``, ``m.`` or ``amp.``, no port."""
    parts = _split(_unwrapped(url))
    return parts[0] if parts else ""


@lru_cache(maxsize=4096)
def site(host: str) -> str:
    """Return the registrable domain of a host, by the list of public suffixes that is bundled.

    ``news.bbc.co.uk`` gives ``bbc.co.uk``; a host that has none is given back.
    """
    found = _suffixes(host)
    if found.suffix or not found.subdomain:
        return found.top_domain_under_public_suffix or host
    # A top level that the list does not have is a public suffix itself: its rule "*".
    return f"{found.subdomain.rpartition('.')[2]}.{found.domain}"


def same_site(one: str, other: str) -> bool:
    """Whether two addresses lie under one registrable domain."""
    return site(outlet(one)) == site(outlet(other)) != ""


def is_story(url: str) -> bool:
    """Whether an address has the looks of an article: a date, a long number, or a slug of words."""
    parts = _split(url)
    return parts is not None and (
        _STORY.search(parts[2]) is not None or re.search(r"=\d{3}", parts[3]) is not None
    )


def _unwrapped(url: str) -> str:
    """Take off white space, HTML entities and the two caches that serve other people's pages."""
    url = _WHITE.sub(_inner, url.strip(_EDGES))
    while "&amp;" in url or "&#38;" in url:
        url = url.replace("&amp;", "&").replace("&#38;", "&")
    while found := _GOOGLE.match(url) or _CACHE.match(url):
        rest = url[found.end() :]
        if "." not in rest.partition("/")[0]:
            break
        url = f"https://{rest}"
    return url


def _inner(found: re.Match[str]) -> str:
    return "%20" if " " in found[0] else ""


def _split(url: str) -> tuple[str, str, str, str, str] | None:
    if _NO_PLACE.match(url):
        return None
    found = _PARTS.match(url if _SCHEME.match(url) else f"//{url}")
    if found is None or (found["scheme"] or "http").lower() not in {"http", "https"}:
        return None
    host, port = _host(found["place"], bare=True)
    if not host:
        return None
    return host, port, found["path"], found["query"] or "", found["fragment"] or ""


@lru_cache(maxsize=4096)
def _host(place: str, *, bare: bool) -> tuple[str, str]:
    """Return host and port of an authority; the port only when it is not the usual one."""
    found = _PLACE.match(place)
    if found is None:
        return "", ""
    host = found["host"].lower().strip(".")
    if not host.isascii():
        try:
            host = idna.encode(host, uts46=True).decode("ascii").strip(".")
        except idna.IDNAError:
            return "", ""
    if bare:
        while ahead := _FRONT.match(host):
            host = host[ahead.end() :]
    port = (found["port"] or "").lstrip("0")
    return host, "" if port in {"80", "443"} else port


def _plain(text: str) -> str:
    """Write each character in the one way RFC 3986 (6.2.2) calls normal."""
    if "%" in text:
        text = _ESCAPE.sub(_escape, text)
    return _FOREIGN.sub(_quoted, text)


def _escape(found: re.Match[str]) -> str:
    char = chr(int(found[1], 16))
    return char if char in _UNRESERVED else found[0].upper()


def _quoted(found: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in found[0].encode("utf-8", "replace"))


def _plain_path(path: str) -> str:
    path = _plain(path)
    if ";" in path:
        path = _SESSION.sub("", path)
    while True:
        before = path
        if "//" in path or "/." in path:
            path = _without_dots(path)
        path = _INDEX.sub("", path).rstrip("/")
        lower = path.lower()
        if "amp" in lower or "print" in lower:
            path = _without_view(path)
        if path == before:
            return path


def _without_dots(path: str) -> str:
    kept: list[str] = []
    for segment in path.split("/"):
        if segment == "..":
            del kept[-1:]
        elif segment not in {"", "."}:
            kept.append(segment)
    return "".join(f"/{segment}" for segment in kept)


def _without_view(path: str) -> str:
    """Take off what asks for another view of a story, if what is left still looks like one."""
    for shape in (_DOT_AMP, _VIEW):
        rest = shape.sub("", path)
        if rest != path and _STORY.search(rest):
            path = rest
    return path


def _halves(pair: str) -> tuple[str, str]:
    name, _, value = pair.partition("=")
    if "%" in name:
        name = _ESCAPE.sub(_escape, name)
    return name, value
