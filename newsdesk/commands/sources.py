"""newsdesk sources: each source, how its polls went, and when it is asked next."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from newsdesk.options import AsJson, Home

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from stories.model import SourceState


def sources(*, as_json: AsJson = False, home: Home = None) -> None:
    """Each source: last poll, yield, errors, next poll."""
    from newsdesk import desk, shapes
    from newsdesk.reasons import told
    from newsdesk.terminal import console, data, line
    from pipeline.souring import soured

    with desk.at(home) as here, here.archive.reading() as tx:
        states = tx.sources.all()
        undiscovered = tx.sources.undiscovered()
        errors = tx.sources.discovery_errors()
        jumps = {one.source: str(one) for one in soured(tx)}
    if as_json:
        data([{**shapes.source(one), "soured": jumps.get(one.source.name)} for one in states])
        return
    say = console()
    if not states and not undiscovered:
        say.print("No sources yet. newsdesk source add URL ... makes some.")
        return
    if states:
        _table(say, states)
    for one in states:
        if one.failures:
            often = f", {one.failures} times in a row" if one.failures > 1 else ""
            say.print(f"\n{line(one.source.name)} {one.status or 'failed'}{often}")
            say.print(f"  {told(one.error) or 'no reason was kept'}")
            say.print(f"  {line(one.source.url)}", soft_wrap=True)
    for said in jumps.values():
        say.print(f"\n{line(said)}")
    for name, url in undiscovered.items():
        say.print(f"\n{line(name)}: {line(errors.get(name)) or 'not looked at yet'}")
        say.print(f"  {line(url)}", soft_wrap=True)


def _table(say: Console, states: Sequence[SourceState]) -> None:
    from newsdesk.moments import distance
    from newsdesk.terminal import line, rows, table

    now = datetime.now(UTC)
    sheet = table("Source", "Polled", "Went", "Seen", "Filed", "Next", right=(3, 4))
    for one in states:
        sheet.add_row(
            line(one.source.name),
            distance(one.polled, now),
            one.status.value if one.status else "-",
            str(one.sightings),
            str(one.articles),
            distance(one.due, now),
        )
    rows(say, sheet)
