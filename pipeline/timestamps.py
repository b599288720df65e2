"""All times that a page claims for its article: who says so, and how far it is to be trusted."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta, timezone
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from pipeline.instants import Moment, moment
from pipeline.reading import Reading
from pipeline.structured import text_of
from stories.model import Precision

_PUBLISHED: Final = (
    "article:published_time", "og:article:published_time", "datepublished", "og:published_time",
    "article:published", "article.published", "parsely-pub-date", "sailthru.date", "pubdate",
    "publishdate", "publish-date", "publish_date", "publication_date", "publisheddate",
    "publication-date", "published_time", "published-date", "published_at", "date.published",
    "dc.date.issued", "dcterms.issued", "dc.date.created", "dcterms.created", "dcterms.date",
    "dc.date", "date", "article.created", "cxenseparse:recs:publishtime", "rnews:datepublished",
    "iso-8601-publish-date", "created", "originalpublicationdate", "article_date_original",
    "vr:published_time", "bt:pubdate", "datecreated",
)  # fmt: skip
_MODIFIED: Final = (
    "article:modified_time", "og:updated_time", "datemodified", "og:article:modified_time",
    "last-modified", "lastmod", "dcterms.modified", "dc.date.modified", "article.updated",
    "revised", "modified",
)  # fmt: skip
_OTHER_PUBLISHED = re.compile(
    r"(?:date|time)?(?:first|original(?:ly)?)?(?:publi(?:shed?|cation|shing|c)|posted|pub|issued)"
    r"(?:date|time|datetime|on|at|utc)?\Z|(?:date|time)(?:published|created|issued)\Z"
)
"""Other names for it, by the letters of their last part: article:published:time, schema:..."""
_IST = "IST"
_INDIA: Final = timezone(timedelta(hours=5, minutes=30))
"""What IST means, but in Ireland and Israel."""
_NOT_LETTERS = re.compile(r"[^a-z]+")
_LAST_PART = re.compile(r"[^:.]+\Z")
_IN_PATH = re.compile(
    r"/((?:19|20)\d\d)[/_-]?(0[1-9]|1[0-2])[/_-]?(0[1-9]|[12]\d|3[01])(?!\d)"
    r"|(?<!\d)((?:19|20)\d\d)-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(?!\d)"
)
_OLDEST_IN_TITLE: Final = 2000
_PUBLISHED_NAMES: Final = frozenset(_PUBLISHED)


class Timestamp(NamedTuple):
    """A time that somebody claims, how far it is trusted (more is better), and the rule."""

    moment: Moment
    trust: int
    rule: str


Stamps = Callable[[str | None, int, str], Iterator[Timestamp]]


def published(reading: Reading) -> Iterator[Timestamp]:
    """Yield when the article was published by structured data, meta, feed, title and address."""
    claims = reading.claims
    stamps = reader_of(reading)
    for rank, node in enumerate(claims.articles[:3]):
        for name, trust in (("datePublished", 100), ("dateCreated", 60), ("uploadDate", 40)):
            yield from stamps(text_of(node.get(name)), trust - 25 * rank, f"json-ld {name}")
    for node in claims.others:
        yield from stamps(text_of(node.get("datePublished")), 72, "json-ld page datePublished")
    for name in _PUBLISHED:
        trust = 85 if "publi" in name else 75
        for content in claims.meta.get(name, ()):
            yield from stamps(content, trust, f"meta {name}")
    yield from _in_other_words(reading, stamps)
    if len(set(claims.scripted)) == 1:
        yield from stamps(claims.scripted[0], 50, "data of a script")
    if reading.page.sighting.published is not None:
        yield Timestamp(Moment(reading.page.sighting.published, Precision.SECOND), 80, "feed")
    yield from _in_passing(reading, stamps)


def _in_other_words(reading: Reading, stamps: Stamps) -> Iterator[Timestamp]:
    """Yield what meta elements with names of their own making say."""
    for name, contents in reading.claims.meta.items():
        if name not in _PUBLISHED_NAMES and _says_published(name):
            for content in contents:
                yield from stamps(content, 74, f"meta {name}")


def _says_published(name: str) -> bool:
    part = _LAST_PART.search(name)
    return any(
        _OTHER_PUBLISHED.match(_NOT_LETTERS.sub("", said))
        for said in (name.partition(":")[2] or name, part[0] if part else name)
    )


def _in_passing(reading: Reading, stamps: Stamps) -> Iterator[Timestamp]:
    """Yield the days in titles and addresses: good only when nobody says it better."""
    for name in ("og:title", "title"):
        for stamp in stamps(reading.claims.first(name), 28, "title"):
            if stamp.moment.at.year >= _OLDEST_IN_TITLE:
                yield stamp
    if path := _IN_PATH.search(urlsplit(reading.url).path):
        yield from stamps("-".join(part for part in path.groups() if part), 30, "address")


def modified(reading: Reading) -> Iterator[Timestamp]:
    """Yield when the article was changed last."""
    stamps = reader_of(reading)
    said = text_of(reading.claims.article.get("dateModified"))
    yield from stamps(said, 100, "json-ld dateModified")
    for name in _MODIFIED:
        for content in reading.claims.meta.get(name, ()):
            yield from stamps(content, 80, f"meta {name}")


def reader_of(reading: Reading) -> Stamps:
    """Return what reads times as they are written where the page comes from."""
    american = (reading.language_tag or "").lower() == "en-us"
    indian = not reading.outlet.endswith((".ie", ".il"))

    def stamps(text: str | None, trust: int, rule: str) -> Iterator[Timestamp]:
        if not text or not (found := moment(text, month_first=american)):
            return
        if indian and not found.zoned and found.precision is not Precision.DAY and _IST in text:
            found = found._replace(at=found.at.replace(tzinfo=_INDIA))
        yield Timestamp(found, trust, rule)

    return stamps
