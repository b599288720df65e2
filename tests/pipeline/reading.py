"""Pages for the tests of reading: any document as if it had been fetched, and a plain article."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from html import escape

from stories.model import Page, Sighting

FETCHED = datetime(2026, 5, 10, 12, tzinfo=UTC)
URL = "https://www.courier.example/2026/05/09/harbour-bridge-reopens-after-the-storm"
SENTENCES = (
    "The harbour bridge reopened on Saturday, three weeks after a storm had torn its cables.",
    "Engineers worked in two shifts and replaced forty of the ninety-six hangers, the city said.",
    "“We were lucky with the weather and luckier with the steel,” said the head of works.",
    "Traffic had been led over the old viaduct, where lorries waited for up to three hours.",
    "The repair cost eleven million, a third of which the state has promised to pay back.",
    "An inquiry will now look into why two warnings about corrosion were not acted upon.",
)


def page(
    html: str | bytes,
    url: str = URL,
    *,
    headers: Sequence[tuple[str, str]] = (("Content-Type", "text/html; charset=utf-8"),),
    title: str | None = None,
    published: datetime | None = None,
    authors: tuple[str, ...] = (),
) -> Page:
    """A document as a page that was fetched; the rest is what its source said of it."""
    return Page(
        url=url,
        answered=url,
        status=200,
        headers=tuple(headers),
        body=html if isinstance(html, bytes) else html.encode(),
        fetched=FETCHED,
        sighting=Sighting(
            url=url,
            source="courier",
            seen=FETCHED,
            title=title,
            published=published,
            authors=authors,
        ),
    )


def article(
    *,
    title: str = "Harbour bridge reopens after the storm",
    head: str = "",
    above: str = "",
    within: str = "",
    below: str = "",
    data: Mapping[str, object] | None = None,
    language: str = "en",
    paragraphs: Sequence[str] = SENTENCES,
) -> str:
    """A document with a headline and six paragraphs, and places to put things in."""
    script = f'<script type="application/ld+json">{json.dumps(data)}</script>' if data else ""
    text = [f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs]
    middle = len(text) // 2
    body = "".join((*text[:middle], within, *text[middle:]))
    return (
        f"<!doctype html><html lang={language}><head><title>{title} | The Courier</title>{head}"
        f'<meta property="og:site_name" content="The Courier">{script}</head><body>'
        f'<header><nav><a href="/">Home</a><a href="/sport">Sport</a></nav></header><main><article>'
        f'<h1>{title}</h1>{above}<div class="article-body">{body}</div>{below}</article></main>'
        f"<footer><p>© 2026 The Courier. All rights reserved.</p></footer></body></html>"
    )


def news(**more: object) -> dict[str, object]:
    """Structured data of an article."""
    return {"@context": "https://schema.org", "@type": "NewsArticle", **more}
