"""What the operator rules about copies and stories: done at once, and kept for every re-run."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from pipeline.counting import Worded
from pipeline.desk import Desk
from pipeline.duplicates import METHOD, kind_of_copy, overlap
from pipeline.fingerprint import fingerprint, hashes
from pipeline.memory import Memory
from pipeline.terms import Terms, about
from stories.archive import Transaction
from stories.archive.copies import Repeatable
from stories.archive.rulings import Ruled, Ruling, Rulings
from stories.model import Copy, CopyKind


class RulingError(Exception):
    """A ruling that cannot be carried out; says in one sentence why."""


def not_a_copy(tx: Transaction, article: int, at: datetime) -> int:
    """Rule that an article does not repeat what it is linked to; returns the ruling's number."""
    original = tx.copies.originals([article]).get(article)
    if original is None:
        raise RulingError(f"Article {article} is not a copy of anything.")
    number = Rulings(tx.connection).add(Ruled.NOT_A_COPY, article, original, at)
    _part(tx, article)
    return number


def original(tx: Transaction, article: int, at: datetime) -> int:
    """Rule that an article is the original of its group of copies."""
    first = tx.copies.originals([article]).get(article)
    if first is None and not tx.copies.members([article]):
        raise RulingError(f"Article {article} is in no group of copies.")
    number = Rulings(tx.connection).add(Ruled.ORIGINAL, article, first, at)
    if first is not None:
        _lead(tx, article, first)
    return number


def merge(tx: Transaction, story: int, other: int, at: datetime) -> int:
    """Rule that two stories are one: the older number stays, the other leads to it from now on."""
    mine, theirs = (tx.events.living([one])[one] for one in (story, other))
    if mine == theirs:
        raise RulingError(f"Story {story} and story {other} are one already.")
    leads = [_a_member(tx, one) for one in (mine, theirs)]
    number = Rulings(tx.connection).add(Ruled.MERGE, leads[0], leads[1], at)
    _join(tx, mine, theirs)
    return number


def split(tx: Transaction, article: int, at: datetime) -> int:
    """Rule that an article, with what repeats it, is a story of its own."""
    article = tx.copies.originals([article]).get(article, article)
    story = _story(tx, article)
    away = {article, *tx.copies.members([article]).get(article, [])}
    stay = [one for one in tx.events.articles(story) if one not in away]
    if not stay:
        raise RulingError(f"Article {article} is a story of its own already.")
    number = Rulings(tx.connection).add(Ruled.SPLIT, article, stay[0], at)
    _separate(tx, story, article, away)
    return number


def rule_again(tx: Transaction, rulings: Iterable[Ruling]) -> None:
    """Carry out decisions on articles that were filed anew; those that hold already pass."""
    for one in rulings:
        first = tx.copies.originals([one.article]).get(one.article)
        if one.what is Ruled.NOT_A_COPY and first is not None:
            _part(tx, one.article)
        elif one.what is Ruled.ORIGINAL and first is not None:
            _lead(tx, one.article, first)
        elif one.other is not None:
            mine, theirs = _story(tx, one.article), _story(tx, one.other)
            if one.what is Ruled.MERGE and mine != theirs:
                _join(tx, mine, theirs)
            elif one.what is Ruled.SPLIT and mine == theirs:
                away = {one.article, *tx.copies.members([one.article]).get(one.article, [])}
                _separate(tx, mine, one.article, away - {one.other})


def _part(tx: Transaction, article: int) -> None:
    """The article repeats nothing any more; later ones are compared with it, too."""
    tx.copies.unlink([article])
    text = tx.copies.texts([article])[article]
    desk = _desk(tx)
    mine = fingerprint(text.text, text.roles)
    desk.prints.sketch_anew(article, mine)
    desk.touched.add(text.story)
    desk.keep()
    describe(tx, [text.story])


def _lead(tx: Transaction, article: int, first: int) -> None:
    """All of the group repeat the article."""
    members = [one for one in tx.copies.members([first])[first] if one != article]
    texts = tx.copies.texts([article, first, *members])
    mine = fingerprint(texts[article].text, texts[article].roles)
    links = {}
    for number in (first, *members):
        other = texts[number]
        shared = overlap(mine, fingerprint(other.text, other.roles))
        apart = abs(other.at - texts[article].at)
        kind = kind_of_copy(shared, same_outlet=False, apart=apart)
        links[number] = Copy(
            of=article,
            url=texts[article].url,
            kind=kind or CopyKind.WIRE,
            score=shared.score,
            method=METHOD,
            evidence=("you ruled so",),
        )
    tx.copies.unlink([article])
    tx.copies.link(links)
    desk = _desk(tx)
    desk.prints.sketch_anew(article, mine)
    desk.touched.add(texts[article].story)
    desk.keep()


def _join(tx: Transaction, mine: int, theirs: int) -> None:
    stays, goes = sorted((mine, theirs))
    tx.events.put(dict.fromkeys(tx.events.articles(goes), stays))
    tx.events.redirect(goes, stays)
    tx.events.refresh([stays])
    describe(tx, [stays])


def _separate(tx: Transaction, story: int, article: int, away: set[int]) -> None:
    at = tx.copies.texts([article])[article].at
    fresh = tx.events.open(article, at)
    tx.events.put(dict.fromkeys(sorted(away), fresh))
    tx.events.refresh([story, fresh])
    describe(tx, [story, fresh])


def describe(tx: Transaction, stories: Iterable[int]) -> None:
    """Write down anew what stories are about, from the articles that they have now."""
    desk = _desk(tx)
    for story in stories:
        tx.subjects.forget(story)
        members = tx.events.articles(story)
        copies = tx.copies.originals(members)
        own = tx.copies.texts([one for one in members if one not in copies])
        for one in own.values():
            about = _about(desk, one)
            desk.grouping.join(story, about, one.at.toordinal())
    desk.keep()


def _about(desk: Desk, one: Repeatable) -> Terms:
    words = Worded(
        title=hashes(one.title), text=hashes(one.text), language=one.language, outlet=one.outlet
    )
    return about(words, desk.frequencies)


def _desk(tx: Transaction) -> Desk:
    memory = Memory()
    memory.catch_up(tx)
    return Desk(tx, memory)


def _story(tx: Transaction, article: int) -> int:
    found = tx.copies.texts([article])
    if article not in found:
        raise RulingError(f"There is no article {article}.")
    return found[article].story


def _a_member(tx: Transaction, story: int) -> int:
    members = tx.events.articles(story)
    if not members:
        raise RulingError(f"There is no story {story}.")
    return members[0]
