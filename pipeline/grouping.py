"""Which story is an article part of? Each one joins a story, or opens one, as it is filed.

Average link: the mean product of the article's vector with those of a story's articles, less a
price for the days between them. The price grows with the logarithm of the days, and with how near
the rivals are, the next nearest stories: where many are near, such as the monthly figures of the
jobless, an old one is hardly the same event; where nothing else is near, it may well be.

Stories are sought by the weightiest words of the article, of which the archive gives the latest
mentions only: bounded work, whatever it holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log, log1p

import numpy as np
from numpy.typing import NDArray

from pipeline.terms import SPACE, Terms
from stories.archive.subjects import (
    NOTHING,
    STORY_BITS,
    Mentions,
    Profile,
    Subjects,
    mention_of,
    stories_of,
)

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """An article for which a story is sought: its vector and its day (since the year 1).

    `known` is how many articles the weights of its words were learned from.
    """

    about: Terms
    day: int
    known: int


class Grouping:
    """Puts the articles of one batch into stories; :meth:`keep` writes what it learned."""

    def __init__(self, subjects: Subjects, standing: dict[int, Standing]) -> None:
        """Work within the transaction of these subjects.

        `standing` has stories as the archive has them at this moment, or nothing; it is changed.
        """
        self._subjects = subjects
        self._standing = standing
        self._changed: set[int] = set()
        self._dense = np.zeros(3 * SPACE, dtype=np.float32)
        self._stored: dict[tuple[int, int], Mentions] = {}
        self._fresh: dict[int, set[int]] = {}

    def look_up(self, some: Iterable[Sought]) -> None:
        """Ask at once for what :meth:`nearest` will ask for of each of these."""
        every = list(some)
        self._ask(every)
        self._load({number for one in every for number in self._candidates(one, {})})

    def nearest(self, sought: Sought, quoted: Mapping[int, float]) -> int | None:
        """The story that an article joins; None when it opens one.

        `quoted` has the stories whose articles it quotes, and the share of its text that it does.
        """
        about, day = sought.about, sought.day
        self._ask([sought])
        candidates = self._candidates(sought, quoted)
        if not candidates:
            return None
        self._load(candidates)
        stories = [self._standing[number] for number in candidates]
        found: list[tuple[float, float, float, int]] = []
        for number, story, product in zip(
            candidates, stories, self._products(about, stories), strict=True
        ):
            shared = product / story.members
            apart = log1p(max(0, day - story.last_day, story.first_day - day))
            near = shared - PRICE * apart + LARGER * log(story.members)
            found.append((near + QUOTING * quoted.get(number, 0.0), shared, apart, -number))
        found.sort(reverse=True)
        near, _, apart, number = found[0]
        rivals = sorted((shared for _, shared, _, _ in found[1:]), reverse=True)[:RIVALS]
        near -= RIVALRY * apart * sum(rivals) / RIVALS
        return -number if near > JOINS + UNSURE / (1 + sought.known / SURER) else None

    def _products(self, about: Terms, stories: Sequence[Standing]) -> list[float]:
        """The scalar product of an article with each of the stories."""
        self._dense[about.ids] = about.weights
        found = [float(np.dot(self._dense[story.ids], story.weights)) for story in stories]
        self._dense[about.ids] = 0
        return found

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
        for word, _ in about.sought[:FOUND_BY]:
            self._fresh.setdefault(word, set()).add(mention_of(day, number))

    def keep(self) -> None:
        """Write down what the stories are about now."""
        self._subjects.describe(
            {number: _profile(self._standing[number]) for number in sorted(self._changed)}
        )
        self._subjects.mention(self._fresh)
        self._changed.clear()
        self._stored.clear()
        self._fresh.clear()
        for number in list(self._standing)[:-KEPT]:
            del self._standing[number]

    def _ask(self, some: Iterable[Sought]) -> None:
        """Have at hand which stored stories were about the words of these articles."""
        days: dict[int, set[int]] = {}
        for one in some:
            until = one.day + AHEAD
            missing = (word for word, _ in one.about.sought if (word, until) not in self._stored)
            days.setdefault(until, set()).update(missing)
        for until, words in days.items():
            stored = self._subjects.mentioned(sorted(words), until, MENTIONS) if words else {}
            self._stored.update({(word, until): stored.get(word, NOTHING) for word in words})

    def _candidates(self, sought: Sought, quoted: Mapping[int, float]) -> list[int]:
        """The stories that were about the same words, the most about them first."""
        until = sought.day + AHEAD
        parts = [self._latest(word, until) for word, _ in sought.about.sought]
        words = np.repeat(np.arange(len(parts)), [len(part) for part in parts])
        stories = stories_of(np.concatenate((NOTHING, *parts)))
        # A story that was about a word on several days is as near as one that was on one.
        once = np.unique(words << STORY_BITS | stories)
        weights = np.array([weight for _, weight in sought.about.sought])
        ids, place = np.unique(once & ((1 << STORY_BITS) - 1), return_inverse=True)
        near = np.zeros(len(ids))
        np.add.at(near, place, weights[once >> STORY_BITS])
        if quoted:
            near = near + np.isin(ids, list(quoted))
            others = np.array(sorted(set(quoted) - set(ids.tolist())), dtype=np.int64)
            ids, near = np.concatenate((ids, others)), np.concatenate((near, np.ones(len(others))))
        best: list[int] = ids[np.lexsort((ids, -near))[:STORIES]].tolist()
        return best

    def _latest(self, word: int, until: int) -> Mentions:
        """The latest mentions of a word, those of this batch among them."""
        stored = self._stored[word, until]
        if word not in self._fresh:
            return stored
        fresh = np.fromiter(self._fresh[word], dtype=np.int64)
        both = np.union1d(stored, fresh[fresh < mention_of(until + 1, 0)])
        return both[-MENTIONS:]

    def _load(self, numbers: Iterable[int]) -> None:
        missing = []
        for number in numbers:
            story = self._standing.pop(number, None)
            if story is None:
                missing.append(number)
            else:
                self._standing[number] = story
        for number, one in self._subjects.profiles(missing).items():
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
