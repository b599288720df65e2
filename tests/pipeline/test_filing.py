from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import islice, permutations

import pytest

from pipeline.file import Ended, Filer, Polled, Read
from stories.archive import Archive, open_archive
from stories.model import (
    CopyKind,
    FiledArticle,
    Outcome,
    Poll,
    PollStatus,
    Sighting,
    Source,
    SourceKind,
    Topic,
    Verdict,
)
from tests.pipeline.invented import DAY, outcome_of, paragraphs, read, sentences, stream

REPORT = sentences(1, 24)
OTHER = sentences(2, 24)
OPINION = sentences(3, 24)


def all_of(archive: Archive) -> dict[str, FiledArticle]:
    with archive.reading() as tx:
        return {one.article.url: one for one in tx.articles.after(0, 10_000)}


def quoted_by(archive: Archive, number: int) -> list[int]:
    with archive.reading() as tx:
        return [one.of for one in tx.copies.quoted([number]).get(number, [])]


def wire_and_others() -> list[Read]:
    text = paragraphs(REPORT)
    cut = paragraphs(REPORT[:10])
    own = OPINION[:12]
    return [
        read("https://wire.example/report", "Gelok opens embassy", text),
        read("https://courier.example/a", "An embassy for Gelok", text, hours=1),
        read("https://herald.example/b", "Far from home", f"HILLTON (Wire) -\n{cut}", hours=2),
        read(
            "https://post.example/c",
            "What they are up to",
            paragraphs(own[:6] + REPORT[4:14] + own[6:]),
            hours=3,
        ),
        read("https://post.example/d", "A bridge is closed", paragraphs(OTHER), hours=3),
    ]


def test_copies_are_folded_under_the_wire_report(archive: Archive) -> None:
    Filer(archive).file(wire_and_others())
    filed = all_of(archive)
    wire = filed["https://wire.example/report"]
    same, cut = filed["https://courier.example/a"].copy, filed["https://herald.example/b"].copy
    assert wire.copy is None
    assert same is not None
    assert (same.of, same.kind, same.score) == (wire.id, CopyKind.SAME, 1.0)
    assert cut is not None
    assert (cut.of, cut.kind, cut.url) == (wire.id, CopyKind.TRUNCATED, wire.article.url)
    assert cut.score > 0.9


def test_a_commentary_that_quotes_half_is_its_own_article_in_the_same_story(
    archive: Archive,
) -> None:
    Filer(archive).file(wire_and_others())
    filed = all_of(archive)
    wire, opinion = filed["https://wire.example/report"], filed["https://post.example/c"]
    assert opinion.copy is None
    assert opinion.story == wire.story
    assert quoted_by(archive, opinion.id) == [wire.id]
    assert quoted_by(archive, wire.id) == []


