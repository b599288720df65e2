"""Atom (RFC 4287): an entry an article."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from stories.formats import About
from stories.markup import HEAD, element, empty, moment
from stories.row import Row


def write(rows: Iterable[Row], about: About) -> Iterator[str]:
    """The feed, entry by entry."""
    yield HEAD + '<feed xmlns="http://www.w3.org/2005/Atom">'
    yield element("title", about.title) + element("id", about.url)
    yield element("updated", datetime.now(UTC).isoformat(timespec="seconds"))
    yield "<author><name>Newsdesk</name></author>\n"
    for row in rows:
        url = str(row["url"])
        published = row["published"] and moment(row["published"]).isoformat(timespec="seconds")
        writer = element("name", row["byline"] or row["outlet"])
        yield (
            f"<entry>{element('id', url)}{element('title', row['title'])}"
            f"{empty('link', href=url)}{element('updated', row['fetched'])}"
            f"{element('published', published)}<author>{writer}</author>"
            f"{element('content', row['text'], type='text')}</entry>\n"
        )
    yield "</feed>\n"
