from __future__ import annotations

import pytest

import pipeline.duplicates
import pipeline.grouping
from pipeline.file import Filer
from pipeline.regroup import regroup
from pipeline.ruling import merge, not_a_copy, original
from stories.archive import Archive
from stories.model import FiledArticle
from tests.pipeline.invented import DAY, outcome_of, stream


def by_id(archive: Archive) -> dict[int, FiledArticle]:
    with archive.reading() as tx:
        return {one.id: one for one in tx.articles.after(0, 1000)}


def groups(archive: Archive) -> set[frozenset[int]]:
    found: dict[int, set[int]] = {}
    for one in by_id(archive).values():
        found.setdefault(one.story, set()).add(one.id)
    return {frozenset(some) for some in found.values()}


@pytest.fixture
def stored(archive: Archive) -> Archive:
    once = {one.article.key: one for one in stream()}
    Filer(archive).file(list(once.values()))
    return archive


def test_the_same_rules_change_nothing(stored: Archive) -> None:
    before = outcome_of(stored)
    done = regroup(stored, dry_run=False)
    assert done.articles == len(by_id(stored))
    assert done.changes == ()
    assert outcome_of(stored) == before


def test_other_rules_say_first_what_they_would_change(
    stored: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = outcome_of(stored)
    monkeypatch.setattr(pipeline.duplicates, "COPIED", 0.999)
    monkeypatch.setattr(pipeline.grouping, "JOINS", 0.9)
    told = regroup(stored)
    assert told.changes
    assert outcome_of(stored) == before
    done = regroup(stored, dry_run=False)
    assert done.changes == told.changes
    assert regroup(stored).changes == ()
    monkeypatch.undo()
    regroup(stored, dry_run=False)
    after = by_id(stored)
    assert regroup(stored).changes == ()
    assert any(one.copy for one in after.values())


def test_stories_keep_their_numbers_where_most_of_them_stays(
    stored: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = by_id(stored)
    monkeypatch.setattr(pipeline.grouping, "JOINS", 0.9)
    regroup(stored, dry_run=False)
    after = by_id(stored)
    assert {one.story for one in before.values()} <= {one.story for one in after.values()}


def test_rulings_survive_a_re_run(stored: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    filed = by_id(stored)
    copies = [one for one in filed.values() if one.copy]
    apart, led = copies[0], copies[-1]
    assert apart.copy is not None
    assert led.copy is not None
    assert apart.copy.of != led.copy.of
    first, second = sorted({one.story for one in filed.values()} - {apart.story, led.story})[:2]
    with stored.writing() as tx:
        not_a_copy(tx, apart.id, DAY)
        original(tx, led.id, DAY)
        merge(tx, first, second, DAY)
    ruled = groups(stored)
    assert regroup(stored).changes == ()
    monkeypatch.setattr(pipeline.grouping, "JOINS", 0.9)
    regroup(stored, dry_run=False)
    monkeypatch.undo()
    regroup(stored, dry_run=False)
    after = by_id(stored)
    assert after[apart.id].copy is None
    assert after[led.id].copy is None
    assert groups(stored) == ruled
