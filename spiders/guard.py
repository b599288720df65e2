"""The download handler that never fetches what it must not: addresses, schemes, sizes, loops."""

from __future__ import annotations

import asyncio
import os
import re
import socket
import ssl
import time
from contextlib import asynccontextmanager
from functools import cache
from typing import TYPE_CHECKING, cast
from urllib.parse import urlsplit

import aiohttp
import yarl
from scrapy.core.downloader.handlers._aiohttp import AiohttpDownloadHandler, _ClientResponse
from scrapy.http import Headers, Response

from spiders.reach import Reach
from spiders.unfetched import UnfetchedError, deferred, failed, refused
from spiders.unpack import Unpacker

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from aiohappyeyeballs import AddrInfoType
    from scrapy import Request
    from scrapy.crawler import Crawler

MAX_URL = 4096
_NO_ADDRESS = re.compile(r"[\x00-\x20\x7f\\]")
MAX_HEADERS = 128
MAX_HEADER_BYTES = 16_384
_NAMES_KEPT = 10
"""Seconds for which a name's addresses are kept: a moved host is found again."""


HALT = object()
"""The signal that a crawl ends now: what is under way is cut."""


class ForbiddenAddressError(OSError):
    """A connection to an address that must not be reached.

    Always says the same: only then does the connector hand it on when a name has many addresses.
    """

    def __init__(self) -> None:
        super().__init__("not a public address")


class Guard(AiohttpDownloadHandler):
    """Scrapy's aiohttp handler, with every connection checked at the moment it is made.

    The check is on the address that is connected to, so neither a redirect nor a name that
    answers otherwise the second time leads past it. A proxy that the environment configures is
    connected to as it is: what lies behind it is for the proxy to guard.
    """

    experimental = False  # silences Scrapy's warning: its limits are the ones we build on

    def __init__(self, crawler: Crawler) -> None:
        # Past the parent's own constructor: its session checks nothing, and we make two.
        super(AiohttpDownloadHandler, self).__init__(crawler)
        self.reach = Reach(crawler.settings.getlist("ALLOW_PRIVATE"))
        self._timeout = crawler.settings.getfloat("DOWNLOAD_TIMEOUT")
        self._ssl_context = trusted(
            os.environ.get("SSL_CERT_FILE") or os.environ.get("REQUESTS_CA_BUNDLE")
        )
        self._checked = self._make_session(self._guarded_socket)
        self._free = self._make_session(None)
        self._under_way: set[asyncio.Future[Response]] = set()
        self._halted = False
        crawler.signals.connect(self._halt, signal=HALT)

    def _make_session(self, factory: aiohttp.SocketFactoryType | None) -> aiohttp.ClientSession:
        return aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(
                limit=self._pool_size_total,
                limit_per_host=self._pool_size_per_host,
                ttl_dns_cache=_NAMES_KEPT,
                socket_factory=factory,
                resolver=aiohttp.ThreadedResolver(),
            ),
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            response_class=_ClientResponse,
            skip_auto_headers=("Accept", "Accept-Encoding", "Content-Type", "User-Agent"),
            max_headers=MAX_HEADERS,
            max_field_size=MAX_HEADER_BYTES,
            max_line_size=MAX_HEADER_BYTES,
        )

    def _guarded_socket(self, info: AddrInfoType) -> socket.socket:
        family, kind, proto, _, sockaddr = info
        address = str(sockaddr[0])
        if not self.reach.allows(address):
            raise ForbiddenAddressError
        return socket.socket(family=family, type=kind, proto=proto)

    async def download_request(self, request: Request) -> Response:
        """Fetch one URL; with ``meta["cut"]`` only as much of it as is allowed.

        Raises:
            UnfetchedError: for everything that ends without an answer.

        """
        check_url(request.url)
        if self._halted:
            raise deferred("shutdown", "the crawl was stopped")
        work = asyncio.ensure_future(self._fetch(request))
        self._under_way.add(work)
        try:
            return await work
        except asyncio.CancelledError:
            if self._halted:
                raise deferred("shutdown", "the crawl was stopped") from None
            raise
        finally:
            self._under_way.discard(work)

    async def _fetch(self, request: Request) -> Response:
        started = time.monotonic()
        async with self._make_request(request, self._timeout) as response:
            answer = await self._read_response(response, request)
        request.meta["download_latency"] = time.monotonic() - started
        return answer

    @asynccontextmanager
    async def _make_request(
        self,
        request: Request,
        timeout: float,  # noqa: ASYNC109 - the parent's own signature
    ) -> AsyncIterator[_ClientResponse]:
        proxy = self._extract_proxy_url_with_creds(request)
        try:
            url = yarl.URL(request.url, encoded=True)
        except ValueError as error:
            raise refused("url", str(error)) from error
        try:
            async with self._session_for(request, proxy).request(
                request.method,
                url,
                headers=self._request_headers(request).to_tuple_list(),
                timeout=aiohttp.ClientTimeout(total=timeout),
                ssl=self._ssl_context,
                allow_redirects=False,
                proxy=proxy,
            ) as response:
                yield cast("_ClientResponse", response)
        except (aiohttp.ClientError, OSError) as error:
            raise verdict(error, timeout) from error

    def _session_for(self, request: Request, proxy: str | None) -> aiohttp.ClientSession:
        host = urlsplit(request.url).hostname or ""
        if proxy is None:
            return self._free if self.reach.allows_host(host) else self._checked
        if not self.reach.allows_literal(host):
            raise refused("guard", f"{host} is not a public address")
        return self._free

    async def _read_response(self, response: _ClientResponse, request: Request) -> Response:
        limit: int = request.meta.get("download_maxsize", self._default_maxsize)
        cut = "cut" in request.meta
        length = response.headers.get("Content-Length", "")
        if not cut and length.isdigit() and int(length) > limit:
            raise refused("size", f"says it has {length} bytes, {limit} are allowed")
        unpacker = Unpacker(response.headers.get("Content-Encoding", ""), limit)
        try:
            async for chunk in response.content.iter_any():
                unpacker.feed(chunk)
        except UnfetchedError as error:
            if not cut or error.reason != "size":
                raise
        request.meta["sent_bytes"] = unpacker.sent
        return Response(
            request.url,
            status=response.status,
            headers=Headers(list(response.headers.items())),
            body=unpacker.body(),
        )

    def _halt(self) -> None:
        """Give up what is being fetched; whoever waits for it is told at once."""
        self._halted = True
        for work in self._under_way:
            work.cancel()

    async def close(self) -> None:
        """Close every connection."""
        await self._checked.close()
        await self._free.close()


