"""How a run of words is written in the query language: by how it begins where names inflect."""

# ruff: noqa: RUF001 - the letters of every language are meant
from __future__ import annotations

from collections.abc import Sequence

from pipeline import background
from pipeline.mentions import LINKS, Kind
from stories.words import words

ENOUGH = 4.3
"""Decimal orders of rarity from which something decides: one article in 20,000 by chance."""

# Languages that put endings on names: there a name is looked for by how it begins.
_INFLECTING = frozenset(
    """
    ru uk be bg mk sr hr bs sl cs sk pl fi et hu tr lt lv el ka hy
    """.split()  # noqa: SIM905 - a table of words reads better as words
)
_GENITIVE = frozenset(
    """
    de sv da no nb nn nl is
    """.split()  # noqa: SIM905 - a table of words reads better as words
)
_VOWELS = "aeiouyáéíóúýàèäöüõőűąęěůаеёиоуыэюяйьіїєαεηιουωςσάέήίόύώ"


def syntax(form: Sequence[str], language: str | None, kind: Kind) -> str:
    """A run of words as the query language writes it; by how it begins where names inflect."""
    parts = [part for word in form for part in words(word)]
    code = (language or "").partition("-")[0]
    if code in _INFLECTING and kind is not Kind.ACRONYM:
        stems = [_stem(part) for part in parts]
        return stems[0] if len(stems) == 1 else f"({' AND '.join(stems)})"
    if len(parts) == 1:
        if code in _GENITIVE and len(parts[0]) > 5 and kind is not Kind.ACRONYM:  # noqa: PLR2004
            return f"{parts[0]}*"
        return parts[0] if not _is_operator(parts[0]) else f'"{parts[0]}"'
    return f'"{" ".join(parts)}"'


def head(form: tuple[str, ...], language: str | None) -> tuple[str, ...]:
    """A long name without what follows *of* in it, when what is left is still rare enough."""
    links = [place for place, word in enumerate(form) if word in LINKS]
    head = form[: links[0]] if links else form
    pieces = [part for word in head for part in word.split("-") if part]
    if len(pieces) > 1 and background.bits(background.share(pieces, language)) >= ENOUGH:
        return head
    return form


def _is_operator(word: str) -> bool:
    return word.upper() in {"AND", "OR", "NOT", "TO"}


def _stem(word: str) -> str:
    stem = word.rstrip(_VOWELS)
    stem = stem if len(stem) >= 4 else word  # noqa: PLR2004
    return f"{stem}*" if len(stem) > 2 else word  # noqa: PLR2004


def shortest(forms: list[str], syntaxes: list[str]) -> list[str]:
    """One prefix for the forms of one word, when they share most of it."""
    if len(set(forms)) < 2:  # noqa: PLR2004
        return syntaxes
    shared = forms[0]
    for form in forms[1:]:
        while not form.startswith(shared):
            shared = shared[:-1]
    return [f"{shared}*"] if len(shared) >= 5 else syntaxes  # noqa: PLR2004
