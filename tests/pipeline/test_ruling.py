from __future__ import annotations

import pytest

from pipeline.file import Filer
from pipeline.ruling import RulingError, merge, not_a_copy, original, split
from stories.archive import Archive
from stories.model import CopyKind, FiledArticle
from tests.pipeline.invented import DAY, paragraphs, read, sentences

REPORT = sentences(1, 24)
OTHER = sentences(2, 24)

WIRE = "https://wire.example/w"
COPY = "https://courier.example/c"
CUT = "https://herald.example/h"
APART = "https://post.example/p"
AGAIN = "https://globe.example/g"


@pytest.fixture
def filed(archive: Archive) -> dict[str, FiledArticle]:
    Filer(archive).file(
        [
            read(WIRE, "Wire", paragraphs(REPORT)),
            read(COPY, "Copy", paragraphs(REPORT), hours=1),
            read(CUT, "Cut", paragraphs(REPORT[:14]), hours=2),
            read(APART, "Apart", paragraphs(OTHER), hours=2),
        ]
    )
    return now(archive)


def now(archive: Archive) -> dict[str, FiledArticle]:
    with archive.reading() as tx:
        return {one.article.url: one for one in tx.articles.after(0, 100)}


def test_not_a_copy(archive: Archive, filed: dict[str, FiledArticle]) -> None:
    with archive.writing() as tx:
        not_a_copy(tx, filed[CUT].id, DAY)
    after = now(archive)
    assert after[CUT].copy is None
    assert after[COPY].copy == filed[COPY].copy
    assert after[CUT].story == filed[CUT].story
    with archive.writing() as tx, pytest.raises(RulingError, match="not a copy of anything"):
        not_a_copy(tx, filed[CUT].id, DAY)


def test_this_is_the_original(archive: Archive, filed: dict[str, FiledArticle]) -> None:
    with archive.writing() as tx:
        original(tx, filed[COPY].id, DAY)
    # Not even an earlier one that turns up takes over what the operator has ruled.
    Filer(archive).file([read(AGAIN, "Again", paragraphs(REPORT), hours=-9)])
    after = now(archive)
    assert after[COPY].copy is None
    copies = {url: one.copy for url, one in after.items() if one.copy}
    assert set(copies) == {WIRE, CUT, AGAIN}
    assert {one.of for one in copies.values()} == {filed[COPY].id}
    assert copies[CUT].kind is CopyKind.TRUNCATED


def test_two_stories_are_one(archive: Archive, filed: dict[str, FiledArticle]) -> None:
    gone, stays = filed[APART].story, filed[WIRE].story
    with archive.writing() as tx:
        merge(tx, gone, stays, DAY)
    assert {one.story for one in now(archive).values()} == {stays}
    with archive.reading() as tx:
        assert tx.events.living([gone]) == {gone: stays}
        assert tx.events.stories([stays])[stays].articles == 4
    # What comes later finds the one story by the words of either.
    Filer(archive).file([read(AGAIN, "Apart", paragraphs(OTHER[:9] + OTHER[12:]), hours=4)])
    assert now(archive)[AGAIN].story == stays
    with archive.writing() as tx, pytest.raises(RulingError, match="one already"):
        merge(tx, gone, stays, DAY)


def test_an_article_leaves_a_story_with_its_copies(
    archive: Archive, filed: dict[str, FiledArticle]
) -> None:
    with archive.writing() as tx:
        merge(tx, filed[APART].story, filed[WIRE].story, DAY)
        split(tx, filed[COPY].id, DAY)
    after = now(archive)
    assert after[WIRE].story == after[COPY].story == after[CUT].story
    assert after[WIRE].story != after[APART].story
    with archive.writing() as tx, pytest.raises(RulingError, match="already"):
        split(tx, filed[WIRE].id, DAY)
