"""Many narrow rows at once: the sketches and terms of a batch, in one statement an engine likes."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, Table


def insert_rows(
    connection: Connection,
    table: Table,
    columns: tuple[str, ...],
    rows: Sequence[tuple[int, ...]],
    *,
    otherwise: str = "NOTHING",
) -> None:
    """Insert rows of integers; where the primary key is there already, do what `otherwise` says.

    `otherwise` follows ON CONFLICT DO. Sent below SQLAlchemy's bind processing, which would cost
    more than the engine does; PostgreSQL takes each column as one array.
    """
    if not rows:
        return
    names = ", ".join(columns)
    at = ", ".join(column.name for column in table.primary_key)
    ending = f"ON CONFLICT ({at}) DO {otherwise}"
    if connection.dialect.name == "sqlite":
        marks = ", ".join("?" * len(columns))
        connection.exec_driver_sql(
            f"INSERT INTO {table.name} ({names}) VALUES ({marks}) {ending}",  # noqa: S608 - names of our own tables
            [tuple(row) for row in rows],
        )
        return
    arrays = ", ".join("%s::bigint[]" for _ in columns)
    connection.exec_driver_sql(
        f"INSERT INTO {table.name} ({names}) SELECT * FROM unnest({arrays}) {ending}",  # noqa: S608 - names of our own tables
        tuple(list(column) for column in zip(*rows, strict=True)),
    )
