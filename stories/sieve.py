"""Which of many queries an article may answer at all: by a word that each cannot do without."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Generic, TypeVar

from stories.clauses import All, Either, Near, Node, Term
from stories.sheet import Sheet
from stories.stems import stem

Name = TypeVar("Name")


class Sieve(Generic[Name]):
    """Queries by name; :meth:`candidates` has every name whose query an article answers, and more.

    An article is held against the queries of which it has a word, not against all of them.
    """

    def __init__(self, queries: Iterable[tuple[Name, Node]]) -> None:
        self._always: list[Name] = []
        self._exact: dict[str, list[Name]] = {}
        self._inflected: dict[str, list[Name]] = {}
        self._stems: dict[str, dict[str, list[Name]]] = {}
        for name, node in queries:
            needed = _needed(node)
            if needed is None:
                self._always.append(name)
                continue
            for word, inflected in needed:
                place = self._inflected if inflected else self._exact
                place.setdefault(word, []).append(name)

    def candidates(self, sheet: Sheet) -> list[Name]:
        """The names of the queries that the article may answer, each once."""
        found = dict.fromkeys(self._always)
        here = sheet.vocabulary[None]
        for place in (self._exact, self._inflected):
            for word in here & place.keys():
                found.update(dict.fromkeys(place[word]))
        if sheet.stemmer and self._inflected:
            stems = self._of(sheet.stemmer)
            for reduced in sheet.stems[None] & stems.keys():
                found.update(dict.fromkeys(stems[reduced]))
        return list(found)

    def _of(self, code: str) -> dict[str, list[Name]]:
        if code not in self._stems:
            stems: dict[str, list[Name]] = {}
            for word, names in self._inflected.items():
                stems.setdefault(stem(word, code), []).extend(names)
            self._stems[code] = stems
        return self._stems[code]


def _needed(node: Node) -> frozenset[tuple[str, bool]] | None:
    """Words of title or text of which an article must have one to answer; None: not known."""
    match node:
        case Term(field="byline"):
            return None
        case Term(tokens=tokens, prefix=prefix, inflected=inflected):
            whole = tokens[:-1] if prefix else tokens
            # The longest word is likely the rarest one.
            return frozenset({(max(whole, key=len), inflected)}) if whole else None
        case Near(terms=terms):
            return _fewest(_needed(term) for term in terms)
        case All(parts=parts):
            return _fewest(_needed(part) for part in parts)
        case Either(parts=parts):
            every = [_needed(part) for part in parts]
            known = [one for one in every if one is not None]
            return frozenset().union(*known) if len(known) == len(every) else None
        case _:
            return None


def _fewest(
    choices: Iterable[frozenset[tuple[str, bool]] | None],
) -> frozenset[tuple[str, bool]] | None:
    return min((one for one in choices if one is not None), key=len, default=None)
