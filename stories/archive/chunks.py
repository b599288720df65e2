"""Long lists of keys in few statements, within what one statement can hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")

# Well under SQLite's 32,766 and PostgreSQL's 65,535 parameters a statement.
MOST = 1_000


def chunks(items: Sequence[T], size: int = MOST) -> Iterator[Sequence[T]]:
    """The items in order, at most `size` at a time."""
    for start in range(0, len(items), size):
        yield items[start : start + size]
