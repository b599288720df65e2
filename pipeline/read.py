"""From a page to an article: the readers, in the order in which they read."""

from __future__ import annotations

from pipeline.about import about
from pipeline.byline import byline, signature
from pipeline.canonical import address
from pipeline.citations import citations
from pipeline.dates import dates
from pipeline.document import decode, is_binary, parse, strip
from pipeline.language import claimed_language, language
from pipeline.quality import quality
from pipeline.reading import Reading
from pipeline.signed import signed
from pipeline.structured import structured
from pipeline.text import paragraphs, text
from pipeline.title import title
from pipeline.wires import wires
from stories.model import Article, Dropped, Page

READERS = (
    address,
    claimed_language,
    paragraphs,
    title,
    byline,
    text,
    signature,
    wires,
    signed,
    quality,
    dates,
    language,
    citations,
    about,
)
"""Each fills in its part of a :class:`pipeline.reading.Reading`, or raises ``Dropped``."""


def read(page: Page) -> Article:
    """Read an article from a page. Pure: the same page gives the same article, anywhere.

    Raises:
        Dropped: the page is not an article; the verdict says what it is.

    """
    if is_binary(page.body):
        raise Dropped("binary", "the body is no text")
    source, charset = decode(page.body, page.headers)
    tree = parse(source)
    if tree is None:
        raise Dropped("empty", f"{len(page.body)} bytes without a document in them")
    reading = Reading(page=page, tree=tree, claims=structured(tree, page.answered or page.url))
    reading.facts["charset"] = charset
    strip(tree)
    for reader in READERS:
        reader(reading)
    return Article(
        url=reading.url,
        raw_url=page.sighting.url or page.url,
        key=reading.key,
        outlet=reading.outlet,
        title=reading.title,
        text=reading.text,
        roles="".join(role for role, _ in reading.lines),
        byline=", ".join(reading.authors) or None,
        authors=reading.authors,
        language=reading.language,
        published=reading.published,
        modified=reading.modified,
        seen=page.sighting.seen,
        fetched=page.fetched,
        image=reading.image,
        source=page.sighting.source,
        cites=reading.cites,
        evidence=reading.evidence,
        facts=reading.facts,
    )
