"""Which story is an article part of? Each one joins a story, or opens one, as it is filed.

Average link: the mean product of the article's vector with those of a story's articles, less a
price for the days between them. The price grows with the logarithm of the days, and with how near
the rivals are, the next nearest stories: where many are near, such as the monthly figures of the
jobless, an old one is hardly the same event; where nothing else is near, it may well be.

Stories are sought by the weightiest words of the article, of which the archive gives the latest
mentions only: bounded work, whatever it holds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import log, log1p

import numpy as np
from numpy.typing import NDArray

from pipeline.terms import SPACE, Terms
from stories.archive.events import Events, Profile

JOINS = 0.095
"""An article joins the nearest story when it is at least so near."""

UNSURE, SURER = 0.10, 5
"""While few articles are known, it must be nearer by the first, half of it after so many: common
words are not known to be common yet."""

PRICE, RIVALRY, RIVALS = 0.02, 0.25, 5
"""What the logarithm of the days costs, and how much more the more its rivals are near."""

LARGER = 0.01
"""How much nearer the logarithm of its size brings a story."""

QUOTING = 0.5
"""How much nearer an article is to a story of which it quotes all; in part for a part."""

AHEAD = 14
"""Days after an article's own in which mentions are still sought: it may have come late."""

FOUND_BY = 8
"""By so many of its weightiest words a story can be found; it is sought by more."""

MENTIONS, STORIES = 64, 20
"""So many mentions of a word are looked at, and so many stories compared in full."""


KEPT = 2_000
"""So many stories are kept in mind between batches, those that were looked at last."""


@dataclass(slots=True, kw_only=True)
class Standing:
    """What a story is about, as it stands now."""

    first_day: int
    last_day: int
    members: int
    ids: NDArray[np.uint32]
    weights: NDArray[np.float32]


class Grouping:
    """Puts the articles of one batch into stories; :meth:`keep` writes what it learned."""

    def __init__(self, events: Events, standing: dict[int, Standing]) -> None:
        """Work within the transaction of these events.

        `standing` has stories as the archive has them at this moment, or nothing; it is changed.
        """
        self._events = events
        self._standing = standing
        self._changed: set[int] = set()
        self._dense = np.zeros(3 * SPACE, dtype=np.float32)

    def nearest(
        self, about: Terms, day: int, quoted: Mapping[int, float], known: int
    ) -> int | None:
        """The story that an article of that day joins; None when it opens one.

        `quoted` has the stories whose articles it quotes, and the share of its text that it does;
        `known` is how many articles the weights of words were learned from.
        """
        candidates = self._candidates(about, day, quoted)
        self._load(candidates)
        self._dense[about.ids] = about.weights
        found: list[tuple[float, float, float, int]] = []
        for number in candidates:
            story = self._standing[number]
            shared = float(np.dot(self._dense[story.ids], story.weights)) / story.members
            apart = log1p(max(0, day - story.last_day, story.first_day - day))
            near = shared - PRICE * apart + LARGER * log(story.members)
            found.append((near + QUOTING * quoted.get(number, 0.0), shared, apart, -number))
        self._dense[about.ids] = 0
        if not found:
            return None
        found.sort(reverse=True)
        near, _, apart, number = found[0]
        rivals = sorted((shared for _, shared, _, _ in found[1:]), reverse=True)[:RIVALS]
        near -= RIVALRY * apart * sum(rivals) / RIVALS
        return -number if near > JOINS + UNSURE / (1 + known / SURER) else None

    def join(self, number: int, about: Terms, day: int) -> None:
        """Add an article to the story that :meth:`nearest` gave, or to one just opened."""
        story = self._standing.get(number)
        if story is None:
            self._standing[number] = Standing(
                first_day=day,
                last_day=day,
                members=1,
                ids=about.ids,
                weights=about.weights,
            )
        else:
            story.ids, story.weights = _sum(story.ids, story.weights, about)
            story.members += 1
            story.first_day = min(story.first_day, day)
            story.last_day = max(story.last_day, day)
        self._changed.add(number)
        self._events.mention([(word, day, number) for word, _ in about.sought[:FOUND_BY]])

    def keep(self) -> None:
        """Write down what the stories are about now."""
        self._events.describe(
            {number: _profile(self._standing[number]) for number in sorted(self._changed)}
        )
        self._changed.clear()
        for number in list(self._standing)[:-KEPT]:
            del self._standing[number]

    def _candidates(self, about: Terms, day: int, quoted: Mapping[int, float]) -> list[int]:
        weights = dict(about.sought)
        near: dict[int, float] = dict.fromkeys(quoted, 1.0)
        mentioned = self._events.mentioned(tuple(weights), day + AHEAD, MENTIONS)
        for word, number in dict.fromkeys(mentioned):
            near[number] = near.get(number, 0.0) + weights[word]
        return sorted(near, key=lambda number: (-near[number], number))[:STORIES]

    def _load(self, numbers: list[int]) -> None:
        missing = []
        for number in numbers:
            story = self._standing.pop(number, None)
            if story is None:
                missing.append(number)
            else:
                self._standing[number] = story
        for number, one in self._events.profiles(missing).items():
            self._standing[number] = Standing(
                first_day=one.first_day,
                last_day=one.last_day,
                members=one.members,
                ids=np.frombuffer(one.terms, dtype="<u4"),
                weights=np.frombuffer(one.weights, dtype="<f4"),
            )


def _sum(
    ids: NDArray[np.uint32], weights: NDArray[np.float32], about: Terms
) -> tuple[NDArray[np.uint32], NDArray[np.float32]]:
    both = np.union1d(ids, about.ids)
    total = np.zeros(len(both), dtype=np.float32)
    total[np.searchsorted(both, ids)] = weights
    total[np.searchsorted(both, about.ids)] += about.weights
    return both, total


def _profile(one: Standing) -> Profile:
    return Profile(
        first_day=one.first_day,
        last_day=one.last_day,
        members=one.members,
        terms=one.ids.astype("<u4").tobytes(),
        weights=one.weights.astype("<f4").tobytes(),
    )
