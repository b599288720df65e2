"""Who reports, who repeats: how the articles of one story hang together.

An article *copies* another one of the story, *quotes* it at length, *links* to it, or *credits* its
outlet in words. Outlets outside the story are kept where they are credited: somebody reported there
what is not stored.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.address import key
from pipeline.credits import Known, by_table, credits_in
from pipeline.well_known import folded
from stories.hosts import bare_host
from stories.model import FiledArticle

HOWS = ("copies", "quotes", "links", "credits")
"""The strongest first: by it an article hangs on another one."""

CALLED = 5
"""Letters that a name must have to be taken for the beginning of an outlet's host."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """What one article of a story (`article`, its number) owes to another one.

    `how` is one of :data:`HOWS`. `of` is the number of the other article, None when it is not in
    the story; `outlet` is whose it is. `words` are those that credit.
    """

    article: int
    how: str
    outlet: str
    of: int | None = None
    words: str = ""


def ties(articles: Sequence[FiledArticle]) -> list[Tie]:
    """Return what the articles of one story owe to each other, and whom else they credit."""
    numbers = {}
    for one in articles:
        for url in (one.article.url, one.article.raw_url):
            numbers[key(url)] = one.id
    outlets = {one.id: one.article.outlet for one in articles}
    found: dict[tuple[int, str, int | str], Tie] = {}
    known = _known_among(set(outlets.values()))
    for one in articles:
        for tie in (*_linked(one, numbers, outlets), *_credited(one, articles, known)):
            found.setdefault((one.id, tie.how, tie.of or tie.outlet), tie)
    return list(found.values())


def hangs_on(articles: Sequence[FiledArticle], owed: Sequence[Tie]) -> dict[int, Tie]:
    """Return for each article the one tie by which it hangs on another, so that trees come out.

    The strongest tie counts, to the earliest; who owes nothing within the story stands alone.
    """
    ages = {one.id: (one.article.when, one.id) for one in articles}
    parents: dict[int, Tie] = {}
    for one in sorted(articles, key=lambda one: ages[one.id]):
        mine = [
            (HOWS.index(tie.how), ages[tie.of], tie.of, tie)
            for tie in owed
            if tie.article == one.id and tie.of is not None
        ]
        for _, _, of, tie in sorted(mine, key=lambda some: some[:2]):
            if one.id not in _above(of, parents):
                parents[one.id] = tie
                break
    return parents


def _above(number: int, parents: dict[int, Tie]) -> set[int]:
    """An article and all on which it hangs."""
    seen = {number}
    while (tie := parents.get(number)) is not None and tie.of is not None and tie.of not in seen:
        number = tie.of
        seen.add(number)
    return seen


def _linked(one: FiledArticle, numbers: dict[str, int], outlets: dict[int, str]) -> Iterator[Tie]:
    if one.copy and one.copy.of in outlets:
        yield Tie(article=one.id, how="copies", of=one.copy.of, outlet=outlets[one.copy.of])
    for cited in one.article.cites:
        number = numbers.get(key(cited.url))
        if number is not None and number != one.id and cited.how in {"quotes", "link"}:
            how = "quotes" if cited.how == "quotes" else "links"
            yield Tie(article=one.id, how=how, of=number, outlet=outlets[number])


def _known_among(outlets: set[str]) -> Known:
    """Whose name it is: one that all the world knows, or how an outlet of the story is called."""
    labels = {
        outlet.partition(".")[0].replace("-", "").removeprefix("the"): outlet for outlet in outlets
    }

    def known(name: str) -> str | None:
        called = "".join(filter(str.isalnum, folded(name))).removeprefix("the")
        theirs = [outlet for label, outlet in labels.items() if label.startswith(called)]
        return by_table(name) or (theirs[0] if len(called) >= CALLED and len(theirs) == 1 else None)

    return known


def _credited(one: FiledArticle, articles: Sequence[FiledArticle], known: Known) -> Iterator[Tie]:
    article = one.article
    for credit in credits_in(article.text.splitlines(), article.language, known):
        host = bare_host(f"https://{credit.host}/") if credit.host else ""
        if not host or host == article.outlet:
            continue
        theirs = [other for other in articles if other.article.outlet == host]
        # Whoever credits an outlet means what it said first.
        first = min(theirs, key=lambda other: (other.article.when, other.id), default=None)
        yield Tie(
            article=one.id,
            how="credits",
            of=first.id if first else None,
            outlet=host,
            words=credit.words,
        )
