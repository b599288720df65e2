"""Asking: by topic, query and time, the newest first; stories with all that is in them."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from stories.archive import Archive, Question
from stories.archive.binding import bind
from stories.archive.learning import learn, spoken
from stories.archive.loose import loose_sheets
from stories.mending import TooCostly
from stories.model import Copy, CopyKind, Instant, Precision, Story, Topic
from stories.query import QueryError

from .articles import NOW, article

DAY = timedelta(days=1)


def on(at: datetime) -> Instant:
    return Instant(at=at, precision=Precision.SECOND, evidence="test")


@pytest.fixture
def told(archive: Archive) -> Archive:
    """Story 1: articles 1 (three days ago) and 3 (now); story 2: article 2 (two days ago)."""
    with archive.writing() as tx:
        tx.topics.sync([Topic(name="embassy", query="embassy"), Topic(name="boats", query="boats")])
        one = tx.articles.add(article("1", published=on(NOW - 3 * DAY), language="en"))
        two = tx.articles.add(
            article("2", title="Boats", text="Boats", published=on(NOW - 2 * DAY), outlet="Gazette")
        )
        three = tx.articles.add(article("3", outlet="Gazette", language="fr"))
        tx.topics.file([one, two, three])
        first = tx.events.open(one, NOW - 3 * DAY)
        second = tx.events.open(two, NOW - 2 * DAY)
        tx.events.put({one: first, three: first, two: second})
        tx.events.refresh([first, second])
    return archive


def test_stories_by_what_is_in_them(told: Archive) -> None:
    with told.reading() as tx:
        ask = tx.asking.stories
        assert [one.id for one in ask()] == [1, 2]
        assert [one.id for one in ask(topic="embassy")] == [1]
        assert [one.id for one in ask(topic="boats")] == [2]
        assert [one.id for one in ask(topic="embassy", query="boats")] == []
        assert [one.id for one in ask(query="boats OR campaign")] == [1, 2]
        assert [one.id for one in ask(query="outlet:gazette")] == [1, 2]
        assert [one.id for one in ask(since=NOW - DAY)] == [1]
        assert [one.id for one in ask(until=NOW - DAY)] == [1, 2]
        assert [one.id for one in ask(since=NOW - 2 * DAY, until=NOW)] == [2]
        assert [one.id for one in ask(topic="boats", since=NOW - DAY)] == []
        assert [one.id for one in ask(limit=1)] == [1]
        assert [one.id for one in ask(limit=1, offset=1)] == [2]


def test_a_story_with_its_articles(told: Archive) -> None:
    with told.reading() as tx:
        got = tx.asking.story(1)
        assert tx.asking.story(9) is None
    assert got is not None
    story, articles = got
    assert story == Story(
        id=1,
        title="An embassy opens",
        first_at=NOW - 3 * DAY,
        last_at=NOW,
        lead=1,
        first=1,
        articles=2,
        copies=0,
        outlets=("Gazette", "The Example Courier"),
        languages=("en", "fr"),
        topics=("embassy",),
    )
    assert [(one.id, one.story, one.topics) for one in articles] == [
        (1, 1, ("embassy",)),
        (3, 1, ("embassy",)),
    ]


def test_articles_that_arrived_last_come_first(told: Archive) -> None:
    with told.reading() as tx:
        assert [one.id for one in tx.asking.articles()] == [3, 2, 1]
        assert [one.id for one in tx.asking.articles(topic="embassy", limit=1)] == [3]
        assert [one.id for one in tx.asking.articles(query="NOT boats", offset=1)] == [1]


def test_a_question_is_counted_as_it_is_answered(told: Archive) -> None:
    with told.reading() as tx:
        for question, ids in (
            (Question(), [1, 2, 3]),
            (Question(topic="embassy"), [1, 3]),
            (Question(query="boats"), [2]),
            (Question(since=NOW - 2 * DAY), [2, 3]),
            (Question(topic="embassy", until=NOW), [1]),
            (Question(topic="unknown"), []),
        ):
            assert list(tx.asking.ids(question)) == ids
            assert tx.asking.count(question) == len(ids)


def test_a_query_that_is_none(told: Archive) -> None:
    with told.reading() as tx:
        for ask in (tx.asking.stories, tx.asking.articles):
            with pytest.raises(QueryError, match="closing parenthesis"):
                ask(query="(boats")


def test_what_is_too_costly_is_refused_with_the_reason(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = [f"word{number}" for number in range(20)]
    with archive.writing() as tx:
        for number in range(4):
            tx.articles.add(article(key=f"k{number}", text=" ".join(words)))
            learn(tx.connection, spoken(loose_sheets(tx.connection, {})))
            bind(tx.connection)
    # Four volumes of an article with each of the words: 80 numbers, and places for a phrase.
    monkeypatch.setattr("stories.archive.stacks.MOST_READ", 79)
    every = " OR ".join(words)
    with archive.reading() as tx:
        with pytest.raises(TooCostly, match=r"at least 80 places of words, and 79 are allowed"):
            tx.asking.count(Question(query=every))
        with pytest.raises(TooCostly, match="too costly"):
            tx.asking.survey(Question(query=every))
        # The first page is there long before that, and few words are never too many.
        assert len(tx.asking.newest(Question(query=every), 1)) == 1
        assert tx.asking.count(Question(query=" OR ".join(words[:10]))) == 4
    with archive.writing() as tx:  # a topic bears with all
        tx.topics.sync([Topic(name="all", query=every)])
        assert tx.topics.refile("all") == 4


def test_more_like_one_leaves_its_copies_out(archive: Archive) -> None:
    said = "The whale swam into the harbour of Port Sorrel while pilots and freighters waited. "
    others = "The assembly adopted a budget after a night of debate about bridges and ferries. "
    with archive.writing() as tx:
        one = tx.articles.add(article("1", title="A whale", text=said * 3))
        copied = tx.articles.add(article("2", title="A whale", text=said * 3))
        alike = tx.articles.add(article("3", title="Pilots", text=f"{said}{others}"))
        tx.articles.add(article("4", title="Budget", text=others * 2))
        copy = Copy(of=one, url="https://1", kind=CopyKind.SAME, score=1.0, method="test")
        tx.copies.link({copied: copy})
    for turn in range(2):  # loose, then bound
        with archive.reading() as tx:
            for number in (one, copied):
                found = tx.asking.alike(number).found
                assert [at for at, _ in found] == [alike]
                assert 0.2 <= found[0][1] < 1
            assert "whale" in tx.asking.alike(one).words
            with pytest.raises(LookupError, match="there is no article 99"):
                tx.asking.alike(99)
        if not turn:
            with archive.writing() as tx:
                learn(tx.connection, spoken(loose_sheets(tx.connection, {})))
                bind(tx.connection)
