"""What a page offers outward, what a link promises, and what a topic's pages are known by."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from pipeline.likeness import SURE, Likeness
from spiders.budget import Budget
from spiders.chart import Chart
from spiders.listing import Listing
from spiders.onward import Onward, said_of
from spiders.outlets import Outlets
from spiders.promise import Promise
from spiders.public import is_public_name
from spiders.search import filled, queries, ways_of
from spiders.standing import Shown
from spiders.targets import is_calendar, unwrapped
from spiders.ways import ways_out
from stories.config import Config
from stories.model import Sighting, SourceKind
from stories.ways import Way, WayKind, WayState, tells_more
from tests.coverage.terms import features

PAGE = """<!doctype html><html><head>
<link rel="canonical" href="https://first.example/2026/11/the-dam-is-closed">
<link rel="alternate" type="application/rss+xml" href="/feed.xml">
<meta property="og:site_name" content="Second Paper"><meta name="generator" content="WordPress 6">
</head><body><nav><a href="/about-us-and-our-long-history">About us</a></nav>
<p>The dam is closed, <a href="https://third.example/a-story-of-the-dam">as Third wrote</a>, and
nobody knows for how long it will be so.</p>
<p>More <a href="https://out.example/go?u=https%3A%2F%2Ffourth.example%2Fthe-long-read">here</a> and
in the <a href="/calendar?month=2026-11">calendar of all events</a>.</p>
<p><a href="https://first.example/2026/11/the-dam-is-closed">Read the full story at First</a></p>
</body></html>"""


def test_a_page_tells_where_it_leads() -> None:
    out = ways_out(PAGE.encode(), "https://second.example/s/1", "text/html; charset=utf-8")
    assert out.original == "https://first.example/2026/11/the-dam-is-closed"
    assert out.read_on == out.original
    assert out.feeds == ("https://second.example/feed.xml",)
    assert out.searches == ("https://second.example/?s={query}&feed=rss2",)
    assert out.outlet == "Second Paper"
    inside = {link.url for link in out.links if link.inside}
    assert "https://third.example/a-story-of-the-dam" in inside
    assert "https://fourth.example/the-long-read" in inside
    assert not any("calendar" in link.url for link in out.links)
    assert next(link for link in out.links if "about" in link.url).furniture


@pytest.mark.parametrize(
    ("url", "inner"),
    [
        ("https://t.example/?url=https%3A%2F%2Fa.example%2Fx-y-z", "https://a.example/x-y-z"),
        ("https://www.google.com/amp/s/a.example/x-y-z", "https://a.example/x-y-z"),
        ("https://a-example.cdn.ampproject.org/c/s/a.example/x-y-z", "https://a.example/x-y-z"),
        ("https://a-example.cdn.ampproject.org/c/a.example/x-y-z", "http://a.example/x-y-z"),
        ("https://a.example/login?next=https://a.example/x", None),
        ("https://a.example/x?ref=https://b.example/", None),
        ("https://t.example/go?u=https%3A%2F%2Fa.example%2F%3Fp%3D17", "https://a.example/?p=17"),
    ],
)
def test_redirectors_are_seen_through(url: str, inner: str | None) -> None:
    assert unwrapped(url).startswith(inner or url.partition("?")[0])


@pytest.mark.parametrize(
    ("url", "calendar"),
    [
        ("https://a.example/calendar?month=2026-11", True),
        ("https://a.example/events/2026/11/", True),
        ("https://a.example/kalender?jahr=2026", True),
        ("https://a.example/2026/11/events-of-a-long-night", False),
        ("https://a.example/news/calendar-reform-fails-in-parliament", False),
    ],
)
def test_calendars_have_no_end(url: str, *, calendar: bool) -> None:
    assert is_calendar(url) is calendar


@pytest.mark.parametrize(
    ("url", "public"),
    [
        ("https://a.example/x", True),
        ("http://localhost:8080/x", False),
        ("http://intranet/x", False),
        ("http://router.lan/", False),
        ("http://wiki.corp/x", False),
        ("http://[", False),
    ],
)
def test_links_into_somebodys_network_are_not_followed(url: str, *, public: bool) -> None:
    assert is_public_name(url) is public


def test_what_the_operator_allows_may_be_followed() -> None:
    assert is_public_name("http://desk.local/x", ("desk.local",))


def test_a_heading_says_more_than_a_link_even_when_it_says_no() -> None:
    link = way("a.example", how="blind", hint="as they wrote", evidence=1)
    heading = way("a.example", how="listed", hint="Rain in the hills", evidence=0)
    assert tells_more(heading, link)
    assert not tells_more(link, heading)
    assert tells_more(way("a.example", how="search", hint="The dam", evidence=3), heading)


def test_the_best_question_is_asked_first() -> None:
    watch = promise()
    asked = list(
        ways_of(
            {"x": "https://x.example/?q={query}"}, ["zelwick", "alpha"], distance=1, parent=None
        )
    )
    assert [one.hint for one in asked] == ["x: zelwick", "x: alpha"]
    assert watch.best(reversed(asked)) is asked[0]


def test_outlets_are_found_by_name_and_by_host() -> None:
    outlets = Outlets({"dailybeacon": ("The Daily Beacon", "beacon.example")}, [])
    outlets.met("kuestenkurier.example")
    outlets.met("harbour-gazette.example")
    assert outlets("The Daily Beacon") == "beacon.example"
    assert outlets("Küstenkurier") == "kuestenkurier.example"
    assert outlets("The Harbour Gazette") == "harbour-gazette.example"
    assert outlets("Nobody's Paper") is None
    outlets.seen_at("https://www.evening-mail.example/a-b-c-1")
    assert outlets("The Evening Mail") == "evening-mail.example"
    assert outlets.place("evening-mail.example") == "www.evening-mail.example"
    assert outlets.place("beacon.example") == "beacon.example"


def test_searches_ask_for_what_decides_alone() -> None:
    query = 'calexit OR "yes california" OR (secession* AND (russia OR moscow))'
    assert queries(query, {"calexit": 5.0, "yes california": 4.0}) == [
        "calexit",
        '"yes california"',
    ]
    assert filled("https://x.example/?q={query}", '"yes california"').endswith(
        "q=%22yes%20california%22"
    )
    assert queries("embassy AND secession", {"embassy": 2.0, "secession": 3.0}) == [
        "secession embassy"
    ]


def way(host: str, number: int = 1, **more: object) -> Way:
    told: dict[str, object] = {
        "key": f"{host}/a-b-c-{number}",
        "url": f"https://{host}/a-b-c-{number}",
        "kind": WayKind.PAGE,
        "how": "citation",
        "parent": None,
        "distance": 1,
    }
    return Way(**(told | more))  # type: ignore[arg-type] # a test's shorthand


def promise() -> Promise:
    config = Config.model_validate({"home": "/nowhere"})
    return Promise(config, Budget(config))


def test_the_surest_way_comes_first_and_the_hopeless_are_left() -> None:
    watch = promise()
    sure, vague = way("a.example", evidence=3), way("b.example", how="listed")
    assert watch.best([vague, sure]) is sure
    watch.budget.requests, watch.budget.found = 300, 50
    assert watch.best([vague]) is None


def test_a_host_that_brings_nothing_is_closed_and_says_so() -> None:
    watch = promise()
    at = datetime(2026, 11, 1, tzinfo=UTC)
    for number in range(4):
        watch.learn(way("farm.example", number, state=WayState.OFF, asked=at))
    assert watch.hosts["farm.example"].is_closed
    assert watch.of(way("farm.example", 9, evidence=3)) == 0
    for number in range(3):
        watch.learn(way("mirror.example", number, state=WayState.COPY, asked=at))
    assert "repeat other outlets" in watch.hosts["mirror.example"].why_closed("mirror.example")


def test_budgets_hold() -> None:
    watch = promise()
    watch.budget.spend({"a.example": watch.config.outward.per_host})
    assert watch.of(way("a.example", evidence=3)) == 0
    watch.budget.this_hour = watch.config.outward.requests
    assert watch.best([way("b.example", evidence=3)]) is None
    assert "budget" in watch.budget.why_stopped(1)
    assert watch.of(way("c.example", evidence=3, distance=99)) == 0


def test_what_is_under_way_is_spent_already() -> None:
    watch = promise()
    first, second = way("a.example", 1, evidence=3), way("a.example", 2, evidence=3)
    watch.begin(first)
    assert sum(watch.budget.under_way.values()) == 2  # robots.txt of a new host, and the page
    assert watch.best([second]) is None  # a host is asked once until it is known
    watch.end(first)
    watch.hosts["a.example"].known = True
    assert watch.best([second]) is second
    assert watch.cost(second) == 1


def test_in_debt_only_sure_pages_are_asked_for() -> None:
    watch = promise()
    watch.hosts["a.example"].known = True
    watch.budget.requests, watch.budget.found = 400, 100
    assert watch.best([way("a.example", 1, evidence=3)]) is not None
    assert watch.best([way("a.example", 2, kind=WayKind.SECTION, how="neighbour")]) is None


def test_what_lowers_the_cost_of_each_article_is_followed_in_debt() -> None:
    budget = promise().budget
    budget.requests, budget.found, budget.at_start = 200, 66, 40  # eight are owed
    assert budget.may(1, 0.5, is_page=False) is True
    assert budget.may(1, 0.36, is_page=False) is False
    budget.requests = 230
    assert budget.may(1, 0.6, is_page=False) is False  # so much is never owed
    budget.requests, budget.at_start = 200, 50  # who found enough with the first ones owes less
    assert budget.may(1, 0.5, is_page=False) is False


def test_pages_that_wait_at_one_host_share_its_robots() -> None:
    watch = promise()
    alone = way("a.example", 1, evidence=3)
    several = [way("b.example", number, evidence=3) for number in range(5)]
    assert watch.best([alone, *several]) in several
    assert watch.of(several[0]) > 1.5 * watch.of(alone)
    front = way("b.example", 9, kind=WayKind.SECTION, how="seen")
    before = watch.of(front)
    watch.best([front])
    assert watch.of(front) < before  # nothing waits there any more


def test_few_of_a_kind_are_tried_before_it_is_known() -> None:
    watch = promise()
    some = [way(f"{name}.example", evidence=2) for name in "abcd"]
    for one in some:
        watch.hosts[one.host].known = True
    watch.begin(some[0])
    watch.begin(some[1])
    assert watch.best(some[2:]) is None
    for one in some[:2]:
        watch.end(one)
        watch.learn(replace(one, state=WayState.FOUND, asked=datetime(2026, 11, 1, tzinfo=UTC)))
    watch.begin(some[2])
    assert watch.best(some[3:]) is some[3]


def test_who_promises_everything_and_has_nothing_is_believed_less() -> None:
    watch = promise()
    at = datetime(2026, 11, 1, tzinfo=UTC)
    honest, liar = way("a.example", 2, evidence=3), way("b.example", 2, evidence=3)
    for one in (honest, liar):
        watch.hosts[one.host].known = True
    watch.learn(replace(liar, state=WayState.OFF, asked=at))
    assert watch.of(liar) < 0.5 * watch.of(honest)


def test_a_list_of_links_counts_twice_against_its_host() -> None:
    watch = promise()
    at = datetime(2026, 11, 1, tzinfo=UTC)
    for number in range(2):
        watch.learn(way("farm.example", number, state=WayState.DROPPED, asked=at))
    assert watch.hosts["farm.example"].is_closed


def test_a_redirector_has_no_lists_and_no_coverage() -> None:
    watch = promise()
    front = way("short.example", 9, kind=WayKind.SECTION, how="neighbour")
    before = watch.of(front)
    at = datetime(2026, 11, 1, tzinfo=UTC)
    found = way("short.example", state=WayState.FOUND, asked=at)
    there = watch.passed(found, "https://a.example/the-dam")
    watch.learn(there)
    assert watch.hosts["a.example"].found == 1
    assert watch.hosts["short.example"].found == 0
    assert watch.of(front) < before
    assert watch.passed(found, found.url) is found or watch.passed(found, found.url) == found


def test_who_had_no_luck_at_first_is_held_to_the_price_from_there_on() -> None:
    budget = promise().budget
    budget.requests, budget.found = 140, 10
    assert budget.may(1, 0.5, is_page=True) is False  # 21 are owed, more than may be
    budget.found += 7
    assert budget.may(1, 0.5, is_page=True) is True
    assert budget.may(1, 0.35, is_page=True) is False


def test_what_coverage_names_is_not_overruled_by_a_heading_that_says_little() -> None:
    named = way("a.example", how="named", hint="The Beacon", evidence=0)
    vague = way("a.example", how="listed", hint="What happens now", evidence=0)
    plain = way("a.example", how="listed", hint="The dam is closed", evidence=3)
    assert not tells_more(vague, named)
    assert tells_more(named, vague)
    assert tells_more(plain, named)
    assert not tells_more(named, plain)


def test_a_second_list_is_worth_what_the_first_did_not_reach() -> None:
    watch = promise()
    at = datetime(2026, 11, 1, tzinfo=UTC)
    feed = way("a.example", 1, kind=WayKind.FEED, how="archive")
    section = way("a.example", 2, kind=WayKind.SECTION, how="neighbour")
    watch.hosts["a.example"].found = 1
    before = watch.of(section)
    read = replace(feed, state=WayState.ASKED, asked=at)
    watch.learn(read, Shown(addresses=20, beyond=0.0))
    assert watch.of(section) == 0
    watch.hosts["a.example"].beyond = 0.9
    assert 0 < watch.of(section) <= before


def test_of_pages_under_one_heading_one_is_tried_first() -> None:
    watch = promise()
    told: dict[str, Any] = {"how": "listed", "evidence": 1, "hint": "Cranes stand still again"}
    alike = [way(f"{name}.example", 1, **told) for name in "abcdef"]
    for one in alike:
        watch.hosts[one.host].known = True
    alone = watch.of(alike[0])
    watch.gather(alike)
    assert watch.of(alike[0]) > 2 * alone
    best = watch.best(alike)
    assert best is not None
    watch.begin(best)
    assert watch.best([one for one in alike if one is not best]) is None


def test_a_heading_that_many_outlets_have_is_looked_at_once() -> None:
    watch = promise()
    told: dict[str, Any] = {"how": "listed", "evidence": 0, "hint": "What happens to them now"}
    alike = [way(f"{name}.example", 1, **told) for name in "abcdef"]
    for one in alike:
        watch.hosts[one.host].known = True
    watch.gather(alike)
    best = watch.best(alike)
    assert best is not None
    watch.begin(best)
    others = [one for one in alike if one is not best]
    watch.gather(others)  # what others taught meanwhile does not make it forgotten
    assert watch.best(others) is None
    watch.end(best)
    assert watch.of(others[0]) < 0.1  # it has been looked at: now by what its heading says


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


def onward() -> Onward:
    likeness = Likeness(features())
    return Onward(likeness, Outlets({}, []), [], since=None, polled=frozenset())
