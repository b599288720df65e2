"""Words that are one thing written in two ways: forms of a word, and slips of the pen."""

from __future__ import annotations


def akin(one: str, other: str) -> bool:
    """Whether two words seem to be forms of one: they share five letters, most of the shorter."""
    shared = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        shared += 1
    short, long = sorted((len(one), len(other)))
    return shared >= 5 and shared >= 0.75 * short and long - shared <= 5  # noqa: PLR2004


def nearly(one: str, other: str) -> bool:
    """Whether two words differ by one slip: a letter too many, too few, wrong, or two swapped."""
    if one == other:
        return True
    if min(len(one), len(other)) < 6 or abs(len(one) - len(other)) > 1:  # noqa: PLR2004
        return False
    short, long = sorted((one, other), key=len)
    at = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if len(short) < len(long):
        return short[at:] == long[at + 1 :]
    rest = short[at + 1 :] == long[at + 1 :]
    swapped = short[at : at + 2] == long[at : at + 2][::-1] and short[at + 2 :] == long[at + 2 :]
    return rest or swapped
