"""A small, badly behaved web on loopback: a route a misbehaviour, and outlets that behave.

A real HTTP server in a thread of its own. Every address of 127.0.0.0/8 can be a host::

    with Newsstand() as stand:
        courier = stand.outlet("Example Courier")        # http://127.0.0.2:PORT
        courier.publish("/2026/05/a-story.html", "A story", "Its first paragraph. ...")
        stand.url + "/bomb/gzip"                         # see MISBEHAVIOURS
        stand.log                                        # what was asked, in order
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import html
import threading
from collections.abc import Awaitable
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime, formatdate
from http import HTTPStatus
from typing import Self
from urllib.parse import urlsplit

from tests.misbehaviour import MISBEHAVIOURS, Asked, Writer, write


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What is answered; an ETag is made of the body, and asked for again it gives 304."""

    body: bytes = b""
    status: int = 200
    kind: str = "text/html; charset=utf-8"
    headers: tuple[tuple[str, str], ...] = ()
    validators: bool = True


@dataclass(slots=True)
class Story:
    """An article of an outlet, as its page says it."""

    path: str
    title: str
    text: str
    published: datetime | None = None
    language: str = "en"


@dataclass(slots=True)
class Outlet:
    """An outlet with a front page, a feed, a news sitemap, robots.txt and articles.

    Take away what it should not have (`feed = None`), or put any answer at any path (`pages`).
    """

    name: str
    host: str
    port: int
    feed: str | None = "/feed.xml"
    sitemap: str | None = "/sitemap-news.xml"
    robots: str | None = None
    stories: list[Story] = field(default_factory=list)
    pages: dict[str, Answer] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """Its home page, without the last slash."""
        return f"http://{self.host}:{self.port}"

    def publish(
        self,
        path: str,
        title: str,
        text: str,
        published: datetime | None = None,
        language: str = "en",
    ) -> str:
        """Put out a story, a paragraph a line; returns its address."""
        self.stories = [story for story in self.stories if story.path != path]
        self.stories.append(Story(path, title, text, published, language))
        return self.url + path

    def answer(self, path: str) -> Answer:
        """What the outlet says at a path."""
        bare = path.partition("?")[0]
        rss = "application/rss+xml; charset=utf-8"
        pages = {story.path: Answer(body=page(story, self.name).encode()) for story in self.stories}
        pages |= {"/": Answer(body=self._front().encode()), "/robots.txt": self._robots()}
        if self.feed:
            pages[self.feed] = Answer(body=self._feed().encode(), kind=rss)
        if self.sitemap:
            pages[self.sitemap] = Answer(body=self._sitemap().encode(), kind="application/xml")
        missing = Answer(status=404, body=b"<h1>Not found</h1>", validators=False)
        return (pages | self.pages).get(bare, missing)

    def _robots(self) -> Answer:
        if self.robots is not None:
            return Answer(body=self.robots.encode(), kind="text/plain")
        sitemap = f"Sitemap: {self.url}{self.sitemap}\n" if self.sitemap else ""
        return Answer(body=f"User-agent: *\nAllow: /\n{sitemap}".encode(), kind="text/plain")

    def _front(self) -> str:
        link = (
            f'<link rel="alternate" type="application/rss+xml" href="{self.feed}">'
            if self.feed
            else ""
        )
        items = "".join(
            f'<li><h2><a href="{html.escape(s.path)}">{html.escape(s.title)}</a></h2></li>'
            for s in reversed(self.stories)
        )
        return (
            f"<!doctype html><html><head><title>{html.escape(self.name)}</title>{link}</head><body>"
            '<nav><a href="/about">About</a> <a href="/tag/politics">Politics</a></nav>'
            f'<ul>{items}</ul><footer><a href="/privacy">Privacy</a></footer></body></html>'
        )

    def _feed(self) -> str:
        items = "".join(
            f"<item><title>{html.escape(s.title)}</title><link>{self.url}{html.escape(s.path)}"
            f"</link><guid>{self.url}{html.escape(s.path)}</guid>"
            + (f"<pubDate>{format_datetime(s.published)}</pubDate>" if s.published else "")
            + "</item>"
            for s in reversed(self.stories)
        )
        return (
            '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>'
            f"<title>{html.escape(self.name)}</title><link>{self.url}/</link>{items}</channel></rss>"
        )

    def _sitemap(self) -> str:
        rows = "".join(
            f"<url><loc>{self.url}{html.escape(s.path)}</loc><n:news>"
            + (
                f"<n:publication_date>{s.published.isoformat()}</n:publication_date>"
                if s.published
                else ""
            )
            + f"<n:title>{html.escape(s.title)}</n:title></n:news></url>"
            for s in self.stories
        )
        return (
            '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
            f'xmlns:n="http://www.google.com/schemas/sitemap-news/0.9">{rows}</urlset>'
        )


