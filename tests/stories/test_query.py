"""The query language as it is read, and how it says what is wrong."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stories.query import All, Either, Language, Not, Outlet, QueryError, Site, Term, parse


def word(*tokens: str, field: str | None = None, prefix: bool = False) -> Term:
    return Term(tokens=tokens, field=field, prefix=prefix)


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
        ('"yes california"', word("yes", "california")),
        ("“yes california”", word("yes", "california")),
        ("«a»", A),
        ("don't", word("don", "t")),
        ("calif*", word("calif", prefix=True)),
        ("北京*", word("北", "京", prefix=True)),
        ("title:a", word("a", field="title")),
        (
            "title:(a OR b) c",
            All((Either((word("a", field="title"), word("b", field="title"))), C)),
        ),
        ('outlet:"The Courier"', Outlet(tokens=("the", "courier"))),
        ("language:EN-gb", Language(code="en-gb")),
        ("site:News.Example.test", Site(host="news.example.test")),
        ("a\\*b", word("a", "b")),
        ('"a* b?"', word("a", "b")),
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
