"""Sources: declared, found, due, polled, and never with two workers."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from stories.archive import Archive
from stories.config import SourceConfig
from stories.model import Poll, PollStatus, Sighting, Source, SourceKind

from .articles import NOW, article

COURIER = SourceConfig(url="https://www.courier.test/")
GAZETTE = SourceConfig(
    url="https://gazette.test/rss", kind="feed", outlet="Gazette", schedule="0 * * * *"
)
MINUTE = timedelta(minutes=1)


def found(name: str = "courier/feed", url: str = "https://courier.test/rss") -> Source:
    return Source(
        name=name, url=url, kind=SourceKind.FEED, outlet="courier.test", declared="courier"
    )


def poll(source: str, **said: object) -> Poll:
    facts: dict[str, object] = {"source": source, "at": NOW, "status": PollStatus.OK}
    return Poll(**(facts | said))  # type: ignore[arg-type] # the test says what it means


@pytest.fixture
def declared(archive: Archive) -> Archive:
    with archive.writing() as tx:
        tx.sources.sync({"courier": COURIER, "gazette": GAZETTE})
        tx.sources.found("courier", [found()], NOW)
    return archive


def names(archive: Archive) -> list[str]:
    with archive.reading() as tx:
        return [state.source.name for state in tx.sources.all()]


def test_a_home_page_waits_for_discovery(archive: Archive) -> None:
    with archive.writing() as tx:
        tx.sources.sync({"courier": COURIER, "gazette": GAZETTE})
        assert tx.sources.undiscovered() == {"courier": "https://www.courier.test/"}
        (state,) = tx.sources.all()
        assert state.source == Source(
            name="gazette",
            url="https://gazette.test/rss",
            kind=SourceKind.FEED,
            outlet="Gazette",
            declared="gazette",
            schedule="0 * * * *",
        )
        tx.sources.found("courier", [], NOW, error="no answer")
        assert tx.sources.undiscovered() == {"courier": "https://www.courier.test/"}
        assert tx.sources.discovery_errors() == {"courier": "no answer"}
        tx.sources.found("courier", [found()], NOW)
        assert tx.sources.undiscovered() == tx.sources.discovery_errors() == {}
    assert names(archive) == ["courier/feed", "gazette"]


def test_what_was_found_stays_while_it_is_declared(declared: Archive) -> None:
    with declared.writing() as tx:
        tx.sources.sync({"courier": COURIER, "gazette": GAZETTE})
        assert tx.sources.undiscovered() == {}
    assert names(declared) == ["courier/feed", "gazette"]


@pytest.mark.parametrize("gone", [{}, {"courier": COURIER.model_copy(update={"enabled": False})}])
def test_what_is_gone_is_retired_and_comes_back(
    declared: Archive, gone: dict[str, SourceConfig]
) -> None:
    with declared.writing() as tx:
        tx.sources.record(poll("gazette", full=True, etag="e"))
        tx.sources.sync(gone)
    assert names(declared) == []
    with declared.writing() as tx:
        tx.sources.sync({"courier": COURIER, "gazette": GAZETTE})
        assert tx.sources.undiscovered() == {"courier": "https://www.courier.test/"}
        assert [state.etag for state in tx.sources.all()] == ["e"]


def test_another_address_is_another_page(declared: Archive) -> None:
    with declared.writing() as tx:
        tx.sources.record(poll("gazette", full=True, etag="e"))
        tx.sources.sync(
            {
                "courier": SourceConfig(url="https://courier.example/"),
                "gazette": SourceConfig(url="https://gazette.test/atom", kind="feed"),
            }
        )
        assert tx.sources.undiscovered() == {"courier": "https://courier.example/"}
        (state,) = tx.sources.all()
    assert (state.source.url, state.etag) == ("https://gazette.test/atom", None)


def test_what_a_later_discovery_does_not_find_stays_retired(declared: Archive) -> None:
    with declared.writing() as tx:
        tx.sources.found("courier", [found("courier/sitemap", "https://courier.test/map")], NOW)
        tx.sources.sync({"courier": COURIER})
    assert names(declared) == ["courier/sitemap"]


def test_a_kind_may_be_declared_later(declared: Archive) -> None:
    with declared.writing() as tx:
        tx.sources.sync({"courier": SourceConfig(url="https://courier.test/rss", kind="feed")})
        assert tx.sources.undiscovered() == {}
    assert names(declared) == ["courier"]


def test_named_by_either_name(declared: Archive) -> None:
    with declared.reading() as tx:
        by_own = tx.sources.named("courier/feed", "unknown")
        by_declared = tx.sources.named("courier")
    assert by_own == by_declared
    assert [state.source for state in by_own] == [found()]


def test_the_longest_overdue_comes_first(declared: Archive) -> None:
    with declared.writing() as tx:
        assert [one.source.name for one in tx.sources.due(NOW, 9)] == ["gazette", "courier/feed"]
        tx.sources.set_next("gazette", NOW - MINUTE)
        tx.sources.set_next("courier/feed", NOW - 2 * MINUTE)
        assert [one.source.name for one in tx.sources.due(NOW, 9)] == ["courier/feed", "gazette"]
        assert [one.source.name for one in tx.sources.due(NOW, 1)] == ["courier/feed"]
        tx.sources.set_next("gazette", NOW + MINUTE)
        assert [one.source.name for one in tx.sources.due(NOW, 9)] == ["courier/feed"]
        assert tx.sources.mark_due(["gazette", "unknown"], NOW) == 1
        assert tx.sources.mark_due(["courier"], NOW) == 0
        assert [one.source.name for one in tx.sources.due(NOW, 9)] == ["courier/feed", "gazette"]


def test_a_poll_leaves_its_validators(declared: Archive) -> None:
    full = poll(
        "gazette",
        full=True,
        etag="e",
        last_modified="m",
        body_hash="h",
        sightings=3,
        new=2,
        known=1,
    )
    later = poll("gazette", at=NOW + MINUTE, status=PollStatus.UNCHANGED, http_status=304)
    with declared.writing() as tx:
        run = tx.runs.start("test", NOW)
        tx.sources.record(full, run.id)
        tx.sources.record(later, run.id)
        (state,) = tx.sources.named("gazette")
        polls = tx.sources.polls("gazette")
    assert (state.etag, state.last_modified, state.body_hash) == ("e", "m", "h")
    assert (state.full_at, state.polled, state.sightings) == (NOW, NOW + MINUTE, 3)
    assert state.status is PollStatus.UNCHANGED
    assert [one.status for one in polls] == [PollStatus.UNCHANGED, PollStatus.OK]
    assert (polls[1].sightings, polls[1].new, polls[1].known) == (3, 2, 1)


def test_failures_are_counted_in_a_row(declared: Archive) -> None:
    seen = []
    with declared.writing() as tx:
        for status in (
            PollStatus.FAILED,
            PollStatus.REFUSED,
            PollStatus.DEFERRED,
            PollStatus.UNCHANGED,
        ):
            tx.sources.record(poll("gazette", status=status, error="no answer"))
            (state,) = tx.sources.named("gazette")
            seen.append((state.failures, state.error))
    assert seen == [(1, "no answer"), (2, "no answer"), (2, "no answer"), (0, "no answer")]


def test_an_article_counts_at_its_source(declared: Archive) -> None:
    with declared.writing() as tx:
        tx.articles.add(article(source="gazette"))
        assert [one.articles for one in tx.sources.all()] == [0, 1]


def test_never_two_workers_on_one_source(declared: Archive) -> None:
    both = ["gazette", "courier/feed"]

    def claim(owner: str) -> tuple[str, ...]:
        with declared.writing() as tx:
            return tx.sources.claim(both, owner, NOW + MINUTE, now=NOW)

    with ThreadPoolExecutor(8) as pool:
        got = list(pool.map(claim, [f"worker {number}" for number in range(8)]))
    assert sorted(name for one in got for name in one) == sorted(both)


def test_a_claim_ends_by_release_or_with_its_lease(declared: Archive) -> None:
    until = NOW + MINUTE
    with declared.writing() as tx:
        assert tx.sources.claim(["gazette"], "one", until, now=NOW) == ("gazette",)
        assert tx.sources.claim(["gazette"], "two", until, now=NOW) == ()
        assert tx.sources.claim(["gazette"], "one", until, now=NOW) == ("gazette",)
        assert [one.source.name for one in tx.sources.due(NOW, 9)] == ["courier/feed"]
        tx.sources.release("one")
        assert tx.sources.claim(["gazette"], "two", until, now=NOW) == ("gazette",)
        assert tx.sources.claim(["gazette"], "one", until + MINUTE, now=until) == ("gazette",)
        assert tx.sources.claim(["nowhere"], "one", until, now=NOW) == ()


def test_what_waits_under_a_source_that_is_gone_goes_to_who_sees_it(declared: Archive) -> None:
    seen = Sighting(url="https://courier.test/a", source="courier/feed", seen=NOW)
    again = Sighting(url="https://courier.test/a", source="gazette", seen=NOW)
    with declared.writing() as tx:
        tx.addresses.note([("courier.test/a", seen)], NOW)
        tx.sources.sync({"gazette": GAZETTE})
        tx.addresses.note([("courier.test/a", again)], NOW)
        assert [one.key for one in tx.addresses.waiting(["gazette"], NOW, 9)] == ["courier.test/a"]
