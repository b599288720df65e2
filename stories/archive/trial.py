"""Trying a topic's query out before it is in force: what it would find, gain and lose."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from stories.archive.index import sheets_of
from stories.archive.shelf import Shelf
from stories.archive.stacks import Stacks
from stories.clauses import All, Either, Near, Node, Not, Period, Term, leaves
from stories.query import parse
from stories.sentences import passage
from stories.tables.press import article, article_text

SHOWN = 25
COMMON = 0.2
"""A clause that so large a share of all articles answer narrows a query down but little."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """An article that answers, and the sentence that does."""

    id: int
    title: str
    outlet: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """How many articles of the period answer; of those, how many the query in force does not find.

    `lost` are those that only the one in force finds. `sample` is drawn at random.
    """

    hits: int
    gained: int
    lost: int
    sample: tuple[Hit, ...]
    warnings: tuple[str, ...]


def trial(
    connection: Connection, shelf: Shelf, query: str, before: str | None, since: datetime
) -> Trial:
    """Try a query on what was published since; `before` is the query in force. QueryError."""
    stacks = Stacks(connection, shelf, bounded=False)
    period = Period(of="at", first=since, end=None)
    node = parse(query, topic=True)
    found = stacks.every(All((period, node))).tolist()
    held: set[int] = set()
    if before is not None:
        held = set(stacks.every(All((period, parse(before, topic=True)))).tolist())
    drawn = sorted(random.Random(query).sample(found, min(SHOWN, len(found))))  # noqa: S311 - no secret
    return Trial(
        hits=len(found),
        gained=len(set(found) - held),
        lost=len(held - set(found)),
        sample=tuple(_hits(connection, drawn, node)),
        warnings=tuple(_warnings(stacks, node, period)),
    )


def _hits(connection: Connection, ids: Sequence[int], node: Node) -> list[Hit]:
    sheets = {one.id: one for one in sheets_of(connection, ids)}
    rows = connection.execute(
        select(article.c.id, article.c.title, article.c.outlet, article_text.c.text)
        .join(article_text, article_text.c.article_id == article.c.id)
        .where(article.c.id.in_(ids))
        .order_by(article.c.id)
    )
    hits = []
    for row in rows:
        where = passage(node, sheets[row.id], row.text)
        said = where.of(row.title, row.text) if where else ""
        hits.append(Hit(id=row.id, title=row.title, outlet=row.outlet, sentence=said))
    return hits


def _warnings(stacks: Stacks, node: Node, period: Period) -> list[str]:
    """Clauses that find nothing, or nearly everything, in the period."""
    every = stacks.count(period)
    said = []
    for leaf in dict.fromkeys(leaves(node)):
        if not isinstance(leaf, Term | Near) or not every:
            continue
        count = stacks.count(All((period, leaf)))
        if not count:
            said.append(f"{shown(leaf)} finds nothing in this time.")
        elif count > COMMON * every and not _narrows(node):
            said.append(f"{shown(leaf)} is in {count} of {every} articles: it narrows little.")
    if isinstance(node, Not):
        said.append("The query is a NOT alone: it finds nearly everything.")
    return said


def _narrows(node: Node) -> bool:
    return isinstance(node, All) and not any(isinstance(part, Either) for part in node.parts)


def shown(leaf: Term | Near) -> str:
    """A term as it is typed."""
    if isinstance(leaf, Near):
        return f" {'ONEAR' if leaf.ordered else 'NEAR'}/{leaf.distance} ".join(
            shown(term) for term in leaf.terms
        )
    words = " ".join(leaf.tokens) + ("*" if leaf.prefix else "")
    words = f'"{words}"' if len(leaf.tokens) > 1 else words
    return f"{leaf.field}:{words}" if leaf.field else words
