"""When a source is said to have soured: never by two pages, surely by a wall before all of them."""

from __future__ import annotations

import pytest

from pipeline.souring import Soured, chance, jump
from stories.archive.tallies import Tally


def runs(*pages_and_junk: tuple[int, int]) -> list[Tally]:
    """Runs, the newest first."""
    return [Tally(100 - n, pages, junk) for n, (pages, junk) in enumerate(pages_and_junk)]


@pytest.mark.parametrize(
    ("latest", "says"),
    [
        ([(2, 2), *[(10, 0)] * 20], False),
        ([(4, 4), *[(10, 0)] * 20], False),
        ([(20, 20)], False),
        ([(20, 12), (200, 2)], True),
        ([(3, 3)] * 7 + [(10, 0)] * 20, True),
        ([(20, 5), (200, 2)], False),
        ([(20, 9), (200, 80)], False),
        ([(20, 18), (200, 90)], False),
        ([(20, 20), (3, 0)], False),
        ([(20, 20), (20, 0)], True),
        ([(20, 0), (200, 100)], False),
        ([], False),
    ],
)
def test_a_jump_is_said(latest: list[tuple[int, int]], says: bool) -> None:  # noqa: FBT001 -- a table
    assert (jump("courier", runs(*latest)) is not None) == says


def test_the_sentence() -> None:
    assert str(jump("courier", runs((22, 20), (90, 1)))) == (
        "20 of the last 22 pages of courier are no articles, of the 90 before them 1"
    )


def test_the_chance_is_that_of_fishers_tea() -> None:
    """Eight cups, four of each kind, all told apart (Fisher 1935): one in seventy."""
    tea = Soured(source="tea", pages=4, junk=4, pages_before=4, junk_before=0)
    assert chance(tea) == pytest.approx(1 / 70)
    three = Soured(source="tea", pages=4, junk=3, pages_before=4, junk_before=1)
    assert chance(three) == pytest.approx(17 / 70)
