"""Notices that the whole of a text is from elsewhere: *This article first appeared in …*."""

# ruff: noqa: RUF001 - the quotation marks of every language are meant
from __future__ import annotations

import re
from functools import lru_cache

from pipeline.credit_patterns import WORDS_BETWEEN, patterns, trimmed
from pipeline.credit_phrases import PHRASES

_CLAUSE_ENDS = re.compile(r"[.!?…:|—–](?:[”»\"’)]*\s|$)")
_BEFORE_ORIGIN = 3
"""Words that may stand before *first appeared in …* in a sentence of its own: *It was …*."""


@lru_cache(maxsize=1)
def _origins() -> re.Pattern[str]:
    shapes = (said.origin.replace("~", WORDS_BETWEEN) for said in PHRASES.values())
    return re.compile(rf"(?i:(?:^|[.(|]\s?|\s)(?:{'|'.join(shapes)}))")


def says_reprinted(text: str, link: str = "") -> bool:
    """Whether a line, in any language, says that the whole text comes from elsewhere.

    With what is linked there, whether it says so of the link.
    """
    return any(
        stands_alone(text, match) and link in text[match.start() :]
        for match in _origins().finditer(text)
    )


def stands_alone(text: str, match: re.Match[str]) -> bool:
    """Whether what says where a text is from is a sentence of its own, and no aside in another.

    *The pumps ran dry (source: the Evening Bell)* credits one sentence, not the whole text.
    """
    before = text[: match.start() + (text[match.start()] in ".|")]
    begun = _CLAUSE_ENDS.split(before)[-1].split()
    return len(begun) <= (0 if ":" in match[0] else _BEFORE_ORIGIN)


def reprinted_from(sentence: str) -> str | None:
    """The name in a sentence, of any language, that says where the whole text is from."""
    if not says_reprinted(sentence):
        return None
    for tongue in PHRASES:
        for match in patterns(tongue).origin.finditer(sentence):
            if stands_alone(sentence, match):
                return trimmed(match["name"])
    return None
