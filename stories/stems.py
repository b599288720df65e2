"""Inflected forms: what a word of a language is reduced to, by the Snowball project's stemmers."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any

import Stemmer  # type: ignore[import-not-found]  # written in C, without types

# By ISO 639-1. Languages that are not here have no inflected forms: a word is what it is.
ALGORITHMS = {
    "ar": "arabic",
    "ca": "catalan",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "et": "estonian",
    "eu": "basque",
    "fi": "finnish",
    "fr": "french",
    "ga": "irish",
    "hi": "hindi",
    "hu": "hungarian",
    "hy": "armenian",
    "id": "indonesian",
    "it": "italian",
    "lt": "lithuanian",
    "nb": "norwegian",
    "ne": "nepali",
    "nl": "dutch",
    "nn": "norwegian",
    "no": "norwegian",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sr": "serbian",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
    "yi": "yiddish",
}

EDITION = f"snowball/{Stemmer.version()}"


@cache
def _stemmer(code: str) -> Any | None:  # noqa: ANN401 - has no types
    name = ALGORITHMS.get(code)
    return Stemmer.Stemmer(name, 0) if name in Stemmer.algorithms() else None


def stemmed(language: str | None) -> str | None:
    """The code of the stemmer for an article's language (``en-GB`` is ``en``); None without one."""
    code = (language or "").lower().replace("_", "-").partition("-")[0]
    return code if _stemmer(code) is not None else None


@lru_cache(maxsize=500_000)
def stem(word: str, code: str) -> str:
    """What a token is reduced to; `code` is one that :func:`stemmed` gave."""
    stemmer = _stemmer(code)
    assert stemmer is not None  # noqa: S101 - the caller asked stemmed()
    reduced: str = stemmer.stemWord(word)
    return reduced
