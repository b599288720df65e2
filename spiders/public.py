"""Which links may lead to the public web, by their names alone; the guard looks at addresses."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

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

    `allowed` are hosts that may be fetched although they are private (``fetch.allow_private``).
    """
    try:
        host = (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return False
    if host in allowed:
        return True
    if ":" in host or host.replace(".", "").isdigit():
        return True  # a number: the guard knows which may be reached
    return "." in host and not host.endswith(_PRIVATE)
