"""What to ask next on the way outward: what a way promises, what may be spent on it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from spiders.budget import Budget
from spiders.promise import Promise
from spiders.standing import Shown
from stories.config import Config
from stories.ways import WayKind, WayState
from tests.coverage.waiting import promise, way

AT = datetime(2026, 11, 1, tzinfo=UTC)


def ended(watch: Promise, host: str, state: WayState, pages: int) -> None:
    """Let so many pages of a host end so."""
    for number in range(pages):
        watch.learn(way(host, number, state=state, asked=AT))


def test_the_surest_way_comes_first_and_the_hopeless_are_left() -> None:
    watch = promise()
    sure, vague = way("a.example", evidence=3), way("b.example", how="listed")
    assert watch.best([vague, sure]) is sure
    watch.budget.requests, watch.budget.found = 300, 50
    assert watch.best([vague]) is None


def test_a_host_that_brings_nothing_is_closed_and_says_so() -> None:
    watch = promise()
    ended(watch, "farm.example", WayState.OFF, 4)
    assert watch.hosts["farm.example"].is_closed
    assert watch.of(way("farm.example", 9, evidence=3)) == 0
    ended(watch, "mirror.example", WayState.COPY, 3)
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
        watch.learn(replace(one, state=WayState.FOUND, asked=AT))
    watch.begin(some[2])
    assert watch.best(some[3:]) is some[3]


def test_who_promises_everything_and_has_nothing_is_believed_less() -> None:
    watch = promise()
    honest, liar = way("a.example", 2, evidence=3), way("b.example", 2, evidence=3)
    for one in (honest, liar):
        watch.hosts[one.host].known = True
    watch.learn(replace(liar, state=WayState.OFF, asked=AT))
    assert watch.of(liar) < 0.5 * watch.of(honest)


def test_a_list_of_links_counts_twice_against_its_host() -> None:
    watch = promise()
    ended(watch, "farm.example", WayState.DROPPED, 2)
    assert watch.hosts["farm.example"].is_closed


def test_a_redirector_has_no_lists_and_no_coverage() -> None:
    watch = promise()
    front = way("short.example", 9, kind=WayKind.SECTION, how="neighbour")
    before = watch.of(front)
    found = way("short.example", state=WayState.FOUND, asked=AT)
    there = watch.passed(found, "https://a.example/the-dam")
    watch.learn(there)
    assert watch.hosts["a.example"].found == 1
    assert watch.hosts["short.example"].found == 0
    assert watch.of(front) < before
    assert watch.passed(found, found.url) is found or watch.passed(found, found.url) == found


def test_what_promises_hardly_anything_is_left_when_little_is_saved() -> None:
    budget = Budget(Config.model_validate({"home": "/nowhere"}), requests=150, found=60, least=0.04)
    each = budget.config.outward.per_article
    assert budget.may(1, 0.1, is_page=False)
    budget.found = round(151 / each / 0.97)
    assert not budget.may(1, 0.1, is_page=False)
    assert budget.may(1, 0.2, is_page=False)


def test_who_had_no_luck_at_first_is_held_to_the_price_from_there_on() -> None:
    budget = promise().budget
    budget.requests, budget.found = 140, 10
    assert budget.may(1, 0.5, is_page=True) is False  # 21 are owed, more than may be
    budget.found += 7
    assert budget.may(1, 0.5, is_page=True) is True
    assert budget.may(1, 0.35, is_page=True) is False


def test_a_second_list_is_worth_what_the_first_did_not_reach() -> None:
    watch = promise()
    feed = way("a.example", 1, kind=WayKind.FEED, how="archive")
    section = way("a.example", 2, kind=WayKind.SECTION, how="neighbour")
    watch.hosts["a.example"].found = 1
    before = watch.of(section)
    read = replace(feed, state=WayState.ASKED, asked=AT)
    watch.learn(read, Shown(addresses=20, beyond=0.0))
    assert watch.of(section) == 0
    watch.hosts["a.example"].beyond = 0.9
    assert 0 < watch.of(section) <= before


def test_where_outlets_have_one_article_each_their_tag_pages_are_soon_left() -> None:
    watch = promise()
    told: dict[str, Any] = {"kind": WayKind.SECTION, "how": "tag", "evidence": 3}
    before = watch.of(way("new.example", **told))
    for number in range(5):
        read = way(f"n{number}.example", state=WayState.ASKED, asked=AT, **told)
        watch.learn(read, Shown(addresses=3, led=0.0))
    dry = watch.of(way("new.example", **told))
    assert dry < 0.5 * before
    watch.learn(way("rich.example", state=WayState.ASKED, asked=AT, **told), Shown(led=4.0))
    assert watch.of(way("new.example", **told)) > 2 * dry


def test_questions_that_bring_nothing_new_are_soon_believed_less() -> None:
    watch = promise()
    told: dict[str, Any] = {"kind": WayKind.SEARCH, "how": "search"}
    for number, led in enumerate((8.0, 6.0, 5.0)):
        read = way("finder.example", number, state=WayState.ASKED, asked=AT, brought=9, **told)
        watch.learn(read, Shown(addresses=20, led=led))
    rich = watch.of(way("finder.example", 9, **told))
    for number in range(3, 7):
        read = way("finder.example", number, state=WayState.ASKED, asked=AT, brought=1, **told)
        watch.learn(read, Shown(addresses=20, led=0.1))
    assert watch.of(way("finder.example", 9, **told)) < 0.75 * rich


def test_what_pages_met_in_one_way_brought_counts_for_all_that_is_said_of_them() -> None:
    """Links that are called like an outlet led astray: so will those of which more is said."""
    watch = promise()
    told: dict[str, Any] = {"how": "named", "evidence": 1}
    sure, other = way("new.example", how="named", evidence=2), way("new.example", evidence=2)
    before, without = watch.of(sure), watch.of(other)
    for number in range(6):
        read = way(f"n{number}.example", state=WayState.OFF, asked=AT, **told)
        watch.learn(read)
    assert watch.of(sure) < 0.7 * before
    assert watch.of(other) == without
