"""The tree of a query: what an article must have in it, or be, to answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Where = Literal["title", "lead", "text", "byline"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """Tokens in a row, all in one field; where `field` is None in the title or in the text.

    With `prefix` the last token is how a word starts. `inflected` is for a single token alone:
    the other forms of that word will do, in an article whose language has a stemmer.
    """

    tokens: tuple[str, ...]
    prefix: bool = False
    inflected: bool = False
    field: Where | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """Terms of which each starts within `distance` words of the end of the one before it.

    Neighbours are one word apart. Unless `ordered`, the later one may also stand first.
    """

    terms: tuple[Term, ...]
    distance: int
    ordered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """Tokens in a row in what the outlet is called."""

    tokens: tuple[str, ...]
    prefix: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """A language by its code; ``en`` is also ``en-GB``."""

    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A host, with what lies under it."""

    host: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """The country whose top-level domain the article's host is under, in two letters."""

    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """From `first` up to and without `end`, of when it was published or first seen.

    None leaves that side open; an article without a date of publication is in no period of it.
    ``at`` is when it was published or, where its outlet does not say, first seen.
    """

    of: Literal["published", "seen", "at"]
    first: datetime | None
    end: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """What filing found out: that it is in a story, under a topic, or of a kind."""

    how: Literal["story", "topic", "kind"]
    value: str


@dataclass(frozen=True, slots=True)
class All:
    """What answers every part."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """What answers at least one part."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """What does not answer the part."""

    part: Node


Node = Term | Near | Outlet | Language | Site | Country | Period | Filed | All | Either | Not


def leaves(node: Node) -> Iterator[Node]:
    """Everything in a tree that has no parts, in the order in which it was written."""
    match node:
        case All(parts=parts) | Either(parts=parts):
            for part in parts:
                yield from leaves(part)
        case Not(part=part):
            yield from leaves(part)
        case _:
            yield node


def sought(node: Node) -> Iterator[Term]:
    """The terms that speak for an article: all but those under a NOT."""
    match node:
        case All(parts=parts) | Either(parts=parts):
            for part in parts:
                yield from sought(part)
        case Near(terms=terms):
            yield from terms
        case Term():
            yield node
        case _:
            return
