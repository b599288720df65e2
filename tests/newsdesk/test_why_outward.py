"""newsdesk why tells of addresses that were met on the way outward."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from newsdesk import desk
from stories.ways import Asked, Report, Watched, Way, WayKind, WayState
from tests.newsdesk.conftest import Newsdesk

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
STORY = Way(
    key="courier.test/1", url="https://www.courier.test/1", kind=WayKind.PAGE, how="original",
    parent=None, distance=0, evidence=3,
)  # fmt: skip
LINKED = Way(
    key="beacon.test/whale-in-port", url="https://beacon.test/whale-in-port", kind=WayKind.PAGE,
    how="citation", parent=STORY.key, distance=1, hint="as the Beacon wrote", evidence=1,
)  # fmt: skip
FRONT = Way(
    key="beacon.test#home", url="https://beacon.test/", kind=WayKind.SECTION, how="neighbour",
    parent=LINKED.key, distance=1,
)  # fmt: skip


def met(way: Way = LINKED, asked: Asked | None = None) -> None:
    """Write down what a round has met for the topic."""
    with desk.at(None) as here, here.archive.writing() as tx:
        tx.coverage.watch(Watched(topic="whales", url=STORY.url, title="", text="", made=NOW))
        ends = (asked,) if asked else ()
        tx.coverage.record("whales", 1, Report(offered=(STORY, way, FRONT), asked=ends), NOW)


def test_an_address_that_waits_says_how_it_was_met(stocked: Newsdesk) -> None:
    met()
    said = stocked("why", "https://beacon.test/whale-in-port")
    assert said.code == 0, said.err
    told = " ".join(said.out.split())
    assert "Seen at no source." in told
    assert "Outward for whales: met 1 step out" in told
    assert "citation), on https://www.courier.test/1" in told
    assert "as the Beacon wrote" in told
    assert "waiting: what was said of it speaks a little of the topic" in told
    data = stocked("why", "beacon.test/whale-in-port", "--json").data
    assert (data["source"], data["outcome"], data["times"], data["runs"]) == (None, None, 0, [])
    (outward,) = data["outward"]
    assert outward["topic"] == "whales"
    assert outward["how"] == "citation"
    assert outward["met_on"] == "https://www.courier.test/1"
    assert outward["distance"] == 1
    assert outward["state"] == "waiting"
    assert outward["why"]
    assert [step["how"] for step in outward["path"]] == ["original", "citation"]


def test_every_address_that_coverage_lists_is_answered_for(stocked: Newsdesk) -> None:
    met(asked=Asked(key=LINKED.key, state=WayState.OFF, why="likeness 0.10: none of the terms"))
    left = stocked("coverage", "whales", "--json").data["left"]
    assert {way["url"] for way in left} >= {LINKED.url, FRONT.url}
    for way in left:
        (outward,) = stocked("why", way["url"], "--json").data["outward"]
        assert (outward["kind"], outward["state"]) == (way["kind"], way["state"])
    assert "off-topic: likeness 0.10: none of the terms" in stocked("why", LINKED.url).out


def test_ledger_and_way_stand_side_by_side(stocked: Newsdesk) -> None:
    second = "https://tribune.test/2"
    met(replace(LINKED, key="tribune.test/2", url=second, how="listed"))
    said = stocked("why", second)
    assert "Seen once" in said.out
    assert "Outward for whales" in said.out
    data = stocked("why", second, "--json").data
    assert data["outcome"] == "filed"
    assert [one["how"] for one in data["outward"]] == ["listed"]


def test_what_was_never_met_says_so(stocked: Newsdesk) -> None:
    met()
    never = stocked("why", "https://beacon.test/never")
    assert never.code == 2
    assert "was never seen at any source, and never met on the way outward" in " ".join(
        never.err.split()
    )
