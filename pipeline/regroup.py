"""Filing run anew over all that is stored: what today's rules would say, and making it so.

Every article is filed again, in order of arrival, into an empty archive beside; the rulings are
carried out there; then the two are compared. A story keeps its number where most of it stays.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline.desk import Desk
from pipeline.file import Filer, Read
from pipeline.fingerprint import fingerprint
from pipeline.memory import Memory
from pipeline.ruling import describe, rule_again
from stories.archive import Archive, Transaction, open_archive
from stories.archive.copies import Quotation
from stories.archive.rulings import Rulings
from stories.model import Copy

BATCH = 256


class RegroupError(Exception):
    """The store cannot be regrouped now; says in one sentence why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What is said of one article, before and after: what it repeats, and its story.

    `story` of `after` is None for a story that is not there yet.
    """

    article: int
    url: str
    copy_before: Copy | None
    copy_after: Copy | None
    story_before: int
    story_after: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Regrouped:
    """How many articles were looked at, and what changes of them, in order of arrival."""

    articles: int
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """What one archive says of one article; stories and articles by the numbers of the store."""

    url: str
    copy: Copy | None
    quoted: tuple[Quotation, ...]
    story: int


def regroup(archive: Archive, *, dry_run: bool = True) -> Regrouped:
    """Say what filing anew would change; without `dry_run`, change it.

    Raises RegroupError when articles were filed meanwhile.
    """
    with (
        TemporaryDirectory(prefix="newsdesk-") as folder,
        open_archive(f"sqlite:///{Path(folder) / 'regroup.db'}") as beside,
    ):
        numbers = _file_anew(archive, beside)
        _rule_anew(archive, beside, numbers)
        stored = {there: here for here, there in numbers.items()}
        with archive.reading() as tx, beside.reading() as other:
            before = _said(tx, dict(zip(numbers, numbers, strict=True)))
            after = _said(other, stored)
    stories = _names({n: one.story for n, one in before.items()}, after)
    changes = tuple(
        Change(
            article=number,
            url=said.url,
            copy_before=said.copy,
            copy_after=after[number].copy,
            story_before=said.story,
            story_after=stories[after[number].story],
        )
        for number, said in before.items()
        if _differs(said, after[number], stories)
    )
    if changes and not dry_run:
        with archive.writing() as tx:
            if tx.articles.last_id() != max(numbers):
                raise RegroupError("Articles were filed meanwhile: run it again.")
            _apply(tx, changes, after, stories)
    return Regrouped(articles=len(numbers), changes=changes)


def _file_anew(archive: Archive, beside: Archive) -> dict[int, int]:
    """File everything into the empty archive; its number there by the number here."""
    filer, numbers, last = Filer(beside), dict[int, int](), 0
    while True:
        with archive.reading() as tx:
            some = tx.articles.after(last, BATCH)
        if not some:
            return numbers
        done = filer.file([Read(article=replace(one.article, source=None)) for one in some])
        for one, filed in zip(some, done, strict=True):
            if filed.article is not None:
                numbers[one.id] = filed.article
        last = some[-1].id


def _rule_anew(archive: Archive, beside: Archive, numbers: dict[int, int]) -> None:
    with archive.reading() as tx:
        rulings = Rulings(tx.connection).all()
    with beside.writing() as tx:
        rule_again(
            tx,
            [
                replace(one, article=numbers[one.article], other=one.other and numbers[one.other])
                for one in rulings
            ],
        )


def _said(tx: Transaction, numbers: dict[int, int]) -> dict[int, _Said]:
    """What an archive says of its articles, by the numbers that `numbers` gives them."""
    found: dict[int, _Said] = {}
    last = 0
    while some := tx.articles.after(last, BATCH):
        quoted = tx.copies.quoted([one.id for one in some])
        for one in some:
            found[numbers[one.id]] = _Said(
                url=one.article.url,
                copy=one.copy and replace(one.copy, of=numbers[one.copy.of]),
                quoted=tuple(
                    replace(other, of=numbers[other.of]) for other in quoted.get(one.id, ())
                ),
                story=one.story,
            )
        last = some[-1].id
    return found


def _names(before: dict[int, int], after: dict[int, _Said]) -> dict[int, int | None]:
    """Which of the stories before each story after is: the one that most of it comes from."""
    shared = Counter((after[number].story, story) for number, story in before.items())
    names: dict[int, int | None] = {one.story: None for one in after.values()}
    taken: set[int] = set()
    for (new, old), _ in sorted(shared.items(), key=lambda one: (-one[1], one[0][1], one[0][0])):
        if names[new] is None and old not in taken:
            names[new] = old
            taken.add(old)
    return names


def _differs(before: _Said, after: _Said, stories: dict[int, int | None]) -> bool:
    quoted = [{one.of for one in said.quoted} for said in (before, after)]
    return (
        _link(before.copy) != _link(after.copy)
        or quoted[0] != quoted[1]
        or stories[after.story] != before.story
    )


def _link(copy: Copy | None) -> tuple[int, str] | None:
    return None if copy is None else (copy.of, copy.kind)


def _apply(
    tx: Transaction,
    changes: tuple[Change, ...],
    after: dict[int, _Said],
    stories: dict[int, int | None],
) -> None:
    numbers = [one.article for one in changes]
    tx.copies.unlink(numbers)
    tx.copies.link({one.article: one.copy_after for one in changes if one.copy_after})
    tx.copies.quote({number: after[number].quoted for number in numbers})
    memory = Memory()
    memory.catch_up(tx)
    desk = Desk(tx, memory)
    for number, text in tx.copies.texts(numbers).items():
        mine = fingerprint(text.text, text.roles)
        if after[number].copy is None:
            desk.prints.sketch_anew(number, mine)
    places: dict[int, int] = {}
    for one in changes:
        new = after[one.article].story
        if stories[new] is None:
            stories[new] = tx.events.open(
                one.article, tx.copies.texts([one.article])[one.article].at
            )
        places[one.article] = stories[new] or 0
    tx.events.put(places)
    desk.keep()
    left = {one.story_before: places[one.article] for one in changes}
    empty = [story for story in left if not tx.events.articles(story)]
    for story in empty:
        tx.events.redirect(story, left[story])
    touched = sorted({*places.values(), *left} - set(empty))
    tx.events.refresh(touched)
    describe(tx, touched)
