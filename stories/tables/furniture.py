"""How what each outlet repeats on its pages lies in the database."""

from __future__ import annotations

from sqlalchemy import Column, Integer, String, Table

from stories.tables.schema import Id, metadata

outlet_pages = Table(
    "outlet_pages",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("outlet", String, nullable=False, unique=True),
    Column("pages", Integer, nullable=False, comment="counted, each article once"),
    comment="How many pages of each outlet were looked at for what they repeat",
)

outlet_line = Table(
    "outlet_line",
    metadata,
    Column("key", Id, primary_key=True, autoincrement=False, comment="outlet, then 40 bits"),
    Column("pages", Integer, nullable=False),
    Column("first", Integer, nullable=False, comment="page of the outlet, by its number"),
    Column("last", Integer, nullable=False),
    comment="On how many of its outlet's latest pages a line stands",
)
