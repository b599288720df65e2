"""Which story is an article part of? Each one joins a story, or opens one, as it is filed.

Average link: the mean product of the article's vector with those of a story's articles, less a
price for those that are by its own outlet, and one for the days between. That grows with the
logarithm of the days, and with how near the rivals are, the next nearest stories: where many are
near, such as the monthly figures of the jobless, an old one is hardly the same event; where nothing
else is near, it may well be.

A story that has grown may turn out to be the same as another one: the chance likenesses of single
articles have cancelled out by then, and the cosine of the two sums says what they have in common.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from math import log, log1p

import numpy as np

from pipeline.frequencies import SPACE
from pipeline.neighbours import Neighbours, Sought
from pipeline.standing import A_DAY, TERM_BYTES, Standing, ids_of, weights_of
from pipeline.terms import HOUSE_MARK, Terms
from stories.archive.subjects import Subjects

JOINS = 0.095
"""An article joins the nearest story when it is at least so near."""

UNSURE, SURER = 0.02, 100
"""While few articles are known, it must be nearer by the first, half of it after so many: what is
rare in the press of a day may be common in that of a month."""

RIVALRY, RIVALS = 0.44, 5
"""What the logarithm of the days costs, for as near as the rivals are on average, and how many of
these are looked at."""

LARGER, LARGE = 0.009, 10
"""How much nearer the logarithm of its size brings a story, up to so many articles."""

HOUSE = 0.07
"""How much less near a story is of which all articles are by the article's own outlet; in part for
a part. An outlet has its ways of saying things, its sections and its templates, and seldom reports
one event twice in other words."""

SAME, SAME_LATER = 0.38, 0.02
"""Two stories are one when the cosine of their sums is so great, and greater by the second for
the logarithm of the days between them."""

YOUNG, OLDER = 0.14, 50
"""While few articles are known, less will do, by the first, and half of it after so many: what all
of them have in common does not count for less yet, and makes the sums longer."""

GROWN, BESIDE = 3, 5
"""Articles that two stories must have together; so many of the nearest are looked at."""

QUOTING = 0.5
"""How much nearer an article is to a story of which it quotes all; in part for a part."""

SOON = log1p(3 * A_DAY)
"""The logarithm of the days within which stories that an article does not join may be its kin."""

KEPT = 1_000
"""So many stories are kept in mind between batches, those that were looked at last."""


Dated = tuple[Terms, int]
"""What an article is about, and its day."""


class Grouping:
    """Puts the articles of one batch into stories; :meth:`keep` writes what it learned."""

    def __init__(
        self, subjects: Subjects, standing: dict[int, Standing], joined: dict[int, int]
    ) -> None:
        """Work within the transaction of these subjects.

        `standing` has stories as the archive has them at this moment, or nothing; `joined` has the
        stories that were joined to others, and to which. Both are changed.
        """
        self._subjects = subjects
        self._standing = standing
        self._joined = joined
        self._neighbours = Neighbours(subjects, joined)
        self._changed: set[int] = set()
        self._known = 0
        self._beside: list[int] = []
        self.met: list[int] = []
        self.united: dict[int, int] = {}
        self._dense = np.zeros(4 * SPACE, dtype=np.float32)

    def look_up(self, some: Iterable[Sought]) -> list[int]:
        """Ask at once for what :meth:`nearest` needs of each; returns the stories to be `met`."""
        self._forget()
        found = self._neighbours.look_up(some)
        self._load({number for near in found.values() for number in near})
        return sorted(
            {
                number
                for one, near in found.items()
                for number in near
                if self._standing[number].gap(one.day, one.day) <= SOON
            }
        )

    def nearest(self, sought: Sought, quoted: Mapping[int, float]) -> int | None:
        """The story that an article joins; None when it opens one.

        `quoted` has the stories whose articles it quotes, and the share of its text that it does.
        """
        about, day, self._known = sought.about, sought.day, sought.known
        candidates = self._neighbours.of(sought, quoted)
        self.met = []
        self._beside = []
        if not candidates:
            return None
        self._load(candidates)
        stories = [self._standing[number] for number in candidates]
        found: list[tuple[float, float, float, int]] = []
        for number, story, product in zip(
            candidates, stories, self._products(about, stories), strict=True
        ):
            apart = story.gap(day, day)
            if apart <= SOON:
                self.met.append(number)
            shared = product / story.members
            near = shared + LARGER * log(min(story.members, LARGE))
            near += QUOTING * quoted.get(number, 0.0)
            found.append((near, shared, apart, -number))
        found.sort(reverse=True)
        near, _, apart, number = found[0]
        rivals = sorted(found[1:], key=lambda one: -one[1])
        near -= RIVALRY * apart * sum(shared for _, shared, _, _ in rivals[:RIVALS]) / RIVALS
        joins = near > JOINS + UNSURE / (1 + sought.known / SURER)
        nearest = rivals if joins else sorted(found, key=lambda one: -one[1])
        self._beside = [-number for _, _, _, number in nearest[:BESIDE]]
        return -number if joins else None

    def twin(self, number: int) -> int | None:
        """The story that turns out to be the same as the one that an article was just added to."""
        story = self._standing[number]
        others = [one for one in self._beside if one != number]
        best: tuple[float, int] | None = None
        others = [one for one in others if story.members + self._standing[one].members >= GROWN]
        if not others:
            return None
        mine, weights = story.vector()
        self._dense[mine] = weights
        for one in others:
            other = self._standing[one]
            ids, weights = other.vector()
            product = float(np.dot(self._dense[ids], weights))
            cosine = product / (story.length() * other.length())
            gap = other.gap(story.first_day, story.last_day)
            least = SAME - YOUNG / (1 + self._known / OLDER) + SAME_LATER * gap
            if cosine > least and (best is None or (cosine, -one) > best):
                best = (cosine, -one)
        self._dense[mine] = 0
        return None if best is None else -best[1]

    def unite(self, number: int, other: int) -> int:
        """Make two stories one, and return its number, the smaller one."""
        stays, goes = sorted((number, other))
        mine, theirs = self._standing[stays], self._standing.pop(goes)
        mine.add(*theirs.vector())
        mine.members += theirs.members
        mine.first_day = min(mine.first_day, theirs.first_day)
        mine.last_day = max(mine.last_day, theirs.last_day)
        self._neighbours.join(goes, stays)
        self.united[goes] = stays
        self._changed.discard(goes)
        self._changed.add(stays)
        return stays

    def cohesion(self, number: int) -> tuple[int, float]:
        """How many articles a story has, copies not counted, and the mean product of any two."""
        story = self._standing[number]
        many = story.members
        # Each article's product with itself is one, and is no matter of two.
        return many, (story.length() ** 2 - many) / max(many * (many - 1), 1)

    def divide(self, number: int, stay: Sequence[Dated], fresh: int, go: Sequence[Dated]) -> None:
        """Make a story of these articles alone, and a new one of those that leave it.

        On which days the old one was about which words is kept: it is found by the words of both.
        """
        self._standing.pop(number)
        for about, day in stay:
            self._add(number, about, day)
        for about, day in go:
            self.join(fresh, about, day)

    def living(self, number: int) -> int:
        """The story that this one is now: itself, or the one that it was joined to."""
        return self._joined.get(number, number)

    def _products(self, about: Terms, stories: Sequence[Standing]) -> list[float]:
        """The scalar product of an article with each story, less the price of its outlet."""
        self._dense[about.ids] = about.weights
        self._dense[about.house] = -HOUSE / HOUSE_MARK
        # All at once: to begin with each story anew costs more than to multiply.
        terms = [story.terms for story in stories]
        shares = self._dense.take(ids_of(b"".join(terms)), mode="clip")
        shares *= weights_of(b"".join([story.weights for story in stories]))
        starts = [0, *accumulate([len(one) // TERM_BYTES for one in terms[:-1]])]
        self._dense[about.ids] = 0
        found: list[float] = np.add.reduceat(shares, starts).tolist()
        return found

    def join(self, number: int, about: Terms, day: int) -> None:
        """Add an article to the story that :meth:`nearest` gave, or to one just opened."""
        self._add(number, about, day)
        self._neighbours.mention(number, about, day)

    def _add(self, number: int, about: Terms, day: int) -> None:
        story = self._standing.get(number)
        if story is None:
            self._standing[number] = Standing.of(about, day)
        else:
            story.add(about.ids, about.weights)
            story.members += 1
            story.first_day = min(story.first_day, day)
            story.last_day = max(story.last_day, day)
        self._changed.add(number)

    def keep(self) -> None:
        """Write down what the stories are about now."""
        self._subjects.describe(
            {number: self._standing[number].profile() for number in sorted(self._changed)}
        )
        self._neighbours.keep()
        self._changed.clear()
        self._forget()

    def _forget(self) -> None:
        """Let go of the stories that were looked at longest ago, as the archive has them."""
        for number in list(self._standing)[:-KEPT]:
            if number not in self._changed:
                del self._standing[number]

    def _load(self, numbers: Iterable[int]) -> None:
        missing = []
        for number in numbers:
            story = self._standing.pop(number, None)
            if story is None:
                missing.append(number)
            else:
                self._standing[number] = story
        if missing:
            for number, one in self._subjects.profiles(missing).items():
                self._standing[number] = Standing(*one)