def test_copies_and_quotations_do_not_depend_on_the_order_of_arrival(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    found = set()
    for items in islice(permutations(wire_and_others()), 0, None, 5):
        url = f"sqlite:///{tmp_path_factory.mktemp('orders') / 'a.db'}"
        with open_archive(url) as archive:
            Filer(archive).file(items)
            filed = all_of(archive)
            by_number = {one.id: address for address, one in filed.items()}
            found.add(
                tuple(
                    (
                        address,
                        one.copy and one.copy.url,
                        tuple(by_number[number] for number in quoted_by(archive, one.id)),
                    )
                    for address, one in sorted(filed.items())
                )
            )
    assert len(found) == 1


def test_another_event_is_another_story(archive: Archive) -> None:
    Filer(archive).file(wire_and_others())
    filed = all_of(archive)
    assert filed["https://post.example/d"].story != filed["https://wire.example/report"].story
    with archive.reading() as tx:
        stories = tx.events.stories([filed["https://wire.example/report"].story])
    (story,) = stories.values()
    assert story.title == "Gelok opens embassy"
    assert (story.articles, story.copies) == (4, 2)
    assert story.first == story.lead == filed["https://wire.example/report"].id
    assert story.outlets == ("courier.example", "herald.example", "post.example", "wire.example")
    assert story.last_at - story.first_at == timedelta(hours=3)


def test_an_edited_article_is_a_new_version_and_not_a_copy(archive: Archive) -> None:
    url = "https://courier.example/live"
    filer = Filer(archive)
    before = read(url, "First words", paragraphs(REPORT))
    (first,) = filer.file([before])
    (again,) = filer.file([read(url, "First words", paragraphs(REPORT, each=3))])
    (after,) = filer.file([read(url, "Better words", paragraphs([*REPORT[:20], *OTHER[:2]]))])
    outcomes = [one.verdict.outcome for one in (first, again, after) if one.verdict]
    assert outcomes == [Outcome.FILED, Outcome.UNCHANGED, Outcome.VERSION]
    (filed,) = all_of(archive).values()
    assert filed.copy is None
    assert filed.versions == 2
    assert filed.article.title == "Better words"
    with archive.reading() as tx:
        assert [one.title for one in tx.articles.versions(filed.id)] == [
            "First words",
            "Better words",
        ]


def test_later_copies_are_of_the_text_as_it_is_now(archive: Archive) -> None:
    filer = Filer(archive)
    filer.file([read("https://courier.example/live", "One", paragraphs(REPORT))])
    filer.file([read("https://courier.example/live", "One", paragraphs(OTHER))])
    filer.file(
        [
            read("https://herald.example/old", "Two", paragraphs(REPORT), hours=1),
            read("https://herald.example/new", "Three", paragraphs(OTHER), hours=1),
        ]
    )
    filed = all_of(archive)
    assert filed["https://herald.example/old"].copy is None
    copy = filed["https://herald.example/new"].copy
    assert copy is not None
    assert copy.of == filed["https://courier.example/live"].id


def test_the_same_outlet_says_it_anew(archive: Archive) -> None:
    Filer(archive).file(
        [
            read("https://courier.example/1", "One", paragraphs(REPORT[:20])),
            read(
                "https://courier.example/2",
                "Two",
                paragraphs([*OTHER[:8], *REPORT[4:18]]),
                hours=5,
            ),
        ]
    )
    copy = all_of(archive)["https://courier.example/2"].copy
    assert copy is not None
    assert copy.kind is CopyKind.UPDATE


def test_an_earlier_original_that_turns_up_late_takes_over(archive: Archive) -> None:
    filer = Filer(archive)
    filer.file(
        [
            read("https://courier.example/a", "Copy", paragraphs(REPORT), hours=9),
            read("https://herald.example/b", "Cut", paragraphs(REPORT[:10]), hours=10),
        ]
    )
    filer.file([read("https://wire.example/w", "Original", paragraphs(REPORT), hours=1)])
    filed = all_of(archive)
    wire = filed["https://wire.example/w"]
    assert wire.copy is None
    for url in ("https://courier.example/a", "https://herald.example/b"):
        copy = filed[url].copy
        assert copy is not None
        assert copy.of == wire.id
    assert len({one.story for one in filed.values()}) == 1


def test_the_full_text_takes_over_from_a_cut_one(archive: Archive) -> None:
    filer = Filer(archive)
    filer.file([read("https://courier.example/cut", "Cut", paragraphs(REPORT[:10]))])
    filer.file([read("https://wire.example/full", "Full", paragraphs(REPORT), hours=2)])
    filed = all_of(archive)
    copy = filed["https://courier.example/cut"].copy
    assert filed["https://wire.example/full"].copy is None
    assert copy is not None
    assert (copy.kind, copy.of) == (
        CopyKind.TRUNCATED,
        filed["https://wire.example/full"].id,
    )


def test_marked_quotations_are_not_copied_words(archive: Archive) -> None:
    quoted = REPORT[:16]
    lines = [OPINION[0], *quoted, OPINION[1]]
    filer = Filer(archive)
    filer.file([read("https://wire.example/w", "Report", paragraphs(REPORT))])
    filer.file(
        [
            read(
                "https://post.example/q",
                "Read this",
                "\n".join(lines),
                hours=1,
                roles="p" + "q" * len(quoted) + "p",
            )
        ]
    )
    filed = all_of(archive)
    one = filed["https://post.example/q"]
    assert one.copy is None
    assert quoted_by(archive, one.id) == [filed["https://wire.example/w"].id]


def in_batches(url: str, items: Sequence[Read], size: int, *, anew: bool = False) -> object:
    with open_archive(url) as archive:
        filer = Filer(archive)
        for at in range(0, len(items), size):
            if anew:
                filer = Filer(archive)
            filer.file(items[at : at + size])
        return outcome_of(archive)


def test_the_result_does_not_depend_on_the_batches_or_on_restarts(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    def fresh() -> str:
        return f"sqlite:///{tmp_path_factory.mktemp('batches') / 'a.db'}"

    items = stream()
    one_by_one = in_batches(fresh(), items, 1)
    assert one_by_one == in_batches(fresh(), items, 7, anew=True)
    assert one_by_one == in_batches(fresh(), items, 1000)


def test_both_engines_come_to_the_same_result(sqlite_url: str, postgres_url: str) -> None:
    items = stream()
    assert in_batches(sqlite_url, items, 16) == in_batches(postgres_url, items, 16)


def test_filing_the_same_again_changes_nothing(archive: Archive) -> None:
    items = stream()
    Filer(archive).file(items)
    before = outcome_of(archive)
    last = {one.article.key: one for one in items}
    again = Filer(archive).file(list(last.values()))
    assert {one.verdict.outcome for one in again if one.verdict} == {Outcome.UNCHANGED}
    assert outcome_of(archive) == before


def test_topics_are_filed_in_the_same_transaction(archive: Archive) -> None:
    with archive.writing() as tx:
        tx.topics.sync([Topic(name="embassies", query="embassy")])
    done = Filer(archive).file(wire_and_others())
    filed = all_of(archive)
    assert filed["https://wire.example/report"].topics == ("embassies",)
    assert filed["https://post.example/d"].topics == ()
    first = done[0].verdict
    assert first is not None
    assert [step.what for step in first.steps][-1] == "answers embassies"


def feed(archive: Archive) -> str:
    name = "courier/feed"
    with archive.writing() as tx:
        tx.sources.found(
            "courier",
            [
                Source(
                    name=name,
                    url="https://courier.example/feed",
                    kind=SourceKind.FEED,
                    outlet="courier.example",
                    declared="courier",
                )
            ],
            DAY,
        )
    return name


def sighted(name: str, *paths: str) -> tuple[Sighting, ...]:
    return tuple(
        Sighting(url=f"https://courier.example/{path}", source=name, seen=DAY) for path in paths
    )


def polled(name: str, *paths: str, hours: float = 0) -> Polled:
    at = DAY + timedelta(hours=hours)
    return Polled(
        poll=Poll(source=name, at=at, status=PollStatus.OK, full=True),
        sightings=sighted(name, *paths),
    )


def urls(fetch: Sequence[Sighting]) -> list[str]:
    return [one.url.rsplit("/", 1)[1] for one in fetch]


def run_of(archive: Archive) -> int:
    with archive.writing() as tx:
        return tx.runs.start("test", DAY).id


def test_a_poll_hands_out_what_is_new_and_what_still_waits(archive: Archive) -> None:
    name = feed(archive)
    first = Filer(archive, run_of(archive))
    (done,) = first.file([polled(name, "a", "b", "a?utm_source=x")])
    assert urls(done.fetch) == ["a", "b"]
    (done,) = first.file([polled(name, "b", "c")])
    assert urls(done.fetch) == ["c"]
    # The crawl dies here; the next one asks a feed that has only one of them left.
    second = Filer(archive, run_of(archive))
    (done,) = second.file([polled(name, "d", hours=1)])
    assert sorted(urls(done.fetch)) == ["a", "b", "c", "d"]
    with archive.reading() as tx:
        polls = tx.sources.polls(name)
    assert [(one.new, one.known, one.repeated) for one in polls] == [
        (1, 0, 0),
        (1, 0, 1),
        (2, 0, 1),
    ]


def test_a_poll_of_nothing_but_new_addresses_may_be_a_gap(archive: Archive) -> None:
    name = feed(archive)
    filer = Filer(archive, run_of(archive))
    filer.file([polled(name, "a", "b")])
    filer.file([polled(name, "b", "c")])
    filer.file([polled(name, "d", "e")])
    with archive.reading() as tx:
        assert [one.gap for one in tx.sources.polls(name)] == [True, False, False]


def test_what_is_filed_is_not_handed_out_again(archive: Archive) -> None:
    name = feed(archive)
    Filer(archive, run_of(archive)).file([polled(name, "a", "b")])
    item = read("https://courier.example/a", "A", paragraphs(REPORT), source=name)
    Filer(archive, run_of(archive)).file([item])
    (done,) = Filer(archive, run_of(archive)).file([polled(name, "a", "b", hours=1)])
    assert urls(done.fetch) == ["b"]


def test_failures_wait_longer_each_time_and_then_are_given_up(archive: Archive) -> None:
    name = feed(archive)
    Filer(archive, run_of(archive)).file([polled(name, "a")])
    failed = Verdict(
        url="https://courier.example/a",
        key="courier.example/a",
        at=DAY,
        outcome=Outcome.FAILED,
        reason="http-503",
        source=name,
        retry_at=DAY + timedelta(minutes=10),
    )
    waits = []
    for _ in range(3):
        (done,) = Filer(archive, run_of(archive), tries=3).file([Ended(verdict=failed)])
        assert done.verdict is not None
        waits.append(done.verdict.retry_at and done.verdict.retry_at - DAY)
    assert waits == [timedelta(minutes=10), timedelta(minutes=20), None]
    (done,) = Filer(archive, run_of(archive)).file([polled(name, hours=99)])
    assert done.fetch == ()


def test_an_address_that_leads_to_a_filed_article_is_moved(archive: Archive) -> None:
    item = read("https://courier.example/a", "A", paragraphs(REPORT))
    short = replace(item.article, raw_url="https://courier.example/s/1")
    run = run_of(archive)
    Filer(archive, run).file([item])
    (done,) = Filer(archive, run).file([Read(article=short)])
    assert done.verdict is not None
    assert done.verdict.outcome is Outcome.MOVED
    with archive.reading() as tx:
        (ledger,) = tx.ledger.of("courier.example/s/1")
        state = tx.addresses.get("courier.example/s/1")
    assert ledger[1].outcome is Outcome.MOVED
    assert state is not None
    assert not state.waiting


def test_an_error_undoes_the_whole_batch(archive: Archive) -> None:
    filer = Filer(archive)
    items = wire_and_others()
    broken = replace(items[1].article, seen=DAY.replace(tzinfo=None), published=None)
    with pytest.raises(Exception, match="time zone"):
        filer.file([items[0], Read(article=broken)])
    assert all_of(archive) == {}
    filer.file(items)
    assert len(all_of(archive)) == len(items)
