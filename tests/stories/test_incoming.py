"""Lines from elsewhere: little is needed, and what is wrong is said by its number."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from stories.incoming import BadLine, articles
from stories.model import Article, Instant, Precision

from .articles import NOW


def read(*lines: str | bytes) -> list[Article | BadLine]:
    return list(articles(lines, lambda url: f"key of {url}", NOW))


def row(**said: object) -> str:
    return json.dumps({"url": "https://www.courier.test/a", "text": "Headline.\nBody."} | said)


def test_url_and_text_are_enough() -> None:
    assert read(row()) == [
        Article(
            url="https://www.courier.test/a",
            raw_url="https://www.courier.test/a",
            key="key of https://www.courier.test/a",
            outlet="courier.test",
            title="Headline.",
            text="Headline.\nBody.",
            seen=NOW,
            fetched=NOW,
            evidence={"title": "first line of the text"},
        )
    ]


@pytest.mark.parametrize(
    ("published", "precision", "at"),
    [
        ("2026-11-22T09:05:07+01:00", Precision.SECOND, "2026-11-22T09:05:07+01:00"),
        ("2026-11-22T09:05+01:00", Precision.MINUTE, "2026-11-22T09:05:00+01:00"),
        ("2026-11-22T09:05:07Z", Precision.SECOND, "2026-11-22T09:05:07+00:00"),
        ("2026-11-22 09:05", Precision.MINUTE, "2026-11-22T09:05:00+00:00"),
        ("2026-11-22", Precision.DAY, "2026-11-22T00:00:00+00:00"),
        ("2026-11", Precision.MONTH, "2026-11-01T00:00:00+00:00"),
    ],
)
def test_dates_are_as_exact_as_they_are_written(
    published: str, precision: Precision, at: str
) -> None:
    (one,) = read(row(published=published))
    assert isinstance(one, Article)
    assert one.published == Instant(
        at=datetime.fromisoformat(at), precision=precision, evidence="import"
    )


def test_a_precision_that_is_said_wins() -> None:
    (one,) = read(row(published="2026-11-22T00:00:00Z", published_precision="day"))
    assert isinstance(one, Article)
    assert one.published == Instant(
        at=datetime(2026, 11, 22, tzinfo=UTC), precision=Precision.DAY, evidence="import"
    )


def test_a_long_first_line_is_cut_at_a_word() -> None:
    (one,) = read(row(text="word " * 50))
    assert isinstance(one, Article)
    assert one.title == "word " * 23 + "word …"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("x", "not JSON: Expecting value at 1"),
        ('{"url": "https://a.test/"', "not JSON: "),
        ("[]", "not an object"),
        ("7", "not an object"),
        ("{}", "url is missing"),
        ('{"url": "https://a.test/"}', "text is missing"),
        ('{"url": "https://a.test/", "text": " \\n"}', "text is missing"),
        ('{"url": "courier", "text": "x"}', "no web address"),
        ('{"url": ["https://a.test/"], "text": "x"}', "url is not text"),
        (row(title=3), "title is not text"),
        (row(authors="Ann"), "authors is not a list of texts"),
        (row(authors=[1]), "authors is not a list of texts"),
        (row(cites=["https://a.test/"]), "cites is not a list of objects"),
        (row(published="yesterday"), "published is not ISO 8601: yesterday"),
        (row(seen="2026-13-01"), "seen is not ISO 8601"),
        (row(published="2026-11-22", published_precision="week"), "published_precision is none of"),
        (b"\xff\xfe", "not UTF-8"),
        ("[" * 100_000, "nested too deeply"),
    ],
)
def test_a_bad_line_is_said_and_not_fatal(line: str | bytes, reason: str) -> None:
    first, bad, last = read(row(), line, "", row(url="https://courier.test/b"))
    assert isinstance(first, Article)
    assert isinstance(last, Article)
    assert isinstance(bad, BadLine)
    assert reason in bad.reason
    assert str(bad) == f"line 2: {bad.reason}"


def test_a_byte_order_mark_and_windows_line_ends() -> None:
    one, two = read(b"\xef\xbb\xbf" + row().encode() + b"\r\n", row() + "\r\n")
    assert one == two
    assert isinstance(one, Article)
