"""The counts at the end of a crawl, as a table in which the sums can be checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsdesk.reasons import told
from newsdesk.terminal import console, line, rows, table
from pipeline.souring import soured
from stories.model import Outcome, PollStatus

if TYPE_CHECKING:
    from collections.abc import Mapping

    from stories.archive import Transaction
    from stories.model import Run

MOST = 10
NOT_FILED = (Outcome.DROPPED, Outcome.REFUSED, Outcome.FAILED, Outcome.DEFERRED)


def report(run: Run, tx: Transaction) -> None:
    """Print what a run did: polls by status, sightings by kind, addresses by verdict."""
    counts, say = run.counts, console()
    took = f" in {(run.finished - run.started).total_seconds():.1f} s" if run.finished else ""
    note = f" ({line(run.note)})" if run.note else ""
    say.print(f"Run {run.id} {run.status}{took}{note}\n", style="bold")
    sheet = table("", "", "", right=(1,))
    polls = {status.value: counts.get(f"polls_{status.value}", 0) for status in PollStatus}
    sheet.add_row("Sources asked", str(counts.get("polls", 0)), _parts(polls))
    seen = {word: counts.get(word, 0) for word in ("new", "known", "repeated")}
    sheet.add_row("Addresses seen", str(counts.get("sightings", 0)), _parts(seen))
    # "known" counts sightings: what is known is not worked on, and has no verdict.
    ended = {one.value: counts.get(one.value, 0) for one in Outcome if one is not Outcome.KNOWN}
    sheet.add_row("Worked on", str(counts.get("addresses", 0)), _parts(ended))
    rows(say, sheet)
    unfiled = [(*why, n) for why, n in tx.ledger.reasons(run.id).items() if why[0] in NOT_FILED]
    if unfiled:
        say.print("\nNot filed, by reason:")
        for outcome, word, n in unfiled:
            say.print(f"  {n:>5}  {outcome.value}: {told(word)}")
    failing = {
        one.source.name: one.error
        for one in tx.sources.all()
        if one.failures and one.polled and one.polled >= run.started
    } | tx.sources.discovery_errors()
    if failing:
        say.print("\nSources that failed:")
        for name, error in list(failing.items())[:MOST]:
            say.print(f"  {line(name)}: {told(error)}")
        if len(failing) > MOST:
            say.print(f"  and {len(failing) - MOST} more: newsdesk sources lists them.")
    jumps = soured(tx, run.id)
    if jumps:
        say.print("\nSources that suddenly give pages that are no articles:")
        for one in jumps[:MOST]:
            say.print(f"  {line(str(one))}")


def _parts(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{n} {word}" for word, n in counts.items() if n)
