"""The query language: what an operator types, as a small tree that every engine answers alike.

Lucene's syntax by luqum's parser. ``AND OR NOT`` in capitals, ``-word``, parentheses,
``"a phrase"``, ``prefix*``, and the fields of FIELDS. Words side by side must all be there; that
binds more loosely than OR, as in search engines: ``a OR b c`` is ``(a OR b) AND c``.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass

from luqum import tree as lucene
from luqum.exceptions import ParseError
from luqum.thread import parse as parse_lucene

from stories.hosts import host
from stories.words import words

FIELDS = ("title", "text", "outlet", "language", "site")

LONGEST_QUERY = 10_000
MOST_TERMS = 500
DEEPEST = 50
LONGEST_PHRASE = 64
SHORTEST_PREFIX = 2

_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»", '"'))
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_WILD = re.compile(r"(?<!\\)[*?]")
_PLACE = re.compile(r"position (\d+)")


class QueryError(Exception):
    """A query that cannot be understood: what is wrong, at which character, how to mend it."""

    def __init__(self, message: str, position: int, hint: str = "") -> None:
        super().__init__(message, position, hint)
        self.message = message
        self.position = position
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} (character {self.position + 1})" + (
            f"; {self.hint}" if self.hint else ""
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """Tokens in a row, in the title or the text; with `prefix` the last is how a token starts.

    `field` is ``title``, ``text``, or None where either will do.
    """

    tokens: tuple[str, ...]
    prefix: bool = False
    field: str | None = None


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


Node = Term | Outlet | Language | Site | All | Either | Not


def parse(query: str) -> Node:
    """Understand a query; raises QueryError with the place and a hint where that cannot be."""
    if len(query) > LONGEST_QUERY:
        raise QueryError(
            f"the query has {len(query)} characters", LONGEST_QUERY, f"{LONGEST_QUERY} are allowed"
        )
    if not query.strip():
        raise QueryError("the query is empty", 0, "name at least one word")
    plain = query.translate(_QUOTES)
    try:
        parsed = parse_lucene(plain)
    except ParseError as error:
        raise _syntax_error(plain, str(error)) from None
    except RecursionError:
        raise QueryError("the query is nested too deeply", 0) from None
    return _Reading().node(parsed, None, 0)


def _syntax_error(query: str, message: str) -> QueryError:
    found = _PLACE.search(message)
    at = int(found[1]) if found else len(query)
    if query.count("(") > query.count(")"):
        hint = "a closing parenthesis is missing"
    elif query.count("(") < query.count(")"):
        hint = "an opening parenthesis is missing"
    elif query.count('"') % 2:
        hint = "a closing quotation mark is missing"
    elif at >= len(query):
        hint = "a word is missing after the last operator"
    else:
        hint = f"put {query[at]} between quotation marks, or a backslash before it"
    where = "the query ends too early" if at >= len(query) else f"{query[at]} is not expected here"
    return QueryError(where, at, hint)


class _Reading:
    """One walk over luqum's tree."""

    def __init__(self) -> None:
        self._terms = 0

    def node(self, item: lucene.Item, field: str | None, depth: int) -> Node:  # noqa: PLR0911 - a kind of node, a return
        if depth > DEEPEST:
            raise _refusal(item, "the query is nested too deeply", f"{DEEPEST} levels are allowed")
        match item:
            case lucene.Word():
                return self._word(item, field)
            case lucene.Phrase():
                return self._leaf(item, _ESCAPED.sub(r"\1", item.value[1:-1]), field)
            case lucene.SearchField():
                return self._field(item, field, depth)
            case lucene.Group() | lucene.FieldGroup() | lucene.Plus():
                return self.node(item.children[0], field, depth + 1)
            case lucene.Not() | lucene.Prohibit():
                (part,) = item.children
                if isinstance(item, lucene.Prohibit) and part.head:
                    raise _refusal(
                        item, "a minus stands alone", "write -word for NOT, or leave it out"
                    )
                return Not(self.node(part, field, depth + 1))
            case lucene.AndOperation() | lucene.UnknownOperation():
                return All(tuple(self.node(part, field, depth + 1) for part in item.children))
            case lucene.OrOperation():
                return Either(tuple(self.node(part, field, depth + 1) for part in item.children))
        raise _refusal(
            item,
            f"{str(item).strip()} is not something that can be searched for",
            'there are words, "phrases", prefix*, AND, OR, NOT and parentheses',
        )

    def _field(self, item: lucene.SearchField, outer: str | None, depth: int) -> Node:
        name = item.name
        if name not in FIELDS:
            near = difflib.get_close_matches(name.lower(), FIELDS, 1)
            hint = f"did you mean {near[0]}:?" if near else f"there are {', '.join(FIELDS)}"
            raise _refusal(item, f"there is no field {name}:", hint)
        if outer is not None:
            raise _refusal(item, f"{name}: lies within {outer}:", "a field cannot hold another one")
        return self.node(item.children[0], name, depth + 1)

    def _word(self, item: lucene.Word, field: str | None) -> Node:
        value: str = item.value
        wild = list(_WILD.finditer(value))
        prefix = len(wild) == 1 and wild[0][0] == "*" and wild[0].end() == len(value)
        if wild and not prefix:
            raise _refusal(
                item,
                f"{value} has a wildcard that is not at its end",
                "only word* is known; quotation marks take * and ? as they are",
            )
        if prefix:
            value = value[:-1]
        return self._leaf(item, _ESCAPED.sub(r"\1", value), field, prefix=prefix)

    def _leaf(
        self, item: lucene.Item, value: str, field: str | None, *, prefix: bool = False
    ) -> Node:
        self._terms += 1
        if self._terms > MOST_TERMS:
            raise _refusal(item, "the query has too many terms", f"{MOST_TERMS} are allowed")
        if field == "language":
            return Language(code=value.strip().lower())
        if field == "site":
            name = host(value if "//" in value else f"//{value}")
            if not name or prefix:
                raise _refusal(item, f"{value} is not a host", "write site:example.test")
            return Site(host=name)
        tokens = tuple(words(value))
        if not tokens:
            raise _refusal(item, f"{str(item).strip()} has no letter or digit", "name a word")
        if len(tokens) > LONGEST_PHRASE:
            raise _refusal(
                item, f"a phrase of {len(tokens)} words", f"{LONGEST_PHRASE} are allowed"
            )
        if prefix and len(tokens[-1]) < SHORTEST_PREFIX and tokens[-1].isascii():
            raise _refusal(
                item, f"{tokens[-1]}* is too short", f"at least {SHORTEST_PREFIX} letters"
            )
        if field == "outlet":
            return Outlet(tokens=tokens, prefix=prefix)
        return Term(tokens=tokens, prefix=prefix, field=field)


def _refusal(item: lucene.Item, message: str, hint: str = "") -> QueryError:
    return QueryError(message, item.pos or 0, hint)
