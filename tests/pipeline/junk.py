"""Pages that are no articles, in six languages, made as outlets make them."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

SPEECH: dict[str, dict[str, Any]] = tomllib.loads(
    Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
)
STATEMENTS = ("challenge", "not-found", "error", "login", "paywall", "consent")
STORY = "/2026/05/04/the-council-votes-tonight"


class Junk(NamedTuple):
    """A page that is no article: what it is, its language, its address and its document."""

    kind: str
    language: str
    url: str
    html: str


def junk() -> Iterator[Junk]:
    """Yield every kind in every language."""
    for language, speech in SPEECH.items():
        for kind in STATEMENTS:
            title, said = speech[kind]
            yield _page(kind, language, STORY, title, f"<h1>{title}</h1><p>{said}</p>")
        yield from _lists(language, speech)
        yield from _bare(language, speech["teasers"][0])


def _lists(language: str, speech: dict[str, Any]) -> Iterator[Junk]:
    """Pages that list other pages."""
    topic = speech["sections"][1]
    cards = "".join(
        f'<article><h3><a href="/2026/05/{n:02}/story-{n}">{teaser}</a></h3>'
        f'<p><a href="/story-{n}">{teaser}.</a></p></article>'
        for n, teaser in enumerate(speech["teasers"] * 3, 1)
    )
    yield _page("section", language, "/politics/", topic, f"<h1>{topic}</h1>{cards}")
    yield _page("tag", language, "/tag/budget/", topic, f"<h1>#{topic}</h1>{cards}")
    yield _page("section", language, "/", "The Courier", cards)
    person = {"@type": "ProfilePage"}
    yield _page("section", language, "/author/jane/", "Jane", f"<h1>Jane</h1>{cards}", person)


def _bare(language: str, line: str) -> Iterator[Junk]:
    """Pages whose text is missing: films, galleries, stubs, documents drawn by a script."""
    head = f"<h1>{line}</h1><p>{line}.</p>"
    film = {"@type": "VideoObject", "name": line}
    yield _page("video", language, "/video/12345-harbour", line, f"{head}<video></video>", film)
    pictures = "".join(
        f"<figure><img src='{n}.jpg'><figcaption>{line} ({n})</figcaption></figure>"
        for n in range(12)
    )
    yield _page("gallery", language, "/pictures/12345-storm", line, head + pictures)
    yield _page("stub", language, STORY, line, head)
    yield _page("empty", language, STORY, line, "<div id='root'></div>")


def _page(
    kind: str, language: str, path: str, title: str, body: str, data: dict[str, str] | None = None
) -> Junk:
    sections = SPEECH[language]["sections"]
    links = "".join(f'<li><a href="/{n}">{name}</a></li>' for n, name in enumerate(sections))
    script = f'<script type="application/ld+json">{json.dumps(data)}</script>' if data else ""
    return Junk(
        kind,
        language,
        f"https://courier.example{path}",
        f"<!doctype html><html lang={language}><head><title>{title} | The Courier</title>"
        f"{script}</head><body><header><nav><ul>{links}</ul></nav></header><main>{body}</main>"
        f"<footer><ul>{links}</ul><p>© 2026 The Courier</p></footer></body></html>",
    )
