"""The collector waits while a batch is filed, and is as it was before when that is over."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from pipeline.file import Filer
from pipeline.undisturbed import undisturbed
from stories.archive import Archive


@pytest.fixture(autouse=True)
def _as_it_was() -> Iterator[None]:
    yield
    gc.enable()


def test_waits_until_the_work_is_done() -> None:
    with undisturbed():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_works_again_when_the_work_has_failed() -> None:
    with pytest.raises(ZeroDivisionError), undisturbed():
        raise ZeroDivisionError
    assert gc.isenabled()


def test_stays_off_where_it_was_off() -> None:
    gc.disable()
    with undisturbed(), undisturbed():
        pass
    assert not gc.isenabled()


def test_waits_while_a_batch_is_filed(archive: Archive) -> None:
    seen: list[bool] = []
    for _ in range(2):
        Filer(archive).file([], lambda _tx, _filed: seen.append(gc.isenabled()))
    assert seen == [False, False]
    assert gc.isenabled()
