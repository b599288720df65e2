"""Filing: a batch of what the spiders and readers made becomes rows, in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from pipeline.address import key
from pipeline.desk import Desk
from pipeline.fingerprint import fingerprint
from pipeline.folding import fold
from pipeline.furnishing import furnish
from pipeline.memory import Memory
from pipeline.placing import place
from pipeline.polling import Polled, take
from pipeline.slip import Slip
from pipeline.undisturbed import undisturbed
from pipeline.verdicts import TRIES, Ended, announce, keep, patient, verdict_on
from pipeline.versions import arrive
from stories.archive import Archive, Transaction
from stories.model import Article, Outcome, Sighting, Step, Verdict

__all__ = ["FILERS", "Ended", "Filed", "Filer", "Polled", "Read"]

FILERS: tuple[Callable[[Desk, Sequence[Slip]], None], ...] = (arrive, fold, place)
"""What is done with the articles that were read, in this order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """An article was read, after these steps."""

    article: Article
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """What filing answers: what a crawl must fetch after a poll, or the verdict on an address."""

    fetch: tuple[Sighting, ...] = ()
    verdict: Verdict | None = None
    article: int | None = None


class Filer:
    """Files batches into an archive, for one run or for none (an import).

    What it remembers between batches can be had from the archive again, so that a restart or
    another process comes to the same result. Not for several threads at once.
    """

    def __init__(self, archive: Archive, run: int | None = None, *, tries: int = TRIES) -> None:
        """`tries` is how often an address that fails is tried in all."""
        self._archive = archive
        self._run = run
        self._tries = tries
        self._handed: set[str] = set()
        self._memory = Memory()

    @undisturbed()
    def file(
        self,
        batch: Sequence[Polled | Read | Ended],
        also: Callable[[Transaction, Sequence[Filed]], None] | None = None,
    ) -> list[Filed]:
        """File a batch in one transaction: all of it or, on an error, nothing.

        Answers in the order given. The result does not depend on how a stream is cut in batches.
        `also` is done within the same transaction, with the answers.
        """
        slips = {number: _slip(one) for number, one in enumerate(batch) if isinstance(one, Read)}
        handed = set(self._handed)
        try:
            with self._archive.writing() as tx:
                filed = self._file(tx, batch, slips, handed)
                if also is not None:
                    also(tx, filed)
        except BaseException:
            self._memory = Memory()
            raise
        self._handed = handed
        return filed

    def _file(
        self,
        tx: Transaction,
        batch: Sequence[Polled | Read | Ended],
        slips: dict[int, Slip],
        handed: set[str],
    ) -> list[Filed]:
        filed: list[Filed] = []
        verdicts: list[tuple[Verdict, int | None]] = []
        if slips:
            self._file_articles(tx, list(slips.values()))
        polls = [one for one in batch if isinstance(one, Polled)]
        fetch = iter(take(tx, polls, self._run, handed))
        for number, one in enumerate(batch):
            if isinstance(one, Polled):
                filed.append(Filed(fetch=next(fetch)))
            elif isinstance(one, Ended):
                verdict = patient(tx, one, self._tries)
                verdicts.append((verdict, None))
                filed.append(Filed(verdict=verdict))
            else:
                slip = slips[number]
                verdict = verdict_on(tx, slip)
                verdicts.append((verdict, slip.number))
                filed.append(Filed(verdict=verdict, article=slip.number))
        keep(tx, self._run, verdicts)
        return filed

    def _file_articles(self, tx: Transaction, slips: list[Slip]) -> None:
        self._memory.catch_up(tx)
        announce(tx, slips, self._run)
        furnish(tx, slips, clean=self._run is not None)
        desk = Desk(tx, self._memory)
        desk.look_up(slips)
        for some in desk.stretches(slips):
            for filer in FILERS:
                filer(desk, some)
        desk.keep()
        changed = [slip for slip in slips if slip.outcome in {Outcome.FILED, Outcome.VERSION}]
        topics = tx.topics.file(sorted({slip.number for slip in changed}))
        for slip in changed:
            if topics.get(slip.number):
                slip.note(f"answers {', '.join(topics[slip.number])}")


def _slip(one: Read) -> Slip:
    # Quotations are found out here; those of a file that is imported are of another archive.
    article = one.article
    if any(cited.how == "quotes" for cited in article.cites):
        article = replace(
            article, cites=tuple(cited for cited in article.cites if cited.how != "quotes")
        )
    return Slip(
        article=article,
        key=key(article.raw_url),
        steps=list(one.steps),
        at=article.fetched,
        fingerprint=fingerprint(article.text, article.roles),
    )
