"""newsdesk demo: the real thing over a small invented press."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def demo(
    *,
    home: Annotated[
        Path,
        typer.Option("--home", metavar="DIR", help="A folder of its own; made anew each time."),
    ] = Path(".demo"),
) -> None:
    """Crawl a small invented press on this machine, twice. Shows what came of it."""
    from newsdesk.demo.play import play

    raise typer.Exit(play(home.resolve()))
