"""The terms by which pages are compared with a story: its candidates, and its topic's query."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pipeline import background
from pipeline.compared import Feature
from pipeline.credits import Known, credits_in
from pipeline.mentions import Kind
from pipeline.salience import judged_terms
from pipeline.seed import Seed, parts
from stories.query import All, Either, Node, Term, parse

MOST = 40
MOST_WORDS = 12

LONGEST, SHORTEST, RARE = 3, 4, 2.5
"""Words of a name that ends with a last name; letters of that, and how rare it is at least."""

_OFTEN, _AGAIN, _ONCE, _HEADED, _WORD = 0.75, 0.5, 0.3, 0.2, 0.12
"""Share of a topic's pages that is expected to have a term, by how often the story has it."""


def features_of(seed: Seed, query: str, known: Known) -> dict[str, Feature]:
    """The features of a topic: terms of the story, the weightiest first, and those of the query."""
    body, _ = parts(seed)
    found: dict[str, Feature] = {}
    credited = credits_in(body, seed.language, known)
    plain = 0
    for term, share, count in judged_terms(seed, body, credited, known):
        plain += term.kind is Kind.WORD
        if len(found) >= MOST or (term.kind is Kind.WORD and plain > MOST_WORDS):
            continue
        forms = tuple(_form(parse(text)) for text in (term.query, *term.variants))
        expected = _OFTEN if count > 2 else _AGAIN if count > 1 else _ONCE  # noqa: PLR2004
        if term.kind is Kind.WORD or not count:
            expected = _HEADED if count > 2 else _WORD  # noqa: PLR2004 - the headline has it
        found[" ".join(term.words)] = Feature(forms, expected, share)
    found |= _last_names(found, seed.language)
    there = {form.tokens for one in found.values() for form in one.forms}
    for leaf in leaves(parse(query)):
        if leaf.tokens not in there:
            share = background.share(leaf.tokens, seed.language)
            found[" ".join(leaf.tokens)] = Feature((leaf,), _ONCE, share)
            there.add(leaf.tokens)
    return found


def _last_names(found: Mapping[str, Feature], language: str | None) -> dict[str, Feature]:
    """The last words of names: headlines have hardly room for more of a person.

    Each is a term of its own: whether it speaks of the topic shows in what is read, for others may
    be called the same, and of a place it is the half that everybody has.
    """
    there = {form.tokens for one in found.values() for form in one.forms}
    names: dict[str, Feature] = {}
    for one in found.values():
        tokens = one.forms[0].tokens
        last = tokens[-1:]
        if not 1 < len(tokens) <= LONGEST or last in there or len(last[0]) < SHORTEST:
            continue
        share = background.share(last, language)
        if background.bits(share) >= RARE:
            names[last[0]] = Feature(
                (Term(tokens=last),), min(_ONCE, one.topic), max(share, one.other)
            )
    return names


def _form(node: Node) -> Term:
    """The term that stands for a form; of several that must all be there, the longest."""
    return max(leaves(node), key=lambda leaf: len("".join(leaf.tokens)))


def leaves(node: Node) -> Iterator[Term]:
    """The terms of a query that speak for it."""
    match node:
        case Term():
            yield node
        case All(inner) | Either(inner):
            for part in inner:
                yield from leaves(part)
        case _:
            return
