"""Many narrow rows at once: what a batch of articles reads and leaves, without a word too many.

Sent below SQLAlchemy's processing of values, which would cost more than the engine does.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, LargeBinary, Table


def insert_rows(
    connection: Connection,
    table: Table,
    columns: tuple[str, ...],
    rows: Sequence[tuple[Any, ...]],
    *,
    otherwise: str = "NOTHING",
) -> None:
    """Insert rows of integers and bytes; where the primary key is there, do what `otherwise` says.

    `otherwise` follows ON CONFLICT DO. PostgreSQL takes each column as one array.
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
    kinds = (
        "bytea" if isinstance(table.c[name].type, LargeBinary) else "bigint" for name in columns
    )
    arrays = ", ".join(f"%s::{kind}[]" for kind in kinds)
    connection.exec_driver_sql(
        f"INSERT INTO {table.name} ({names}) SELECT * FROM unnest({arrays}) {ending}",  # noqa: S608 - names of our own tables
        tuple(list(column) for column in zip(*rows, strict=True)),
    )


def rows_of(
    connection: Connection, query: str, values: tuple[object, ...]
) -> list[tuple[Any, ...]]:
    """All rows that the engine gives, as it gives them; `query` in the words of its driver."""
    result = connection.exec_driver_sql(query, values)
    rows = list(result.cursor.fetchall())
    result.close()
    return rows
