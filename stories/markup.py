"""XML as it is written piece by piece: escaped, and without what no XML may hold."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import format_datetime
from xml.sax.saxutils import escape, quoteattr

# XML 1.0, production 2: every other character makes a document that nobody can read.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'


def element(name: str, content: object, **attributes: str) -> str:
    """An element with text in it; nothing for None."""
    if content is None:
        return ""
    return f"<{name}{_written(attributes)}>{escape(_clean(str(content)))}</{name}>"


def empty(name: str, **attributes: str) -> str:
    """An element with attributes alone."""
    return f"<{name}{_written(attributes)}/>"


def _written(attributes: dict[str, str]) -> str:
    return "".join(f" {name}={quoteattr(_clean(value))}" for name, value in attributes.items())


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("\ufffd", text)


def moment(value: object) -> datetime:
    """The instant that a row tells, in UTC where it has no offset; a day is its first second."""
    at = datetime.fromisoformat(str(value))
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def rfc822(value: object) -> str:
    """The instant as RSS wants it."""
    return format_datetime(moment(value))
