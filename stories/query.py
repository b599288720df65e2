"""The query language: what an operator types, as a small tree that every engine answers alike.

Lucene's syntax by luqum's parser. ``AND OR NOT`` in capitals, ``-word``, parentheses,
``"a phrase"``, ``prefix*``, ``=word``, ``NEAR/5`` and ``ONEAR/5``, and the fields of FIELDS. Words
side by side must all be there; that binds more loosely than OR, as in search engines:
``a OR b c`` is ``(a OR b) AND c``. docs/query.md is the same for operators.
"""

from __future__ import annotations

import difflib
import re
from itertools import product
from typing import get_args

from stories.clauses import (
    All,
    Country,
    Either,
    Filed,
    Language,
    Near,
    Node,
    Not,
    Outlet,
    Period,
    Site,
    Term,
    Where,
)
from stories.hosts import host
from stories.lucene import ParseError
from stories.lucene import parse as parse_lucene
from stories.lucene import tree as lucene
from stories.mending import QueryError, refusal, syntax_error
from stories.periods import period, span
from stories.words import words

__all__ = [
    "FIELDS",
    "All",
    "Either",
    "Language",
    "Node",
    "Not",
    "Outlet",
    "QueryError",
    "Site",
    "Term",
    "parse",
]

FIELDS = (
    "title",
    "text",
    "lead",
    "byline",
    "outlet",
    "language",
    "country",
    "site",
    "published",
    "seen",
    "story",
    "topic",
    "kind",
)
KINDS = ("original", "copy", "update")
LATER = ("story", "topic")
"""What is found out after an article was filed under its topics."""

LONGEST_QUERY = 10_000
MOST_TERMS = 500
DEEPEST = 50
LONGEST_PHRASE = 64
SHORTEST_PREFIX = 2
USUAL_DISTANCE = 10
LONGEST_DISTANCE = 100
MOST_PAIRS = 200

_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»", '"'))
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_WILD = re.compile(r"(?<!\\)[*?]")
_EXACT_PHRASE = re.compile(r'(?<![^\s(:+-])=(?=")')
_NEAR = re.compile(r"(NEAR|ONEAR)(?:/(\d{1,9}))?")


def parse(query: str, *, topic: bool = False) -> Node:
    """Understand a query; raises QueryError with the place and a hint where that cannot be.

    A topic's query may not ask for what is found out only later.
    """
    if len(query) > LONGEST_QUERY:
        raise QueryError(
            f"the query has {len(query)} characters", LONGEST_QUERY, f"{LONGEST_QUERY} are allowed"
        )
    if not query.strip():
        raise QueryError("the query is empty", 0, "name at least one word")
    # A phrase is exact anyhow.
    plain = _EXACT_PHRASE.sub(" ", query.translate(_QUOTES))
    try:
        parsed = parse_lucene(plain)
    except ParseError as error:
        raise syntax_error(plain, str(error)) from None
    except RecursionError:
        raise QueryError("the query is nested too deeply", 0) from None
    return _Reading(topic=topic).node(parsed, None, 0)


