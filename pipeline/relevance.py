"""How much a page, or a line that points to one, has of a topic.

The topic's own query decides whether an article belongs to it. Before there is an article, what is
known of an address (a headline, a summary, the words in the address itself) is weighed by the same
terms: each counts as much as it is rare.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import unquote, urlsplit

from pipeline import background
from stories.query import All, Either, Language, Node, Not, Outlet, Site, Term, parse
from stories.words import words

ENOUGH = 4.3
"""Decimal orders of rarity that single something out; see pipeline.proposal."""

SURE, LIKELY, SOME, NONE = 3, 2, 1, 0
"""How much of a topic a line holds: it answers the query; nearly; something; nothing."""

Bits = Callable[[tuple[str, ...]], float]
"""How rare a run of words is, in decimal orders."""


def general_bits(language: str | None) -> Bits:
    """Rarity by general use of a language."""

    def bits(run: tuple[str, ...]) -> float:
        return background.bits(background.share(run, language))

    return bits


class Words:
    """A text as tokens, to be searched for runs of them."""

    __slots__ = ("_line",)

    def __init__(self, *texts: str) -> None:
        self._line = " " + " \n ".join(" ".join(words(text)) for text in texts) + " "

    def has(self, term: Term) -> bool:
        """Whether a term stands in it."""
        run = " " + " ".join(term.tokens)
        return (run if term.prefix else f"{run} ") in self._line


@dataclass(frozen=True, slots=True)
class Relevance:
    """What was found of a topic in a text: its terms, their rarity together, and the answer."""

    answers: bool
    bits: float
    terms: tuple[str, ...]

    @property
    def score(self) -> float:
        """Between 0 and 1; one half is what singles something out."""
        half: float = 0.5 ** (self.bits / ENOUGH)
        return 1.0 - half


class Relevant:
    """The test of one topic, compiled once from its query.

    Raises:
        QueryError: the query is none.

    """

    def __init__(self, query: str, bits: Bits) -> None:
        self._tree = parse(query)
        self._bits = bits
        self._terms = {_shown(term): term for term in _positive(self._tree)}

    @cached_property
    def weights(self) -> dict[str, float]:
        """The terms of the query and how rare they are."""
        return {shown: self._bits(term.tokens) for shown, term in self._terms.items()}

    def of(self, title: str, text: str = "", *, outlet: str = "") -> Relevance:
        """Weigh a title and a text."""
        found = Words(title, text)
        has = {shown: term for shown, term in self._terms.items() if found.has(term)}
        # Forms of one word, or a phrase and a word of it, are not two things said.
        whole = [
            shown
            for shown, term in has.items()
            if not any(
                shown != other and set(term.tokens) < set(longer.tokens)
                for other, longer in has.items()
            )
        ]
        bits = sum(min(self.weights[shown], 1.2 * ENOUGH) for shown in whole)
        title_words, text_words = Words(title), Words(text)
        return Relevance(
            answers=_answers(self._tree, title_words, text_words, outlet),
            bits=bits,
            terms=tuple(sorted(has)),
        )

    def of_line(self, hint: str, url: str = "") -> tuple[int, Relevance]:
        """Weigh what points to a page: what is said of it, and its address; SURE to NONE."""
        found = self.of(hint, address_words(url))
        if found.answers:
            return SURE, found
        if found.bits >= 0.6 * ENOUGH:
            return LIKELY, found
        return (SOME if found.bits >= 1.0 else NONE), found


def address_words(url: str) -> str:
    """The words that an address itself says, its host left out."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return re.sub(r"[/_.+=&?-]+", " ", unquote(f"{parts.path} {parts.query}"))


def _shown(term: Term) -> str:
    run = " ".join(term.tokens)
    return f"{run}*" if term.prefix else run


def _positive(node: Node) -> Iterator[Term]:
    match node:
        case Term():
            yield node
        case All(parts) | Either(parts):
            for part in parts:
                yield from _positive(part)
        case Not() | Outlet() | Language() | Site():
            return


def _answers(node: Node, title: Words, text: Words, outlet: str) -> bool:  # noqa: PLR0911 - a case each
    match node:
        case Term(field="title"):
            return title.has(node)
        case Term(field="text"):
            return text.has(node)
        case Term():
            return title.has(node) or text.has(node)
        case All(parts):
            return all(_answers(part, title, text, outlet) for part in parts)
        case Either(parts):
            return any(_answers(part, title, text, outlet) for part in parts)
        case Not(part):
            return not _answers(part, title, text, outlet)
        case Outlet(tokens=tokens):
            return " ".join(tokens) in " ".join(words(outlet))
        case _:
            # A language or a site is not known of a line; what is stored is asked anyway.
            return True
