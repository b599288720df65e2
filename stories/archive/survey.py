"""Facets: how the articles that answer are spread over outlets, languages, days, topics, kinds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np
from sqlalchemy import Connection, func, select

from stories.archive.chunks import chunks
from stories.archive.stacks import Stacks
from stories.clauses import Node
from stories.sheet import Sheet
from stories.tables.filing import copy
from stories.tables.press import article_topic, topic
from stories.volumes.bind import ticks

FACETS = ("outlet", "language", "day", "topic", "kind")

MOST_LOOKED_UP = 5_000
"""Topics and kinds are counted over so many articles that arrived last, and no others."""

_DAY = 86_400_000_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """How many articles answer, and for each facet how many have which value, the most first.

    Days are in order of time. `among` is over how many of the newest articles topics and kinds
    were counted; all other counts are over all that answer.
    """

    count: int
    facets: dict[str, tuple[tuple[str, int], ...]]
    among: int


def survey(  # noqa: C901 - a facet, a branch
    connection: Connection, stacks: Stacks, node: Node, facets: Sequence[str]
) -> Survey:
    """Count; raises LookupError for a facet that is none of FACETS."""
    for name in facets:
        if name not in FACETS:
            raise LookupError(f"there is no facet {name}; there are {', '.join(FACETS)}")
    named = [name for name in facets if name in {"outlet", "language"}]
    counted: dict[str, Counter[str]] = {name: Counter() for name in facets}
    days: Counter[int] = Counter()
    count = 0
    newest: list[int] = []
    looked_up = [name for name in facets if name in {"topic", "kind"}]
    for one in stacks.visit(node):
        if isinstance(one, Sheet):
            count += 1
            for name in named:
                counted[name][getattr(one, name)] += 1
            days[ticks(one.published or one.seen) // _DAY] += 1
            newest.append(one.id)
            continue
        seeker, mask = one
        volume = seeker.volume
        count += int(np.count_nonzero(mask))
        for name in named:
            names = volume.names(name)
            each = np.bincount(volume.column(name)[mask], minlength=len(names)).tolist()
            counted[name].update({key: many for key, many in zip(names, each, strict=True) if many})
        if "day" in counted:
            values, each = np.unique(volume.column("at")[mask] // _DAY, return_counts=True)
            days.update(dict(zip(values.tolist(), each.tolist(), strict=True)))
        if looked_up and len(newest) < MOST_LOOKED_UP:
            newest += volume.ids[mask][::-1][: MOST_LOOKED_UP - len(newest)].tolist()
    newest = newest[:MOST_LOOKED_UP]
    if "topic" in counted:
        counted["topic"] = _topics(connection, newest)
    if "kind" in counted:
        counted["kind"] = _kinds(connection, newest)
    found = {name: tuple(some.most_common()) for name, some in counted.items()}
    if "day" in found:
        found["day"] = tuple(
            ((_EPOCH + timedelta(days=day)).date().isoformat(), many)
            for day, many in sorted(days.items())
        )
    return Survey(count=count, facets=found, among=len(newest))


def _topics(connection: Connection, ids: Sequence[int]) -> Counter[str]:
    found: Counter[str] = Counter()
    for some in chunks(ids):
        rows = connection.execute(
            select(topic.c.name, func.count())
            .join(article_topic, article_topic.c.topic_id == topic.c.id)
            .where(article_topic.c.article_id.in_(some))
            .group_by(topic.c.name)
        )
        found.update({name: many for name, many in rows})  # noqa: C416 - rows are no pairs to types
    return found


def _kinds(connection: Connection, ids: Sequence[int]) -> Counter[str]:
    found: Counter[str] = Counter()
    for some in chunks(ids):
        kinds = connection.execute(
            select(copy.c.kind, func.count())
            .where(copy.c.article_id.in_(some))
            .group_by(copy.c.kind)
        )
        for kind, many in kinds:
            found["update" if kind == "update" else "copy"] += many
    if len(ids) > found.total():
        found["original"] = len(ids) - found.total()
    return found
