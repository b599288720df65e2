"""What a page says by all its words: how near it is to what the topic's pages have in common.

Each page is a vector of its words, weighed by how rare they are in general use, of length one. How
near it is to the sum of the topic's pages of its language, itself left out, is compared with how
near those are, and with how near the others are: Rocchio's classifier (1971), the nearness taken as
normally distributed in either kind with one variance (Fisher's linear discriminant).
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence

from pipeline import background
from pipeline.compared import Read

FEWEST = 5
"""Pages of either kind in one language from which its words say something."""

MOST = 3.0
"""The most that all the words say, for or against."""

SHORTEST, RAREST = 3, 4.0
"""The fewest letters of a word that counts; the decimal orders of rarity that count at most."""

_LEAST_SPREAD, _NOTHING = 0.03, 1e-9

_COUNTS = 0.05
"""Likelihood under which a page adds nothing to what the topic's have in common."""

Vector = dict[str, float]


def weigh_words(pages: Sequence[Read]) -> None:
    """Note for each page what its words say, by what the pages are taken for now."""
    by_language: dict[str, list[Read]] = defaultdict(list)
    for page in pages:
        page.by_words = 0.0
        if page.text is not None and page.language:
            by_language[page.language.partition("-")[0]].append(page)
    for language, some in by_language.items():
        ours = sum(page.likely for page in some)
        if min(ours, len(some) - ours) >= FEWEST:
            _compare(some, _nearness(some, language))


def _nearness(pages: Sequence[Read], language: str) -> list[float]:
    """How near each page is to the sum of the topic's without it: the cosine of both."""
    vectors = [_vector(page, language) for page in pages]
    counts = [page.likely if page.likely > _COUNTS else 0.0 for page in pages]
    total: Vector = defaultdict(float)
    for count, vector in zip(counts, vectors, strict=True):
        for word, weight in vector.items() if count else ():
            total[word] += count * weight
    square = sum(weight * weight for weight in total.values())
    near = []
    for count, vector in zip(counts, vectors, strict=True):
        product = sum(weight * total.get(word, 0.0) for word, weight in vector.items())
        rest = square - 2 * count * product + count * count
        near.append((product - count) / math.sqrt(rest) if rest > _NOTHING else 0.0)
    return near


def _compare(pages: Sequence[Read], near: Sequence[float]) -> None:
    """Fisher's discriminant of how near they are, for each page."""
    likely = [page.likely for page in pages]
    ours = sum(likely)
    mean = sum(p * n for p, n in zip(likely, near, strict=True)) / ours
    usual = sum((1 - p) * n for p, n in zip(likely, near, strict=True)) / (len(pages) - ours)
    if mean <= usual:
        return
    spread = sum(
        p * (n - mean) ** 2 + (1 - p) * (n - usual) ** 2 for p, n in zip(likely, near, strict=True)
    ) / len(pages)
    slope = (mean - usual) / max(spread, _LEAST_SPREAD**2)
    for page, at in zip(pages, near, strict=True):
        page.by_words = max(-MOST, min(MOST, slope * (at - (mean + usual) / 2)))


def _vector(page: Read, language: str) -> Vector:
    """The words of a page, each by how rare it is; found once."""
    if page.vector is None:
        assert page.text is not None  # noqa: S101 - chosen so
        rare = {
            word: min(RAREST, background.bits(background.share((word,), language)))
            for word in sorted(page.text.words)
            if len(word) >= SHORTEST and not word.isdigit()
        }
        length = math.sqrt(sum(bits * bits for bits in rare.values())) or 1.0
        page.vector = {word: bits / length for word, bits in rare.items() if bits > 0}
    return page.vector
