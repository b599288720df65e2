"""What answering a query will read of a volume, so that it can be fetched in one go."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from stories.clauses import Country, Language, Near, Node, Outlet, Period, Site, Term, leaves
from stories.volumes.pages import MARK
from stories.volumes.volume import Volume

Forms = Mapping[str, Mapping[str, frozenset[str]]]
"""For a word and a language: the other forms of the word."""


def columns(node: Node) -> Iterator[str]:
    """The columns that answering will read."""
    yield "id"
    for leaf in leaves(node):
        match leaf:
            case Period(of=of):
                yield from ("published", "seen") if of == "at" else (of,)
            case Outlet() | Language():
                yield type(leaf).__name__.lower()
            case Site() | Country():
                yield "site"
        for term in terms(leaf):
            if term.inflected:
                yield "language"
            if term.field in {"title", "text"}:
                yield "length"
            if term.field == "lead":
                yield "lead"


def terms(leaf: Node) -> tuple[Term, ...]:
    """The terms of what has no parts."""
    if isinstance(leaf, Near):
        return leaf.terms
    return (leaf,) if isinstance(leaf, Term) else ()


def blocks(volume: Volume, node: Node, forms: Forms) -> Iterator[int]:
    """The blocks of words that answering will read."""
    for leaf in leaves(node):
        for term in terms(leaf):
            mark = MARK if term.field == "byline" else ""
            last = len(term.tokens) - 1
            for at, token in enumerate(term.tokens):
                if term.prefix and at == last:
                    yield from volume.blocks_of(mark + token)
                elif (block := volume.block_of(mark + token)) is not None:
                    yield block
            if term.inflected:
                for others in forms.get(term.tokens[0], {}).values():
                    found = (volume.block_of(mark + other) for other in others)
                    yield from (block for block in found if block is not None)
