"""RSS 2.0: an item an article."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from stories.formats import About
from stories.markup import HEAD, element, rfc822
from stories.row import Row


def write(rows: Iterable[Row], about: About) -> Iterator[str]:
    """The feed, item by item."""
    yield HEAD + '<rss version="2.0"><channel>'
    yield element("title", about.title) + element("link", about.url)
    yield element("description", about.title) + "\n"
    for row in rows:
        yield (
            f"<item>{element('title', row['title'])}{element('link', row['url'])}"
            f"{element('guid', row['url'], isPermaLink='true')}"
            f"{element('pubDate', rfc822(row['published'] or row['seen']))}"
            f"{element('description', row['text'])}</item>\n"
        )
    yield "</channel></rss>\n"
