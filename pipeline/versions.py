"""Is this article new, a new state of a filed one, or nothing new at all?"""

from __future__ import annotations

from pipeline.desk import Desk, Slip
from pipeline.fingerprint import fingerprint
from stories.model import Outcome
from stories.words import words


def arrive(desk: Desk, slip: Slip) -> None:
    """File a new article; of a filed one keep a new version when what it says has changed.

    What it says is the words of its title and text: spaces, punctuation and markup are not.
    """
    article = slip.article
    number = desk.known.get(article.key)
    if number is None:
        slip.number = desk.known[article.key] = desk.tx.articles.add(article)
        slip.note(f"filed as article {slip.number}")
        return
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
    desk.withdraw(number, before)
    if number not in desk.tx.copies.originals([number]):
        desk.sketch(number, slip.fingerprint)
    desk.remember(number, slip.fingerprint)


def _is_older(desk: Desk, slip: Slip) -> bool:
    """Whether what is filed was fetched later than this."""
    filed = desk.tx.articles.get(slip.number)
    return filed is not None and filed.article.fetched > slip.article.fetched
