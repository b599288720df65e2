"""The standard proxy variables, read once a crawl."""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit
from urllib.request import getproxies, proxy_bypass_environment  # type: ignore[attr-defined]

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler


class Proxies:
    """Sends requests through what ``http_proxy``, ``https_proxy`` and ``no_proxy`` say.

    Scrapy's own middleware reads the whole environment anew for every request.
    """

    def __init__(self) -> None:
        self._environment = getproxies()
        self._proxies = {
            scheme: _parted(self._environment[scheme])
            for scheme in ("http", "https")
            if self._environment.get(scheme)
        }
        self._bypassed: dict[str, bool] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Proxies:  # noqa: ARG003 - Scrapy's own signature
        """Make one for a crawl, as Scrapy does."""
        return cls()

    def process_request(self, request: Request) -> None:
        """Set the proxy of a request, or take away the one it had before it was redirected."""
        if not self._proxies:
            return
        parts = urlsplit(request.url)
        request.meta.pop("proxy", None)
        request.headers.pop(b"Proxy-Authorization", None)
        proxy = self._proxies.get(parts.scheme)
        if proxy is None or self._passes_by(parts.netloc):
            return
        request.meta["proxy"], credentials = proxy
        if credentials:
            request.headers[b"Proxy-Authorization"] = credentials

    def _passes_by(self, host: str) -> bool:
        known = self._bypassed.get(host)
        if known is None:
            known = bool(proxy_bypass_environment(host, self._environment))
            self._bypassed[host] = known
        return known


def _parted(url: str) -> tuple[str, bytes]:
    """Part a proxy's address from its credentials; the latter as a header's value."""
    if "://" not in url:
        url = f"http://{url}"
    parts = urlsplit(url)
    user, found, place = parts.netloc.rpartition("@")
    if not found:
        return url, b""
    return f"{parts.scheme}://{place}", b"Basic " + b64encode(unquote(user).encode())
