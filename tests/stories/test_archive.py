"""The door: opening, refusing what is not ours, and one writer at a time."""

from __future__ import annotations

from stories.archive import Archive


def test_empty(archive: Archive) -> None:
    with archive.reading() as tx:
        assert tx.articles.count() == 0
