"""newsdesk import: articles in, from an export or from elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from newsdesk.options import Home


def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="NDJSON, JSON or CSV; - is stdin.")],
    *,
    home: Home = None,
) -> None:
    """File articles from lines as newsdesk export writes them; only url and text are needed."""
