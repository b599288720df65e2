"""Runs and the ledger: a row for everything, and counts that add up because they are computed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from stories.archive import Archive
from stories.model import Outcome, Poll, PollStatus, Run, Sighting, Step, Verdict

from .articles import NOW

HOUR = timedelta(hours=1)


def verdict(name: str, outcome: Outcome, reason: str = "") -> Verdict:
    return Verdict(
        url=f"https://courier.test/{name}",
        key=f"courier.test/{name}",
        at=NOW,
        outcome=outcome,
        reason=reason,
        source="courier/feed",
        steps=(Step(at=NOW, what="seen at courier/feed"), Step(at=NOW + HOUR, what="fetched: 200")),
        retry_at=NOW + HOUR if outcome is Outcome.FAILED else None,
    )


def sighting(name: str) -> tuple[str, Sighting]:
    url = f"https://courier.test/{name}"
    return f"courier.test/{name}", Sighting(url=url, source="courier/feed", seen=NOW)


def test_counts_come_from_polls_and_ledger(archive: Archive) -> None:
    with archive.writing() as tx:
        earlier = tx.runs.start("crawl", NOW, sources=2)
        tx.addresses.note([sighting("d")], NOW, earlier.id)
        run = tx.runs.start("crawl", NOW, sources=2)
        tx.addresses.note([sighting(name) for name in "abc"], NOW, run.id)
        for source, status, known, new in (
            ("courier/feed", PollStatus.OK, 1, 3),
            ("gazette", PollStatus.UNCHANGED, 0, 0),
        ):
            tx.sources.record(
                Poll(
                    source=source,
                    at=NOW,
                    status=status,
                    sightings=known + new,
                    known=known,
                    new=new,
                ),
                run.id,
            )
        tx.ledger.add(run.id, [verdict("a", Outcome.FILED), verdict("b", Outcome.FAILED, "dns")])
        tx.ledger.add(run.id, [verdict("c", Outcome.DROPPED, "stub: 12 words")])
        tx.ledger.add(run.id, [verdict("d", Outcome.DROPPED, "stub: 9 words")])
        done = tx.runs.finish(run.id, "done", NOW + HOUR, "all asked")
        assert tx.ledger.counts(run.id) == {
            Outcome.FILED: 1,
            Outcome.FAILED: 1,
            Outcome.DROPPED: 2,
        }
        assert tx.ledger.reasons(run.id) == {
            (Outcome.DROPPED, "stub"): 2,
            (Outcome.FAILED, "dns"): 1,
            (Outcome.FILED, ""): 1,
        }
        assert [one.key[-1] for one in tx.ledger.of_run(run.id)] == ["a", "b", "c", "d"]
        assert [one.key[-1] for one in tx.ledger.of_run(run.id, Outcome.DROPPED)] == ["c", "d"]
    assert done == Run(
        id=run.id,
        what="crawl",
        started=NOW,
        finished=NOW + HOUR,
        status="done",
        note="all asked",
        counts={
            "sources": 2,
            "polls": 2,
            "sightings": 4,
            "known": 1,
            "repeated": 0,
            "new": 3,
            "polls_ok": 1,
            "polls_unchanged": 1,
            "resumed": 1,
            "addresses": 4,
            "filed": 1,
            "failed": 1,
            "dropped": 2,
        },
    )
    assert done.adds_up


def test_counts_do_not_add_up_when_an_address_got_no_verdict(archive: Archive) -> None:
    with archive.writing() as tx:
        run = tx.runs.start("crawl", NOW, sources=1)
        tx.addresses.note([sighting(name) for name in "ab"], NOW, run.id)
        tx.sources.record(
            Poll(source="courier/feed", at=NOW, status=PollStatus.OK, sightings=2, new=2), run.id
        )
        tx.ledger.add(run.id, [verdict("a", Outcome.FILED)])
        assert not tx.runs.finish(run.id, "done", NOW).adds_up


def test_every_start_finish_and_skip_has_a_row(archive: Archive) -> None:
    with archive.writing() as tx:
        tx.runs.start("one", NOW)
        second = tx.runs.start("two", NOW)
        tx.runs.skip("three", NOW, "two is still running")
        tx.runs.finish(second.id, "failed", NOW, "out of memory")
        assert [(run.what, run.status, run.note) for run in tx.runs.recent(2)] == [
            ("three", "skipped", "two is still running"),
            ("two", "failed", "out of memory"),
        ]
        assert [run.what for run in tx.runs.unfinished()] == ["one"]
        assert tx.runs.get(99) is None
        with pytest.raises(LookupError, match="no run 99"):
            tx.runs.finish(99, "done", NOW)


def test_an_address_has_one_final_verdict_a_run(archive: Archive) -> None:
    with archive.writing() as tx:
        first, second = tx.runs.start("one", NOW).id, tx.runs.start("two", NOW).id
        tx.ledger.add(first, [verdict("a", Outcome.FAILED, "http-503")])
        tx.ledger.add(first, [verdict("a", Outcome.FAILED, "timeout")])
        tx.ledger.add(second, [verdict("a", Outcome.FILED)])
        assert tx.ledger.of("courier.test/a") == [
            (first, verdict("a", Outcome.FAILED, "timeout")),
            (second, verdict("a", Outcome.FILED)),
        ]
        assert tx.ledger.of("courier.test/unknown") == []
