"""The durable frontier: known means committed, and what waits is not forgotten."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stories.archive import Archive, open_archive
from stories.model import Outcome, Sighting, Verdict

from .articles import NOW, article

HOUR = timedelta(hours=1)


def sighting(name: str, source: str = "courier/feed") -> tuple[str, Sighting]:
    return f"courier.test/{name}", Sighting(
        url=f"https://courier.test/{name}",
        source=source,
        seen=NOW,
        title=f"Title {name}",
        summary="…",
        published=NOW - HOUR,
        authors=("Ann Example",),
    )


def verdict(key: str, outcome: Outcome, **said: object) -> Verdict:
    facts: dict[str, object] = {"url": f"https://{key}", "key": key, "at": NOW, "outcome": outcome}
    return Verdict(**(facts | said))  # type: ignore[arg-type] # the test says what it means


def waiting(archive: Archive, *sources: str, hours: int = 0) -> list[tuple[str, int]]:
    with archive.reading() as tx:
        got = tx.addresses.waiting(sources or ("courier/feed",), NOW + hours * HOUR, 100)
        return [(one.key, one.tries) for one in got]


def test_new_known_and_repeated_add_up(archive: Archive) -> None:
    a, b, c = sighting("a"), sighting("b"), sighting("c", "gazette")
    with archive.writing() as tx:
        first, second = tx.runs.start("one", NOW).id, tx.runs.start("two", NOW).id
        noted = tx.addresses.note([a, b, a], NOW, first)
        assert (noted.new, noted.known, noted.repeated) == ((a, b), 0, 1)
        noted = tx.addresses.note([a, c], NOW, first)
        assert (noted.new, noted.known, noted.repeated) == ((c,), 0, 1)
        noted = tx.addresses.note([a, a, b], NOW + HOUR, second)
        assert (noted.new, noted.known, noted.repeated) == ((), 2, 1)
        state = tx.addresses.get("courier.test/a")
    assert state is not None
    assert (state.times, state.first_seen, state.last_seen) == (5, NOW, NOW + HOUR)


def test_what_waits_is_as_it_was_first_seen(archive: Archive) -> None:
    a, b = sighting("a"), sighting("b", "gazette")
    with archive.writing() as tx:
        tx.addresses.note([a, b], NOW)
    with archive.reading() as tx:
        (one,) = tx.addresses.waiting(["courier/feed"], NOW, 10)
    assert (one.key, one.sighting, one.tries) == (*a, 0)
    assert waiting(archive, "courier/feed", "gazette") == [(a[0], 0), (b[0], 0)]


def test_a_killed_crawl_leaves_all_or_nothing(sqlite_url: str) -> None:
    """Sightings and validators go in one transaction: both are there, or neither is."""
    with open_archive(sqlite_url) as archive:
        with pytest.raises(KeyboardInterrupt), archive.writing() as tx:  # noqa: PT012 - both lines
            tx.addresses.note([sighting("a")], NOW)
            raise KeyboardInterrupt
        assert waiting(archive) == []
        with archive.writing() as tx:
            tx.addresses.note([sighting("a")], NOW)
    with open_archive(sqlite_url) as archive:
        assert waiting(archive) == [("courier.test/a", 0)]


def test_settled_is_not_fetched_again(archive: Archive) -> None:
    key, _ = sighting("a")
    with archive.writing() as tx:
        tx.addresses.note([sighting("a")], NOW)
        number = tx.articles.add(article(key))
        tx.addresses.settle(key, verdict(key, Outcome.FILED), number)
        noted = tx.addresses.note([sighting("a")], NOW)
        state = tx.addresses.get(key)
    assert (noted.new, noted.known) == ((), 1)
    assert state is not None
    assert (state.waiting, state.outcome, state.article) == (False, Outcome.FILED, number)
    assert waiting(archive, hours=100) == []


def test_failures_are_tried_again_when_it_is_time(archive: Archive) -> None:
    key, _ = sighting("a")
    with archive.writing() as tx:
        tx.addresses.note([sighting("a")], NOW)
        failed = verdict(key, Outcome.FAILED, reason="http-503", retry_at=NOW + HOUR)
        tx.addresses.settle(key, failed)
    assert waiting(archive) == []
    assert waiting(archive, hours=1) == [(key, 1)]
    with archive.writing() as tx:
        tx.addresses.settle(key, verdict(key, Outcome.DEFERRED, retry_at=NOW + 2 * HOUR))
    assert waiting(archive, hours=2) == [(key, 1)]
    with archive.writing() as tx:
        tx.addresses.settle(key, verdict(key, Outcome.FAILED, reason="http-503"))
    assert waiting(archive, hours=100) == []


def test_another_address_of_an_article_is_known(archive: Archive) -> None:
    with archive.writing() as tx:
        number = tx.articles.add(article())
        for _ in range(2):
            tx.addresses.alias("courier.test/b", number, sighting("b")[1], NOW)
        noted = tx.addresses.note([sighting("b")], NOW)
        state = tx.addresses.get("courier.test/b")
    assert noted.known == 1
    assert state is not None
    assert (state.article, state.outcome, state.waiting) == (number, Outcome.MOVED, False)


def test_thousands_at_once(archive: Archive) -> None:
    many = [sighting(str(number)) for number in range(2_500)]
    with archive.writing() as tx:
        assert len(tx.addresses.note(many, NOW).new) == 2_500
        noted = tx.addresses.note([*many, sighting("new")], NOW)
        assert (len(noted.new), noted.known) == (1, 2_500)
        assert tx.addresses.counts() == {"waiting": 2_501}
        assert len(tx.addresses.waiting(["courier/feed"], NOW, 2_000)) == 2_000


@settings(max_examples=30, deadline=None)
@given(polls=st.lists(st.lists(st.sampled_from("abcdef"), max_size=8), max_size=6))
def test_sums_hold_whatever_is_seen(
    tmp_path_factory: pytest.TempPathFactory, polls: list[list[str]]
) -> None:
    file = tmp_path_factory.mktemp("sums") / "archive.db"
    with open_archive(f"sqlite:///{file}") as archive, archive.writing() as tx:
        everything: set[str] = set()
        runs = [tx.runs.start("test", NOW).id for _ in range(2)]
        for number, seen in enumerate(polls):
            run = runs[number // 3]
            noted = tx.addresses.note([sighting(name) for name in seen], NOW, run)
            assert len(noted.new) + noted.known + noted.repeated == len(seen)
            assert {one.url[-1] for _, one in noted.new} == set(seen) - everything
            everything |= set(seen)