@cache
def trusted(authorities: str | None) -> ssl.SSLContext:
    """Give the one TLS context of the process: certificates and host names are verified.

    Loading the authorities costs some 20 ms of CPU, so that all handlers share it.
    """
    return ssl.create_default_context(cafile=authorities)


def check_url(url: str) -> None:
    """Refuse what no outlet links to and parsers disagree about.

    Raises:
        UnfetchedError: ``scheme`` or ``url``.

    """
    if len(url) > MAX_URL:
        raise refused("url", f"longer than {MAX_URL} characters")
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError as error:
        raise refused("url", str(error)) from error
    if parts.scheme not in {"http", "https"}:
        raise refused("scheme", parts.scheme[:40])
    if not parts.hostname:
        raise refused("url", "no host")
    if "@" in parts.netloc or _NO_ADDRESS.search(url):
        raise refused("url", "a user name, a backslash or a blank in it")


def verdict(error: Exception, timeout: float) -> UnfetchedError:
    """Read an error of the client as a verdict."""
    if isinstance(error, UnfetchedError):
        return error
    if isinstance(error, TimeoutError):
        return failed("timeout", f"no full answer within {timeout:g} s")
    if isinstance(getattr(error, "os_error", error), ForbiddenAddressError):
        return refused("guard", "not a public address")
    if isinstance(error, aiohttp.InvalidURL):
        return refused("url", str(error))
    reason = next((word for kind, word in _FAILURES if isinstance(error, kind)), "connection")
    said = str(getattr(error, "os_error", None) or getattr(error, "message", None) or error)
    return failed(reason, said[:200] or type(error).__name__)


_FAILURES: tuple[tuple[type[Exception], str], ...] = (
    (aiohttp.ClientConnectorDNSError, "dns"),
    (aiohttp.ClientSSLError, "tls"),
    (ssl.SSLError, "tls"),
    (aiohttp.ClientHttpProxyError, "proxy"),
    (aiohttp.ClientConnectorError, "connect"),
    (aiohttp.ClientPayloadError, "cut-short"),
    (aiohttp.ClientResponseError, "bad-answer"),
)
