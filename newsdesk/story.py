"""The story that an operator hands over: fetched, or read from a file, as a seed."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from newsdesk.declaring import read_bytes
from newsdesk.misuse import Failure, Misuse
from pipeline.language import language_of
from pipeline.readers import Readers
from pipeline.seed import Seed
from spiders.crawl import run
from spiders.outward import fetch_story
from spiders.unfetched import UnfetchedError
from stories.config import Config
from stories.model import Article, Dropped, Page, Sighting

NOWHERE = "https://story.invalid/the-story-that-was-handed-over"


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """A seed, with its address when it has one, when it was published, and what it links to.

    `asked` is the address of every request that was made for it.
    """

    seed: Seed
    url: str | None
    published: datetime | None
    linked: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()


def handed(config: Config, what: str) -> Handed:
    """The story at an address, in a file of text or HTML, or on standard input (``-``).

    Raises:
        Failure: it cannot be fetched.
        Misuse: it cannot be read, or is no story.

    """
    if what.startswith(("http://", "https://")):
        asked: list[str] = []
        article = fetched(config, what, asked)
        return replace(_of_article(article, what), asked=tuple(asked))
    body = read_bytes(Path(what))
    start = body[:4096].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if start.startswith((b"<!doctype html", b"<html", b"<head", b"<body")):
        return _of_article(_read(config, _page(body)), None)
    return _of_text(body)


def fetched(config: Config, url: str, asked: list[str]) -> Article:
    """Fetch and read the story at an address; `asked` is filled with what was asked for it."""

    async def fetch() -> Page:
        return await fetch_story(config, url, asked)

    try:
        page = run(fetch)
    except UnfetchedError as error:
        raise Failure(f"{url} could not be fetched: {error}.") from error
    return _read(config, page)


def _read(config: Config, page: Page) -> Article:
    """Read a page in a process of its own: it may be anything."""
    readers = Readers(1, config.read.deadline)
    try:

        async def read() -> Article | Dropped:
            return await readers.read(page)

        article = asyncio.run(read())
    finally:
        readers.close()
    if isinstance(article, Dropped):
        raise Misuse(f"{page.url} is not a story that can be read: {article}.")
    return article


def _page(body: bytes) -> Page:

    now = datetime.now(UTC)
    return Page(
        url=NOWHERE,
        answered=NOWHERE,
        status=200,
        headers=(("Content-Type", "text/html"),),
        body=body,
        fetched=now,
        sighting=Sighting(url=NOWHERE, source="", seen=now),
    )


def _of_article(article: Article, url: str | None) -> Handed:

    published = article.published.at if article.published else None
    return Handed(
        seed=Seed(
            title=article.title,
            lines=tuple(article.text.splitlines()),
            roles=article.roles,
            language=article.language,
            outlet=None if article.url.startswith(NOWHERE) else article.outlet,
            authors=article.authors,
            day=published.date() if published else None,
        ),
        url=url,
        published=published,
        linked=tuple(cited.url for cited in article.cites),
    )


def _of_text(body: bytes) -> Handed:

    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Misuse(
            "The story is not text in UTF-8.", "Save it as UTF-8 and try again."
        ) from error
    if not text.strip():
        raise Misuse("The story is empty.")
    lines = tuple(line.strip() for line in text.splitlines())
    return Handed(
        seed=Seed(title="", lines=lines, language=language_of(text)), url=None, published=None
    )
