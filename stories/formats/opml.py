"""OPML 2.0: where the articles came from, an outline an outlet with its addresses in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from stories.formats import About
from stories.markup import HEAD, element, empty
from stories.row import Row


def write(rows: Iterable[Row], about: About) -> Iterator[str]:
    """The document, article by article; a new outline begins where the outlet changes."""
    yield HEAD + f'<opml version="2.0"><head>{element("title", about.title)}</head><body>\n'
    open_at: str | None = None
    for row in rows:
        outlet = str(row["outlet"])
        if outlet != open_at:
            closing = "" if open_at is None else "</outline>\n"
            yield closing + empty("outline", text=outlet)[:-2] + ">\n"
            open_at = outlet
        title, url = str(row["title"] or row["url"]), str(row["url"])
        yield empty("outline", type="link", text=title, url=url) + "\n"
    yield ("" if open_at is None else "</outline>\n") + "</body></opml>\n"
