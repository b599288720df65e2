"""Serves the press on loopback as the HTTP proxy through which its hosts are reached, and notes
every request: what was asked, how it was answered, and whether it should never have been asked.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from urllib.parse import parse_qs, urlsplit

from tests.coverage.press import pages, traps
from tests.coverage.press.make import Outlet, Piece, Press, slug_of

HTML = "text/html; charset=utf-8"
XML = "application/xml; charset=utf-8"
FINDER = "pressfinder.example"


@dataclass(frozen=True, slots=True)
class Asked:
    """One request: where, what came of it, and whether it was against the rules."""

    url: str
    status: int
    forbidden: bool


class Server(ThreadingHTTPServer):
    """A forward proxy that answers for the press and knows no other hosts."""

    daemon_threads = True

    def __init__(self, press: Press) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.press = press
        self.hosts = {outlet.host.removeprefix("www."): outlet for outlet in press.outlets}
        self.by_url = {piece.url: piece for piece in press.pieces}
        self.traps = traps.Traps(press)
        self.asked: list[Asked] = []
        self._lock = Lock()

    @property
    def address(self) -> str:
        """The URL for ``http_proxy``."""
        return f"http://127.0.0.1:{self.server_address[1]}"

    def note(self, url: str, status: int) -> None:
        """Write a request down."""
        with self._lock:
            self.asked.append(Asked(url, status, self.is_forbidden(url)))

    def is_forbidden(self, url: str) -> bool:
        """Whether nobody should ask this: private hosts, and what robots.txt disallows."""
        parts = urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.")
        if parts.path == "/robots.txt":
            return False
        if host in traps.PRIVATE or host.startswith("192.168."):
            return True
        outlet = self.hosts.get(host)
        return bool(outlet) and (outlet.forbids or parts.path.startswith("/private/"))

    def answer(self, url: str) -> tuple[int, str, str]:
        """Status, content type and body; for a redirect the body is where to."""
        parts = urlsplit(url)
        host, path = (parts.hostname or "").removeprefix("www."), parts.path or "/"
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if host == FINDER:
            return self._find(path, query)
        outlet = self.hosts.get(host)
        if outlet is not None:
            return self._outlet(outlet, path, query)
        return self.traps.answer(host, path, query)

    def _outlet(self, outlet: Outlet, path: str, query: dict[str, str]) -> tuple[int, str, str]:
        mine = self.press.at(outlet.host)
        if path == "/robots.txt":
            return 200, "text/plain", pages.robots(outlet)
        for piece in mine:
            if piece.path in {path, f"{path}?p={query.get('p')}"}:
                return 200, HTML, pages.article(piece, below=self.traps.below(piece))
        return (
            _list_of(outlet, mine, path, query)
            or _search_of(outlet, mine, path, query)
            or (404, HTML, "<!doctype html><title>404</title><h1>Not here</h1>")
        )

    def _find(self, path: str, query: dict[str, str]) -> tuple[int, str, str]:
        """A search engine over two thirds of the press, the twenty latest."""
        if path == "/robots.txt":
            return 200, "text/plain", "User-agent: *\nAllow: /\n"
        share = 1000 * self.press.kind.known
        known = [p for p in self.press.pieces if hash_of(p.outlet.host) * 7 % 1000 < share]
        found = sorted(_matching(known, query.get("q", "")), key=lambda p: p.at, reverse=True)
        return 200, XML, pages.feed(self.press.outlets[0], found[:20], "Pressfinder")


def _list_of(
    outlet: Outlet, mine: list[Piece], path: str, query: dict[str, str]
) -> tuple[int, str, str] | None:
    """A list of an outlet's articles, where it has one at this path."""
    ways = outlet.ways
    page = int(path.rpartition("/")[2]) if path.startswith("/page/") else 1
    if path.startswith("/page/") and "p" in ways:
        return 200, HTML, pages.home(outlet, mine, page)
    if path == "/" and not query:
        return 200, HTML, pages.home(outlet, mine)
    if path == "/feed.xml" and "g" in ways:
        start = 8 * (int(query.get("paged", 1)) - 1)
        return 200, XML, pages.feed(outlet, mine[start : start + 8], page=start // 8 + 1)
    if path == "/feed.xml" and "f" in ways.lower():
        return 200, XML, pages.feed(outlet, mine if "F" in ways else mine[:5])
    if path == "/sitemap.xml" and "i" in ways:
        return 200, XML, pages.sitemap_index(outlet, mine)
    if path.startswith("/sitemap-") and "i" in ways:
        week = path.removeprefix("/sitemap-").removesuffix(".xml")
        return 200, XML, pages.sitemap([p for p in mine if f"{p.at:%G-%V}" == week], news=False)
    if path == "/sitemap.xml" and "s" in ways:
        return 200, XML, pages.sitemap(mine, news=False)
    if path == "/news-sitemap.xml" and "n" in ways:
        return 200, XML, pages.sitemap(mine, news=True)
    if outlet.tags and path.startswith(("/tag/", "/topics/")):
        slug = path.rpartition("/")[2]
        filed = [p for p in mine if slug in map(slug_of, p.tags)]
        return 200, HTML, pages.tagged(outlet, filed, slug)
    if path == "/calendar":
        return 200, HTML, pages.calendar(outlet, query.get("month", "2026-11"))
    return None


def _search_of(
    outlet: Outlet, mine: list[Piece], path: str, query: dict[str, str]
) -> tuple[int, str, str] | None:
    """What an outlet's own search answers, where it has one."""
    if path == "/" and "s" in query and "w" in outlet.ways:
        return 200, XML, pages.feed(outlet, _matching(mine, query["s"]), "Search")
    if path == "/search" and "a" in outlet.ways:
        asked = query.get("q", "")
        return 200, HTML, pages.results(outlet, _matching(mine, asked), asked)
    return None


def hash_of(text: str) -> int:
    """A number for a text that is the same in every process."""
    return sum(ord(char) * (place + 1) for place, char in enumerate(text))


def _matching(pieces: list[Piece], query: str) -> list[Piece]:
    """Articles with every word, or every phrase, of a query."""
    plain = query.lower()
    parts = plain.split('"')
    wanted = [part.strip() for part in parts[1::2]]
    wanted += " ".join(parts[0::2]).split()
    return [
        piece
        for piece in pieces
        if all(w in f"{piece.title} {' '.join(piece.paragraphs)}".lower() for w in wanted if w)
    ]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Server

    def do_GET(self) -> None:
        url = self.path
        status, kind, text = self.server.answer(url)
        self.server.note(url, status)
        body = b"" if status in (301, 302) else gzip.compress(text.encode())
        self.send_response(status)
        if status in (301, 302):
            self.send_header("Location", text)
        else:
            self.send_header("Content-Type", kind)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name there
        """Say nothing."""


@contextmanager
def serving(press: Press) -> Iterator[Server]:
    """The press on a free port of loopback, for as long as the block lasts."""
    with Server(press) as server:
        thread = Thread(target=server.serve_forever, name="press", daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
