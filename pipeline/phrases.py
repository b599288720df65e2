"""Phrases in many languages, a file a purpose in ``words/``, as shapes to look for."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

_ESCAPED = re.compile(r"\\.")
_CLASS = re.compile(r"\[[^\]]*\]")
_NESTED = re.compile(r"\([^()]*\)")
_OPTIONAL = re.compile(r".?[?*]|.?\{[^}]*\}", re.DOTALL)
_SPECIAL = re.compile(r"[\n.^$+\u0131\u0130\u017f]")  # the letters have capitals of their own


@cache
def phrases(name: str) -> re.Pattern[str]:
    """Return one shape for all lines of ``words/NAME.txt``; case does not matter.

    Lines are regular expressions; empty ones and those that begin with ``#`` are not.
    """
    return re.compile("|".join(f"(?:{line})" for line in _lines(name)), re.IGNORECASE)


def says(name: str, text: str) -> bool:
    """Whether any line of ``words/NAME.txt`` is found in a text, as :func:`phrases` would.

    Ten times quicker for a text that has none: a line is tried only where its letters are.
    """
    low = text.lower()
    return any(hint in low and line.search(text) for hint, line in _hinted(name))


@cache
def _hinted(name: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((hint(line), re.compile(line, re.IGNORECASE)) for line in _lines(name))


def hint(line: str) -> str:
    """Return the longest run of characters that any match of a line must have, in lower case.

    What stands in groups, classes and behind a backslash is passed over, and so is a character
    that may be missing.
    """
    plain = _NESTED.sub("\n", _CLASS.sub("\n", _ESCAPED.sub("\n", line)))
    while plain != (plain := _NESTED.sub("\n", plain)):
        pass
    if "|" in plain:
        return ""
    runs = _SPECIAL.split(_OPTIONAL.sub("\n", plain))
    return max(runs, key=len).lower()


def _lines(name: str) -> list[str]:
    text = (files("pipeline") / "words" / f"{name}.txt").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]
