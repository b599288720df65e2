"""From a query's tree to the condition on `article` that it means, for either engine.

SQLite: parts of the tree that are about words become one FTS5 expression. PostgreSQL: each term is
asked for by itself, because an article's words may lie in several vectors.
"""

from __future__ import annotations

from functools import lru_cache

from sqlalchemy import (
    BigInteger,
    Boolean,
    ColumnElement,
    and_,
    bindparam,
    cast,
    collate,
    column,
    func,
    not_,
    or_,
    select,
    table,
    type_coerce,
)
from sqlalchemy.dialects.postgresql import TSQUERY

from stories.hosts import site_key
from stories.query import All, Either, Language, Node, Not, Outlet, Site, Term, parse
from stories.tables.press import article

FIRST = "first_id"
LAST = "last_id"

_FTS = table("article_words", column("rowid", BigInteger), column("article_words"))
_VECTORS = table("article_words", column("article_id", BigInteger), column("words"))

_WEIGHTS = {None: "", "title": "A", "text": "D"}


@lru_cache(maxsize=4096)
def condition(query: str, dialect: str, *, bounded: bool = False) -> ColumnElement[bool]:
    """What a row of `article` must meet to answer the query; QueryError when it is none.

    `bounded` limits the index look-ups to ids between the parameters FIRST and LAST, for filing a
    few articles under many topics; the statement itself must hold to the same bounds.
    """
    return _Meaning(dialect, bounded=bounded).of(parse(query))


class _Meaning:
    def __init__(self, dialect: str, *, bounded: bool) -> None:
        self._sqlite = dialect == "sqlite"
        self._bounded = bounded

    def of(self, node: Node) -> ColumnElement[bool]:  # noqa: PLR0911 - a kind of node, a return
        if self._sqlite and (expression := _fts(node)):
            return self._in_fts(expression)
        match node:
            case Term():
                return self._in_vectors(node)
            case Outlet(tokens=tokens, prefix=prefix):
                ending = "%" if prefix else " %"
                return article.c.outlet_words.like("% " + " ".join(tokens) + ending)
            case Language(code=code):
                # Folded for ASCII alone on either engine: a language's code is nothing else.
                mine = func.lower(func.coalesce(article.c.language, ""))
                if not self._sqlite:
                    mine = func.lower(collate(func.coalesce(article.c.language, ""), "C"))
                return or_(mine == code, func.substr(mine, 1, len(code) + 1) == code + "-")
            case Site(host=name):
                return article.c.site.startswith(site_key(name), autoescape=True)
            case Not(part=part):
                return not_(self.of(part))
            case All(parts=parts):
                return and_(*map(self.of, _gathered(parts, All) if self._sqlite else parts))
            case Either(parts=parts):
                return or_(*map(self.of, _gathered(parts, Either) if self._sqlite else parts))

    def _in_fts(self, expression: str) -> ColumnElement[bool]:
        matching = type_coerce(_FTS.c.article_words, Boolean).op("MATCH")(expression)
        inner = select(_FTS.c.rowid).where(matching)
        if self._bounded:
            inner = inner.where(_FTS.c.rowid.between(bindparam(FIRST), bindparam(LAST)))
        return article.c.id.in_(inner)

    def _in_vectors(self, term: Term) -> ColumnElement[bool]:
        weight = _WEIGHTS[term.field]
        ends = [weight] * len(term.tokens)
        if term.prefix:
            ends[-1] = f"*{weight}"
        asked = " <-> ".join(
            f"'{token}':{end}" if end else f"'{token}'"
            for token, end in zip(term.tokens, ends, strict=True)
        )
        matching = _VECTORS.c.words.op("@@", return_type=Boolean())(cast(asked, TSQUERY))
        inner = select(_VECTORS.c.article_id).where(matching)
        if self._bounded:
            inner = inner.where(_VECTORS.c.article_id.between(bindparam(FIRST), bindparam(LAST)))
        return article.c.id.in_(inner)


def _gathered(parts: tuple[Node, ...], kind: type[All | Either]) -> list[Node]:
    """The parts, with those that are about words gathered into one, to be one FTS5 expression."""
    wordy = tuple(part for part in parts if _fts(part))
    rest = [part for part in parts if not _fts(part)]
    if kind is All and wordy:
        negated = [part for part in rest if isinstance(part, Not) and _fts(part.part)]
        wordy += tuple(negated)
        rest = [part for part in rest if part not in negated]
    return [kind(wordy), *rest] if wordy else rest


def _fts(node: Node) -> str | None:
    """The FTS5 expression for a tree about words, or None where there is none.

    FTS5 knows NOT only as a difference: what merely lacks a word has no expression.
    """
    match node:
        case Term(tokens=tokens, prefix=prefix, field=field):
            phrase = '"' + " ".join(tokens) + '"' + (" *" if prefix else "")
            return f"{{{field}}} : {phrase}" if field else phrase
        case Either(parts=parts):
            found = [_fts(part) for part in parts]
            return f"({' OR '.join(map(str, found))})" if all(found) else None
        case All(parts=parts):
            has = [_fts(part) for part in parts if not isinstance(part, Not)]
            lacks = [_fts(part.part) for part in parts if isinstance(part, Not)]
            if not has or not all(has) or not all(lacks):
                return None
            both = " AND ".join(map(str, has))
            return f"(({both}) NOT ({' OR '.join(map(str, lacks))}))" if lacks else f"({both})"
        case _:
            return None
