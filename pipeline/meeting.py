"""Which stories in other languages does a new article meet? What shares its names is linked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from pipeline.frequencies import Frequencies
from pipeline.kinship import Report, kin, report
from stories.archive import Transaction
from stories.archive.kin import Link
from stories.model import Article

EARLY = 8
"""So many articles of a story, the first that came, are compared with those of another one."""


def meet(
    tx: Transaction,
    articles: Sequence[tuple[Article, int]],
    met: Mapping[str, Sequence[int]],
    openers: Mapping[int, tuple[int, str | None]],
    frequencies: Frequencies,
) -> list[Link]:
    """The links between the stories of new articles and those in other languages that they met.

    `articles` come with their stories, `met` has the stories met by an article's key, `openers` the
    first article of each of them, with its language. A story is looked at as the article that
    opened it says it: so that it does not matter what was filed since.
    """
    spoken = {one.key: one.language for one, _ in articles}
    foreign = {
        key: [
            story
            for story in some
            if story in openers and not same_tongue(openers[story][1], spoken[key])
        ]
        for key, some in met.items()
    }
    numbers = sorted({openers[story][0] for some in foreign.values() for story in some})
    texts = tx.articles.get_many(numbers)
    found: list[Link] = []
    for one, story in articles:
        if not foreign.get(one.key):
            continue
        mine = _report(one, story)
        for other in foreign[one.key]:
            link = kin(mine, _report(texts[openers[other][0]].article, other), frequencies)
            if link and other != story:
                found.append(link)
    return found


def closest(
    tx: Transaction,
    pairs: Iterable[tuple[int, int]],
    members: Mapping[int, Sequence[int]],
    frequencies: Frequencies,
) -> list[Link]:
    """The link of each of these pairs of stories: what the two reports nearest each other share.

    `members` has the first articles of each story. Which of them came before the other story is an
    accident of the crawl: so all are compared, whoever met whom.
    """
    some = list(pairs)
    numbers = sorted({number for pair in some for story in pair for number in members[story]})
    texts = tx.articles.get_many(numbers)
    reports = {
        story: [_report(texts[number].article, story) for number in members[story]]
        for story in {story for pair in some for story in pair}
    }
    found: list[Link] = []
    for story, other in some:
        links = [
            link
            for mine in reports[story]
            for theirs in reports[other]
            if (link := kin(mine, theirs, frequencies))
        ]
        if links:
            found.append(max(links, key=lambda link: (link.score, link.shared)))
    return found


def same_tongue(language: str | None, other: str | None) -> bool:
    """Whether two languages are one, or may be because one of them is not known."""
    return not language or not other or _base(language) == _base(other)


def _base(language: str | None) -> str:
    return (language or "").partition("-")[0].lower()


def _report(one: Article, story: int) -> Report:
    return report(
        story,
        _base(one.language),
        one.when,
        one.title,
        one.text,
        cites=[cited.url for cited in one.cites if cited.how != "quotes"],
    )
