"""What is new in each article of a story: the sentences that say what it did not hold yet."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from stories.model import FiledArticle
from stories.words import words

SAID = 0.5
"""A sentence of which so much stands in one earlier sentence says nothing new."""

LEAST = 5
"""Sentences of fewer words are interjections, bylines and links."""

_SENTENCE = re.compile(r"[^.!?\u3002\uff01\uff1f\u0964\n]+(?:[.!?\u3002\uff01\uff1f\u0964]+|\n|$)")
_SHORT = 3


def sentences(text: str) -> list[str]:
    """The sentences of a text, in order, in any script that ends them visibly.

    A full stop within a number or between letters ends none.
    """
    found, held = [], ""
    for match in _SENTENCE.finditer(text):
        held += match.group()
        follows = text[match.end() : match.end() + 1]
        if held.endswith(".") and follows and not follows.isspace():
            continue
        if held.strip():
            found.append(" ".join(held.split()))
        held = ""
    return found


def novelties(articles: Sequence[FiledArticle]) -> dict[int, tuple[str, ...]]:
    """For each article its new sentences, by id; `articles` are a story's, in any order.

    The earliest article has all of its sentences, a copy only what its original does not say.
    Compared are the words that matter, those of more than three letters and numbers.
    """
    new: dict[int, tuple[str, ...]] = {}
    told: dict[str, list[frozenset[str]]] = {}
    for one in sorted(articles, key=_when):
        fresh: list[str] = []
        mine: list[frozenset[str]] = []
        for sentence in sentences(one.article.text):
            said = words(sentence)
            if len(said) < LEAST:
                continue
            matter = frozenset(
                word for word in said if len(word) > _SHORT or not word.isascii() or word.isdigit()
            )
            if matter and not _was_told(matter, told):
                fresh.append(sentence)
                mine.append(matter)
        for matter in mine:
            for word in matter:
                told.setdefault(word, []).append(matter)
        new[one.id] = tuple(fresh)
    return new


def _was_told(matter: frozenset[str], told: dict[str, list[frozenset[str]]]) -> bool:
    """Whether most of what matters stands in one earlier sentence."""
    shared: dict[frozenset[str], int] = {}
    for word in matter:
        for before in told.get(word, ()):
            shared[before] = shared.get(before, 0) + 1
    return bool(shared) and max(shared.values()) >= SAID * len(matter)


def _when(one: FiledArticle) -> tuple[datetime, int]:
    return (one.article.when, one.id)
