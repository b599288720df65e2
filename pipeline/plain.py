"""Texts without their dress, so that two writings of one thing compare as equal."""

from __future__ import annotations

import re

_WORDS = re.compile(r"[^\W_]+")
_ARTICLE = re.compile(r"\A(?:the|die|der|das|le|la|el)(?=\w{4})")
_DENSE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af\u0e00-\u0e7f]")


def letters(text: str) -> str:
    """Return the letters and digits of a text only, in lower case."""
    return "".join(_WORDS.findall(text.lower()))


def plain_name(text: str) -> str:
    """Return the letters of a name, without the article that some put before it."""
    return _ARTICLE.sub("", letters(text))


def size(text: str) -> int:
    """Return how much a text says, in characters of Latin script.

    A character of Chinese, Japanese, Korean or Thai counts as two and a half.
    """
    if text.isascii():
        return len(text)
    return len(text) + 3 * len(_DENSE.findall(text)) // 2
