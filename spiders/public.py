"""Which links may lead to the public web, by their names alone; the guard looks where they lead."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from urllib.parse import urlsplit

from spiders.reach import Reach, as_number

_PRIVATE = (
    ".local",
    ".localhost",
    ".internal",
    ".intranet",
    ".lan",
    ".home.arpa",
    ".corp",
    ".onion",
)


def is_public_name(url: str, allowed: Sequence[str] = ()) -> bool:
    """Whether a link may lead to the public web: not into somebody's own network.

    `allowed` are hosts and networks that may be fetched although they are private
    (``fetch.allow_private``).
    """
    try:
        host = (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return False
    reach = _reach(tuple(allowed))
    if as_number(host) is not None:
        return reach.allows_literal(host)
    return reach.allows_host(host) or ("." in host and not host.endswith(_PRIVATE))


@lru_cache(maxsize=8)
def _reach(allowed: tuple[str, ...]) -> Reach:
    return Reach(allowed)
