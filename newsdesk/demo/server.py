"""Serves the invented press on loopback, as the HTTP proxy through which its hosts are reached."""

from __future__ import annotations

import hashlib
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from newsdesk.demo import render

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newsdesk.demo.press import Press


class PressServer(ThreadingHTTPServer):
    """A forward proxy that answers for the hosts of `press` itself and knows no others.

    `round` is how far the press has come: 1 or 2.
    """

    daemon_threads = True

    def __init__(self, press: Press) -> None:
        """Listen on a free port of 127.0.0.1, in round one."""
        super().__init__(("127.0.0.1", 0), _Handler)
        self.press = press
        self.round = 1
        self.requests = 0

    @property
    def address(self) -> str:
        """The URL to put into ``http_proxy``."""
        return f"http://127.0.0.1:{self.server_address[1]}"

    def answer(self, host: str, path: str) -> tuple[int, str, str]:
        """Status, Content-Type and text of what `host` serves at `path` in this round."""
        outlet = self.press.outlets.get(host)
        if outlet is None:
            return HTTPStatus.BAD_GATEWAY, "text/plain; charset=utf-8", f"no such host: {host}\n"
        items = self.press.items(host, self.round)
        serves = {**outlet.serves, **outlet.later} if self.round > 1 else outlet.serves
        if page := serves.get(path):
            status = HTTPStatus.GONE if page.startswith("gone") else HTTPStatus.OK
            return status, render.content_type(page), render.listing(page, outlet, items)
        for item in items:
            if path in (item.path, item.canonical):
                return HTTPStatus.OK, "text/html; charset=utf-8", render.article(item)
        missing = "<!doctype html><title>404</title><h1>Nothing here</h1>"
        return HTTPStatus.NOT_FOUND, "text/html; charset=utf-8", missing


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: PressServer

    def do_GET(self) -> None:
        """Answer ``GET http://host/path``, with an ETag and 304 when it is met again."""
        asked = urlsplit(self.path)
        status, content_type, text = self.server.answer(asked.hostname or "", asked.path or "/")
        self.server.requests += 1
        body = text.encode()
        etag = f'"{hashlib.blake2b(body, digest_size=8).hexdigest()}"'
        if status == HTTPStatus.OK and self.headers.get("If-None-Match") == etag:
            status, body = HTTPStatus.NOT_MODIFIED, b""
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        if status in (HTTPStatus.OK, HTTPStatus.NOT_MODIFIED):
            self.send_header("ETag", etag)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name it has there
        """Say nothing: the terminal belongs to the demo."""


@contextmanager
def serving(press: Press) -> Iterator[PressServer]:
    """The press on a free port of loopback, for as long as the block lasts."""
    with PressServer(press) as server:
        thread = Thread(target=server.serve_forever, name="demo press", daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
