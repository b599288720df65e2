"""Renders what an outlet serves: front pages, feeds, sitemaps and articles."""

from __future__ import annotations

import html
import re
from datetime import datetime
from email.utils import format_datetime
from string import Template
from typing import TYPE_CHECKING

from newsdesk.demo.press import PRESS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from newsdesk.demo.press import Item, Outlet

EACH = re.compile(r"<!--each-->(.*?)<!--end-->", re.DOTALL)
CONTENT_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    "rss.xml": "application/rss+xml; charset=utf-8",
    "atom.xml": "application/atom+xml; charset=utf-8",
    "sitemap.xml": "application/xml; charset=utf-8",
}
SUMMARY = 160


def listing(page: str, outlet: Outlet, items: Sequence[Item]) -> str:
    """The file `page` filled in for `outlet`.

    Its part between ``<!--each-->`` and ``<!--end-->`` is repeated for every item.
    """
    template = _read(page)
    newest = max((item.modified for item in items), default=None)
    common = {
        "host": outlet.host,
        "outlet": outlet.name,
        "language": outlet.language,
        "newest": newest.isoformat() if newest else "",
    }

    def repeat(block: re.Match[str]) -> str:
        return "".join(_fill(block.group(1), {**common, **_facts(item)}) for item in items)

    return _fill(EACH.sub(repeat, template), common)


def article(item: Item) -> str:
    """The page of one article, in the page of its outlet."""
    body = "\n".join(
        f"<{tag}>{html.escape(text, quote=False)}</{tag}>" for tag, text in item.paragraphs
    )
    template = _read(item.page).replace("$body", "\0")
    return _fill(template, {**_facts(item), "host": item.host}).replace("\0", body)


def content_type(page: str) -> str:
    """The Content-Type that a file in ``press/pages`` is served with."""
    return next(kind for end, kind in CONTENT_TYPES.items() if page.endswith(end))


def _facts(item: Item) -> dict[str, str]:
    lead = item.paragraphs[0][1]
    return {
        "path": item.path,
        "canonical": item.canonical,
        "title": item.title,
        "byline": item.byline,
        "published": item.published.isoformat(),
        "published_rfc822": format_datetime(item.published),
        "published_human": _human(item.published),
        "modified": item.modified.isoformat(),
        "summary": lead if len(lead) <= SUMMARY else lead[:SUMMARY].rsplit(" ", 1)[0] + " …",
    }


def _human(at: datetime) -> str:
    return f"{at.day}.{at.month}.{at.year}, {at:%H:%M}"


def _read(page: str) -> str:
    return (PRESS / "pages" / page).read_text("utf-8")


def _fill(template: str, facts: Mapping[str, str]) -> str:
    return Template(template).safe_substitute({key: html.escape(v) for key, v in facts.items()})
