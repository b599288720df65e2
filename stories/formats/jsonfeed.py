"""JSON Feed 1.1: an item an article."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from stories.formats import About
from stories.markup import moment
from stories.row import Row

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def write(rows: Iterable[Row], about: About) -> Iterator[str]:
    """The feed, item by item."""
    head = {"version": "https://jsonfeed.org/version/1.1", "title": about.title}
    if about.url.startswith(("http://", "https://")):
        head["home_page_url"] = about.url
    yield _encode(head)[:-1] + ',"items":['
    before = "\n"
    for row in rows:
        item: dict[str, object] = {
            "id": str(row["url"]),
            "url": row["url"],
            "title": row["title"],
            "content_text": row["text"],
            "authors": [{"name": name} for name in _names(row)],
            "tags": row["topics"],
        }
        if row["published"]:
            item["date_published"] = moment(row["published"]).isoformat(timespec="seconds")
        if row["image"]:
            item["image"] = row["image"]
        if row["language"]:
            item["language"] = row["language"]
        yield before + _encode(item)
        before = ",\n"
    yield "\n]}\n"


def _names(row: Row) -> list[object]:
    authors = row["authors"]
    return list(authors) if isinstance(authors, list) and authors else [row["outlet"]]
