"""Numbers in order: each once, where it stands, and which are the greatest.

As `np.unique`, `np.diff` and the like, which take several times as long for the few hundred numbers
of an article: they are made for every kind of array.
"""

from __future__ import annotations

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Number = TypeVar("Number", bound=np.generic)


def is_first(ordered: NDArray[Number]) -> NDArray[np.bool_]:
    """Which numbers of an ascending list are not the same as the one before."""
    first = np.ones(len(ordered), dtype=np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=first[1:])
    return first


def once(some: NDArray[Number]) -> NDArray[Number]:
    """The numbers of a list in ascending order, each once."""
    ordered = np.sort(some)
    return ordered[is_first(ordered)]


def steps(places: NDArray[np.int64], end: int) -> NDArray[np.int64]:
    """How far it is from each place to the next one, from the last one to the end."""
    far = np.empty_like(places)
    np.subtract(places[1:], places[:-1], out=far[:-1])
    far[-1:] = end - places[-1:]
    return far


def greatest(some: NDArray[np.float64], many: int) -> NDArray[np.int64]:
    """The places of the greatest numbers, the greatest first; of equal ones the first place."""
    least = np.partition(some, -many)[-many] if len(some) > many else -np.inf
    places = (some >= least).nonzero()[0]
    found: NDArray[np.int64] = places[np.argsort(-some[places], kind="stable")[:many]]
    return found
