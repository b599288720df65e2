"""Is this article new, a new state of a filed one, or nothing new at all?"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.desk import Desk
from pipeline.fingerprint import fingerprint
from pipeline.slip import Slip
from stories.model import Outcome
from stories.words import words


def arrive(desk: Desk, slips: Sequence[Slip]) -> None:
    """File new articles; of filed ones keep a new version when what they say has changed.

    What an article says is the words of its title and text: spaces, punctuation and markup are not.
    """
    fresh = [slip for slip in slips if slip.article.key not in desk.known]
    numbers = desk.tx.articles.add_all([slip.article for slip in fresh])
    for slip, number in zip(fresh, numbers, strict=True):
        slip.number = desk.known[slip.article.key] = number
        slip.note(f"filed as article {number}")
    for slip in slips:
        if not slip.number:
            _arrive_again(desk, slip, desk.known[slip.article.key])


def _arrive_again(desk: Desk, slip: Slip, number: int) -> None:
    article = slip.article
    slip.number = number
    stored = desk.tx.copies.texts([number])[number]
    before = fingerprint(stored.text, stored.roles)
    same = before.digest == slip.fingerprint.digest and words(stored.title) == words(article.title)
    if same or _is_older(desk, slip):
        slip.outcome = Outcome.UNCHANGED
        if slip.key != article.key:
            slip.outcome = Outcome.MOVED
            slip.reason = f"article: {article.url}"
        slip.note(f"is article {number}, which says the same")
        return
    versions = desk.tx.articles.revise(number, article)
    slip.outcome = Outcome.VERSION
    slip.reason = f"version: {versions}"
    slip.note(f"is article {number}, edited: version {versions}")
    desk.touched.add(desk.story_of(number))
    desk.prints.withdraw(number, before)
    if not desk.is_copy(number):
        desk.prints.sketch(number, slip.fingerprint)
    desk.prints.remember(number, slip.fingerprint)


def _is_older(desk: Desk, slip: Slip) -> bool:
    """Whether what is filed was fetched later than this."""
    filed = desk.tx.articles.get(slip.number)
    return filed is not None and filed.article.fetched > slip.article.fetched
