"""The terms by which pages are compared with a story: its candidates, and its topic's query."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline import background
from pipeline.compared import Feature
from pipeline.credits import Known, credits_in
from pipeline.mentions import Kind
from pipeline.salience import judged_terms
from pipeline.seed import Seed, parts
from stories.query import All, Either, Node, Term, parse

MOST = 40
MOST_WORDS = 12

_OFTEN, _AGAIN, _ONCE, _WORD = 0.75, 0.5, 0.3, 0.12
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
            expected = _WORD
        found[" ".join(term.words)] = Feature(forms, expected, share)
    there = {form.tokens for one in found.values() for form in one.forms}
    for leaf in leaves(parse(query)):
        if leaf.tokens not in there:
            share = background.share(leaf.tokens, seed.language)
            found[" ".join(leaf.tokens)] = Feature((leaf,), _ONCE, share)
            there.add(leaf.tokens)
    return found


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
