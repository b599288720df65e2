"""How rare a word is where nothing else is known: general use of the language, as a likelihood.

The figures are those of the package ``wordfreq`` (subtitles, news, books, the web, until 2021),
which come with it: nothing is fetched.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import lru_cache

ARTICLE_WORDS = 400
"""Words of the article that one imagines."""

UNHEARD_OF = 2e-6
"""Share of articles with a word that general use does not know: a coinage, a rare name."""

PHRASE = 0.1
"""How much rarer a run of words is than its rarest word, for each further word."""

HOUSEHOLD = 0.002
"""Words of which each is in so many articles make a name in everybody's mouth, as *San Diego*."""

OFTEN = 0.9

Surface = str
"""A word as it is written, in any case, with its accents."""

Share = Callable[[Sequence[Surface]], float]
"""In which share of articles a run of words is to be expected, 0 to 1."""


@lru_cache(maxsize=8)
def _list(language: str) -> dict[str, float]:
    # A third of a second for the largest languages: only those who propose a topic pay it.
    from wordfreq import available_languages, get_frequency_dict  # noqa: PLC0415

    if language not in available_languages("best"):
        language = {"no": "nb", "nn": "nb", "hr": "sh", "sr": "sh", "bs": "sh"}.get(language, "en")
    found: dict[str, float] = get_frequency_dict(language, "best")
    return found


def frequency(word: Surface, language: str | None) -> float:
    """The share of all words of the language that this word is; 0 when it is unheard of."""
    return _list((language or "en").partition("-")[0].lower()).get(word.lower(), 0.0)


def share(run: Sequence[Surface], language: str | None) -> float:
    """In which share of articles a run of words is to be expected, by general use alone."""
    if not run:
        return 1.0
    shares = [
        min(OFTEN, max(UNHEARD_OF, frequency(word, language) * ARTICLE_WORDS)) for word in run
    ]
    rarest = min(shares)
    further = len(run) - 1
    if further and rarest >= HOUSEHOLD:
        return float(rarest * 0.5 * PHRASE ** (further - 1))
    return float(max(1e-9, rarest * PHRASE**further))


def bits(of: float) -> float:
    """How much it says when something of this likelihood is met: decimal orders, 0 or more."""
    return max(0.0, -math.log10(max(of, 1e-9)))
