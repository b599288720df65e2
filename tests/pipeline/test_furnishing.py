"""What outlets repeat is learned as articles are filed, once each, whatever the batches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from pipeline.file import Filer, Read
from stories.archive import Archive
from stories.model import Article, FiledArticle, Outcome
from stories.tables.furniture import outlet_line, outlet_pages
from tests.pipeline.invented import DAY
from tests.pipeline.test_recurring import PLEA, SENTENCES, story

MANY = 14


def pages(count: int = MANY, plea: str = PLEA) -> list[Article]:
    return [story(number, plea) for number in range(1, count + 1)]


def run_of(archive: Archive) -> int:
    with archive.writing() as tx:
        return tx.runs.start("crawl", DAY).id


def file(archive: Archive, articles: Sequence[Article], size: int = 64) -> list[str]:
    """File articles in batches; returns the steps of each, joined."""
    filer = Filer(archive, run_of(archive))
    steps: list[str] = []
    for start in range(0, len(articles), size):
        for one in filer.file([Read(article=one) for one in articles[start : start + size]]):
            assert one.verdict is not None
            steps.append("; ".join(step.what for step in one.verdict.steps))
    return steps


def all_of(archive: Archive) -> list[FiledArticle]:
    with archive.reading() as tx:
        return tx.articles.after(0, 10_000)


def counts(archive: Archive) -> tuple[int, int]:
    """The pages counted, and the lines kept."""
    with archive.reading() as tx:
        counted = tx.connection.execute(select(func.sum(outlet_pages.c.pages))).scalar() or 0
        return counted, tx.connection.execute(select(func.count(outlet_line.c.key))).scalar_one()


def test_what_stands_on_page_after_page_is_left_out_and_why_is_said(archive: Archive) -> None:
    steps = file(archive, pages())
    texts = [one.article.text for one in all_of(archive)]
    assert [PLEA in text for text in texts] == [True] * 4 + [False] * (MANY - 4)
    assert all(text.count("\n") == len(SENTENCES) - 1 for text in texts[4:])
    last = all_of(archive)[-1].article
    assert last.evidence["furniture"] == (
        f"1 line found on {MANY - 1} other pages of courier.example left out"
    )
    assert f"found on {MANY - 1} other pages" in steps[-1]
    assert PLEA[:40] in steps[-1]
    assert "furniture" not in steps[0]


@pytest.mark.parametrize("size", [1, 3])
def test_the_result_does_not_depend_on_the_batches(archive: Archive, size: int) -> None:
    twice = [one for page in pages() for one in (page, page)]
    file(archive, twice, size)
    found = [(one.article.text, one.article.evidence) for one in all_of(archive)]
    learned = counts(archive)
    assert [PLEA in text for text, _ in found] == [True] * 4 + [False] * (MANY - 4)
    assert learned == (MANY, MANY * len(SENTENCES) + 1)


def test_a_paragraph_on_two_pages_stays(archive: Archive) -> None:
    others = pages(12)
    said = "The minister had said in March that no such plan had ever been on her desk."
    twice = [replace(one, text=f"{one.text}\n{said}", roles=f"{one.roles}p") for one in others[-2:]]
    file(archive, [*others[:-2], *twice])
    assert [said in one.article.text for one in all_of(archive)[-2:]] == [True, True]


def test_an_article_read_again_is_counted_once(archive: Archive) -> None:
    first, second = pages(2)
    file(archive, [first] * 12)
    assert counts(archive)[0] == 1
    file(archive, [second])
    assert PLEA in all_of(archive)[-1].article.text


def test_copies_at_other_addresses_are_not_counted(archive: Archive) -> None:
    first = story(1)
    copies = [replace(first, key=f"{first.key}/{n}", url=f"{first.url}/{n}") for n in range(10)]
    file(archive, [first, *copies])
    assert counts(archive)[0] == 1
    assert all(PLEA in one.article.text for one in all_of(archive))


def test_what_was_learned_since_makes_no_new_state(archive: Archive) -> None:
    every = pages()
    file(archive, every)
    filer = Filer(archive, run_of(archive))
    again = filer.file([Read(article=replace(one, fetched=DAY)) for one in every])
    assert {one.verdict.outcome for one in again if one.verdict} == {Outcome.UNCHANGED}


def test_an_edited_article_is_a_new_state_without_furniture(archive: Archive) -> None:
    every = pages()
    file(archive, every)
    for one in (every[0], every[-1]):
        later = one.fetched + timedelta(hours=1)
        text = one.text.replace("forty of the", "fifty of the")
        file(archive, [replace(one, text=text, fetched=later)])
    first, last = all_of(archive)[0].article, all_of(archive)[-1].article
    assert "fifty" in first.text
    assert "fifty" in last.text
    assert (PLEA in first.text, PLEA in last.text) == (True, False)


def test_an_import_is_learned_from_and_kept_as_it_is(archive: Archive) -> None:
    every = pages()
    Filer(archive).file([Read(article=one) for one in every[:-1]])
    assert all(PLEA in one.article.text for one in all_of(archive))
    file(archive, every[-1:])
    assert PLEA not in all_of(archive)[-1].article.text


def test_what_was_not_committed_was_not_learned(archive: Archive) -> None:
    filer = Filer(archive, run_of(archive))
    batch = [Read(article=one) for one in pages(6)]

    def fail(*_: object) -> None:
        raise RuntimeError

    for _ in range(3):
        with pytest.raises(RuntimeError):
            filer.file(batch, fail)
    assert counts(archive) == (0, 0)
    filer.file(batch)
    assert [PLEA in one.article.text for one in all_of(archive)] == [True] * 4 + [False] * 2


def test_what_is_kept_is_bounded(archive: Archive) -> None:
    file(archive, pages(260))
    counted, kept = counts(archive)
    assert counted == 260
    assert kept <= 110 * len(SENTENCES)
    assert PLEA not in all_of(archive)[-1].article.text
