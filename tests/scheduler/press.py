"""A small real press on loopback: feeds and articles, and a place where requests never end."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from types import TracebackType

_ITEM = (
    "<item><title>{title}</title><link>{base}/{outlet}/{number}.html</link>"
    "<pubDate>Fri, 20 Nov 2026 10:{number:02}:00 GMT</pubDate></item>"
)
_FEED = (
    '<?xml version="1.0"?><rss version="2.0"><channel><title>{outlet}</title>'
    "<link>{base}/{outlet}/</link>{items}</channel></rss>"
)
_PAGE = (
    "<!doctype html><html lang=en><head><title>{title}</title>"
    '<meta property="og:type" content="article"></head>'
    "<body><article><h1>{title}</h1>{text}</article></body></html>"
)
_WORDS = [
    "harbour",
    "council",
    "ferry",
    "island",
    "market",
    "engine",
    "winter",
    "letter",
    "border",
    "minister",
    "bridge",
    "river",
    "school",
    "painter",
    "village",
    "signal",
    "cargo",
    "lantern",
    "forest",
    "railway",
    "doctor",
    "orchard",
    "treaty",
    "captain",
]


class Press(ThreadingHTTPServer):
    """Feeds at /OUTLET/feed.xml, each with `items` articles; what is below /hang/ never answers.

    `asked` lists the paths in order.
    """

    daemon_threads = True

    def __init__(self, items: int = 3) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.items = items
        self.asked: list[str] = []
        self.closing = threading.Event()

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def polls(self, outlet: str) -> int:
        return self.asked.count(f"/{outlet}/feed.xml")

    def answer(self, path: str) -> tuple[int, str, str]:
        outlet, _, file = path.strip("/").partition("/")
        if file == "feed.xml":
            items = "".join(
                _ITEM.format(
                    title=_title(outlet, number), base=self.base, outlet=outlet, number=number
                )
                for number in range(self.items)
            )
            return (
                200,
                "application/rss+xml",
                _FEED.format(outlet=outlet, base=self.base, items=items),
            )
        if file.endswith(".html"):
            number = int(file.removesuffix(".html"))
            return (
                200,
                "text/html",
                _PAGE.format(title=_title(outlet, number), text=_text(outlet, number)),
            )
        return 404, "text/plain", "nothing here"

    def __enter__(self) -> Self:
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.closing.set()
        self.shutdown()
        self.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Press

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        if self.path.startswith("/hang/"):
            self.server.closing.wait()
            self.close_connection = True
            return
        status, kind, text = self.server.answer(self.path)
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        pass


def _title(outlet: str, number: int) -> str:
    return f"The {outlet} reports on {_WORDS[number % len(_WORDS)]} matter {number}"


def _text(outlet: str, number: int) -> str:
    paragraphs = []
    for line in range(6):
        words = [
            _WORDS[(hash_of(outlet) + number * 7 + line * 5 + place * place) % len(_WORDS)]
            for place in range(30)
        ]
        paragraphs.append(f"<p>In the {outlet} of day {number} the {' and the '.join(words)}.</p>")
    return "".join(paragraphs)


def hash_of(text: str) -> int:
    return sum(place * ord(letter) for place, letter in enumerate(text, 1))
