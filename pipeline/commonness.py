"""In which part of all articles a word is to be expected, as long as few articles are known.

General use of the language says it of common words (``wordfreq``, a package with its own figures:
nothing is fetched). Where it knows nothing, short words are taken for the common ones: Zipf's law
of abbreviation.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from pipeline.fingerprint import LONGEST, hashes

Shares = NDArray[np.float64]

ARTICLE_WORDS = 400
"""Words of the article that one imagines."""

MOST = 10_000
"""So many words of a language are known, the commonest: about one article in 200 has the last."""

UNLISTED = 0.004
"""A word that is none of those is in no greater part of the articles."""

# What part has a word of 0, 1, 2... letters. Fitted by eye to English news.
_BY_LENGTH = np.maximum(0.005, 0.6 * 0.62 ** (np.arange(LONGEST + 1) - 1.0))

# Their lists are of words that the tokenisation does not know.
_UNSPACED = frozenset({"ja", "ko", "th", "zh"})
_NEAREST = {"no": "nb", "nn": "nb", "hr": "sh", "sr": "sh", "bs": "sh"}


def expected(
    ids: NDArray[np.int64], lengths: NDArray[np.int64], language: str | None, space: int
) -> Shares:
    """The share of articles that have each term, 0 to 1; `lengths` are those of the words.

    Terms are the hashes of words modulo `space`.
    """
    by_length: Shares = _BY_LENGTH[lengths]
    known = _known((language or "").partition("-")[0].lower(), space)
    if known is None:
        return by_length
    listed = known[ids]
    shares: Shares = np.where(listed > 0, listed, np.minimum(by_length, UNLISTED))
    return shares


def is_common(word: str, language: str | None) -> bool:
    """Whether a word is one of the common ones of a language, as far as that is known."""
    known = _known((language or "").partition("-")[0].lower(), 1 << 18)
    if known is None:
        return False
    return bool(known[int(hashes(word)[0] % np.uint64(len(known)))] > 0)


@lru_cache(maxsize=32)
def _known(language: str, space: int) -> NDArray[np.float32] | None:
    """The share for each term of a language's common words, else 0; None: nothing is known."""
    code = _NEAREST.get(language, language)
    if not code or code in _UNSPACED:
        return None
    # A tenth of a second, and two hundredths a language: only who files pays it.
    from wordfreq import available_languages, get_frequency_list  # noqa: PLC0415

    if code not in available_languages("small"):
        return None
    shares = np.zeros(space, dtype=np.float32)
    count = 0
    for hundredths, words in enumerate(get_frequency_list(code, "small")):
        share = 1.0 - np.exp(-ARTICLE_WORDS * 10 ** (-hundredths / 100))
        ids = (hashes(" ".join(words)) % np.uint64(space)).astype(np.int64)
        shares[ids] = np.maximum(shares[ids], share)
        count += len(words)
        if count >= MOST:
            break
    return shares
