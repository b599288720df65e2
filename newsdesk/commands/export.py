"""newsdesk export: articles out, one a line or row."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from newsdesk.options import Home, Since, Until

FEEDS = ("atom", "rss", "jsonfeed")
ENTRIES = 50
"""So many entries a feed has when nobody says how many."""


def export(  # noqa: PLR0913 - an option, an argument
    *,
    form: Annotated[
        str,
        typer.Option(
            "--format",
            "-f",
            metavar="FORMAT",
            help="ndjson, json, csv, parquet, xlsx, atom, rss ...",
        ),
    ] = "ndjson",
    topic: Annotated[
        str | None, typer.Option(metavar="TOPIC", help="Only articles of this topic.")
    ] = None,
    query: Annotated[
        str | None, typer.Option(metavar="QUERY", help="Only articles that answer this query.")
    ] = None,
    saved: Annotated[
        str | None, typer.Option(metavar="NAME", help="What this saved search means.")
    ] = None,
    since: Since = None,
    until: Until = None,
    newest: Annotated[
        int | None,
        typer.Option(min=1, metavar="N", help="Only so many, the newest first, as in feeds."),
    ] = None,
    after: Annotated[
        int, typer.Option(metavar="ID", help="Go on after the article of this id.")
    ] = 0,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Else to stdout.")
    ] = None,
    home: Home = None,
) -> None:
    """Write articles with all their fields. newsdesk import takes NDJSON back."""
    import json
    from datetime import UTC, datetime

    from newsdesk import desk
    from newsdesk.asked import asked, known_search
    from newsdesk.misuse import Misuse
    from newsdesk.output import opened
    from newsdesk.terminal import several
    from stories import formats

    if form not in formats.names():
        raise Misuse(
            f"There is no format called {form}.", f"Allowed: {', '.join(formats.names())}."
        )
    if saved is not None and query is not None:
        raise Misuse("--saved and --query are two questions.", "Ask one of them.")
    with desk.at(home) as here:
        if saved is not None:
            known_search(here, saved)
        question, _ = asked(here, saved, topic=topic, since=since, until=until)
        question = replace(question, query=question.query or query)
        if newest is None and form in FEEDS:
            newest = ENTRIES
        found = here.archive.export(question, after, newest)
        manifest = found.manifest(form, datetime.now(UTC))
        about = formats.About(title=_title(saved or query, topic), facts=manifest)
        with opened(output) as out:
            try:
                formats.write(form, found.rows(), out.buffer, about)
            except LookupError as error:
                raise Misuse(f"{error}.") from error
        if output:
            with opened(output.with_name(f"{output.name}.manifest.json")) as out:
                json.dump(manifest, out, ensure_ascii=False, indent=2)
            typer.echo(f"{several(len(found), 'article')} in {output}", err=True)
            if len(found):
                typer.echo(f"To go on from here later: --after {manifest['cursor']}", err=True)
        typer.echo(str(manifest["completeness"]), err=True)


def _title(what: str | None, topic: str | None) -> str:
    return ": ".join(["Newsdesk", ", ".join(filter(None, [topic, what]))]).removesuffix(": ")
