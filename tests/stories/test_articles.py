"""Articles: given back as they were read, revised without losing what they said before."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from types import MappingProxyType

import pytest
from sqlalchemy.exc import IntegrityError

from stories.archive import Archive
from stories.model import Citation, FiledArticle, Instant, Precision, Topic, Version

from .articles import NOW, article

KATHMANDU = timezone(timedelta(hours=5, minutes=45))
NEWFOUNDLAND = timezone(-timedelta(hours=3, minutes=30))

FULL = article(
    title="Посольство 大使館",
    text="First.\nSecond.",
    roles="ph",
    byline="By Ann Example",
    authors=("Ann Example", "Bo Test"),
    language="en-GB",
    published=Instant(
        at=datetime(2026, 11, 22, 1, 2, 3, tzinfo=KATHMANDU),
        precision=Precision.SECOND,
        evidence="json-ld datePublished",
    ),
    modified=Instant(
        at=datetime(2026, 11, 22, 1, 2, tzinfo=NEWFOUNDLAND),
        precision=Precision.MINUTE,
        evidence="meta modified",
    ),
    image="https://courier.test/a.jpg",
    source="courier/feed",
    cites=(
        Citation(url="https://wire.test/1", how="link"),
        Citation(url="https://wire.test/2", how="credit", score=0.5),
    ),
    evidence=MappingProxyType({"title": "og:title"}),
    facts=MappingProxyType({"section": "World", "words": 2, "tags": ["a", "b"]}),
)


def test_given_back_as_it_was(archive: Archive) -> None:
    bare = article("courier.test/b", language=None)
    with archive.writing() as tx:
        first, second = tx.articles.add(FULL), tx.articles.add(bare)
    with archive.reading() as tx:
        got = tx.articles.get_many([second, 99, first])
        assert tx.articles.get(99) is None
        assert (tx.articles.count(), tx.articles.last_id()) == (2, second)
    assert got == {
        second: FiledArticle(id=second, article=bare, story=0),
        first: FiledArticle(id=first, article=FULL, story=0),
    }
    assert list(got) == [second, first]
    published = got[first].article.published
    assert published is not None
    assert published.at.isoformat() == "2026-11-22T01:02:03+05:45"
    assert second > first


def test_instants_must_say_their_zone(archive: Archive) -> None:
    with pytest.raises(Exception, match="without a time zone"), archive.writing() as tx:
        tx.articles.add(article(seen=datetime(2026, 11, 22)))  # noqa: DTZ001 - the mistake


def test_one_article_a_key(archive: Archive) -> None:
    with archive.writing() as tx:
        tx.articles.add(article())
    with pytest.raises(IntegrityError), archive.writing() as tx:
        tx.articles.add(article(url="https://courier.test/other"))


def test_thousands_of_keys(archive: Archive) -> None:
    with archive.writing() as tx:
        ids = {key: tx.articles.add(article(key)) for key in map(str, range(0, 3_000, 1_000))}
        assert tx.articles.by_key([str(number) for number in range(40_000)]) == ids
        assert tx.articles.by_key([]) == {}


def test_what_it_said_before_is_kept(archive: Archive) -> None:
    later = NOW + timedelta(hours=1)
    with archive.writing() as tx:
        tx.topics.sync([Topic(name="old", query="sunday"), Topic(name="new", query="monday")])
        number = tx.articles.add(article(source="courier/feed"))
        other = tx.articles.add(article("courier.test/b"))
        tx.topics.file([number, other])
        changed = article(
            title="Embassy opened",
            text="It opened on Monday.",
            fetched=later,
            seen=later,
            source="gazette",
            raw_url="https://courier.test/?x",
        )
        assert tx.articles.revise(number, changed) == 2
        assert tx.topics.file([number]) == {number: ("new",)}
        assert tx.articles.revise(number, changed) == 3
    with archive.reading() as tx:
        filed = tx.articles.get(number)
        versions = tx.articles.versions(number)
        assert [one.id for one in tx.asking.articles(query="sunday")] == [other]
        assert [one.id for one in tx.asking.articles(query="opened monday")] == [number]
        assert [one.id for one in tx.asking.articles(topic="old")] == [other]
    assert filed is not None
    assert (filed.versions, filed.topics) == (3, ("new",))
    assert (filed.article.seen, filed.article.fetched) == (NOW, later)
    assert filed.article.source == "courier/feed"
    first = article()
    assert versions == [
        Version(title=first.title, text=first.text, fetched=NOW),
        Version(title=changed.title, text=changed.text, fetched=later),
        Version(title=changed.title, text=changed.text, fetched=later),
    ]


def test_what_is_not_there_cannot_be_revised(archive: Archive) -> None:
    with pytest.raises(LookupError, match="no article 7"), archive.writing() as tx:
        tx.articles.revise(7, article())


def test_pages_of_an_export(archive: Archive) -> None:
    with archive.writing() as tx:
        ids = [tx.articles.add(article(str(number))) for number in range(5)]
    with archive.reading() as tx:
        assert [one.id for one in tx.articles.after(0, 3)] == ids[:3]
        assert [one.id for one in tx.articles.after(ids[2], 3)] == ids[3:]


def test_instants_come_back_in_utc(archive: Archive) -> None:
    with archive.writing() as tx:
        number = tx.articles.add(article(seen=datetime(2026, 11, 22, 6, tzinfo=KATHMANDU)))
        filed = tx.articles.get(number)
    assert filed is not None
    assert filed.article.seen.isoformat() == "2026-11-22T00:15:00+00:00"
    assert filed.article.seen.tzinfo is UTC
