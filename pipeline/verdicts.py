"""The final word on each address: into the ledger, and into what is remembered of the address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.slip import Slip
from stories.archive import Transaction
from stories.model import Outcome, Sighting, Step, Verdict

TRIES = 5
"""An address that failed so often is not tried again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """An address came to its end without an article."""

    verdict: Verdict


def patient(tx: Transaction, ended: Ended, tries: int = TRIES) -> Verdict:
    """The verdict with the wait that it deserves: twice as long after each failure, then never."""
    verdict = ended.verdict
    if verdict.outcome is not Outcome.FAILED or verdict.retry_at is None:
        return verdict
    state = tx.addresses.get(verdict.key)
    tried = state.tries if state else 0
    if tried + 1 >= tries:
        return replace(
            verdict,
            retry_at=None,
            steps=(*verdict.steps, Step(at=verdict.at, what=f"given up after {tried + 1} tries")),
        )
    return replace(verdict, retry_at=verdict.at + (verdict.retry_at - verdict.at) * 2**tried)


def verdict_on(tx: Transaction, slip: Slip) -> Verdict:
    """What became of an address that led to an article; the article's own key is known, too."""
    article = slip.article
    if slip.key != article.key:
        tx.addresses.alias(article.key, slip.number, _sighting(slip, article.url), slip.at)
    return Verdict(
        url=article.raw_url,
        key=slip.key,
        at=slip.at,
        outcome=slip.outcome,
        reason=slip.reason,
        source=article.source,
        steps=tuple(slip.steps),
    )


def keep(tx: Transaction, run: int | None, verdicts: Sequence[tuple[Verdict, int | None]]) -> None:
    """Write verdicts down, each with the article that the address leads to."""
    tx.addresses.settle_all([(verdict.key, verdict, number) for verdict, number in verdicts])
    if run is not None and verdicts:
        tx.ledger.add(run, [verdict for verdict, _ in verdicts])


def announce(tx: Transaction, slips: Sequence[Slip], run: int | None) -> None:
    """Make sure that the addresses of what was read are remembered: an import polls nothing."""
    unseen = [slip for slip in slips if run is None or slip.article.source is None]
    if unseen:
        tx.addresses.note(
            [(slip.key, _sighting(slip, slip.article.raw_url)) for slip in unseen],
            max(slip.at for slip in unseen),
            run,
        )


def _sighting(slip: Slip, url: str) -> Sighting:
    return Sighting(
        url=url,
        source=slip.article.source or "",
        seen=slip.article.seen,
        title=slip.article.title,
    )
