"""Volumes: made of loose sheets and of smaller volumes, in steps that may be cut off anywhere."""

from __future__ import annotations

from contextlib import ExitStack

import numpy as np
import pytest
from sqlalchemy import func, select

from stories.archive import Archive, Transaction, open_archive
from stories.archive.binding import bind
from stories.archive.learning import Form, Learned, learn, spoken
from stories.archive.loose import loose_sheets
from stories.archive.merging import begin, is_under_way, proceed
from stories.tables.volumes import form, volume, volume_merge, volume_page
from stories.volumes import postings
from stories.volumes.pages import Block, Kind, key_of, write_blocks
from stories.volumes.postings import Postings
from stories.volumes.varint import decode, encode

from .articles import article

WORDS = [f"{first}{second}" for first in "abcdefghkl" for second in ("ing", "ed", "er", "x")]
QUERIES = [*WORDS, '"aing bed"', "aing NEAR/3 cer", "ai*", "title:ver", "aing NOT bed"]


def bound(tx: Transaction) -> None:
    learn(tx.connection, spoken(loose_sheets(tx.connection, {})))
    bind(tx.connection)


def text_of(number: int) -> str:
    return " ".join(WORDS[(number * step + step * step) % len(WORDS)] for step in range(12))


def asked(archive: Archive) -> list[list[str]]:
    with archive.reading() as tx:
        return [
            sorted(one.article.key for one in tx.asking.articles(query=said, limit=200))
            for said in QUERIES
        ]


