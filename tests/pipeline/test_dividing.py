"""A story whose articles fall clearly into two is divided; what is one, or was ruled on, is not."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time

import numpy as np
import pytest

from pipeline.file import Filer, Read
from pipeline.parting import parts
from pipeline.regroup import regroup
from pipeline.ruling import merge
from stories.archive import Archive, open_archive
from tests.pipeline.invented import DAY, outcome_of, paragraphs, read, sentences

EVENTS = (50, 90)


def glued() -> list[Read]:
    """A report that speaks of two events, then reports of either by turns; one is copied."""
    made = [
        read(f"https://other-{n}.example/{n}", text[0], paragraphs(text), hours=n)
        for n, text in enumerate(sentences(subject, 14) for subject in range(200, 215))
    ]
    both = [line for event in EVENTS for line in sentences(event, 7, seed=99)]
    made.append(read("https://digest.example/d", both[0], paragraphs(both), hours=19))
    for n in range(8):
        text = sentences(EVENTS[n % 2], 14, seed=n // 2)
        url = f"https://o-{n}.example/{EVENTS[n % 2]}/{n}"
        made.append(read(url, text[0], paragraphs(text), hours=20 + n))
        if n == 1:
            url = f"https://copier.example/{EVENTS[1]}/copy"
            made.append(read(url, text[0], paragraphs(text), hours=20 + n))
    return made


@pytest.fixture(autouse=True)
def _all_too_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    ready(monkeypatch)


def ready(monkeypatch: pytest.MonkeyPatch) -> None:
    """What joins by chance in a real press does so here because hardly anything is asked of it."""
    monkeypatch.setattr("pipeline.grouping.JOINS", 0.06)
    monkeypatch.setattr("pipeline.grouping.UNSURE", 0.0)


def stories(archive: Archive, some: list[Read]) -> dict[str, int]:
    """The story of each, by its address."""
    wanted = {one.article.url for one in some}
    with archive.reading() as tx:
        every = tx.articles.after(0, 1000)
    return {one.article.url: one.story for one in every if one.article.url in wanted}


def dividing(archive: Archive) -> object:
    """All that was filed, and which story was part of which."""
    with archive.reading() as tx:
        numbers = {one.story for one in tx.articles.after(0, 1000)}
        return outcome_of(archive), {one: tx.events.parting(one) for one in sorted(numbers)}


def test_the_larger_part_keeps_the_number_and_copies_go_with_what_they_repeat(
    archive: Archive,
) -> None:
    some = glued()
    filed = Filer(archive).file(some)
    found = stories(archive, some)
    mine, theirs = (
        {story for url, story in found.items() if f"/{event}/" in url} for event in EVENTS
    )
    assert len(mine) == len(theirs) == 1
    assert mine != theirs
    (kept,), (fresh,) = mine, theirs
    assert found["https://digest.example/d"] == kept < fresh
    with archive.reading() as tx:
        assert tx.events.parting(fresh) == (kept, [])
        assert tx.events.parting(kept) == (None, [fresh])
        told = tx.events.stories([kept, fresh])
        openers = tx.kin.openers([fresh])
    assert [told[one].articles for one in (kept, fresh)] == [
        list(found.values()).count(one) for one in (kept, fresh)
    ]
    assert openers[fresh] == (told[fresh].first, "en")
    said = [step.what for one in filed if one.verdict for step in one.verdict.steps]
    assert sum("it was two, as it turns out" in what for what in said) == 1


def test_dividing_does_not_depend_on_the_batches_or_on_restarts(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    some, found = glued(), []
    for size in (1, 3, 7, 1000):
        with open_archive(f"sqlite:///{tmp_path_factory.mktemp('dividing') / 'a.db'}") as one:
            for at in range(0, len(some), size):
                Filer(one).file(some[at : at + size])
            found.append(dividing(one))
    assert found[0] == found[1] == found[2] == found[3]


def test_both_engines_divide_alike(sqlite_url: str, postgres_url: str) -> None:
    found = []
    for url in (sqlite_url, postgres_url):
        with open_archive(url) as one:
            Filer(one).file(glued())
            found.append(dividing(one))
    assert found[0] == found[1]


def file_slowly(url: str) -> None:
    with pytest.MonkeyPatch.context() as patched, open_archive(url) as archive:
        ready(patched)
        filer = Filer(archive)
        for one in glued():
            filer.file([one])


def test_a_filer_killed_around_the_division_comes_to_the_same(sqlite_url: str) -> None:
    processes = multiprocessing.get_context("spawn")
    for articles in (18, 20, 21, 22):
        child = processes.Process(target=file_slowly, args=(sqlite_url,))
        child.start()
        with open_archive(sqlite_url) as archive:
            while child.is_alive() and _count(archive) < articles:
                time.sleep(0.002)
        if child.pid is not None and child.is_alive():
            os.kill(child.pid, signal.SIGKILL)
        child.join()
    file_slowly(sqlite_url)
    other = sqlite_url.replace(".db", "-undisturbed.db")
    file_slowly(other)
    with open_archive(sqlite_url) as killed, open_archive(other) as undisturbed:
        assert dividing(killed) == dividing(undisturbed)


def test_filing_anew_divides_again(archive: Archive) -> None:
    Filer(archive).file(glued())
    before = dividing(archive)
    assert regroup(archive, dry_run=False).changes == ()
    assert dividing(archive) == before


def test_other_rules_divide_and_bring_together(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.dividing.LOOSE", 0.0)
    Filer(archive).file(glued())
    one = set(stories(archive, glued()[15:]).values())
    assert len(one) == 1
    monkeypatch.undo()
    ready(monkeypatch)
    assert len(regroup(archive, dry_run=False).changes) == len(EVENTS[1:]) * 5
    assert len(set(stories(archive, glued()[15:]).values())) == 2
    assert one < set(stories(archive, glued()[15:]).values())


def test_what_the_operator_made_one_is_not_divided(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    some = glued()
    filer = Filer(archive)
    monkeypatch.setattr("pipeline.grouping.JOINS", 0.9)
    filer.file(some[:18])
    kept, *others = stories(archive, some[15:18]).values()
    with archive.writing() as tx:
        for other in others:
            merge(tx, kept, other, DAY)
    ready(monkeypatch)
    filer.file(some[18:])
    assert set(stories(archive, some[15:]).values()) == {kept}


def test_the_operator_unites_what_was_divided_for_good(archive: Archive) -> None:
    some = glued()
    filer = Filer(archive)
    filer.file(some[:-2])
    kept, fresh = sorted(set(stories(archive, some[15:]).values()))
    with archive.writing() as tx:
        merge(tx, kept, fresh, DAY)
    filer.file(some[-2:])
    assert set(stories(archive, some[15:]).values()) == {kept}
    assert regroup(archive).changes == ()


def test_parts_are_told_by_what_goes_across_and_what_within() -> None:
    def alike(within: float, across: float, sizes: tuple[int, int]) -> np.ndarray:
        side = np.repeat([0, 1], sizes)
        made = np.where(side[:, None] == side, within, across)
        np.fill_diagonal(made, 0.0)
        return made

    assert parts(alike(0.4, 0.1, (3, 2))) == ([0, 1, 2], [3, 4])
    assert parts(alike(0.4, 0.1, (2, 3))) == ([2, 3, 4], [0, 1])
    assert parts(alike(0.4, 0.1, (2, 2))) == ([0, 1], [2, 3])
    # One article that is unlike the others is no part.
    assert parts(alike(0.4, 0.1, (4, 1))) is None
    assert parts(alike(0.4, 0.3, (3, 3))) is None
    assert parts(alike(0.15, 0.1, (3, 3))) is None
    assert parts(alike(0.4, 0.0, (3, 3))) == ([0, 1, 2], [3, 4, 5])
    assert parts(np.zeros((5, 5))) is None
    assert parts(np.zeros((1, 1))) is None


def _count(archive: Archive) -> int:
    with archive.reading() as tx:
        return tx.articles.count()
