"""Reasons as the operator reads them."""

from __future__ import annotations

import re
from http import HTTPStatus

from newsdesk.terminal import line

ANSWERED = re.compile(r"http-(\d{3})\Z")


def told(reason: str | None) -> str:
    """A reason as one line; a bare status gets its name: ``http-410: Gone``."""
    said = line(reason)
    if answered := ANSWERED.match(said):
        number = int(answered[1])
        if number in set(HTTPStatus):
            return f"{said}: {HTTPStatus(number).phrase}"
    return said
