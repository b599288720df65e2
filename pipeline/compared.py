"""Pages as they are compared with a story: sentences, terms, the names they speak of."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import IntEnum

from pipeline import background
from pipeline.mentions import EXCLAIMED, LINKS, Kind, mentions, tokens, without_speakers
from stories.query import Term
from stories.words import words

_SENTENCE = re.compile(r"(?<=[.!?。！？…])[\"”’»)]*\s+|\n+")  # noqa: RUF001


LEAD, OFTEN = 2, 3
"""Sentences of a page's beginning; in so many a term stands that the page speaks of throughout."""


class Place(IntEnum):
    """Where a page has a term: what it speaks of stands on top, or again and again."""

    NOWHERE = 0
    PASSING = 1
    CENTRAL = 2
    HEADLINE = 3
    SOMEWHERE = 4


@dataclass(slots=True)
class Feature:
    """A term: its forms as the query language has them, and how it is expected to stand.

    `topic` and `other` are the shares of pages of either kind that are imagined to have it;
    `by_place` is what it says that a page has it there.
    """

    forms: tuple[Term, ...]
    topic: float
    other: float
    learned: bool = False
    by_place: tuple[float, ...] = (0.0,) * len(Place)

    @property
    def weight(self) -> float:
        """What it says that a page has it."""
        return self.by_place[Place.SOMEWHERE]

    @property
    def lack(self) -> float:
        """What it says that a page lacks it."""
        return self.by_place[Place.NOWHERE]


@dataclass(slots=True)
class Read:
    """A page that was read: which terms it has, how likely it is of the topic.

    `sentences` is how many it has, `at` in which of them each term stands; 0 is the headline.
    `central` are the terms that it speaks of on top or throughout, who is but quoted left out.
    `by_words` is what all its words say for or against, and `vector` how rare each of them is.
    """

    has: frozenset[str]
    sentences: int
    at: dict[str, list[int]] = field(default_factory=dict)
    central: frozenset[str] = frozenset()
    text: Text | None = None
    known: float | None = None
    likely: float = 0.5
    by_words: float = 0.0
    language: str | None = None
    said: frozenset[tuple[str, ...]] | None = None
    vector: dict[str, float] | None = None

    def place(self, name: str) -> Place:
        """Where it has a term."""
        if name not in self.has:
            return Place.NOWHERE
        places = self.at.get(name)
        if not places:
            return Place.SOMEWHERE
        if places[0] == 0:
            return Place.HEADLINE
        return Place.CENTRAL if name in self.central else Place.PASSING

    def look_for(self, name: str, forms: Sequence[Term]) -> list[int]:
        """Note a term if the page has it; gives the sentences where it stands."""
        places = self.text.places(forms) if self.text is not None else []
        if self.text is not None and places:
            self.has |= {name}
            self.at[name] = places
            if self.text.is_central(forms, places):
                self.central |= {name}
        return places


class Text:
    """A page's words, sentence by sentence, the headline first."""

    __slots__ = ("_all", "_sentences", "_unspoken", "size", "title", "whole", "words")

    def __init__(self, title: str, text: str) -> None:
        self.title = title
        self.whole = text
        parts = sentences_of(text)
        self._sentences = [line_of(title), *(line_of(part) for part in parts)]
        self._unspoken = [line_of(title), *(line_of(without_speakers(part)) for part in parts)]
        self._all = " \n ".join(self._sentences)
        self.size = len(parts)
        self.words = frozenset(self._all.split())

    def places(self, forms: Sequence[Term]) -> list[int]:
        """In which sentences any of the forms stands; 0 is the headline."""
        runs = [run_of(form) for form in forms]
        if not any(run in self._all for run in runs):
            return []
        return [i for i, line in enumerate(self._sentences) if any(run in line for run in runs)]

    def is_central(self, forms: Sequence[Term], at: Sequence[int]) -> bool:
        """Whether it speaks of any of the forms, which stand in these sentences, on top or often.

        That somebody is named who says something is no reason to think that it is about him.
        """
        runs = [run_of(form) for form in forms]
        there = [i for i in at if any(run in self._unspoken[i] for run in runs)]
        return bool(there) and (there[0] <= LEAD or len(there) >= OFTEN)


def logistic(logit: float) -> float:
    """The likelihood of what has these odds, given as their logarithm."""
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, logit))))


def sentences_of(text: str) -> list[str]:
    """The sentences of a text; a line that is broken ends one too."""
    return [part for part in _SENTENCE.split(text) if part and part.strip()]


def line_of(text: str) -> str:
    """A text as tokens between blanks."""
    return f" {' '.join(words(text))} "


def run_of(term: Term) -> str:
    """A term as it stands in such a line."""
    run = " " + " ".join(term.tokens)
    return run if term.prefix else f"{run} "


def names_of(pages: Sequence[Read], language: str | None) -> Counter[tuple[str, ...]]:
    """On how many pages each name stands, and each telling word."""
    counts: Counter[tuple[str, ...]] = Counter()
    for page in pages:
        if page.said is None and page.text is not None:
            page.said = frozenset(_said(page.text, page.language or language))
        counts.update(page.said or ())
    return counts


def _said(text: Text, language: str | None) -> set[tuple[str, ...]]:
    """The names of a page and its telling words, as runs that an article may have."""
    lines = [text.title, *text.whole.splitlines()]
    found = set()
    for one in mentions(lines, language):
        run = tuple(words(" ".join(one.words)))
        if not run or (len(run) == 1 and (one.initial or one.kind is Kind.WORD)):
            continue
        if len(run) == 1 and (run[0] in EXCLAIMED or run[0] in LINKS or len(run[0]) < 4):  # noqa: PLR2004
            continue
        if background.bits(background.share(one.words, language)) >= 3.0:  # noqa: PLR2004
            found.add(run)
    for line in lines:
        for token in tokens(line):
            run = tuple(words(token.text))
            plain = len(run) == 1 and len(run[0]) > 4 and not run[0].isdigit()  # noqa: PLR2004
            if plain and run not in found:
                rare = background.bits(background.share((token.text,), language))
                if rare >= 2.5:  # noqa: PLR2004 - one article in 300
                    found.add(run)
    return found
