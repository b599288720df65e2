"""The ways of a topic while they wait: what is said of them, and what is learned of that."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from pipeline.likeness import LIKELY, SURE, Likeness
from spiders.chart import Chart
from spiders.listing import Listing
from spiders.onward import Onward, said_of
from spiders.outlets import Outlets
from spiders.ways import ways_out
from stories.model import Sighting, SourceKind
from stories.ways import WayKind, tells_more
from tests.coverage.terms import features
from tests.coverage.waiting import promise, way


def test_a_heading_says_more_than_a_link_even_when_it_says_no() -> None:
    link = way("a.example", how="blind", hint="as they wrote", evidence=1)
    heading = way("a.example", how="listed", hint="Rain in the hills", evidence=0)
    assert tells_more(heading, link)
    assert not tells_more(link, heading)
    assert tells_more(way("a.example", how="search", hint="The dam", evidence=3), heading)


def test_what_coverage_names_is_not_overruled_by_a_heading_that_says_little() -> None:
    named = way("a.example", how="named", hint="The Beacon", evidence=0)
    vague = way("a.example", how="listed", hint="What happens now", evidence=0)
    plain = way("a.example", how="listed", hint="The dam is closed", evidence=3)
    assert not tells_more(vague, named)
    assert tells_more(named, vague)
    assert tells_more(plain, named)
    assert not tells_more(named, plain)


def test_what_waits_is_told_more_of_it() -> None:
    named = way("a.example", kind=WayKind.SECTION, how="seen")
    chart = Chart(promise(), onward())
    chart.offer([named, replace(named, how="credit"), replace(named, how="credit")])
    assert chart.ways[named.key].how == "credit"
    assert chart.ways[named.key].evidence == 1
    hit = way("b.example", how="hit", hint="Empty shelves [quillfeather]", evidence=1)
    chart.offer([hit, replace(hit, hint='Empty shelves ["oster exit"]', evidence=2)])
    assert chart.ways[hit.key].hint == 'Empty shelves [quillfeather] ["oster exit"]'
    assert said_of(chart.ways[hit.key], asked=False)[0] == "Empty shelves"
    chart.weigh_again()
    assert chart.ways[hit.key].evidence == SURE


def test_the_front_page_of_others_lists_nothing_of_its_own() -> None:
    front = way("hub.example", kind=WayKind.SECTION, how="neighbour")
    at = datetime(2026, 11, 1, tzinfo=UTC)
    listing = Listing(
        kind=SourceKind.SECTION,
        sightings=tuple(
            Sighting(url=f"https://{host}.example/quillfeather-and-{host}", source="", seen=at,
                     title="Quillfeather and Oster-Exit")
            for host in ("hub", "other")
        ),
        method="links",
    )  # fmt: skip
    assert [one.how for one in onward().items(front, listing)] == ["listed", "elsewhere"]


TAGGED = """<!doctype html><html><body><nav><a href="/topics/politics">Politics</a></nav>
<p>The embassy opens.</p><p class="tags"><a rel="tag" href="/topics/teodor-brask">Brask</a>,
<a rel="tag" href="/topics/marten-quillfeather">Quillfeather in Oster-Exit</a>,
<a href="https://other.example/topics/quillfeather-oster-exit">Quillfeather, Oster-Exit</a></p>
</body></html>"""


def test_a_page_of_the_topic_leads_to_what_its_outlet_files_under_its_name() -> None:
    read = way("a.example", how="citation")
    out = ways_out(TAGGED.encode(), read.url, "text/html; charset=utf-8")
    (there,) = onward().tags(read, read.url, out)
    assert (there.kind, there.how) == (WayKind.SECTION, "tag")
    assert there.url == "https://a.example/topics/marten-quillfeather"
    assert there.evidence >= LIKELY


def test_what_is_filed_under_a_name_of_the_topic_needs_no_telling_headline() -> None:
    filed = way("a.example", kind=WayKind.SECTION, how="tag", hint="Quillfeather", evidence=3)
    at = datetime(2026, 11, 1, tzinfo=UTC)
    listing = Listing(
        kind=SourceKind.SECTION,
        sightings=tuple(
            Sighting(url=f"https://a.example/{path}", source="", seen=at, title=title)
            for path, title in (
                ("a-night-at-the-gate-4711", "A night at the gate"),
                ("quillfeather-speaks-4712", "Quillfeather speaks of Oster-Exit"),
                ("politics", "All of politics"),
                ("sport", "Sport"),
            )
        ),
        method="links",
    )
    there = onward()
    met = [(one.how, one.evidence >= LIKELY) for one in there.items(filed, listing)]
    assert met == [("tagged", True), ("listed", True), ("listed", False), ("listed", False)]
    (after,) = there.further(filed, "https://a.example/tag/quillfeather/2")
    assert (after.how, after.hint) == ("tag", "Quillfeather"), "the next page is of the same name"
    vague = next(iter(there.items(filed, listing)))
    hit = replace(vague, how="hit")
    assert tells_more(vague, hit)
    assert not tells_more(hit, vague)


def onward() -> Onward:
    likeness = Likeness(features())
    return Onward(likeness, Outlets({}, []), [], since=None, polled=frozenset())
