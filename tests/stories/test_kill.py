"""A writer that is killed at any moment leaves whole transactions behind."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from stories.archive import Question, open_archive

ROOT = Path(__file__).parents[2]

WRITER = """
import sys
from stories.archive import open_archive
from stories.model import Outcome, Sighting, Verdict
from tests.stories.articles import NOW, article

archive = open_archive(sys.argv[1])
with archive.reading() as tx:
    last = tx.articles.count()
while True:
    with archive.writing() as tx:
        keys = [f"courier.test/{last + number}" for number in range(5)]
        seen = [(key, Sighting(url=f"https://{key}", source="s", seen=NOW)) for key in keys]
        assert len(tx.addresses.note(seen, NOW).new) == 5
        for key in keys:
            number = tx.articles.add(article(key))
            verdict = Verdict(url=key, key=key, at=NOW, outcome=Outcome.FILED)
            tx.addresses.settle(key, verdict, number)
    last += 5
    print(last, flush=True)
"""


@pytest.mark.parametrize("lines", [1, 3, 8])
def test_killed_while_it_writes(database_url: str, lines: int) -> None:
    for _ in range(2):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, database_url],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert writer.stdout is not None
        said = 0
        for _ in range(lines):
            said = int(writer.stdout.readline())
        writer.kill()
        rest = writer.stdout.read().split("\n")
        said = max(said, *(int(line) for line in rest[:-1] or ["0"]))
        writer.wait()
        writer.stdout.close()
        with open_archive(database_url) as archive, archive.reading() as tx:
            there = tx.articles.count()
            # A transaction may have been committed, and its line not been written any more.
            assert there in {said, said + 5}
            assert tx.addresses.counts() == {"settled": there}
            assert tx.asking.count(Question(query="embassy")) == there
            assert len(list(tx.asking.ids(Question()))) == there
