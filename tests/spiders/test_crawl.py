"""Whole crawls over real HTTP into a real archive: nothing lost, nothing twice, all of it said."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from pipeline.address import key
from pipeline.readers import Readers
from spiders.crawl import crawl, run
from spiders.report import Progress
from stories.archive import Archive, open_archive
from stories.config import Config
from stories.model import Outcome, PollStatus, Run, SourceState, Verdict
from tests.newsstand import Answer, Newsstand, Outlet

Desk = Callable[..., Config]
WORDS = [
    "council",
    "harbour",
    "vote",
    "close",
    "ship",
    "crew",
    "winter",
    "report",
    "minister",
    "bank",
    "rate",
    "bridge",
    "night",
    "storm",
    "school",
    "river",
    "market",
    "price",
    "border",
    "train",
    "strike",
    "judge",
    "court",
    "law",
    "letter",
    "friend",
    "house",
    "garden",
    "engine",
    "paper",
    "museum",
    "song",
    "doctor",
    "village",
    "mountain",
    "island",
    "teacher",
    "window",
    "summer",
]


def prose(seed: int, paragraphs: int = 6) -> str:
    """Text of an invented story, different for each seed."""
    chance = random.Random(seed)
    return "\n".join(
        " ".join(
            f"The {chance.choice(WORDS)} of the {chance.choice(WORDS)} said on Monday that the "
            f"{chance.choice(WORDS)} and the {chance.choice(WORDS)} were near the "
            f"{chance.choice(WORDS)} {chance.randint(1, 99_999)}."
            for _ in range(4)
        )
        for _ in range(paragraphs)
    )


@pytest.fixture(scope="module")
def readers() -> Iterator[Readers]:
    """Two reading processes for all crawls of this file, as a worker has them."""
    opened = Readers(2, 20)
    yield opened
    opened.close()


@pytest.fixture
def courier(stand: Newsstand) -> Outlet:
    outlet = stand.outlet("Courier")
    for number in range(5):
        outlet.publish(f"/2026/05/story-number-{number}.html", f"Story {number}", prose(number))
    return outlet


class Bureau:
    """An archive and what it takes to crawl for it."""

    def __init__(self, config: Config, readers: Readers | None) -> None:
        self.config, self.readers = config, readers
        self.archive: Archive = open_archive(config.database)
        self.progress: list[Progress] = []
        with self.archive.writing() as tx:
            tx.sources.sync(config.sources)

    def crawl(self, *names: str) -> Run:
        return run(lambda: self.round(*names))

    async def round(self, *names: str) -> Run:
        with self.archive.writing() as tx:
            states: list[SourceState] = tx.sources.named(*names) if names else tx.sources.all()
            number = tx.runs.start("test", datetime.now(UTC), len(states)).id
        status = "stopped"
        try:
            await crawl(
                self.config, self.archive, number, states, self.progress.append, self.readers
            )
            status = "done"
        finally:
            with self.archive.writing() as tx:
                done = tx.runs.finish(number, status, datetime.now(UTC))
        return done

    def articles(self) -> list[str]:
        with self.archive.reading() as tx:
            return sorted(one.article.url for one in tx.articles.after(0, 10_000))

    def verdicts(self, one: Run) -> dict[str, Verdict]:
        with self.archive.reading() as tx:
            return {v.url: v for v in tx.ledger.of_run(one.id)}

    def state(self, name: str) -> SourceState:
        with self.archive.reading() as tx:
            return tx.sources.named(name)[0]


@pytest.fixture
def bureau(desk: Desk, readers: Readers) -> Iterator[Callable[..., Bureau]]:
    opened: list[Bureau] = []

    def make(*sources: tuple[str, str, str], **fetch: Any) -> Bureau:
        declared = {name: {"url": url, "kind": kind} for name, url, kind in sources}
        opened.append(Bureau(desk(declared, **fetch), readers))
        return opened[-1]

    yield make
    for one in opened:
        one.archive.close()


def of(outlet: Outlet) -> list[tuple[str, str, str]]:
    return [
        ("courier", outlet.url + "/feed.xml", "feed"),
        ("courier-map", outlet.url + "/sitemap-news.xml", "sitemap"),
        ("courier-front", outlet.url + "/", "section"),
    ]


def adds_up(one: Run) -> bool:
    counts = one.counts
    outcomes = sum(counts.get(outcome.value, 0) for outcome in Outcome)
    seen = counts["known"] + counts["repeated"] + counts["new"]
    return counts["sightings"] == seen and counts["addresses"] == outcomes


def test_every_kind_of_source_in_one_round_and_each_article_once(
    stand: Newsstand, courier: Outlet, bureau: Callable[..., Bureau]
) -> None:
    one = bureau(*of(courier))
    done = one.crawl()
    assert one.articles() == sorted(courier.url + story.path for story in courier.stories)
    assert done.counts["filed"] == 5
    assert done.counts["sightings"] == 15
    assert (done.counts["new"], done.counts["repeated"]) == (5, 10)
    assert adds_up(done)
    for story in courier.stories:
        assert len(stand.asked(story.path)) == 1
    last = one.progress[-1]
    assert (last.sources, last.polled, last.new, last.fetched) == (3, 3, 5, 5)
    assert (last.read, last.filed, last.queue) == (5, 5, 0)


def test_the_steps_say_what_happened(courier: Outlet, bureau: Callable[..., Bureau]) -> None:
    old = courier.url + "/moved-2026-05-story.html"
    courier.pages["/moved-2026-05-story.html"] = Answer(
        status=301, headers=(("Location", courier.stories[0].path),)
    )
    feed = courier.answer("/feed.xml").body.replace(
        (courier.url + courier.stories[0].path).encode(), old.encode()
    )
    courier.pages["/feed.xml"] = Answer(body=feed, kind="application/rss+xml")
    one = bureau(("courier", courier.url + "/feed.xml", "feed"))
    said = [step.what for step in one.verdicts(one.crawl())[old].steps]
    assert said[0].startswith("seen at courier, titled “Story 0”")
    assert said[1] == f"redirected to {courier.url}{courier.stories[0].path} (301)"
    assert said[2].startswith("fetched 200 in ")
    assert said[3].startswith("read: ")


def test_a_second_round_fetches_nothing_again_and_polls_get_304(
    stand: Newsstand, courier: Outlet, bureau: Callable[..., Bureau]
) -> None:
    one = bureau(*of(courier))
    one.crawl()
    before = len(stand.log)
    done = one.crawl()
    after = stand.log[before:]
    assert {asked.path for asked in after} == {"/feed.xml", "/sitemap-news.xml", "/"}
    assert all("if-none-match" in asked.headers for asked in after)
    assert done.counts["polls_unchanged"] == 3
    assert done.counts["sightings"] == done.counts["addresses"] == 0
    courier.publish("/2026/05/story-number-9.html", "Story 9", prose(9))
    third = one.crawl()
    assert third.counts["filed"] == third.counts["new"] == 1
    assert third.counts["known"] == 15
    assert len(one.articles()) == 6


def test_a_feed_without_validators_that_stays_the_same_counts_as_unchanged(
    courier: Outlet, bureau: Callable[..., Bureau]
) -> None:
    said = courier.answer("/feed.xml")
    courier.pages["/feed.xml"] = Answer(body=said.body, kind=said.kind, validators=False)
    one = bureau(("courier", courier.url + "/feed.xml", "feed"))
    one.crawl()
    assert one.crawl().counts["polls_unchanged"] == 1
    assert one.state("courier").failures == 0


def test_every_address_ends_with_one_verdict_and_its_reason(
    stand: Newsstand, courier: Outlet, bureau: Callable[..., Bureau]
) -> None:
    busy = stand.outlet("Busy")
    busy.pages["/2026/05/19/busy-story"] = Answer(status=503, headers=(("Retry-After", "600"),))
    courier.robots = "User-agent: *\nDisallow: /private\n"
    courier.pages |= {
        "/paper.pdf": Answer(body=b"%PDF-1.4", kind="application/pdf"),
        "/stub.html": Answer(body=b"<html><body><p>Not much.</p></body></html>"),
        "/gone.html": Answer(status=410),
    }
    ends = {
        courier.url + courier.stories[0].path: "filed",
        courier.url + "/missing.html": "failed http-404",
        courier.url + "/gone.html": "failed http-410",
        courier.url + "/private/story-a-b.html": "refused robots",
        courier.url + "/paper.pdf": "dropped not-a-page",
        courier.url + "/stub.html": "dropped stub",
        busy.url + "/2026/05/19/busy-story": "deferred http-503",
        stand.url + "/bomb/gzip?mb=200": "refused size",
        stand.url + "/redirect/self": "refused redirects",
        stand.url + "/cut/short": "failed cut-short",
        "http://10.0.0.1/2026/05/secret-story": "refused guard",
        "http://169.254.169.254/latest/meta-data": "refused guard",
        "http://nowhere.invalid/2026/05/story": "failed dns",
        f"http://user@127.0.0.1:{stand.port}/story": "refused url",
        "http://" + "a" * 4100 + ".example/": "refused url",
    }
    items = "".join(f"<item><link>{url}</link></item>" for url in ends)
    feed = f"<rss><channel><title>All sorts</title>{items}</channel></rss>"
    courier.pages["/feed.xml"] = Answer(body=feed.encode(), kind="application/rss+xml")
    one = bureau(("courier", courier.url + "/feed.xml", "feed"))
    done = one.crawl()
    got = {
        url: f"{v.outcome} {v.reason.partition(':')[0]}".strip()
        for url, v in one.verdicts(done).items()
    }
    assert got == ends
    assert adds_up(done)
    assert done.counts["addresses"] == len(ends)
    with one.archive.reading() as tx:
        waiting = {u for u in ends if (s := tx.addresses.get(key(u))) is not None and s.waiting}
    assert waiting == {
        url
        for url, end in ends.items()
        if end.startswith(("failed", "deferred")) and "410" not in end
    }


def test_the_trouble_of_one_source_is_its_own(
    stand: Newsstand, courier: Outlet, bureau: Callable[..., Bureau]
) -> None:
    busy = stand.outlet("Busy")
    busy.pages["/feed"] = Answer(status=429, headers=(("Retry-After", "7200"),))
    locked = stand.outlet("Locked")
    locked.robots = "User-agent: *\nDisallow: /"
    page = stand.outlet("Page")
    page.pages["/feed"] = Answer(body=b"<!doctype html><html>Sign in</html>")
    one = bureau(
        ("courier", courier.url + "/feed.xml", "feed"),
        ("busy", busy.url + "/feed", "feed"),
        ("locked", locked.url + "/feed.xml", "feed"),
        ("page", page.url + "/feed", "feed"),
        ("bomb", stand.url + "/bomb/gzip?mb=300", "feed"),
        ("garbage", stand.url + "/garbage/bytes", "sitemap"),
        ("circle", stand.url + "/redirect/self", "section"),
        ("gone", "http://nowhere.invalid/feed", "feed"),
        ("private", "http://10.0.0.1/feed", "feed"),
    )
    before = datetime.now(UTC)
    done = one.crawl()
    assert done.counts["filed"] == 5
    assert done.counts["polls"] == 9
    states = {name: one.state(name) for name in one.config.sources}
    assert {name: (state.status, (state.error or "").partition(":")[0])
            for name, state in states.items()} == {
        "courier": (PollStatus.OK, ""),
        "busy": (PollStatus.DEFERRED, "http-429"),
        "locked": (PollStatus.REFUSED, "robots"),
        "page": (PollStatus.FAILED, "html"),
        "bomb": (PollStatus.REFUSED, "size"),
        "garbage": (PollStatus.FAILED, "bad-answer"),
        "circle": (PollStatus.REFUSED, "redirects"),
        "gone": (PollStatus.FAILED, "dns"),
        "private": (PollStatus.REFUSED, "guard"),
    }  # fmt: skip
    with one.archive.reading() as tx:
        (poll,) = tx.sources.polls("busy")
    assert poll.retry_after is not None
    assert timedelta(hours=1, minutes=59) < poll.retry_after - before < timedelta(hours=2.1)


def test_a_bug_over_one_answer_is_that_source_s_alone(
    courier: Outlet,
    bureau: Callable[..., Bureau],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def stumble(*_: Any, **__: Any) -> None:
        raise ZeroDivisionError("over this very page")

    monkeypatch.setattr("spiders.poll.read_section", stumble)
    one = bureau(*of(courier))
    done = one.crawl()
    assert done.counts["filed"] == 5
    assert one.state("courier-front").error == "bug: ZeroDivisionError('over this very page')"
    assert "over this very page" in caplog.text


def test_what_an_earlier_crawl_left_is_taken_up_though_the_feed_says_304(
    courier: Outlet, bureau: Callable[..., Bureau]
) -> None:
    """As after a kill between a poll and its articles: known means committed."""
    one = bureau(("courier", courier.url + "/feed.xml", "feed"))
    courier.pages |= {
        story.path: Answer(status=503, headers=(("Retry-After", "0"),)) for story in courier.stories
    }
    first = one.crawl()
    assert first.counts["deferred"] == 5
    courier.pages.clear()
    second = one.crawl()
    assert second.counts["polls_unchanged"] == 1
    assert second.counts["filed"] == 5
    assert len(one.articles()) == 5


def test_an_index_of_sitemaps_is_followed(courier: Outlet, bureau: Callable[..., Bureau]) -> None:
    broken = f"<sitemap><loc>{courier.url}/broken.xml</loc></sitemap>"
    index = (
        f"<sitemapindex><sitemap><loc>{courier.url}/sitemap-news.xml</loc></sitemap>{broken}"
        f"<sitemap><loc>{courier.url}/index.xml</loc></sitemap></sitemapindex>"
    )
    courier.pages["/index.xml"] = Answer(body=index.encode(), kind="application/xml")
    one = bureau(("map", courier.url + "/index.xml", "sitemap"))
    done = one.crawl()
    assert done.counts["filed"] == 5
    assert one.crawl().counts["addresses"] == 0
    courier.publish("/2026/05/story-number-9.html", "Story 9", prose(9))
    assert one.crawl().counts["filed"] == 1


def test_a_poll_that_shows_nothing_known_is_a_gap_and_the_sitemap_is_asked(
    stand: Newsstand, courier: Outlet, bureau: Callable[..., Bureau]
) -> None:
    one = bureau(*of(courier)[:2])
    one.crawl("courier")
    missed = courier.publish("/2026/05/missed.html", "Missed by the feed", prose(20))
    courier.publish("/2026/05/new-in-feed.html", "New in the feed", prose(21))
    whole = courier.answer("/feed.xml").body
    cut = whole[: whole.index(b"</item>") + 7] + b"</channel></rss>"
    courier.pages["/feed.xml"] = Answer(body=cut, kind="application/rss+xml")
    done = one.crawl("courier")
    assert missed in one.articles()
    assert done.counts["polls"] == 2
    assert len(stand.asked("/sitemap-news.xml")) == 1
    with one.archive.reading() as tx:
        assert [poll.gap for poll in tx.sources.polls("courier")] == [True, False]


def test_a_stopped_crawl_ends_within_seconds_and_defers_what_it_leaves(
    stand: Newsstand, courier: Outlet, bureau: Callable[..., Bureau]
) -> None:
    slow = [f"{stand.url}/slow/body?n={n}" for n in range(40)]
    items = "".join(f"<item><link>{url}</link></item>" for url in slow)
    courier.pages["/feed.xml"] = Answer(
        body=courier.answer("/feed.xml").body.replace(b"</channel>", f"{items}</channel>".encode())
    )
    one = bureau(("courier", courier.url + "/feed.xml", "feed"), timeout=600)

    async def stopped() -> None:
        task = asyncio.ensure_future(one.round())
        async with asyncio.timeout(60):
            while not one.progress or one.progress[-1].filed < 5:  # noqa: ASYNC110 - a callback
                await asyncio.sleep(0.02)
        task.cancel()
        async with asyncio.timeout(30):
            await asyncio.gather(task, return_exceptions=True)
        assert task.cancelled()

    run(stopped)
    with one.archive.reading() as tx:
        (done,) = tx.runs.recent(1)
    assert (done.status, done.counts["filed"], done.counts["deferred"]) == ("stopped", 5, 40)
    assert adds_up(done)
    assert {v.reason.partition(":")[0] for url, v in one.verdicts(done).items() if url in slow} == {
        "shutdown"
    }


def test_what_never_had_its_turn_is_deferred_too(
    courier: Outlet, bureau: Callable[..., Bureau]
) -> None:
    """Hundreds that wait for a slow host when the crawl is stopped are all accounted for."""
    courier.robots = "User-agent: *\nCrawl-delay: 2\n"
    for number in range(5, 300):
        courier.publish(f"/2026/05/story-number-{number}.html", f"Story {number}", prose(number))
    one = bureau(("courier", courier.url + "/feed.xml", "feed"), concurrency=16)

    async def stopped() -> None:
        task = asyncio.ensure_future(one.round())
        async with asyncio.timeout(60):
            while not one.progress:  # noqa: ASYNC110 - a callback
                await asyncio.sleep(0.02)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    run(stopped)
    with one.archive.reading() as tx:
        (done,) = tx.runs.recent(1)
    assert done.counts["new"] == done.counts["addresses"] == 300
    assert done.counts["deferred"] >= 290
    assert adds_up(done)


def test_an_article_that_changed_is_a_version_only_when_it_is_fetched_again(
    courier: Outlet, bureau: Callable[..., Bureau]
) -> None:
    one = bureau(("courier", courier.url + "/feed.xml", "feed"))
    one.crawl()
    courier.publish(courier.stories[0].path, "Story 0, corrected", prose(99))
    done = one.crawl()
    assert done.counts["known"] == 5
    assert done.counts["addresses"] == 0


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("/2026/05/schöne-alte-brücke", "/2026/05/sch%C3%B6ne-alte-br%C3%BCcke"),
        ("/2026/05/100%-of-the-vote", "/2026/05/100%-of-the-vote"),
        ("/2026/05/a%2Fb-c-d?q=%C3%BC&amp;r=a b", "/2026/05/a%2Fb-c-d?q=%C3%BC&r=a%20b"),
        ("/2026/05/../06/story-of-dots", "/2026/06/story-of-dots"),
        ("/2026/05/[brackets]-and-{braces}", "/2026/05/%5Bbrackets%5D-and-%7Bbraces%7D"),
        ("/2026/05/with-a-fragment#comments", "/2026/05/with-a-fragment"),
    ],
)
def test_addresses_are_asked_as_a_browser_asks_them(
    stand: Newsstand, courier: Outlet, bureau: Callable[..., Bureau], said: str, asked: str
) -> None:
    feed = f"<rss><channel><item><link>{said}</link></item></channel></rss>"
    courier.pages["/feed.xml"] = Answer(body=feed.encode(), kind="application/rss+xml")
    done = bureau(("courier", courier.url + "/feed.xml", "feed")).crawl()
    assert done.counts["addresses"] == 1
    assert [one.path for one in stand.log if one.path.startswith("/2026")] == [asked]


def test_a_crawl_of_nothing_ends(bureau: Callable[..., Bureau]) -> None:
    done = bureau().crawl()
    assert done.counts["polls"] == 0


def test_a_crawl_starts_its_own_readers_when_it_is_given_none(courier: Outlet, desk: Desk) -> None:
    one = Bureau(desk({"c": {"url": courier.url + "/feed.xml", "kind": "feed"}}), None)
    with one.archive:
        assert one.crawl().counts["filed"] == 5
