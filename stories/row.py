"""An article as one flat row: the fields of every export, which are a promise to later tools."""

from __future__ import annotations

from datetime import datetime

from stories.model import FiledArticle, Instant, Precision

Row = dict[str, object]

FIELDS = (
    "id",
    "url",
    "raw_url",
    "outlet",
    "title",
    "byline",
    "authors",
    "text",
    "language",
    "published",
    "published_precision",
    "seen",
    "fetched",
    "image",
    "story",
    "copy_of",
    "cites",
    "topics",
    "source",
)


def row_of(filed: FiledArticle) -> Row:
    """The row of an article, its fields in the order of FIELDS.

    A story that is not known yet is null. `published` is as exact as it is known: a date, a date
    with hour and minute, or with seconds, the latter two with the offset that the outlet claimed.
    """
    one, copy = filed.article, filed.copy
    return {
        "id": filed.id,
        "url": one.url,
        "raw_url": one.raw_url,
        "outlet": one.outlet,
        "title": one.title,
        "byline": one.byline,
        "authors": list(one.authors),
        "text": one.text,
        "language": one.language,
        "published": one.published and written(one.published),
        "published_precision": one.published and one.published.precision.value,
        "seen": _second(one.seen),
        "fetched": _second(one.fetched),
        "image": one.image,
        "story": filed.story or None,
        "copy_of": copy and {"url": copy.url, "kind": copy.kind.value, "score": copy.score},
        "cites": [{"url": cited.url, "how": cited.how} for cited in one.cites],
        "topics": list(filed.topics),
        "source": one.source,
    }


def written(instant: Instant) -> str:
    """The instant in ISO 8601, to its precision; a month is written as its first day."""
    match instant.precision:
        case Precision.MONTH:
            return instant.at.date().replace(day=1).isoformat()
        case Precision.DAY:
            return instant.at.date().isoformat()
        case Precision.MINUTE:
            return instant.at.isoformat(timespec="minutes")
        case Precision.SECOND:
            return _second(instant.at)


def _second(at: datetime) -> str:
    return at.isoformat(timespec="seconds")