def page(story: Story, outlet: str) -> str:
    """An article's page as outlets make them: navigation, the story, a footer."""
    at = story.published.isoformat() if story.published else ""
    said = f'<meta property="article:published_time" content="{at}">' if at else ""
    paragraphs = "".join(f"<p>{html.escape(line)}</p>" for line in story.text.split("\n"))
    return (
        f'<!doctype html><html lang="{story.language}"><head><meta charset="utf-8">'
        f"<title>{html.escape(story.title)} - {html.escape(outlet)}</title>"
        f'<meta property="og:title" content="{html.escape(story.title)}">'
        f'{said}</head><body><nav><a href="/">Home</a></nav>'
        f"<article><h1>{html.escape(story.title)}</h1>{paragraphs}</article>"
        '<footer><a href="/privacy">Privacy</a></footer></body></html>'
    )


class Newsstand:
    """The server: outlets by their address, misbehaviours everywhere else."""

    def __init__(self) -> None:
        self.log: list[Asked] = []
        self.outlets: dict[str, Outlet] = {}
        self.port = 0
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._servers: list[asyncio.Server] = []
        self._open: set[asyncio.Task[None]] = set()
        self._transports: set[asyncio.WriteTransport] = set()

    def __enter__(self) -> Self:
        self._thread.start()
        self._call(self._listen("127.0.0.1"))
        return self

    def __exit__(self, *_: object) -> None:
        self._call(self._stop())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    @property
    def url(self) -> str:
        """Where the misbehaviours are."""
        return f"http://127.0.0.1:{self.port}"

    def outlet(self, name: str) -> Outlet:
        """Open an outlet at an address of its own."""
        host = f"127.0.0.{len(self.outlets) + 2}"
        self._call(self._listen(host))
        self.outlets[host] = Outlet(name, host, self.port)
        return self.outlets[host]

    def asked(self, path: str = "", host: str = "") -> list[Asked]:
        """What was asked so far of this path and host, if they are given."""
        return [
            one
            for one in list(self.log)
            if (not path or one.path == path) and (not host or one.host == host)
        ]

    def _call(self, what: Awaitable[None]) -> None:
        async def run() -> None:
            await what

        asyncio.run_coroutine_threadsafe(run(), self._loop).result(timeout=10)

    async def _listen(self, host: str) -> None:
        server = await asyncio.start_server(self._converse, host, self.port, limit=1 << 20)
        self.port = server.sockets[0].getsockname()[1]
        self._servers.append(server)

    async def _stop(self) -> None:
        for server in self._servers:
            server.close()
        tasks = set(self._open)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for transport in self._transports:
            transport.abort()
        await asyncio.sleep(0.01)  # for the loop to let the sockets go

    async def _converse(self, reader: asyncio.StreamReader, writer: Writer) -> None:
        task = asyncio.current_task()
        if task is not None:
            self._open.add(task)
        self._transports.add(writer.transport)
        try:
            while await self._exchange(reader, writer):
                pass
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            if task is not None:
                self._open.discard(task)
            with contextlib.suppress(ConnectionError, RuntimeError):
                writer.close()

    async def _exchange(self, reader: asyncio.StreamReader, writer: Writer) -> bool:
        line = (await reader.readline()).decode("latin-1").split(" ")
        if len(line) < 3:
            return False
        headers = {}
        while header := (await reader.readline()).decode("latin-1").strip():
            name, _, value = header.partition(":")
            headers[name.strip().lower()] = value.strip()
        parts = urlsplit(line[1])
        host = parts.hostname or headers.get("host", "").partition(":")[0]
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        asked = Asked(host=host, path=path, headers=headers)
        self.log.append(asked)
        misbehaviour = MISBEHAVIOURS.get("/" + "/".join(parts.path.split("/")[1:3]))
        if host in self.outlets:
            await send(writer, asked, self.outlets[host].answer(path))
        elif misbehaviour is not None:
            await misbehaviour(asked, writer)
            return False
        else:
            await send(writer, asked, Answer(status=404, validators=False))
        return headers.get("connection", "").lower() != "close"


async def send(writer: Writer, asked: Asked, answer: Answer) -> None:
    """Answer as a well-behaved server does: length, date, ETag and 304."""
    status, body = answer.status, answer.body
    headers = [("Date", formatdate(usegmt=True)), ("Content-Type", answer.kind), *answer.headers]
    if answer.validators and status == HTTPStatus.OK:
        tag = f'"{hashlib.sha1(body, usedforsecurity=False).hexdigest()}"'
        headers.append(("ETag", tag))
        if asked.headers.get("if-none-match") == tag:
            status, body = HTTPStatus.NOT_MODIFIED, b""
    headers.append(("Content-Length", str(len(body))))
    write(writer, status, headers, body)
    await writer.drain()
