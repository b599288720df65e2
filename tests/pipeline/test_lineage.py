"""Who reports and who repeats within one story."""

from __future__ import annotations

from datetime import timedelta

from pipeline.address import key
from pipeline.lineage import Tie, hangs_on, ties
from stories.model import Article, Citation, Copy, CopyKind, FiledArticle, Instant, Precision
from tests.pipeline.invented import DAY


def report(
    number: int,
    outlet: str,
    text: str = "Nothing is owed.",
    *,
    copies: int | None = None,
    cites: tuple[Citation, ...] = (),
    hours: int = 0,
) -> FiledArticle:
    url = address(number, outlet)
    at = DAY + timedelta(hours=hours or number)
    article = Article(
        url=url,
        raw_url=f"{url}?utm_source=x",
        key=key(url),
        outlet=outlet,
        title="A whale in the harbour",
        text=text,
        language="en",
        published=Instant(at=at, precision=Precision.MINUTE, evidence="x"),
        seen=at,
        fetched=at,
        cites=cites,
    )
    copy = copies and Copy(of=copies, url="", kind=CopyKind.WIRE, score=1.0, method="x/1")
    return FiledArticle(id=number, article=article, story=1, copy=copy or None)


def address(number: int, outlet: str) -> str:
    return f"https://www.{outlet}/{number}"


def links(number: int, outlet: str, how: str = "link") -> tuple[Citation, ...]:
    return (Citation(url=f"{address(number, outlet)}?utm_medium=feed", how=how),)


WIRE = report(1, "meridian-wire.example")


def of(articles: list[FiledArticle]) -> set[tuple[int, str, int | None, str]]:
    return {(tie.article, tie.how, tie.of, tie.outlet) for tie in ties(articles)}


def test_copies_quotations_links_and_credits_are_told_apart() -> None:
    articles = [
        WIRE,
        report(2, "courier.example", "PORT SORREL (Reuters) - A whale.", copies=1),
        report(3, "tribune.example", cites=links(1, "meridian-wire.example", "quotes")),
        report(4, "radio.example", cites=links(3, "tribune.example")),
        report(5, "post.example", "The whale left, Meridian Wire reported on Monday."),
        report(6, "bote.example", "The whale left, Reuters reported on Monday."),
    ]
    assert of(articles) == {
        (2, "copies", 1, "meridian-wire.example"),
        (2, "credits", None, "reuters.com"),
        (3, "quotes", 1, "meridian-wire.example"),
        (4, "links", 3, "tribune.example"),
        (5, "credits", 1, "meridian-wire.example"),
        (6, "credits", None, "reuters.com"),
    }
    (credit,) = (tie for tie in ties(articles) if tie.article == 5)
    assert "Meridian Wire reported" in credit.words


def test_the_strongest_tie_counts_and_the_rest_stand_alone() -> None:
    articles = [
        WIRE,
        report(2, "courier.example", "Meridian Wire reported it.", copies=1),
        report(3, "tribune.example"),
    ]
    parents = hangs_on(articles, ties(articles))
    assert {number: (tie.how, tie.of) for number, tie in parents.items()} == {2: ("copies", 1)}


def test_articles_that_cite_each_other_make_no_circle() -> None:
    articles = [
        report(1, "a.example", cites=links(2, "b.example")),
        report(2, "b.example", cites=links(3, "c.example")),
        report(3, "c.example", cites=links(1, "a.example")),
    ]
    parents = hangs_on(articles, ties(articles))
    assert {number: tie.of for number, tie in parents.items()} == {1: 2, 2: 3}


def test_a_copy_of_what_is_in_another_story_is_no_tie() -> None:
    assert ties([report(2, "courier.example", copies=77)]) == []


def test_whoever_credits_an_outlet_means_what_it_said_first() -> None:
    later = report(7, "meridian-wire.example", hours=50)
    articles = [later, WIRE, report(5, "post.example", "Meridian Wire reported it.")]
    assert ties(articles) == [
        Tie(
            article=5,
            how="credits",
            of=1,
            outlet="meridian-wire.example",
            words="Meridian Wire reported it.",
        )
    ]
