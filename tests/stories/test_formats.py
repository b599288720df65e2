"""Exports: the promised fields in every format, streamed, and nothing that a sheet executes."""

# ruff: noqa: RUF001 - full-width signs are formulas too

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from itertools import islice

import pytest

from stories import formats
from stories.incoming import articles
from stories.model import (
    Article,
    Citation,
    Copy,
    CopyKind,
    FiledArticle,
    Instant,
    Precision,
)
from stories.row import FIELDS, Row, row_of

from .articles import NOW, article

PARIS = timezone(timedelta(hours=1))
AT = datetime(2026, 11, 22, 9, 5, 7, 123456, tzinfo=PARIS)


def filed(**said: object) -> FiledArticle:
    return FiledArticle(id=7, article=article(**said), story=3)  # type: ignore[arg-type]


def published(precision: Precision) -> Instant:
    return Instant(at=AT, precision=precision, evidence="test")


FULL = FiledArticle(
    id=8,
    article=article(
        "courier.test/大使館",
        title='=HYPERLINK("https://evil.test")',
        text='A line.\nÜber \u2028 die "Botschaft", 大使館.',
        byline="By Ann",
        authors=("Ann Example", "Bo, Test"),
        language="de",
        published=published(Precision.SECOND),
        image="https://courier.test/a.jpg",
        source="courier/feed",
        cites=(Citation(url="https://wire.test/1", how="quotes", score=0.4),),
    ),
    story=3,
    topics=("boats", "calexit"),
    copy=Copy(of=7, url="https://wire.test/1", kind=CopyKind.WIRE, score=0.93, method="shingles-1"),
    versions=2,
)


def written(name: str, *given: FiledArticle) -> str:
    return "".join(formats.writer(name)(map(row_of, given)))


def test_the_promised_fields() -> None:
    assert (
        *("id", "url", "raw_url", "outlet", "title", "byline", "authors", "text", "language"),
        *("published", "published_precision", "seen", "fetched", "image", "story", "copy_of"),
        *("cites", "topics", "source"),
    ) == FIELDS
    row = row_of(FULL)
    assert tuple(row) == FIELDS
    assert row == {
        "id": 8,
        "url": "https://courier.test/大使館",
        "raw_url": "https://www.courier.test/大使館?utm_source=feed",
        "outlet": "The Example Courier",
        "title": '=HYPERLINK("https://evil.test")',
        "byline": "By Ann",
        "authors": ["Ann Example", "Bo, Test"],
        "text": 'A line.\nÜber \u2028 die "Botschaft", 大使館.',
        "language": "de",
        "published": "2026-11-22T09:05:07+01:00",
        "published_precision": "second",
        "seen": "2026-11-22T23:17:00+00:00",
        "fetched": "2026-11-22T23:17:00+00:00",
        "image": "https://courier.test/a.jpg",
        "story": 3,
        "copy_of": {"url": "https://wire.test/1", "kind": "wire", "score": 0.93},
        "cites": [{"url": "https://wire.test/1", "how": "quotes"}],
        "topics": ["boats", "calexit"],
        "source": "courier/feed",
    }


@pytest.mark.parametrize(
    ("precision", "said"),
    [
        (Precision.SECOND, "2026-11-22T09:05:07+01:00"),
        (Precision.MINUTE, "2026-11-22T09:05+01:00"),
        (Precision.DAY, "2026-11-22"),
        (Precision.MONTH, "2026-11-01"),
    ],
)
def test_instants_are_as_exact_as_they_are_known(precision: Precision, said: str) -> None:
    assert row_of(filed(published=published(precision)))["published"] == said


def test_there_are_formats() -> None:
    assert formats.names() == ("csv", "json", "ndjson")
    with pytest.raises(LookupError, match="no format xlsx; there are csv, json, ndjson"):
        formats.writer("xlsx")


def test_ndjson_is_a_row_a_line() -> None:
    lines = written("ndjson", FULL, filed()).split("\n")
    assert [json.loads(line) for line in lines[:-1]] == [row_of(FULL), row_of(filed())]
    assert lines[-1] == ""


@pytest.mark.parametrize("given", [[], [FULL], [FULL, filed(), FULL]])
def test_json_is_one_array(given: list[FiledArticle]) -> None:
    assert json.loads(written("json", *given)) == [row_of(one) for one in given]


def test_csv_is_a_record_a_row() -> None:
    records = list(csv.DictReader(io.StringIO(written("csv", FULL, filed()), newline="")))
    assert tuple(records[0]) == FIELDS
    first, second = records
    assert first["id"] == "8"
    assert first["text"] == FULL.article.text
    assert first["authors"] == "Ann Example; Bo, Test"
    assert first["topics"] == "boats; calexit"
    assert json.loads(first["copy_of"])["kind"] == "wire"
    assert json.loads(first["cites"]) == [{"url": "https://wire.test/1", "how": "quotes"}]
    assert second["copy_of"] == second["byline"] == second["cites"] == second["published"] == ""
    assert written("csv").split("\r\n") == [",".join(FIELDS), ""]


@pytest.mark.parametrize(
    "start", ["=", "+", "-", "@", "\t", "\r", "\n", " =", "＝", "＠", "\u00a0+"]
)
def test_formulas_are_defused(start: str) -> None:
    text = f"{start}cmd|' /C calc'!A0"
    one = filed(title=text, authors=(text,), text=text, byline=text)
    (record,) = csv.DictReader(io.StringIO(written("csv", one), newline=""))
    for field in ("title", "authors", "text", "byline"):
        assert record[field] == "'" + text


@pytest.mark.parametrize("name", formats.names())
def test_formats_stream(name: str) -> None:
    """Rows are taken as they are written, not gathered."""
    taken = []

    def endless() -> Iterator[Row]:
        number = 0
        while True:
            taken.append(number)
            yield row_of(filed())
            number += 1

    assert list(islice(formats.writer(name)(endless()), 5))
    assert len(taken) <= 6


@pytest.mark.parametrize("precision", list(Precision))
def test_what_goes_out_comes_in_again(precision: Precision) -> None:
    at = AT.replace(microsecond=0)
    at = at if precision is Precision.SECOND else at.replace(second=0)
    at = at if precision in {Precision.SECOND, Precision.MINUTE} else at.replace(hour=0, minute=0)
    if precision in {Precision.DAY, Precision.MONTH}:
        at = at.replace(tzinfo=UTC)
    if precision is Precision.MONTH:
        at = at.replace(day=1)
    one = article(
        byline="By Ann",
        authors=("Ann", "Bo"),
        language="de",
        image="https://courier.test/a.jpg",
        published=Instant(at=at, precision=precision, evidence="import"),
        source="courier/feed",
        cites=(Citation(url="https://wire.test/1", how="link"),),
        evidence={"title": "import"},
    )
    line = written("ndjson", FiledArticle(id=1, article=one, story=1))
    assert list(articles([line], lambda url: url.removeprefix("https://"), NOW)) == [one]
    assert isinstance(one, Article)
