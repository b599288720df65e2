"""The tables by their steps are the tables as they are declared, on either engine."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, text
from sqlalchemy.schema import CreateIndex, CreateTable

from stories import words
from stories.archive import open_archive
from stories.migrations import FOLDER, revisions
from stories.model import Topic
from stories.tables import metadata

from .articles import article


def test_steps_make_the_tables(database_url: str) -> None:
    open_archive(database_url).close()
    engine = create_engine(database_url)
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "compare_type": True,
                "include_name": lambda name, kind, _: (
                    not (kind == "table" and name.startswith("article_words"))
                ),
            },
        )
        assert compare_metadata(context, metadata) == []
    engine.dispose()


def test_steps_make_the_tables_to_the_letter(sqlite_url: str) -> None:
    """What Alembic does not compare: WITHOUT ROWID, conditions of indexes, names."""
    open_archive(sqlite_url).close()
    engine = create_engine(sqlite_url)
    with engine.connect() as connection:
        made = set(
            connection.execute(
                text(
                    "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL"
                    " AND tbl_name NOT LIKE 'article_words%' AND tbl_name NOT LIKE 'sqlite_%'"
                    " AND tbl_name != 'alembic_version'"
                )
            ).scalars()
        )
    declared = set()
    for table in metadata.sorted_tables:
        declared.add(str(CreateTable(table).compile(engine)))
        declared |= {str(CreateIndex(index).compile(engine)) for index in table.indexes}
    engine.dispose()

    def plain(statements: set[str]) -> list[list[str]]:
        """Each as its parts, in any order: constraints are written down in another one."""
        return sorted(sorted(re.findall(r"[^\s(),]+", statement)) for statement in statements)

    assert plain(made) == plain(declared)


def test_steps_say_how_postgresql_keeps_what_filing_reads(postgres_url: str) -> None:
    """What neither Alembic compares nor a table declares: the storage of rows, and vacuuming."""
    open_archive(postgres_url).close()
    engine = create_engine(postgres_url)
    with engine.connect() as connection:
        rows = connection.execute(
            text("SELECT relname, reloptions FROM pg_class WHERE relname IN ('profile', 'mention')")
        )
        options = {row.relname: row.reloptions for row in rows}
    engine.dispose()
    assert options == {
        "profile": ["toast_tuple_target=8160"],
        "mention": [
            "autovacuum_vacuum_insert_threshold=50000",
            "autovacuum_vacuum_insert_scale_factor=0",
        ],
    }


def test_steps_are_numbered_in_a_row() -> None:
    script = ScriptDirectory(str(FOLDER))
    walked = [step.revision for step in script.walk_revisions()]
    assert tuple(reversed(walked)) == revisions()
    assert script.get_heads() == [revisions()[-1]]


def test_another_tokenisation_indexes_anew(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_archive(database_url) as archive, archive.writing() as tx:
        number = tx.articles.add(article(text="embassy"))
        tx.topics.sync([Topic(name="embassy", query="embassy")])
        tx.topics.refile("embassy")

    monkeypatch.setattr("stories.archive.schema.EDITION", "another")
    monkeypatch.setattr(
        "stories.sheet.words", lambda text: [word[::-1] for word in words.words(text)]
    )
    with open_archive(database_url) as archive, archive.writing() as tx:
        assert tx.asking.articles(query="embassy") == []
        assert [one.id for one in tx.asking.articles(query="yssabme")] == [number]
        assert tx.topics.sync([Topic(name="embassy", query="embassy")]) == ("embassy",)
        tx.articles.revise(number, article(text="boat"))
        assert tx.asking.articles(query="yssabme") != []  # still in the title
        assert [one.id for one in tx.asking.articles(query="taob")] == [number]


def test_steps_are_part_of_the_package() -> None:
    assert (FOLDER / "env.py").is_file()
    assert list((FOLDER / "versions").glob("0001_*.py"))
    assert Path(FOLDER / "script.py.mako").is_file()
