"""Write the next step from what the tables are now: ``python -m stories.migrations "what"``."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from alembic import command
from sqlalchemy.engine import make_url

from stories.archive.engine import engine_for
from stories.migrations import configuration, revisions, upgrade


def main(what: str) -> None:
    """Make a database by the steps there are, and write down how the tables differ from it."""
    number = f"{int((revisions() or ('0',))[-1]) + 1:04}"
    with TemporaryDirectory() as folder:
        engine = engine_for(make_url(f"sqlite:///{Path(folder) / 'archive.db'}"))
        with engine.connect() as connection, connection.begin():
            if revisions():
                upgrade(connection)
            command.revision(
                configuration(connection), message=what, rev_id=number, autogenerate=True
            )
        engine.dispose()


if __name__ == "__main__":
    main(" ".join(sys.argv[1:]))
