"""The tables' history: a file a step in versions/, named by its number."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from alembic.config import Config
    from sqlalchemy import Connection

FOLDER = Path(__file__).parent

_NUMBERED = re.compile(r"(\d{4})_\w+\.py")


@cache
def revisions() -> tuple[str, ...]:
    """The steps there are, the first one first (without importing Alembic: it is rarely needed)."""
    names = (_NUMBERED.fullmatch(file.name) for file in (FOLDER / "versions").iterdir())
    return tuple(sorted(name[1] for name in names if name))


def upgrade(connection: Connection) -> None:
    """Take every step that a database has not taken yet, in the transaction that is open."""
    from alembic import command  # noqa: PLC0415 - see revisions

    command.upgrade(configuration(connection), "head")


def configuration(connection: Connection) -> Config:
    """What Alembic must know to work on an open connection."""
    from alembic.config import Config  # noqa: PLC0415 - see revisions

    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config
