"""Which stories were about what an article is about? Its neighbours, sought by a few of its words.

Of each of the article's weightiest words the archive gives the latest mentions only: bounded work,
whatever it holds. What the batch itself has mentioned since is among them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.terms import Terms
from stories.archive.subjects import (
    NOTHING,
    Mentions,
    Subjects,
    mention_of,
    stories_of,
)
from stories.ascending import greatest, is_first, once

AHEAD = 14
"""Days after an article's own in which mentions are still sought: it may have come late."""

FOUND_BY = 8
"""By so many of its weightiest words a story can be found; it is sought by more."""

MENTIONS, STORIES = 64, 14
"""So many mentions of a word are looked at, and so many stories compared in full."""

WORD_BITS = 5
"""So many bits tell the words apart by which one article is sought."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Sought:
    """An article for which a story is sought: its vector and its day (since the year 1).

    `known` is how many articles the weights of its words were learned from.
    """

    about: Terms
    day: int
    known: int


class Neighbours:
    """The stories that were about the same words; :meth:`keep` writes what was mentioned."""

    def __init__(self, subjects: Subjects, joined: dict[int, int]) -> None:
        """Work within the transaction of these subjects.

        `joined` has the stories that were joined to others, and to which; it is changed here.
        """
        self._subjects = subjects
        self._joined = joined
        self._stored: dict[tuple[int, int], Mentions] = {}
        self._fresh: dict[int, set[int]] = {}
        self._found: dict[Sought, list[int]] = {}
        self._since: set[int] = set()
        self._moved: tuple[Mentions, Mentions] | None = None

    def look_up(self, some: Iterable[Sought]) -> Mapping[Sought, Sequence[int]]:
        """Ask at once for what :meth:`of` needs of each of these, and say what it will give."""
        every = list(some)
        self._ask(every)
        self._since.clear()
        self._found = {one: self._nearest(one, {}) for one in every}
        return self._found

    def of(self, sought: Sought, quoted: Mapping[int, float]) -> list[int]:
        """The stories that were about the same words, the most about them first.

        Those that the article quotes, with the share of its text that it does, are among them.
        """
        found = self._found.get(sought)
        if found is None:
            self._ask([sought])
        elif not quoted and self._since.isdisjoint(word for word, _ in sought.about.sought):
            return found
        return self._nearest(sought, quoted)

    def mention(self, story: int, about: Terms, day: int) -> None:
        """A story was, on that day, about this."""
        for word, _ in about.sought[:FOUND_BY]:
            self._fresh.setdefault(word, set()).add(mention_of(day, story))
            self._since.add(word)

    def join(self, gone: int, now: int) -> None:
        """A story turned out to be another one; so did those that had turned out to be it."""
        for one, other in self._joined.items():
            if other == gone:
                self._joined[one] = now
        self._joined[gone] = now
        self._moved = None
        self._found.clear()

    def keep(self) -> None:
        """Write down what was mentioned."""
        self._subjects.mention(self._fresh)
        self._stored.clear()
        self._fresh.clear()
        self._found.clear()

    def _ask(self, some: Iterable[Sought]) -> None:
        """Have at hand which stored stories were about the words of these articles."""
        days: dict[int, set[int]] = {}
        for one in some:
            until = one.day + AHEAD
            missing = [word for word, _ in one.about.sought if (word, until) not in self._stored]
            days.setdefault(until, set()).update(missing)
        for until, words in days.items():
            stored = self._subjects.mentioned(sorted(words), until, MENTIONS) if words else {}
            self._stored.update({(word, until): stored.get(word, NOTHING) for word in words})

    def _nearest(self, sought: Sought, quoted: Mapping[int, float]) -> list[int]:
        until = sought.day + AHEAD
        parts = [self._latest(word, until) for word, _ in sought.about.sought]
        marked = self._now(stories_of(np.concatenate((NOTHING, *parts)))) << WORD_BITS
        marked |= np.arange(len(parts)).repeat([len(part) for part in parts])
        # A story that was about a word on several days is as near as one that was on one.
        marked = once(marked)
        ids = marked >> WORD_BITS
        starts = is_first(ids).nonzero()[0]
        ids, near = ids[starts], np.zeros(0)
        if len(starts):
            weights = np.array([weight for _, weight in sought.about.sought])
            near = np.add.reduceat(weights[marked & ((1 << WORD_BITS) - 1)], starts)
        if quoted:
            ids, near = _with(quoted, ids, near)
        best: list[int] = ids[greatest(near, STORIES)].tolist()
        return best

    def _now(self, stories: Mentions) -> Mentions:
        """The stories that these are now."""
        if not self._joined:
            return stories
        if self._moved is None:
            gone = np.array(sorted(self._joined), dtype=np.int64)
            self._moved = gone, np.array([self._joined[one] for one in gone.tolist()])
        gone, now = self._moved
        place = np.searchsorted(gone, stories)
        place[place == len(gone)] = 0
        return np.where(gone[place] == stories, now[place], stories)

    def _latest(self, word: int, until: int) -> Mentions:
        """The latest mentions of a word, those of this batch among them."""
        stored = self._stored[word, until]
        if word not in self._fresh:
            return stored
        end = mention_of(until + 1, 0)
        fresh = np.array([one for one in self._fresh[word] if one < end], dtype=np.int64)
        return once(np.concatenate((stored, fresh)))[-MENTIONS:]


def _with(
    quoted: Mapping[int, float], ids: Mentions, near: np.ndarray[tuple[int], np.dtype[np.float64]]
) -> tuple[Mentions, np.ndarray[tuple[int], np.dtype[np.float64]]]:
    """The stories in order, the quoted ones among them and nearer than they were."""
    every = once(np.concatenate((ids, np.array(list(quoted), dtype=np.int64))))
    nearer = np.isin(every, list(quoted)).astype(np.float64)
    nearer[np.searchsorted(every, ids)] += near
    return every, nearer
