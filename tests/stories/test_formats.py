"""Exports: the promised fields in every format, streamed, and nothing that a sheet executes."""

# ruff: noqa: RUF001 - full-width signs are formulas too

from __future__ import annotations

import csv
import html
import io
import json
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from itertools import islice
from zipfile import ZipFile

import feedparser
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
    return binary(name, *given).decode()


def binary(name: str, *given: FiledArticle) -> bytes:
    out = io.BytesIO()
    about = formats.About(title="A & B", url="https://desk.test/", facts={"query": "a <b>"})
    assert formats.write(name, map(row_of, given), out, about) == len(given)
    return out.getvalue()


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
    assert formats.names() == (
        *("atom", "csv", "json", "jsonfeed", "markdown", "ndjson", "opml", "parquet", "rss"),
        "xlsx",
    )
    with pytest.raises(LookupError, match="no format pdf; there are atom, csv, json"):
        formats.writer("pdf")


def test_a_format_whose_library_is_missing_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    monkeypatch.delitem(sys.modules, "stories.formats.xlsx", raising=False)
    with pytest.raises(LookupError, match=r"xlsx needs xlsxwriter: pip install 'newsdesk\[xlsx\]'"):
        formats.writer("xlsx")


def test_feeds_are_read_by_a_feed_reader() -> None:
    for name in ("atom", "rss"):
        got = feedparser.parse(binary(name, FULL, filed(text="a \x01 & <b>")))
        assert not got.bozo
        assert got.feed.title == "A & B"
        assert [one.link for one in got.entries] == [FULL.article.url, article().url]
        assert got.entries[0].title == FULL.article.title
        assert got.entries[0].published_parsed[:5] == (2026, 11, 22, 8, 5)


def test_json_feed() -> None:
    got = json.loads(written("jsonfeed", FULL, filed()))
    assert got["version"] == "https://jsonfeed.org/version/1.1"
    assert got["home_page_url"] == "https://desk.test/"
    first, second = got["items"]
    assert first["date_published"] == "2026-11-22T09:05:07+01:00"
    assert first["tags"] == ["boats", "calexit"]
    assert second["authors"] == [{"name": "The Example Courier"}]
    assert json.loads(written("jsonfeed"))["items"] == []


def test_opml_names_where_the_articles_are() -> None:
    tree = ET.fromstring(binary("opml", FULL, filed(), filed(outlet="Gazette")))  # noqa: S314 - our own
    assert [(one.get("text"), len(one)) for one in tree.findall("body/outline")] == [
        ("The Example Courier", 2),
        ("Gazette", 1),
    ]
    assert len(ET.fromstring(binary("opml")).findall("body/outline")) == 0  # noqa: S314 - our own


def test_markdown_holds_no_markup_of_the_article() -> None:
    text = written("markdown", filed(title="*a* <script>", text="# no heading\n1. no list"))
    assert "## \\*a\\* \\<script\\>\n" in text
    assert "\\# no heading\n\n\\1. no list" in text
    assert "- query: a \\<b\\>" in text


def test_parquet_has_typed_columns() -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    table = parquet.read_table(io.BytesIO(binary("parquet", *[FULL, filed()] * 3_000)))
    assert tuple(table.column_names) == FIELDS
    assert table.num_rows == 6_000
    assert table.slice(0, 2).to_pylist() == [row_of(FULL), row_of(filed())]
    assert parquet.read_table(io.BytesIO(binary("parquet"))).num_rows == 0


def test_xlsx_has_text_and_numbers_and_no_formula() -> None:
    pytest.importorskip("xlsxwriter")
    with ZipFile(io.BytesIO(binary("xlsx", FULL, filed()))) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert '=HYPERLINK("https://evil.test")' in html.unescape(sheet)
    assert sheet.count("<row ") == 3


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


@pytest.mark.parametrize("name", sorted({*formats.names()} - {"parquet", "xlsx"}))
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
