"""The misbehaviours of the newsstand, a route each. What follows in the query is their measure."""

from __future__ import annotations

import asyncio
import gzip
import zlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

Writer = asyncio.StreamWriter

HTML = ("Content-Type", "text/html; charset=utf-8")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One request: the host's address, the path with its query, the headers in lower case."""

    host: str
    path: str
    headers: dict[str, str]

    @property
    def query(self) -> dict[str, str]:
        """The parameters, the first of each name."""
        return {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}


def raw(writer: Writer, status: int, headers: list[tuple[str, str]], body: bytes = b"") -> None:
    """Write an answer as it is given, right or wrong; the last one of its connection."""
    write(writer, status, [*headers, ("Connection", "close")], body)


def write(writer: Writer, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
    """Write an answer."""
    head = "".join(f"{name}: {value}\r\n" for name, value in headers)
    writer.write(f"HTTP/1.1 {status} So\r\n{head}\r\n".encode("latin-1") + body)


Misbehaviour = Callable[[Asked, Writer], Awaitable[None]]
MISBEHAVIOURS: dict[str, Misbehaviour] = {}
"""By the first two parts of the path; the query says the rest (``?n=3``, ``?to=...``)."""


def route(path: str) -> Callable[[Misbehaviour], Misbehaviour]:
    """Put a misbehaviour at a path of two parts."""

    def put(misbehaviour: Misbehaviour) -> Misbehaviour:
        MISBEHAVIOURS[path] = misbehaviour
        return misbehaviour

    return put


@route("/redirect/to")
async def redirect(asked: Asked, writer: Writer) -> None:
    """Redirects to ``?to=``, with ``?status=``."""
    status = int(asked.query.get("status", "302"))
    raw(writer, status, [("Location", asked.query["to"]), ("Content-Length", "0")])


@route("/redirect/self")
async def redirect_self(asked: Asked, writer: Writer) -> None:
    """Redirects to itself."""
    raw(writer, 302, [("Location", asked.path), ("Content-Length", "0")])


@route("/redirect/endless")
async def redirect_endless(asked: Asked, writer: Writer) -> None:
    """Redirects to ever another address."""
    n = int(asked.query.get("n", "0")) + 1
    raw(writer, 302, [("Location", f"/redirect/endless?n={n}"), ("Content-Length", "0")])


@route("/status/is")
async def status(asked: Asked, writer: Writer) -> None:
    """Answers with ``?code=``, and a Retry-After if ``?after=`` says one."""
    headers = [HTML, ("Content-Length", "2")]
    if "after" in asked.query:
        headers.append(("Retry-After", asked.query["after"]))
    raw(writer, int(asked.query["code"]), headers, b"no")


@route("/size/said")
async def size_said(_: Asked, writer: Writer) -> None:
    """Says that ten gigabytes follow."""
    raw(writer, 200, [HTML, ("Content-Length", "10000000000")], b"<p>")
    await writer.drain()
    await asyncio.sleep(5)


@route("/size/endless")
async def size_endless(_: Asked, writer: Writer) -> None:
    """Sends a body without end."""
    raw(writer, 200, [HTML])
    while True:
        writer.write(b"<p>more</p>" * 8000)
        await writer.drain()


@route("/bomb/gzip")
async def bomb_gzip(asked: Asked, writer: Writer) -> None:
    """A small body that unpacks to ``?mb=`` megabytes of nothing."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    blank = bytes(1_000_000)
    body = b"".join(packer.compress(blank) for _ in range(int(asked.query.get("mb", "200"))))
    body += packer.flush()
    raw(writer, 200, [HTML, ("Content-Encoding", "gzip"), ("Content-Length", str(len(body)))], body)
    await writer.drain()


@route("/bomb/twice")
async def bomb_twice(_: Asked, writer: Writer) -> None:
    """Packed twice, and says so."""
    body = gzip.compress(gzip.compress(bytes(50_000_000)))
    encoding = ("Content-Encoding", "gzip, gzip")
    raw(writer, 200, [HTML, encoding, ("Content-Length", str(len(body)))], body)
    await writer.drain()


@route("/encoding/says")
async def encoding_says(asked: Asked, writer: Writer) -> None:
    """Says ``?what=`` of a plain body."""
    body = b"<p>plain</p>"
    encoding = ("Content-Encoding", asked.query["what"])
    raw(writer, 200, [HTML, encoding, ("Content-Length", str(len(body)))], body)


@route("/encoding/deflate")
async def encoding_deflate(asked: Asked, writer: Writer) -> None:
    """Deflate, with zlib's header or, with ``?raw=1``, without."""
    packer = zlib.compressobj(wbits=-15 if asked.query.get("raw") else 15)
    body = packer.compress(b"<p>deflated</p>") + packer.flush()
    encoding = ("Content-Encoding", "deflate")
    raw(writer, 200, [HTML, encoding, ("Content-Length", str(len(body)))], body)


@route("/headers/many")
async def headers_many(_: Asked, writer: Writer) -> None:
    """Sends headers by the hundred thousand."""
    writer.write(b"HTTP/1.1 200 OK\r\n")
    for n in range(100_000):
        writer.write(f"X-{n}: {'x' * 100}\r\n".encode())
        if n % 100 == 0:
            await writer.drain()
    writer.write(b"\r\n")


@route("/headers/long")
async def headers_long(_: Asked, writer: Writer) -> None:
    """Sends a header line without end."""
    writer.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
    while True:
        writer.write(b"x" * 10_000)
        await writer.drain()


@route("/slow/body")
async def slow_body(_: Asked, writer: Writer) -> None:
    """Sends a byte now and then."""
    raw(writer, 200, [HTML, ("Content-Length", "100000")])
    while True:
        writer.write(b"x")
        await writer.drain()
        await asyncio.sleep(0.1)


@route("/slow/head")
async def slow_head(_: Asked, writer: Writer) -> None:
    """Sends its headers a byte now and then."""
    for letter in "HTTP/1.1 200 OK\r\nX-Header: slow" * 100:
        writer.write(letter.encode())
        await writer.drain()
        await asyncio.sleep(0.1)


@route("/cut/short")
async def cut_short(_: Asked, writer: Writer) -> None:
    """Sends less than it says."""
    raw(writer, 200, [HTML, ("Content-Length", "100000")], b"<p>only this</p>")
    await writer.drain()


@route("/cut/reset")
async def cut_reset(_: Asked, writer: Writer) -> None:
    """Ends the connection without a word."""
    writer.transport.abort()


@route("/garbage/bytes")
async def garbage(_: Asked, writer: Writer) -> None:
    """Answers with something that is not HTTP."""
    writer.write(b"\x00\xff\x13\x37 garbage\r\n\r\n")
    await writer.drain()


@route("/robots/big")
async def robots_big(_: Asked, writer: Writer) -> None:
    """A robots.txt of three megabytes; what counts of it says no to /private."""
    body = b"User-agent: *\nDisallow: /private\n" + b"# filler\n" * 400_000
    raw(writer, 200, [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))], body)
    await writer.drain()
