"""Topics: an article that answers a topic's query is under it, and no other is."""

from __future__ import annotations

from datetime import timedelta

import pytest

from stories.archive import Archive
from stories.config import SourceConfig
from stories.model import Topic

from .articles import NOW, article

CALEXIT = Topic(name="calexit", query='calexit OR "yes california"', schedule="0 * * * *")
FEEDS = {
    "courier": SourceConfig(url="https://courier.test/rss", kind="feed"),
    "gazette": SourceConfig(url="https://gazette.test/rss", kind="feed"),
}


@pytest.fixture
def filed(archive: Archive) -> Archive:
    """Articles 1 to 4: of them 1 and 3 are about calexit."""
    with archive.writing() as tx:
        tx.sources.sync(FEEDS)
        tx.topics.sync([CALEXIT])
        tx.articles.add(article("1", title="CALEXIT!", source="courier"))
        tx.articles.add(article("2", text="Yes, and California too.", source="courier"))
        tx.articles.add(article("3", text="The group Yes California.", source="gazette"))
        tx.articles.add(article("4", title="Yes", text="California"))
        assert tx.topics.file([1, 2, 3, 4]) == {1: ("calexit",), 2: (), 3: ("calexit",), 4: ()}
    return archive


def under(archive: Archive, topic: str) -> list[int]:
    with archive.reading() as tx:
        return [one.id for one in tx.asking.articles(topic=topic)]


def test_filed_by_query(filed: Archive) -> None:
    assert under(filed, "calexit") == [3, 1]
    assert under(filed, "unknown") == []
    with filed.reading() as tx:
        assert tx.topics.get("calexit") == CALEXIT
        assert tx.topics.all() == [CALEXIT]
        assert [one.topics for one in tx.asking.articles()] == [(), ("calexit",), (), ("calexit",)]


def test_new_and_changed_topics_are_named_until_they_are_refiled(filed: Archive) -> None:
    changed = Topic(name="calexit", query="yes", schedule="0 * * * *")
    new = Topic(name="all", query="NOT nothing")
    with filed.writing() as tx:
        assert tx.topics.sync([CALEXIT]) == ("calexit",)
        assert tx.topics.refile("calexit") == 2
        assert tx.topics.sync([CALEXIT]) == ()
        assert tx.topics.sync([changed, new]) == ("calexit", "all")
    with filed.writing() as tx:
        assert tx.topics.sync([changed, new]) == ("calexit", "all")
        assert tx.topics.refile("calexit") == 3
        assert tx.topics.refile("all") == 4
        assert tx.topics.sync([changed, new]) == ()
        with pytest.raises(LookupError, match="no topic nowhere"):
            tx.topics.refile("nowhere")
    assert under(filed, "calexit") == [4, 3, 2]
    assert under(filed, "all") == [4, 3, 2, 1]


def test_another_schedule_is_no_reason_to_refile(filed: Archive) -> None:
    with filed.writing() as tx:
        tx.topics.refile("calexit")
        later = Topic(name="calexit", query=CALEXIT.query, schedule="5 * * * *")
        assert tx.topics.sync([later]) == ()
        assert tx.topics.get("calexit") == later


def test_a_topic_that_is_gone_is_gone(filed: Archive) -> None:
    with filed.writing() as tx:
        assert tx.topics.sync([]) == ()
        assert tx.topics.all() == []
        assert tx.topics.sync([CALEXIT]) == ("calexit",)
    assert under(filed, "calexit") == []


def test_a_topic_limited_to_sources(filed: Archive) -> None:
    limited = Topic(name="local", query="yes OR calexit", sources=("courier",))
    with filed.writing() as tx:
        assert tx.topics.sync([limited]) == ("local",)
        assert tx.topics.refile("local") == 2
        assert tx.topics.file([1, 2, 3, 4]) == {1: ("local",), 2: ("local",), 3: (), 4: ()}
        wider = Topic(name="local", query="yes OR calexit", sources=("courier", "gazette"))
        assert tx.topics.sync([wider]) == ("local",)


def test_a_batch_of_new_and_old_articles(filed: Archive) -> None:
    with filed.writing() as tx:
        for number in range(5, 300):
            tx.articles.add(article(str(number), text="calexit" if number % 2 else "else"))
        tx.topics.file([5, 7])
        got = tx.topics.file([299, 1, 2, 298, 150, 151])
    assert got == {
        299: ("calexit",),
        1: ("calexit",),
        2: (),
        298: (),
        150: (),
        151: ("calexit",),
    }
    assert under(filed, "calexit") == [299, 151, 7, 5, 3, 1]


def test_nothing_to_file(filed: Archive) -> None:
    with filed.writing() as tx:
        assert tx.topics.file([]) == {}


def test_each_filing_knows_the_version_of_the_query_and_the_sentence(filed: Archive) -> None:
    with filed.writing() as tx:
        assert tx.topics.passages("calexit", [1, 3]) == {
            1: (1, "CALEXIT!"),
            3: (1, "The group Yes California."),
        }
        changed = Topic(name="calexit", query="california NEAR/2 too")
        assert tx.topics.sync([changed]) == ("calexit",)
        assert [(number, query) for number, query, _ in tx.topics.versions("calexit")] == [
            (1, CALEXIT.query),
            (2, changed.query),
        ]
        assert tx.topics.refile("calexit") == 1
        number = tx.articles.add(article("5", text="First. Then too, says California! Last."))
        tx.topics.file([number])
        assert tx.topics.passages("calexit", [2, number]) == {
            2: (2, "Yes, and California too."),
            number: (2, "Then too, says California!"),
        }


def test_a_query_is_tried_out(filed: Archive) -> None:
    with filed.reading() as tx:
        got = tx.topics.trial("california OR zeppelin", NOW - timedelta(days=30), "calexit")
    assert (got.hits, got.gained, got.lost) == (3, 2, 1)
    assert [(hit.id, hit.sentence) for hit in got.sample] == [
        (2, "Yes, and California too."),
        (3, "The group Yes California."),
        (4, "California"),
    ]
    assert got.warnings == (
        "california is in 3 of 4 articles: it narrows little.",
        "zeppelin finds nothing in this time.",
    )
