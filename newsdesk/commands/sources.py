"""newsdesk sources: each source, how its polls went, and when it is asked next."""

from __future__ import annotations

from datetime import UTC, datetime

from newsdesk.options import AsJson, Home


def sources(*, as_json: AsJson = False, home: Home = None) -> None:
    """Each source: last poll, yield, errors, next poll."""
    from newsdesk import desk, shapes
    from newsdesk.moments import distance
    from newsdesk.terminal import console, data, line, rows, table

    with desk.at(home) as here, here.archive.reading() as tx:
        states = tx.sources.all()
        undiscovered = tx.sources.undiscovered()
        errors = tx.sources.discovery_errors()
    if as_json:
        data([shapes.source(one) for one in states])
        return
    say = console()
    if not states and not undiscovered:
        say.print("No sources yet. newsdesk source add URL ... makes some.")
        return
    now = datetime.now(UTC)
    sheet = table("Source", "Kind", "Polled", "How it went", "Seen", "Filed", "Next", right=(4, 5))
    troubles = []
    for one in states:
        went = one.status.value if one.status else "not yet"
        if one.failures:
            went = f"{went} ({one.failures} in a row)" if one.failures > 1 else went
            troubles.append((one.source.name, one.source.url, line(one.error)))
        sheet.add_row(
            line(one.source.name),
            one.source.kind.value,
            distance(one.polled, now),
            went,
            str(one.sightings),
            str(one.articles),
            distance(one.due, now),
        )
    if states:
        rows(say, sheet)
    for name, url, error in troubles:
        say.print(f"\n{name}: {error or 'failed'}\n  {url}")
    for name, url in undiscovered.items():
        say.print(
            f"\n{name}: nothing found yet: {line(errors.get(name)) or 'not looked at'}\n  {url}"
        )
