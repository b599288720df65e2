"""newsdesk runs: what ran, when, and what came of it."""

from __future__ import annotations

from typing import Annotated

import typer

from newsdesk.options import AsJson, Home


def runs(
    *,
    limit: Annotated[int, typer.Option(min=1, help="At most so many.")] = 20,
    as_json: AsJson = False,
    home: Home = None,
) -> None:
    """The last runs: when, what for, how they ended. Newest first."""
    from newsdesk import desk, shapes
    from newsdesk.moments import clock
    from newsdesk.terminal import console, data, line, rows, table

    with desk.at(home) as here:
        with here.archive.reading() as tx:
            recent = tx.runs.recent(limit)
        if as_json:
            data([shapes.run(one) for one in recent])
            return
        if not recent:
            console().print("Nothing has run yet. newsdesk crawl runs one round.")
            return
        sheet = table(
            "Run", "Started", "Took", "What", "Ended", "Seen", "New", "Filed", right=(0, 5, 6, 7)
        )
        for one in recent:
            took = f"{(one.finished - one.started).total_seconds():.1f} s" if one.finished else "-"
            counts = one.counts
            sheet.add_row(
                str(one.id),
                clock(one.started, here.zone),
                took,
                line(one.what),
                line(f"{one.status}: {one.note}" if one.note else one.status),
                str(counts.get("sightings", 0)),
                str(counts.get("new", 0)),
                str(counts.get("filed", 0)),
            )
        rows(console(), sheet)
