"""Search endpoints: templates filled with a topic's terms, and what they answer.

A template has ``{query}`` in it. Each query is one of the terms that decide alone, or two of the
others together: endpoints differ in everything but that they take words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import combinations
from urllib.parse import quote

from pipeline.address import key
from pipeline.likeness import SURE
from spiders.feed import read_feed
from spiders.fetch import Answer
from spiders.listing import Listing, UnreadableError
from spiders.targets import unwrapped
from spiders.ways import ways_out
from stories.model import Sighting, SourceKind
from stories.query import All, Either, Node, Term, parse
from stories.ways import Way, WayKind


def queries(query: str, weights: Mapping[str, float]) -> list[str]:
    """What to ask an endpoint for, the best first: each as plain words, phrases in quotes."""
    tree = parse(query)
    alone = list(_alone(tree))
    ranked = sorted(alone, key=lambda term: -weights.get(_shown(term), 0.0))
    said = [_asked(term) for term in ranked]
    if not said:
        others = sorted(_leaves(tree), key=lambda term: -weights.get(_shown(term), 0.0))[:3]
        said = [f"{_asked(one)} {_asked(other)}" for one, other in combinations(others, 2)]
    return list(dict.fromkeys(said))


def filled(template: str, query: str) -> str:
    """The address that asks an endpoint."""
    return template.replace("{query}", quote(query, safe=""))


def ways_of(
    templates: Mapping[str, str], asked: Sequence[str], *, distance: int, parent: str | None
) -> Iterator[Way]:
    """Queries to every endpoint, the best first, as ways outward."""
    for name, template in templates.items():
        for rank, query in enumerate(asked):
            url = filled(template, query)
            yield Way(
                key=key(url),
                url=url,
                kind=WayKind.SEARCH,
                how="search",
                parent=parent,
                distance=distance,
                hint=f"{name}: {query}",
                evidence=max(0, SURE - rank),
            )


def read_results(answer: Answer, seen: datetime) -> Listing:
    """Read what an endpoint answered: a feed, or a page with links.

    Raises:
        UnreadableError: it is neither.

    """
    try:
        return read_feed(
            answer.body, answer.url, source="", seen=seen, content_type=answer.content_type
        )
    except UnreadableError as error:
        if error.reason != "html":
            raise
    page = ways_out(answer.body, answer.url, answer.content_type)
    return Listing(
        kind=SourceKind.SECTION,
        sightings=tuple(
            Sighting(url=unwrapped(link.url), source="", seen=seen, title=link.text or None)
            for link in page.links
            if link.text
        ),
        more=(page.next,) if page.next else (),
        method="links",
    )


def _alone(node: Node) -> Iterator[Term]:
    match node:
        case Term(field=None) | Term(field="text"):
            yield node
        case Either(parts):
            for part in parts:
                yield from _alone(part)
        case _:
            return


def _leaves(node: Node) -> Iterator[Term]:
    match node:
        case Term():
            yield node
        case All(parts) | Either(parts):
            for part in parts:
                yield from _leaves(part)
        case _:
            return


def _shown(term: Term) -> str:
    return " ".join(term.tokens) + ("*" if term.prefix else "")


def _asked(term: Term) -> str:
    run = " ".join(term.tokens)
    return f'"{run}"' if len(term.tokens) > 1 else run