class _Reading:
    """One walk over luqum's tree."""

    def __init__(self, *, topic: bool) -> None:
        self._terms = 0
        self._topic = topic

    def node(self, item: lucene.Item, field: str | None, depth: int) -> Node:  # noqa: C901, PLR0911 - a kind of node, a return
        if depth > DEEPEST:
            raise refusal(item, "the query is nested too deeply", f"{DEEPEST} levels are allowed")
        match item:
            case lucene.Word():
                return self._word(item, field)
            case lucene.Phrase():
                return self._leaf(item, _unescaped(item.value[1:-1]), field, quoted=True)
            case lucene.Proximity():
                return self._proximity(item, field, depth)
            case lucene.SearchField():
                return self._field(item, field, depth)
            case lucene.Group() | lucene.FieldGroup() | lucene.Plus():
                return self.node(item.children[0], field, depth + 1)
            case lucene.Not() | lucene.Prohibit():
                (part,) = item.children
                if isinstance(item, lucene.Prohibit) and part.head:
                    raise refusal(
                        item, "a minus stands alone", "write -word for NOT, or leave it out"
                    )
                return Not(self.node(part, field, depth + 1))
            case lucene.UnknownOperation():
                return _all(self._beside(list(item.children), field, depth))
            case lucene.AndOperation():
                return All(tuple(self.node(part, field, depth + 1) for part in item.children))
            case lucene.OrOperation():
                return Either(tuple(self.node(part, field, depth + 1) for part in item.children))
            case lucene.Range() | lucene.From() | lucene.To() if field in {"published", "seen"}:
                return period(item, field)
        raise refusal(
            item,
            f"{str(item).strip()} is not something that can be searched for",
            'there are words, "phrases", prefix*, AND, OR, NOT, NEAR/n and parentheses',
        )

    def _beside(self, items: list[lucene.Item], field: str | None, depth: int) -> list[Node]:
        """Things side by side; NEAR between two of them takes both."""
        found: list[Node] = []
        at = 0
        while at < len(items):
            stop = at
            while stop + 2 < len(items) and _is_near(items[stop + 1]):
                stop += 2
            if _is_near(items[at]) or (stop + 1 < len(items) and _is_near(items[stop + 1])):
                lost = items[at] if _is_near(items[at]) else items[stop + 1]
                raise refusal(
                    lost, f"{lost.value} stands alone", 'write: word NEAR/5 word, or "NEAR"'
                )
            if stop > at:
                found.append(self._near(items[at : stop + 1], field, depth))
            else:
                found.append(self.node(items[at], field, depth + 1))
            at = stop + 1
        return found

    def _near(self, items: list[lucene.Item], field: str | None, depth: int) -> Node:
        operators = {item.value for item in items[1::2]}
        if len(operators) > 1:
            raise refusal(
                items[3],
                f"{items[3].value} follows {items[1].value}",
                "put one of the pairs in parentheses, and AND between",
            )
        got = _NEAR.fullmatch(operators.pop())
        assert got is not None  # noqa: S101 - _is_near asked the same
        distance = int(got[2]) if got[2] else USUAL_DISTANCE
        if not 1 <= distance <= LONGEST_DISTANCE:
            raise refusal(items[1], f"{distance} words is no nearness", f"1 to {LONGEST_DISTANCE}")
        choices = [self._choices(item, field, depth) for item in items[::2]]
        if len({term.field for terms in choices for term in terms}) > 1:
            raise refusal(items[1], "words of different fields beside NEAR", "title:(a NEAR/5 b)")
        pairs = list(product(*choices))
        if len(pairs) > MOST_PAIRS:
            raise refusal(
                items[1],
                f"{len(pairs)} combinations are too costly",
                f"{MOST_PAIRS} are allowed: fewer words in the groups beside {items[1].value}",
            )
        ordered = got[1] == "ONEAR"
        found = tuple(Near(terms=pair, distance=distance, ordered=ordered) for pair in pairs)
        return found[0] if len(found) == 1 else Either(found)

    def _choices(self, item: lucene.Item, field: str | None, depth: int) -> tuple[Term, ...]:
        """What may stand on one side of NEAR: a term, or terms with OR between them."""
        node = self.node(item, field, depth + 1)
        parts = node.parts if isinstance(node, Either) and isinstance(item, lucene.Group) else None
        terms = parts or (node,)
        if not all(isinstance(one, Term) for one in terms):
            raise refusal(
                item,
                f"{str(item).strip()} is no word beside NEAR",
                "put the whole in parentheses, as (one NEAR/5 other) AND more",
            )
        return tuple(one for one in terms if isinstance(one, Term))

    def _proximity(self, item: lucene.Proximity, field: str | None, depth: int) -> Node:
        """``"one two"~5``: these words, each within five of the one before, in any order."""
        distance = int(item.degree)
        node = self.node(item.term, field, depth + 1)
        if not 1 <= distance <= LONGEST_DISTANCE:
            raise refusal(item, f"{distance} words is no nearness", f"1 to {LONGEST_DISTANCE}")
        if not isinstance(node, Term):
            raise refusal(item, "~ is for the words of a text", 'write title:"one two"~5')
        if len(node.tokens) == 1:
            return node
        single = (Term(tokens=(token,), field=node.field) for token in node.tokens)
        return Near(terms=tuple(single), distance=distance)

    def _field(self, item: lucene.SearchField, outer: str | None, depth: int) -> Node:
        name = item.name
        if name not in FIELDS:
            near = difflib.get_close_matches(name.lower(), FIELDS, 1)
            hint = f"did you mean {near[0]}:?" if near else f"there are {', '.join(FIELDS)}"
            raise refusal(item, f"there is no field {name}:", hint)
        if outer is not None:
            raise refusal(item, f"{name}: within {outer}:", "a field cannot hold another one")
        if self._topic and name in LATER:
            raise refusal(
                item, f"{name}: in a topic's query", "it is known only after filing: use words"
            )
        return self.node(item.children[0], name, depth + 1)

    def _word(self, item: lucene.Word, field: str | None) -> Node:
        value: str = item.value
        if _is_near(item):
            raise refusal(item, f"{value} stands alone", 'write: word NEAR/5 word, or "NEAR"')
        wild = list(_WILD.finditer(value))
        prefix = len(wild) == 1 and wild[0][0] == "*" and wild[0].end() == len(value)
        if wild and not prefix:
            raise refusal(
                item,
                f"{value} has a wildcard that is not at its end",
                "only word* is known; quotation marks take * and ? as they are",
            )
        exact = value.startswith("=")
        value = value[1 if exact else 0 : -1 if prefix else None]
        return self._leaf(item, _unescaped(value), field, prefix=prefix, quoted=exact)

    def _leaf(  # noqa: C901, PLR0911, PLR0912 - a field, a return
        self,
        item: lucene.Item,
        value: str,
        field: str | None,
        *,
        prefix: bool = False,
        quoted: bool = False,
    ) -> Node:
        self._terms += 1
        if self._terms > MOST_TERMS:
            raise refusal(item, "the query has too many terms", f"{MOST_TERMS} are allowed")
        match field:
            case "language":
                return Language(code=value.strip().lower())
            case "site":
                name = host(value if "//" in value else f"//{value}")
                if not name or prefix:
                    raise refusal(item, f"{value} is not a host", "write site:example.test")
                return Site(host=name)
            case "country":
                if not re.fullmatch("[A-Za-z]{2}", value.strip()):
                    raise refusal(item, f"{value} is no country", "two letters, as country:fr")
                return Country(code=value.strip().lower())
            case "published" | "seen":
                first, end = span(item, value)
                return Period(of=field, first=first, end=end)
            case "story":
                if not re.fullmatch("[0-9]{1,18}", value.strip()):
                    raise refusal(item, f"{value} is no story", "its number, as story:123")
                return Filed(how="story", value=value.strip())
            case "topic":
                return Filed(how="topic", value=value.strip())
            case "kind":
                if value.strip().lower() not in KINDS:
                    raise refusal(item, f"{value} is no kind", f"there are {', '.join(KINDS)}")
                return Filed(how="kind", value=value.strip().lower())
        tokens = tuple(words(value))
        if not tokens:
            raise refusal(item, f"{str(item).strip()} has no letter or digit", "name a word")
        if len(tokens) > LONGEST_PHRASE:
            raise refusal(item, f"a phrase of {len(tokens)} words", f"{LONGEST_PHRASE} are allowed")
        if prefix and len(tokens[-1]) < SHORTEST_PREFIX and tokens[-1].isascii():
            raise refusal(
                item, f"{tokens[-1]}* is too short", f"at least {SHORTEST_PREFIX} letters"
            )
        if field == "outlet":
            return Outlet(tokens=tokens, prefix=prefix)
        inflected = not (quoted or prefix or len(tokens) > 1 or field == "byline")
        return Term(tokens=tokens, prefix=prefix, inflected=inflected, field=_where(field))


def _where(field: str | None) -> Where | None:
    return next((name for name in get_args(Where) if name == field), None)


def _all(parts: list[Node]) -> Node:
    return parts[0] if len(parts) == 1 else All(tuple(parts))


def _is_near(item: lucene.Item) -> bool:
    return isinstance(item, lucene.Word) and _NEAR.fullmatch(item.value) is not None


def _unescaped(value: str) -> str:
    return _ESCAPED.sub(r"\1", value)
