"""Other extractors for bench/reading.py, as far as they are installed (the extra `bench`)."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from stories.model import Page

Found = Mapping[str, Any]
"""What an extractor found: text, title, byline, published (ISO 8601)."""
Extractor = Callable[[Page], Found]


def peers() -> Iterator[tuple[str, Extractor]]:
    """The other extractors that are installed here."""
    with contextlib.suppress(ImportError):
        import newspaper

        config = newspaper.Config()
        config.fetch_images = False

        def newspaper4k(page: Page) -> Found:
            found = newspaper.article(
                page.url, input_html=page.body.decode(errors="replace"), config=config
            )
            at = found.publish_date
            return {
                "text": found.text,
                "title": found.title,
                "byline": ", ".join(found.authors),
                "published": at.isoformat() if isinstance(at, datetime) else None,
            }

        yield "newspaper4k", newspaper4k
    with contextlib.suppress(ImportError):
        from newsplease import NewsPlease

        def news_please(page: Page) -> Found:
            found = NewsPlease.from_html(
                page.body.decode(errors="replace"), url=page.url, fetch_images=False
            )
            at = found.date_publish
            return {
                "text": found.maintext,
                "title": found.title,
                "byline": ", ".join(found.authors or ()),
                "published": at.isoformat() if at else None,
            }

        yield "news-please", news_please
    with contextlib.suppress(ImportError):
        import lxml.html
        import readability

        def readability_lxml(page: Page) -> Found:
            document = readability.Document(page.body.decode(errors="replace"))
            tree = lxml.html.fromstring(document.summary())
            lines = (" ".join(e.text_content().split()) for e in tree.iter("p", "li", "h2", "h3"))
            return {"text": "\n".join(lines), "title": document.title()}

        yield "readability-lxml", readability_lxml
