"""newsdesk export: articles out, one a line or row."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from newsdesk.options import Home, Since, Until


def export(
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
    since: Since = None,
    until: Until = None,
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
    from newsdesk.misuse import Misuse
    from newsdesk.output import opened
    from newsdesk.terminal import several
    from stories import formats
    from stories.archive.asking import Question

    if form not in formats.names():
        raise Misuse(
            f"There is no format called {form}.", f"Allowed: {', '.join(formats.names())}."
        )
    with desk.at(home) as here:
        if topic is not None:
            here.known_topic(topic)
        question = Question(
            topic=topic, query=query, since=here.moment(since), until=here.moment(until)
        )
        found = here.archive.export(question, after)
        with opened(output) as out:
            try:
                formats.write(form, found.rows(), out.buffer)
            except LookupError as error:
                raise Misuse(f"{error}.") from error
        if output:
            manifest = found.manifest(form, datetime.now(UTC))
            with opened(output.with_name(f"{output.name}.manifest.json")) as out:
                json.dump(manifest, out, ensure_ascii=False, indent=2)
            typer.echo(f"{several(len(found), 'article')} in {output}", err=True)
            typer.echo(str(manifest["completeness"]), err=True)
            if len(found):
                typer.echo(f"To go on from here later: --after {manifest['cursor']}", err=True)
