"""Exports: as many rows as declared while others write, the same as from the nouns."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta

import pytest

from stories import open_archive
from stories.archive import Archive, Question
from stories.model import (
    Citation,
    Copy,
    CopyKind,
    Instant,
    Poll,
    PollStatus,
    Precision,
    Source,
    SourceKind,
    Topic,
)
from stories.row import FIELDS, row_of

from .articles import NOW, article


@pytest.fixture
def stocked(archive: Archive) -> Archive:
    """Articles of every kind of date, with all that filing adds."""
    with archive.writing() as tx:
        tx.topics.sync([Topic(name="b", query="embassy"), Topic(name="a", query="campaign")])
        for number, precision in enumerate([None, *Precision]):
            at = (
                (NOW - timedelta(days=number))
                .astimezone(None if number % 2 else NOW.tzinfo)
                .replace(microsecond=123)
            )
            tx.articles.add(
                article(
                    str(number),
                    published=precision and Instant(at=at, precision=precision, evidence="test"),
                    byline="=1+1",
                    authors=("Ann", "大使"),
                    cites=(Citation(url="https://wire.test/1", how="link"),),
                )
            )
        tx.topics.file([1, 2, 3])
        copy = Copy(of=1, url="https://0", kind=CopyKind.WIRE, score=0.9, method="test")
        tx.copies.link({3: copy})
    return archive


def test_rows_are_what_the_nouns_say(stocked: Archive) -> None:
    export = stocked.export(Question())
    rows = list(export.rows())
    assert rows == [row_of(one) for one in export]
    assert len(rows) == len(export) == 5
    assert rows[2]["copy_of"] == {"url": "https://0", "kind": "wire", "score": 0.9}
    assert rows[0]["topics"] == ["a", "b"]


def test_as_many_as_declared_while_others_write(stocked: Archive) -> None:
    export = stocked.export(Question(query="embassy"))
    rows = export.rows()
    first = next(rows)
    with stocked.writing() as tx:
        tx.articles.add(article("new"))
        tx.articles.revise(2, article("1", title="Else", text="Else"))
    assert len([first, *rows]) == len(export) == 5
    later = stocked.export(Question(query="embassy"), after=export.cursor)
    assert [row["id"] for row in later.rows()] == [6]
    assert later.cursor == 6


def test_the_manifest_says_what_an_export_is_of(stocked: Archive) -> None:
    with stocked.writing() as tx:
        tx.sources.found(
            "courier",
            [
                Source(
                    name=f"courier/{name}",
                    url=f"https://courier.test/{name}",
                    kind=SourceKind.FEED,
                    outlet="Courier",
                    declared="courier",
                )
                for name in ("feed", "dead")
            ],
            NOW,
        )
        tx.sources.record(Poll(source="courier/feed", at=NOW, status=PollStatus.OK, full=True))
        tx.sources.record(
            Poll(source="courier/dead", at=NOW, status=PollStatus.FAILED, http_status=403)
        )
    export = stocked.export(Question(topic="a", since=NOW - timedelta(days=9)))
    got = export.manifest("csv", NOW)
    assert (got["rows"], got["cursor"], got["topic_version"]) == (3, 3, 1)
    assert got["lacking"] == ["courier/dead: was down: all 1 polls failed, 1 were blocked"]
    assert got["completeness"] == (
        "Of 2 sources since 2026-11-13 1 were down or not asked, 1 blocked, 0 below their usual"
        " volume; 0 may have lost items."
    )


def test_an_arrow_table(stocked: Archive) -> None:
    pytest.importorskip("pyarrow")
    table = stocked.export(Question(query="embassy")).to_arrow()
    assert table.num_rows == 5
    assert table.column("authors")[0].as_py() == ["Ann", "大使"]


def test_a_data_frame(stocked: Archive) -> None:
    pytest.importorskip("pandas")
    frame = stocked.export(Question(query="embassy")).to_pandas()
    assert list(frame.columns) == list(FIELDS)
    assert len(frame) == 5
    assert frame["id"].tolist() == [1, 2, 3, 4, 5]


DOOR = """
import subprocess
import sys
from stories import open_archive
from stories.archive import Question

with open_archive(sys.argv[1]) as archive:
    with archive.reading() as tx:
        question = Question(query="embassy")
        for filed in tx.asking.articles(query="embassy", limit=2):
            print(type(filed.article).__name__, filed.id, filed.article.outlet)
        print(tx.asking.survey(question, ["outlet"]).facets)
        print(tx.asking.sentences(question, [1])[1])
        print(tx.asking.completeness(question).sentence())
    export = archive.export(question)
    print(len(export), export.to_arrow().num_rows)
heavy = {"scrapy", "trafilatura", "typer", "apscheduler"} & set(sys.modules)
print(sorted(heavy))
"""


def test_the_door_from_python(stocked: Archive) -> None:
    """As a reader of docs/query.md uses it: in an interpreter that has nothing else of ours."""
    pytest.importorskip("pyarrow")
    said = subprocess.run(
        [sys.executable, "-c", DOOR, stocked.url], check=True, capture_output=True, text=True
    ).stdout.splitlines()
    assert said == [
        "Article 5 The Example Courier",
        "Article 4 The Example Courier",
        "{'outlet': (('The Example Courier', 5),)}",
        "An embassy opens",
        "No source was followed in this time.",
        "5 5",
        "[]",
    ]


def test_the_door_is_there_without_more(sqlite_url: str) -> None:
    assert "stories.archive" in sys.modules
    with open_archive(sqlite_url) as archive:
        assert len(archive.export(Question())) == 0
