"""What answering a query will read of a volume: to fetch it in one go, or to refuse in time."""

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


def cost(volume: Volume, node: Node, forms: Forms) -> int:
    """How many numbers answering would read at most: an article and word each, places thrice."""
    read: dict[tuple[str, bool, bool], int] = {}
    whole = 0
    for leaf in leaves(node):
        for term in terms(leaf):
            sizes = [_size(volume, term, at, forms, read) for at in range(len(term.tokens))]
            if len(sizes) > 1 or term.field or isinstance(leaf, Near):
                whole += 3 * len(sizes) * min(sizes)
    return whole + sum(read.values())


def _size(
    volume: Volume, term: Term, at: int, forms: Forms, read: dict[tuple[str, bool, bool], int]
) -> int:
    """In how many articles a word of a term is, each of its forms counted."""
    prefix = term.prefix and at == len(term.tokens) - 1
    token = (MARK if term.field == "byline" else "") + term.tokens[at]
    key = (token, prefix, term.inflected)
    if key not in read:
        ranges = volume.find(token, prefix=prefix)
        if term.inflected:
            others = {one for some in forms.get(token, {}).values() for one in some}
            ranges += [one for other in others for one in volume.find(other)]
        read[key] = sum(int(volume.block(n).counts(a, b).sum()) for n, a, b in ranges)
    return read[key]
