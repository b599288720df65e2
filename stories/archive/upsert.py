"""Insert or replace, in the words that both engines understand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite


def upsert(
    connection: Connection,
    table: Table,
    rows: Sequence[Mapping[str, Any]],
    *,
    key: tuple[str, ...] | None = None,
    replace: tuple[str, ...] = (),
) -> None:
    """Insert the rows; where `key` (None: the primary key) is there, replace these columns."""
    if not rows:
        return
    make = insert_sqlite if connection.dialect.name == "sqlite" else insert_postgresql
    statement = make(table)
    at = key or tuple(column.name for column in table.primary_key)
    if replace:
        statement = statement.on_conflict_do_update(
            index_elements=at, set_={name: statement.excluded[name] for name in replace}
        )
    else:
        statement = statement.on_conflict_do_nothing(index_elements=at)
    connection.execute(statement, list(rows))
