"""Sketches are found wherever they lie: loose, on pages, added to them or taken out again."""

from __future__ import annotations

import random

import numpy as np
import pytest
from alembic import command
from sqlalchemy import create_engine, text

from stories.archive import Archive, open_archive, sieves
from stories.archive.engine import take_the_pen
from stories.archive.sketches import Recalled
from stories.migrations import configuration

EPOCH, EPOCHS = 20, 3
POOL = [random.Random(one).getrandbits(64) - (1 << 63) for one in range(120)]


@pytest.fixture(autouse=True)
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Epochs and pages so short that a test gets through many."""
    for module in ("sketch_pages", "sketches"):
        monkeypatch.setattr(f"stories.archive.{module}.EPOCH", EPOCH)
    monkeypatch.setattr("stories.archive.sketch_pages.PAGE", 8)
    monkeypatch.setattr("stories.archive.sketches.EPOCHS", EPOCHS)


def expected(there: dict[int, set[int]], latest: int) -> dict[int, list[int]]:
    first = (latest // EPOCH - EPOCHS + 1) * EPOCH
    found = {
        value: sorted(number for number, some in there.items() if value in some and number >= first)
        for value in POOL
    }
    return {value: some for value, some in found.items() if some}


@pytest.mark.parametrize("restarts", [False, True])
def test_every_sketch_is_found_and_none_that_was_taken_out(
    archive: Archive, *, restarts: bool
) -> None:
    chance = random.Random(2)
    there: dict[int, set[int]] = {}
    recalled, latest = Recalled(), 0
    for _ in range(60):
        fresh = {
            number: chance.sample(POOL, chance.randint(0, 9))
            for number in range(latest + 1, latest + 1 + chance.randint(1, 6))
        }
        latest = max(fresh)
        with archive.writing() as tx:
            if there and chance.random() < 0.4:  # an article has another text, or is no copy now
                number = chance.choice(list(there))
                if chance.random() < 0.5:
                    tx.sketches.forget(number, sorted(there.pop(number)), recalled)
                mine = there.get(number, set())
                fresh[number] = [value for value in chance.sample(POOL, 5) if value not in mine]
            tx.sketches.remember(fresh, recalled)
        for number, some in fresh.items():
            there.setdefault(number, set()).update(some)
        # One that has no hashes is of no sketch.
        known = max(number for number, some in there.items() if some)
        if restarts:
            recalled = Recalled()
        with archive.writing() as tx:
            assert tx.sketches.sharing(POOL, recalled) == expected(there, known)
    assert recalled.bound > EPOCHS


def test_what_fails_leaves_the_archive_as_it_was(archive: Archive) -> None:
    before = {number: POOL[number % 7 : number % 7 + 5] for number in range(1, EPOCH - 2)}
    with archive.writing() as tx:
        tx.sketches.remember(before, Recalled())
    more = dict.fromkeys(range(EPOCH - 2, EPOCH + 5), POOL[:5])

    def fails() -> None:
        with archive.writing() as tx:
            tx.sketches.remember(more, Recalled())
            tx.sketches.forget(3, before[3], Recalled())
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails()
    with archive.writing() as tx:
        there = {number: set(some) for number, some in before.items()}
        assert tx.sketches.sharing(POOL, Recalled()) == expected(there, EPOCH - 3)


def test_a_sieve_lets_through_what_it_must_and_little_else() -> None:
    chance = random.Random(3)
    hashes = np.array(chance.sample(range(-(1 << 59), 1 << 59), 60_000)) * 16
    bits = sieves.empty()
    sieves.mark(bits, hashes[:30_000])
    assert (sieves.sift(bits, hashes[:30_000]) == hashes[:30_000]).all()
    assert len(sieves.sift(bits, hashes[30_000:])) < 100


def test_sketches_of_an_older_archive_are_found(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()  # the step has the true epoch
    chance = random.Random(4)
    there = {number: set(chance.sample(POOL, 30)) for number in range(8_150, 24_600, 41)}
    engine = create_engine(database_url)
    with engine.connect() as connection, connection.begin():
        take_the_pen(connection)
        command.upgrade(configuration(connection), "0012")
        connection.execute(
            text("INSERT INTO sketch (epoch, hash, article_id) VALUES (:epoch, :hash, :number)"),
            [
                {"epoch": number // 8_192, "hash": value, "number": number}
                for number, some in there.items()
                for value in some
            ],
        )
        connection.execute(text("INSERT INTO sieve (epoch, bits) VALUES (1, :bits)"), {"bits": b""})
    engine.dispose()
    with open_archive(database_url) as archive, archive.writing() as tx:
        assert tx.sketches.sharing(POOL, Recalled()) == {
            value: [number for number, some in there.items() if value in some] for value in POOL
        }
