"""The sentence that answered: where in an article the words of a query stand."""

from __future__ import annotations

import re
from dataclasses import dataclass

from stories.clauses import All, Either, Near, Node, Term
from stories.sheet import Sheet, answers, fields_of, near
from stories.words import words

_SENTENCE = re.compile(r"[^.!?…。！？।؟\n]*[.!?…。！？।؟\n]*[\"'”’»)\]]*\s*")  # noqa: RUF001 - their marks

LONGEST = 400
"""Characters of a sentence that are shown."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of an article's text, in characters; or its title, where `start` is -1."""

    start: int
    length: int

    def of(self, title: str, text: str) -> str:
        """What it says."""
        if self.start < 0:
            return title
        return text[self.start : self.start + min(self.length, LONGEST)].strip()


TITLE = Passage(-1, 0)


def passage(node: Node, sheet: Sheet, text: str) -> Passage | None:
    """The first sentence of a matching article that speaks for it, or its title.

    None where nothing does, as for a query that only names an outlet.
    """
    at = _place(node, sheet)
    if at is None:
        return None
    field, number = at
    return TITLE if field == "title" else _sentence(text, number)


def _place(node: Node, sheet: Sheet) -> tuple[str, int] | None:
    """Field and number of the word that answers first; the title comes before the text."""
    match node:
        case All(parts=parts) | Either(parts=parts):
            places = [
                _place(part, sheet)
                for part in parts
                if isinstance(node, All) or answers(part, sheet)
            ]
            found = [one for one in places if one is not None]
            return min(found, key=lambda one: (one[0] != "title", one[1]), default=None)
        case Near():
            spots = near(node, sheet)
            return (spots[0][0], spots[0][1]) if spots else None
        case Term(field=field) if field != "byline":
            for name in fields_of(node):
                if spans := sheet.spans(node, name):
                    return name, spans[0][0]
    return None


def _sentence(text: str, number: int) -> Passage | None:
    """The sentence in which the word of this number stands."""
    seen = 0
    for found in _SENTENCE.finditer(text):
        seen += len(words(found[0]))
        if seen > number:
            return Passage(found.start(), len(found[0].rstrip()))
    return None
