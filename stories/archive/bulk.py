"""Many narrow rows at once: what a batch of articles reads and leaves, without a word too many.

Sent below SQLAlchemy's processing of values, which would cost more than the engine does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Connection, LargeBinary, Table
from sqlalchemy.exc import DBAPIError

from stories.archive.arrays import blobs, numbers, texts
from stories.tables.schema import Prose

_PACKED: dict[str, Callable[[Sequence[Any]], bytes]] = {
    "bigint": numbers,
    "bytea": blobs,
    "text": texts,
}


def insert_rows(
    connection: Connection,
    table: Table,
    columns: tuple[str, ...],
    rows: Sequence[tuple[Any, ...]],
    *,
    otherwise: str = "NOTHING",
) -> None:
    """Insert rows of integers, bytes and texts that can be stored, all at once.

    Where the primary key is there, do what `otherwise` says, which follows ON CONFLICT DO.
    PostgreSQL takes each column as one array.
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
            list(rows),
        )
        return
    kinds = [_kind(table, name) for name in columns]
    arrays = ", ".join(f"%s::{kind}[]" for kind in kinds)
    connection.exec_driver_sql(
        f"INSERT INTO {table.name} ({names}) SELECT * FROM unnest({arrays}) {ending}",  # noqa: S608 - names of our own tables
        tuple(_PACKED[kind](one) for kind, one in zip(kinds, zip(*rows, strict=True), strict=True)),
    )


def _kind(table: Table, name: str) -> str:
    """The type of a column's array on PostgreSQL."""
    kind = table.c[name].type
    if isinstance(kind, LargeBinary):
        return "bytea"
    return "text" if isinstance(kind, Prose) else "bigint"


def update_rows(
    connection: Connection, table: Table, columns: tuple[str, str], rows: Sequence[tuple[int, int]]
) -> None:
    """Of the rows that have the first number in the first column, set the second column."""
    if not rows:
        return
    key, column = columns
    if connection.dialect.name == "sqlite":
        statement = f"UPDATE {table.name} SET {column} = {{}} WHERE {key} = {{}}"  # noqa: S608 - names of our own tables
        exec_many(connection, statement, [(value, number) for number, value in rows])
        return
    connection.exec_driver_sql(
        f"UPDATE {table.name} SET {column} = one.value"  # noqa: S608 - as above
        f" FROM unnest(%s::bigint[], %s::bigint[]) AS one (number, value) WHERE {key} = one.number",
        tuple(map(numbers, zip(*rows, strict=True))),
    )


def exec_many(connection: Connection, statement: str, rows: Sequence[tuple[Any, ...]]) -> None:
    """Execute a statement, in which `{}` stands for a value, for each row."""
    if rows:
        mark = "?" if connection.dialect.name == "sqlite" else "%s"
        connection.exec_driver_sql(statement.replace("{}", mark), list(rows))


def rows_of(
    connection: Connection, query: str, values: tuple[object, ...]
) -> list[tuple[Any, ...]]:
    """All rows that the engine gives, as it gives them; `query` in the words of its driver.

    PostgreSQL gives them as bytes: numbers and blobs need no reading then.
    """
    driver: Any = connection.connection.driver_connection
    error = connection.dialect.loaded_dbapi.Error
    cursor = driver.cursor() if connection.dialect.name == "sqlite" else driver.cursor(binary=True)
    try:
        rows: list[tuple[Any, ...]] = cursor.execute(query, values).fetchall()
    except error as failed:
        raise DBAPIError.instance(
            query, None, failed, error, dialect=connection.dialect
        ) from failed
    finally:
        cursor.close()
    return rows


def rows_among(connection: Connection, query: str, some: Sequence[int]) -> list[tuple[Any, ...]]:
    """All rows of a query in which `{among}` says that a number is one of these, however many."""
    if not some:
        return []
    if connection.dialect.name == "sqlite":
        listed = f"[{','.join(map(str, some))}]"
        return rows_of(
            connection, query.format(among="IN (SELECT value FROM json_each(?))"), (listed,)
        )
    return rows_of(connection, query.format(among="= ANY(%s)"), (numbers(some),))
