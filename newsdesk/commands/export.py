"""newsdesk export: articles out, one a line or row."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from newsdesk.options import Home, Since, Until


def export(
    *,
    form: Annotated[
        str, typer.Option("--format", "-f", metavar="FORMAT", help="ndjson, json or csv.")
    ] = "ndjson",
    topic: Annotated[
        str | None, typer.Option(metavar="TOPIC", help="Only articles of this topic.")
    ] = None,
    query: Annotated[
        str | None, typer.Option(metavar="QUERY", help="Only articles that answer this query.")
    ] = None,
    since: Since = None,
    until: Until = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Else to stdout.")
    ] = None,
    home: Home = None,
) -> None:
    """Write articles with all their fields (docs/commands.md); newsdesk import takes them back."""
