from __future__ import annotations

import multiprocessing
import os
import signal
import time
from random import Random

from pipeline.file import Filer, Read
from stories.archive import Archive, open_archive
from tests.pipeline.invented import outcome_of, stream

KILLS = 6


def items() -> list[Read]:
    """Each address once: what is filed again after a kill must be the same."""
    return list({one.article.key: one for one in stream()}.values())


def file_all(url: str) -> None:
    with open_archive(url) as archive:
        filer = Filer(archive)
        for one in items():
            filer.file([one])


def test_a_filer_that_is_killed_and_started_again_comes_to_the_same(sqlite_url: str) -> None:
    chance = Random(5)
    processes = multiprocessing.get_context("spawn")
    for _ in range(KILLS):
        child = processes.Process(target=file_all, args=(sqlite_url,))
        child.start()
        with open_archive(sqlite_url) as archive:
            before = count = _count(archive)
            while child.is_alive() and count < before + chance.randint(1, 4):
                time.sleep(0.002)
                count = _count(archive)
        if child.pid is not None and child.is_alive():
            os.kill(child.pid, signal.SIGKILL)
        child.join()
    file_all(sqlite_url)
    other = sqlite_url.replace(".db", "-undisturbed.db")
    file_all(other)
    with open_archive(sqlite_url) as killed, open_archive(other) as undisturbed:
        assert outcome_of(killed) == outcome_of(undisturbed)


def _count(archive: Archive) -> int:
    with archive.reading() as tx:
        return tx.articles.count()
