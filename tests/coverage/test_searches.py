"""What search endpoints are asked for, and in which order."""

from __future__ import annotations

from spiders.search import filled, queries, ways_of
from tests.coverage.waiting import promise


def test_the_best_question_is_asked_first() -> None:
    watch = promise()
    asked = list(
        ways_of(
            {"x": "https://x.example/?q={query}"}, ["zelwick", "alpha"], distance=1, parent=None
        )
    )
    assert [one.hint for one in asked] == ["x: zelwick", "x: alpha"]
    assert watch.best(reversed(asked)) is asked[0]


def test_searches_ask_for_what_decides_alone() -> None:
    query = 'calexit OR "yes california" OR (secession* AND (russia OR moscow))'
    assert queries(query, {"calexit": 5.0, "yes california": 4.0}) == [
        "calexit",
        '"yes california"',
    ]
    assert filled("https://x.example/?q={query}", '"yes california"').endswith(
        "q=%22yes%20california%22"
    )
    assert queries("embassy AND secession", {"embassy": 2.0, "secession": 3.0}) == [
        "secession embassy"
    ]
