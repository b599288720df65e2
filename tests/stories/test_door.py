"""The door: opening, refusing what is not ours, one writer at a time, a log that stays small."""

from __future__ import annotations

import multiprocessing
import sqlite3
import threading
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from stories.archive import Archive, ArchiveError, Question, open_archive
from stories.model import Topic

from .articles import article


def execute(url: str, statement: str) -> None:
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()


def test_opened_again_it_is_the_same(database_url: str) -> None:
    with open_archive(database_url) as archive, archive.writing() as tx:
        number = tx.articles.add(article())
    with open_archive(database_url) as archive, archive.reading() as tx:
        assert tx.articles.by_key(["courier.test/a"]) == {"courier.test/a": number}


def test_a_newer_archive_is_refused(database_url: str) -> None:
    open_archive(database_url).close()
    execute(database_url, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(ArchiveError, match="made by a newer Newsdesk"):
        open_archive(database_url)


def test_something_else_is_refused(database_url: str) -> None:
    execute(database_url, "CREATE TABLE recipes (name TEXT)")
    with pytest.raises(ArchiveError, match="something else than an archive"):
        open_archive(database_url)


def test_passwords_are_not_shown() -> None:
    with pytest.raises(ArchiveError) as caught:
        open_archive("postgresql://desk:secret@127.0.0.1:1/archive")
    assert "refused" in str(caught.value)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("sqlite://", "in memory"),
        ("sqlite:///:memory:", "in memory"),
        ("mysql://localhost/news", "not a database of ours"),
        ("news", "not the address of a database"),
        ("", "not the address of a database"),
        ("sqlite:////proc/nowhere/archive.db", "cannot be made"),
    ],
)
def test_no_archive_can_be_there(url: str, said: str) -> None:
    with pytest.raises(ArchiveError, match=said):
        open_archive(url)


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("not a database, " * 100)
    with pytest.raises(ArchiveError, match="file is not a database"):
        open_archive(f"sqlite:///{file}")


def test_a_folder_in_the_place_of_the_file(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="cannot be opened"):
        open_archive(f"sqlite:///{tmp_path}")


def _open(url: str) -> int:
    with open_archive(url) as archive, archive.writing() as tx:
        return tx.runs.start("test", article().seen).id


def test_many_may_make_it_at_once(database_url: str) -> None:
    with multiprocessing.get_context("spawn").Pool(6) as pool:
        numbers = pool.map(_open, [database_url] * 6)
    assert sorted(numbers) == [1, 2, 3, 4, 5, 6]


def test_an_error_undoes_everything(archive: Archive) -> None:
    with pytest.raises(ZeroDivisionError), archive.writing() as tx:  # noqa: PT012 - both lines
        tx.articles.add(article())
        raise ZeroDivisionError
    with archive.reading() as tx:
        assert tx.articles.count() == 0
        assert tx.asking.articles(query="embassy") == []


def test_a_reader_sees_one_state(archive: Archive) -> None:
    with archive.reading() as before:
        assert before.articles.count() == 0
        with archive.writing() as tx:
            tx.articles.add(article())
        assert before.articles.count() == 0
    with archive.reading() as after:
        assert after.articles.count() == 1