def test_a_merge_goes_on_in_steps_while_articles_are_revised(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stories.volumes.pages.BLOCK", 64)
    monkeypatch.setattr("stories.volumes.merge.SLICE", 1)
    monkeypatch.setattr("stories.archive.merging.SWEPT", 5)
    with open_archive(database_url) as archive:
        ids = []
        for volumes in range(4):
            with archive.writing() as tx:
                for number in range(volumes * 10, volumes * 10 + 10):
                    one = article(key=f"k{number}", title="ver", text=text_of(number))
                    ids.append(tx.articles.add(one))
                bound(tx)
        before = asked(archive)
        with archive.writing() as tx:
            assert begin(tx.connection, (1_000,), 4)
            assert not begin(tx.connection, (1_000,), 2)  # one at a time
        steps = 0
        left = True
        while left:
            # Half of the steps are taken by another process, as after a kill.
            with ExitStack() as stack:
                other = stack.enter_context(open_archive(database_url)) if steps % 2 else archive
                left = proceed(stack.enter_context(other.writing()).connection)
            assert asked(archive) == before
            steps += 1
            if steps < 10:
                number = steps * 4
                said = article(key=f"k{number}", title="ver", text=text_of(number + 100))
                with archive.writing() as tx:
                    tx.articles.revise(ids[number], said)
                    if steps % 3 == 0:
                        bound(tx)
                before = asked(archive)
        assert steps > 12
        with archive.reading() as tx:
            assert not is_under_way(tx.connection)
            rows = tx.connection.execute(select(volume.c.id, volume.c.articles)).all()
            assert max(many for _, many in rows) == 40
            numbers = {number for number, _ in rows}
            pages = tx.connection.execute(select(volume_page.c.id)).scalars()
            assert {page >> 28 for page in pages} <= numbers


def test_volumes_of_which_nothing_is_left_go(archive: Archive) -> None:
    with archive.writing() as tx:
        ids = []
        for number in range(2):
            ids.append(tx.articles.add(article(key=f"k{number}", title="Ver", text="harbour")))
            bound(tx)
        for number in range(2):
            tx.articles.revise(ids[number], article(key=f"k{number}", title="Ver", text="embassy"))
        bound(tx)
        rows = tx.connection.execute(select(volume.c.id).order_by(volume.c.id)).scalars().all()
        tx.connection.execute(volume.update().where(volume.c.id == rows[-1]).values(articles=1_000))
        assert begin(tx.connection, (1_000,), 2)
        assert not is_under_way(tx.connection)
        assert tx.connection.execute(select(volume.c.id)).scalars().all() == [rows[-1]]
        assert len(tx.asking.articles(query="embassy")) == 2
        assert tx.asking.articles(query="harbour") == []


def test_a_crawl_binds_and_merges_by_and_by(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stories.archive.binding.LOOSE", 8)
    monkeypatch.setattr("stories.archive.merging.SIZES", (64,))
    with open_archive(database_url) as archive:
        for batch in range(60):
            with archive.writing() as tx:
                for number in range(4):
                    key = f"k{batch}-{number}"
                    said = f"harbour {text_of(batch)} walks"
                    tx.articles.add(article(key=key, text=said, language="en"))
        with archive.reading() as tx:
            many = tx.connection.execute(select(func.count()).select_from(volume)).scalar_one()
            assert many < 240 / 8
            assert len(tx.asking.articles(query="walking", limit=500)) == 240
            assert tx.connection.execute(select(volume_merge.c.step)).all() in ([], [(0,)], [(1,)])
            words = tx.connection.execute(
                select(form.c.word).where(form.c.stem == "en:walk")
            ).scalars()
            assert list(words) == ["walks"]


def test_what_was_learned_is_known_until_there_is_too_much_of_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    learned = Learned()
    some = [Form("en", "walks"), Form("de", "walks"), Form("en", "boats")]
    assert learned.new(some) == some
    learned.remember(some[:2])
    assert learned.new(some) == some[2:]
    monkeypatch.setattr("stories.archive.learning.MOST_KNOWN", 2)
    learned.remember(some[2:])
    assert learned.new(some) == some[:2]


@pytest.mark.parametrize("long", [0, 100, 10**9])
def test_places_are_the_same_however_they_are_picked(
    long: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Against the plain reading of the stream: all numbers decoded, then those of the articles."""
    monkeypatch.setattr(postings, "LONG", long)
    rng = np.random.default_rng(6)
    article_of = np.repeat(np.arange(400), rng.integers(1, 30, 400))
    place = rng.integers(0, 100_000, len(article_of))
    keys = np.unique(key_of(np.zeros(len(place), np.int64), article_of, place))
    ((_, words, places),) = write_blocks(keys, ["word"], 0)
    assert (words.kind, places.kind) == (Kind.WORDS, Kind.PLACES)
    block = Block(words.data)
    assert block.find("word") == (0, 0)
    assert block.find("wor") is None
    assert block.find("wor", prefix=True) == (0, 0)
    read = Postings([(0, 0, 0)], [block])
    for share in (0.0, 0.01, 0.1, 0.5, 1.0):
        keep = rng.random(len(read.articles)) < share
        spots = read.spots(read.wanted(keep), [places.data], keep) if keep.any() else keys[:0]
        kept = np.isin(keys >> 25, read.articles[keep])
        assert spots.tolist() == keys[kept].tolist()


def test_numbers_are_read_back() -> None:
    numbers = np.array([0, 1, 127, 128, 16_383, 16_384, 2**40], np.int64)
    packed, ends = encode(numbers)
    assert decode(packed).tolist() == numbers.tolist()
    assert ends[-1] == len(packed)


def test_a_revised_article_is_found_by_what_it_says_now(archive: Archive) -> None:
    with archive.writing() as tx:
        number = tx.articles.add(article(title="Ver", text="embassy"))
        bound(tx)
    with archive.reading() as tx:
        assert [one.id for one in tx.asking.articles(query="embassy")] == [number]
    with archive.writing() as tx:
        tx.articles.revise(number, article(title="Ver", text="harbour"))
        bound(tx)
    with archive.reading() as tx:  # what the process remembers of the volume is brought up to date
        assert tx.asking.articles(query="embassy") == []
        assert [one.id for one in tx.asking.articles(query="harbour")] == [number]
