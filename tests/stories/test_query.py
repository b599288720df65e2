"""The query language as it is read, and how it says what is wrong."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stories.clauses import Country, Filed, Near, Period, Where
from stories.query import All, Either, Language, Not, Outlet, QueryError, Site, Term, parse


def word(token: str, field: Where | None = None) -> Term:
    return Term(tokens=(token,), field=field, inflected=True)


def exact(*tokens: str, prefix: bool = False) -> Term:
    return Term(tokens=tokens, prefix=prefix)


def near(distance: int, *terms: Term, ordered: bool = False) -> Near:
    return Near(terms=terms, distance=distance, ordered=ordered)


def day(year: int, month: int, number: int = 1) -> datetime:
    return datetime(year, month, number, tzinfo=UTC)


A, B, C = word("a"), word("b"), word("c")


@pytest.mark.parametrize(
    ("typed", "tree"),
    [
        ("Calexit", word("calexit")),
        ("a b c", All((A, B, C))),
        ("a AND b", All((A, B))),
        ("a OR b c", All((Either((A, B)), C))),
        ("a OR b AND c", Either((A, All((B, C))))),
        ("(a b) OR c", Either((All((A, B)), C))),
        ("a NOT b", All((A, Not(B)))),
        ("a -b", All((A, Not(B)))),
        ("+a +b", All((A, B))),
        ("not a", All((word("not"), A))),
        ('"yes california"', exact("yes", "california")),
        ("“yes california”", exact("yes", "california")),
        ("«a»", exact("a")),
        ("don't", exact("don", "t")),
        ("calif*", exact("calif", prefix=True)),
        ("北京*", exact("北", "京", prefix=True)),
        ("title:a", word("a", field="title")),
        (
            "title:(a OR b) c",
            All((Either((word("a", field="title"), word("b", field="title"))), C)),
        ),
        ('outlet:"The Courier"', Outlet(tokens=("the", "courier"))),
        ("language:EN-gb", Language(code="en-gb")),
        ("site:News.Example.test", Site(host="news.example.test")),
        ("a\\*b", exact("a", "b")),
        ('"a* b?"', exact("a", "b")),
        ("=a", exact("a")),
        ('="a b"', exact("a", "b")),
        ("title:=a", Term(tokens=("a",), field="title")),
        ("lead:a", word("a", field="lead")),
        ("byline:a", Term(tokens=("a",), field="byline")),
        ("a NEAR/5 b", near(5, A, B)),
        ("a NEAR b", near(10, A, B)),
        ('a ONEAR/3 "b c" ONEAR/3 =a', near(3, A, exact("b", "c"), exact("a"), ordered=True)),
        ("a NEAR/5 b c", All((near(5, A, B), C))),
        ("(a OR b) NEAR/2 c", Either((near(2, A, C), near(2, B, C)))),
        (
            "title:(a NEAR/2 b)",
            near(2, word("a", field="title"), word("b", field="title")),
        ),
        ('"a b c"~4', near(4, exact("a"), exact("b"), exact("c"))),
        ("country:FR", Country(code="fr")),
        ("kind:Copy", Filed(how="kind", value="copy")),
        ("story:12", Filed(how="story", value="12")),
        ("topic:calexit", Filed(how="topic", value="calexit")),
        (
            "published:[2026-01 TO 2026-02-03]",
            Period(of="published", first=day(2026, 1), end=day(2026, 2, 4)),
        ),
        (
            "published:{2026-01-01 TO 2026-02-03}",
            Period(of="published", first=day(2026, 1, 2), end=day(2026, 2, 3)),
        ),
        ("seen:[* TO 2025]", Period(of="seen", first=None, end=day(2026, 1))),
        ("seen:>2025-12-31", Period(of="seen", first=day(2026, 1), end=None)),
        ("published:2026-02", Period(of="published", first=day(2026, 2), end=day(2026, 3))),
    ],
)
def test_read(typed: str, tree: object) -> None:
    assert parse(typed) == tree


@pytest.mark.parametrize(
    ("typed", "position", "message", "hint"),
    [
        ("", 0, "empty", "name at least one word"),
        ("a AND", 5, "ends too early", "missing after the last operator"),
        ("a OR OR b", 5, "O is not expected", "quotation marks"),
        ("(a", 2, "ends too early", "closing parenthesis"),
        ("a)", 1, ") is not expected", "opening parenthesis"),
        ('a "b', 2, '" is not expected', "closing quotation mark"),
        ("titel:a", 0, "no field titel:", "did you mean title:?"),
        ("http://courier.test", 0, "no field http:", "there are title, text"),
        ("title:(text:a)", 7, "within title:", "cannot hold another"),
        ("a fo*o", 2, "wildcard that is not at its end", "word*"),
        ("wh?", 0, "wildcard", "word*"),
        ("a - b", 2, "minus stands alone", "-word"),
        ("a~2", 0, "not something that can be searched", "there are words"),
        ("[a TO b]", 0, "not something that can be searched", "there are words"),
        ("a NEAR/5 b AND c", 9, "no word beside NEAR", "parentheses"),
        ("NEAR a", 0, "stands alone", "NEAR/5 word"),
        ("a NEAR/5", 2, "stands alone", "NEAR/5 word"),
        ("a NEAR/0 b", 2, "no nearness", "1 to 100"),
        ("a NEAR/5 b ONEAR/5 c", 11, "follows NEAR/5", "parentheses"),
        ("(title:a) NEAR/5 b", 10, "different fields", "title:("),
        (
            f"({' OR '.join('abcdefghijklmno')}) NEAR/5 ({' OR '.join('abcdefghijklmno')})",
            74,
            "too costly",
            "200",
        ),
        ("published:7d", 10, "no date", "published:["),
        ("published:[2026-03 TO 2026-01]", 10, "ends before it begins", "earlier"),
        ("kind:wire", 5, "no kind", "original, copy, update"),
        ("country:France", 8, "no country", "two letters"),
        ("story:x", 6, "no story", "its number"),
        ("/a.*/", 0, "not something that can be searched", "there are words"),
        ("a && b", 2, "no letter or digit", "name a word"),
        ("a*", 0, "a* is too short", "at least 2"),
        ("site:a*", 5, "not a host", "site:example.test"),
        ("x " * 501, 1000, "too many terms", "500"),
        ("x" * 10_001, 10_000, "10001 characters", "10000"),
        ("(" * 51 + "a" + ")" * 51, 51, "nested too deeply", "50"),
        ('"' + "x " * 65 + '"', 0, "a phrase of 65 words", "64"),
    ],
)
def test_refused(typed: str, position: int, message: str, hint: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse(typed)
    error = caught.value
    assert message in error.message
    assert hint in error.hint
    assert error.position == position
    assert str(error) == f"{error.message} (character {position + 1}); {error.hint}"


@given(st.one_of(st.text(), st.text(alphabet="ab \"()*:-+\\/~^[]{}<>?&|!' ANDORNOTtitle")))
def test_whatever_is_typed_is_read_or_refused(typed: str) -> None:
    refused = None
    try:
        parse(typed)
    except QueryError as error:
        refused = error
    assert refused is None or (refused.message and 0 <= refused.position <= len(typed))
