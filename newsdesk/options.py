"""The options that many commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def _home(context: typer.Context, value: Path | None) -> Path | None:
    """The home given to the command, else the one given before its name."""
    above = context.parent
    while value is None and above is not None:
        value, above = above.params.get("home"), above.parent
    return value


Home = Annotated[
    Path | None,
    typer.Option(
        "--home",
        metavar="DIR",
        help="Folder with newsdesk.toml; else NEWSDESK_HOME, else this one.",
        show_default=False,
        callback=_home,
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print data as JSON, and nothing else.")]
Since = Annotated[
    str | None,
    typer.Option("--since", metavar="WHEN", help="Not before: 7d, 12h, 2026-11-22, today ..."),
]
Until = Annotated[
    str | None, typer.Option("--until", metavar="WHEN", help="Not after; written as --since is.")
]
