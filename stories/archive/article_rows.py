"""An article as a row and a row as an article: instants with the offset that was claimed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from typing import Any

from sqlalchemy import RowMapping

from stories.archive.copies import Quotation
from stories.hosts import host, site_key
from stories.model import Article, Citation, Instant, Precision


def columns_of(one: Article) -> dict[str, Any]:
    """The columns of `article` that hold what was read; its text has a table of its own."""
    return {
        "key": one.key,
        "url": one.url,
        "raw_url": one.raw_url,
        "outlet": one.outlet,
        "site": site_key(host(one.url)),
        "title": one.title,
        "byline": one.byline,
        "authors": list(one.authors),
        "language": one.language,
        **_claim("published", one.published),
        **_claim("modified", one.modified),
        "seen": one.seen,
        "fetched": one.fetched,
        "image": one.image,
        "source": one.source,
        "cites": [[cited.url, cited.how, cited.score] for cited in one.cites],
        "evidence": dict(one.evidence),
        "facts": dict(one.facts),
    }


def _claim(name: str, claim: Instant | None) -> dict[str, Any]:
    """The columns of an instant: UTC, and beside it the offset that was claimed."""
    if claim is None:
        return dict.fromkeys(
            (name, f"{name}_offset", f"{name}_precision", f"{name}_evidence"), None
        )
    offset = claim.at.utcoffset() or timedelta()
    return {
        name: claim.at,
        f"{name}_offset": round(offset.total_seconds() / 60),
        f"{name}_precision": claim.precision.value,
        f"{name}_evidence": claim.evidence,
    }


def _instant(row: RowMapping, name: str) -> Instant | None:
    at: datetime | None = row[name]
    if at is None:
        return None
    return Instant(
        at=at.astimezone(timezone(timedelta(minutes=row[f"{name}_offset"]))),
        precision=Precision(row[f"{name}_precision"]),
        evidence=row[f"{name}_evidence"],
    )


def article_of(row: RowMapping, quoted: Sequence[Quotation]) -> Article:
    """The article as it was read; what it was found to quote is among what it cites."""
    cites = [Citation(url=url, how=how, score=score) for url, how, score in row["cites"]]
    cites += [Citation(url=one.url, how="quotes", score=one.score) for one in quoted]
    return Article(
        url=row["url"],
        raw_url=row["raw_url"],
        key=row["key"],
        outlet=row["outlet"],
        title=row["title"],
        text=row["text"],
        roles=row["roles"],
        byline=row["byline"],
        authors=tuple(row["authors"]),
        language=row["language"],
        published=_instant(row, "published"),
        modified=_instant(row, "modified"),
        seen=row["seen"],
        fetched=row["fetched"],
        image=row["image"],
        source=row["source"],
        cites=tuple(cites),
        evidence=row["evidence"],
        facts=row["facts"],
    )
