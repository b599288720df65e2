"""The host of an address, as it names an outlet and as it sorts by site."""

from __future__ import annotations

from contextlib import suppress
from functools import lru_cache
from urllib.parse import urlsplit

PLAIN = ("www.", "m.", "amp.", "mobile.")


def host(url: str) -> str:
    """The host in lower case, without port and closing dot; empty where there is none."""
    try:
        return (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""


@lru_cache(maxsize=16_384)
def bare_host(url: str) -> str:
    """The host without ``www.`` and its like: what an outlet is called when nobody says."""
    name = host(url)
    for prefix in PLAIN:
        if name.startswith(prefix) and "." in name[len(prefix) :]:
            return name[len(prefix) :]
    return name


def site_key(name: str) -> str:
    """A host with its labels reversed (``test.example.news.``): all below it share its start.

    Names in other scripts are taken in the form that DNS knows (``xn--``).
    """
    with suppress(UnicodeError):
        name = name.encode("idna").decode()
    return ".".join(reversed(name.casefold().strip(".").split("."))) + "."
