"""A topic is filed over what is stored in steps; what a kill leaves half done is gone on with."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest
from sqlalchemy import select

from stories.archive import Archive, Question, Transaction, open_archive
from stories.archive.backfilling import Backfill
from stories.archive.binding import bind
from stories.archive.learning import learn, spoken
from stories.archive.loose import loose_sheets
from stories.model import Topic
from stories.tables.press import article_topic, topic

from .articles import article

MANY = 30


def bound(tx: Transaction) -> None:
    learn(tx.connection, spoken(loose_sheets(tx.connection, {})))
    bind(tx.connection)


@pytest.fixture
def stored(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> Archive:
    """Thirty articles about boats, every third one about an embassy besides."""
    monkeypatch.setattr("stories.archive.backfilling.STEP", 4)
    with archive.writing() as tx:
        for number in range(MANY):
            said = "boats and an embassy" if number % 3 == 0 else "boats"
            tx.articles.add(article(key=f"k{number}", title="Ver", text=said))
        bound(tx)
    return archive


def ask(archive: Archive, query: str, name: str = "followed") -> None:
    with archive.writing() as tx:
        assert tx.topics.sync([Topic(name=name, query=query)]) == (name,)


def filed(archive: Archive) -> list[str]:
    with archive.reading() as tx:
        ids = tx.asking.ids(Question(topic="followed"))
        return [one.article.key for one in tx.articles.get_many(list(ids)).values()]


def versions(archive: Archive) -> set[int]:
    with archive.reading() as tx:
        return set(tx.connection.execute(select(article_topic.c.version)).scalars())


class Killed(Exception):  # noqa: N818 - what happens
    pass


def test_it_goes_in_steps_and_says_how_far_it_is(stored: Archive) -> None:
    ask(stored, "boats")
    said: list[Backfill] = []
    assert stored.backfill("followed", said.append) == MANY
    assert [one.done for one in said] == [0, 4, 8, 12, 16, 20, 24, 28, 30]
    assert {one.of for one in said} == {MANY}
    assert str(said[1]) == "Filing under followed: 4 of 30 articles"
    assert len(filed(stored)) == MANY
    with stored.reading() as tx:
        assert tx.topics.stale() == []


def test_what_was_done_before_a_kill_is_not_done_again(stored: Archive) -> None:
    ask(stored, "embassy")
    stored.backfill("followed")
    ask(stored, "boats")

    def killed(one: Backfill) -> None:
        if one.done == 8:
            raise Killed

    with pytest.raises(Killed):
        stored.backfill("followed", killed)
    with stored.reading() as tx:
        assert tx.topics.stale() == ["followed"]
        assert tx.connection.execute(select(topic.c.filed_upto)).scalar_one() > 0
    assert versions(stored) == {1, 2}
    said: list[Backfill] = []
    assert stored.backfill("followed", said.append) == MANY
    assert said[0].done == 8
    assert len(filed(stored)) == MANY
    assert versions(stored) == {2}


def test_a_query_that_changes_meanwhile_is_the_one_that_counts(stored: Archive) -> None:
    ask(stored, "boats")
    changed = False

    def change(one: Backfill) -> None:
        nonlocal changed
        if one.done == 8 and not changed:
            changed = True
            ask(stored, "embassy")

    assert stored.backfill("followed", change) == MANY / 3
    assert filed(stored) == [f"k{number}" for number in range(0, MANY, 3)]
    assert versions(stored) == {2}


@pytest.mark.parametrize("bind_it", [False, True])
def test_an_article_revised_meanwhile_is_filed_by_what_it_says_now(
    stored: Archive, *, bind_it: bool
) -> None:
    ask(stored, "embassy")
    revised = False

    def revise(one: Backfill) -> None:
        nonlocal revised
        if one.done == 4 and not revised:
            revised = True
            with stored.writing() as tx:
                for key, text in (("k27", "boats"), ("k28", "an embassy"), ("k3", "boats")):
                    number = tx.articles.by_key([key])[key]
                    tx.articles.revise(number, article(key=key, title="Ver", text=text))
                    tx.topics.file([number])
                if bind_it:
                    bound(tx)

    stored.backfill("followed", revise)
    expected = {f"k{number}" for number in range(0, MANY, 3)} - {"k27", "k3"} | {"k28"}
    assert set(filed(stored)) == expected


def test_articles_that_come_meanwhile_are_kept(stored: Archive) -> None:
    ask(stored, "boats")

    def come(one: Backfill) -> None:
        if one.done == 8:
            with stored.writing() as tx:
                tx.topics.file([tx.articles.add(article(key="new", text="boats"))])

    stored.backfill("followed", come)
    assert len(filed(stored)) == MANY + 1


def test_a_topic_that_is_not_there(stored: Archive) -> None:
    with pytest.raises(LookupError, match="there is no topic nowhere"):
        stored.backfill("nowhere")


SLOW = """
import sys
import stories.archive.backfilling as backfilling
from stories.archive import open_archive
backfilling.STEP = 2
with open_archive(sys.argv[1]) as archive:
    archive.backfill("followed", lambda one: print(one.done, flush=True))
"""


def test_kill_9_in_the_middle_loses_nothing(stored: Archive) -> None:
    ask(stored, "boats")
    with subprocess.Popen(
        [sys.executable, "-c", SLOW, stored.url], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        while int(process.stdout.readline()) < 6:
            pass
        process.send_signal(signal.SIGKILL)
    with open_archive(stored.url) as other:
        assert other.backfill("followed") == MANY
        assert len(filed(other)) == MANY