def test_writers_wait_for_each_other(archive: Archive) -> None:
    """Each reads a number and writes the next: none of the sums is lost."""

    def count_up() -> None:
        for _ in range(10):
            with archive.writing() as tx:
                known = tx.topics.get("count")
                number = int(known.query) if known else 0
                tx.topics.sync([Topic(name="count", query=str(number + 1))])

    threads = [threading.Thread(target=count_up) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with archive.reading() as tx:
        topic = tx.topics.get("count")
    assert topic is not None
    assert topic.query == "40"


def test_the_log_is_emptied_in_a_pause_of_the_writer(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stories.archive.door.WAL_BOUND", 100_000)
    wal = Path(sqlite_url.removeprefix("sqlite:///") + "-wal")
    sizes = []
    with open_archive(sqlite_url) as archive:
        for batch in range(20):
            with archive.writing() as tx:
                for number in range(10):
                    key = f"courier.test/{batch}/{number}"
                    tx.articles.add(article(key, text=f"{key} word " * 200))
            with archive.reading() as tx:
                tx.asking.articles(query="word", limit=1)
            sizes.append(wal.stat().st_size)
    assert max(sizes) <= 100_000
    assert 0 in sizes


def test_a_reader_in_the_way_does_not_stop_the_writer(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stories.archive.door.WAL_BOUND", 1)
    with open_archive(sqlite_url) as archive:
        with archive.reading() as reader:
            reader.articles.count()
            with archive.writing() as tx:
                tx.articles.add(article())
        with archive.reading() as tx:
            assert tx.articles.count() == 1


def test_a_full_disk_is_said_in_a_sentence(sqlite_url: str) -> None:
    """A limit on the file's pages stands in for the disk's end: SQLite says the same of both."""
    with open_archive(sqlite_url) as archive:
        with pytest.raises(ArchiveError, match="the disk is full"), archive.writing() as tx:  # noqa: PT012
            tx.articles._connection.exec_driver_sql("PRAGMA max_page_count = 1")  # noqa: SLF001
            for number in range(1_000):
                tx.articles.add(article(str(number), text=f"{number} " * 1_000))
        with archive.reading() as tx:
            assert tx.articles.count() == 0


def test_a_lock_that_is_not_let_go_is_said_in_a_sentence(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stories.archive.engine.BUSY_MS", 50)
    open_archive(sqlite_url).close()
    other = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with open_archive(sqlite_url) as archive:
        with pytest.raises(ArchiveError, match="locked for too long"), archive.writing():
            pass
        other.close()
        with archive.writing() as tx:
            tx.articles.add(article())


def test_a_server_that_goes_away_is_said_in_a_sentence(postgres_url: str) -> None:
    ending = (
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    with open_archive(postgres_url) as archive:
        with pytest.raises(ArchiveError, match="postgres"), archive.reading() as tx:  # noqa: PT012
            tx.articles.count()
            execute(postgres_url, ending)
            tx.articles.count()
        with archive.reading() as tx:
            assert tx.articles.count() == 0


def test_sqlite_is_set_up_as_it_must_be(sqlite_url: str) -> None:
    with open_archive(sqlite_url) as archive, archive.reading() as tx:
        connection = tx.articles._connection  # noqa: SLF001 - what no user can see
        pragma = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "foreign_keys", "synchronous", "busy_timeout")
        }
    assert pragma == {
        "journal_mode": "wal",
        "foreign_keys": 1,
        "synchronous": 1,
        "busy_timeout": 30_000,
    }


def test_an_export_goes_on_while_a_crawl_writes(archive: Archive) -> None:
    with archive.writing() as tx:
        for number in range(450):
            tx.articles.add(article(f"courier.test/{number}"))
    export = archive.export(Question(query="embassy"))
    assert len(export) == 450
    keys = []
    for filed in export:
        keys.append(filed.article.key)
        if filed.id % 100 == 0:
            with archive.writing() as tx:
                tx.articles.add(article(f"courier.test/later/{filed.id}"))
    assert keys == [f"courier.test/{number}" for number in range(450)]


def test_hostile_text_is_kept_on_either_engine(archive: Archive) -> None:
    with archive.writing() as tx:
        number = tx.articles.add(
            article(
                title="nul\0 half\ud800 \U0001f3f3",
                text="'; DROP TABLE article; -- \0 \udfff \\ %s :x",
                byline="\0",
                authors=("a\0", "\ud83d"),
                facts={"x\0": ["\ud800"]},
            )
        )
    with archive.reading() as tx:
        filed = tx.articles.get(number)
        assert filed is not None
        assert filed.article.title == "nul\ufffd half\ufffd \U0001f3f3"
        assert filed.article.text == "'; DROP TABLE article; -- \ufffd \ufffd \\ %s :x"
        assert [one.id for one in tx.asking.articles(query='"drop table"')] == [number]


def test_any_sqlite_can_read_the_file(sqlite_url: str) -> None:
    """Instants are text that sorts, ids count up in order of arrival."""
    with open_archive(sqlite_url) as archive, archive.writing() as tx:
        tx.articles.add(article())
    file = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"))
    rows = file.execute("SELECT id, key, seen FROM article").fetchall()
    file.close()
    assert rows == [(1, "courier.test/a", "2026-11-22 23:17:00.000000")]
