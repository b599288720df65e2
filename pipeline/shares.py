"""How many pages of either kind have each term, and where they have it: what a term says.

A page that says a name on top speaks of it, one that says it in passing may speak of anything. So
each term has shares of pages for each place where it can stand (naive Bayes with four values a
term); the logarithm of what both kinds have is what it says.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence

from pipeline.compared import Feature, Place, Read, run_of

TRUST = 0.5
"""How much a term that was learned counts for judging pages, against one of the story."""

AGAINST = -0.3
"""The most that it can say against a page to have a term of the story."""

FEW_LISTED = 60
"""Headings of lists from which they tell how many pages have a term there."""

_TOPIC_PRIOR, _OTHER_PRIOR = 4.0, 6.0
_LEAST, _MOUTH = 0.1, 0.3
"""Pages that one imagines of either kind; the share of the others that have any term until pages
without it were read, and how much more the lines can add that have it: what is rare elsewhere may
be in everybody's mouth around here."""

_OUR_PLACES, _THEIR_PLACES = (0.3, 0.35, 0.35), (0.7, 0.22, 0.08)
"""Where pages of the topic, and others, are imagined to have a term: in passing, centrally, in the
headline."""

_RAREST, _MOST, _HARDLY = 0.005, 0.98, 0.01
"""The least and the most that a share of pages can be, and the least for one of the places."""

Counted = tuple[Read, float, float]
"""A page, how likely it is of the topic, how much it counts."""


class Shares:
    """The shares of the terms in either kind of pages; :meth:`weigh` finds them from pages."""

    def __init__(self, features: dict[str, Feature]) -> None:
        self._features = features
        self._shares: dict[str, tuple[list[float], list[float]]] = {}
        self._lines: Counter[str] = Counter()
        self._alone: Counter[str] = Counter()
        self._headings: dict[str, str] = {}
        self._listed: Counter[str] = Counter()

    def note_company(self, said: Sequence[str]) -> None:
        """Count in how many lines each term stands, and in how many without any other."""
        tokens_of = {name: set(self._features[name].forms[0].tokens) for name in said}
        for name in said:
            self._lines[name] += 1
            self._alone[name] += not any(
                not tokens_of[name] & tokens_of[other] for other in said if other != name
            )

    def note_listed(self, key: str, line: str) -> None:
        """Take in a page's heading, as tokens between blanks, that a list shows to everybody."""
        if key in self._headings or not line.strip():
            return
        self._headings[key] = line
        for name, one in self._features.items():
            self._listed[name] += _has(line, one)

    def note_term(self, name: str) -> None:
        """Take in a further term."""
        one = self._features[name]
        self._listed[name] = sum(_has(line, one) for line in self._headings.values())

    def of(self, name: str) -> tuple[list[float], list[float]]:
        """The shares of a term by place, of the topic's pages and of others."""
        return self._shares[name]

    def imagined(self, name: str) -> tuple[list[float], list[float]]:
        """The same before any page was read."""
        one = self._features[name]
        base = max(self._in_everybodys_mouth(name), one.other)
        theirs = self._bounded(name, _by_place(base, _THEIR_PLACES), 0.0, 0.0)
        return _by_place(one.topic, _OUR_PLACES), theirs

    def expected(self, name: str) -> float:
        """How well its shares agree with what was imagined: the logarithm of their density."""
        total = 0.0
        for shares, imagined, prior in zip(
            self.of(name), self.imagined(name), (_TOPIC_PRIOR, _OTHER_PRIOR), strict=True
        ):
            total += prior * sum(
                part * math.log(share)
                for part, share in zip(imagined[: Place.SOMEWHERE], shares, strict=False)
            )
        return total

    def weigh(self, pages: Sequence[Counted]) -> None:
        """Find the shares anew by these pages, and what each term says by them."""
        ours = sum(chance * much for _, chance, much in pages)
        others = sum((1.0 - chance) * much for _, chance, much in pages)
        mine = {name: [0.0] * len(Place) for name in self._features}
        theirs = {name: [0.0] * len(Place) for name in self._features}
        for page, chance, much in pages:
            for name in page.has & self._features.keys():
                place = page.place(name)
                mine[name][place] += chance * much
                theirs[name][place] += (1.0 - chance) * much
        for name, one in self._features.items():
            our_guess, their_guess = self.imagined(name)
            both = (
                _mixed(mine[name], ours, our_guess, _TOPIC_PRIOR),
                self._bounded(
                    name,
                    _mixed(theirs[name], others, their_guess, _OTHER_PRIOR),
                    mine[name][Place.HEADLINE],
                    theirs[name][Place.HEADLINE],
                ),
            )
            self._shares[name] = both
            # What was learned was learned from pages that it now helps to judge.
            trust = TRUST if one.learned else 1.0
            one.by_place = _rising([trust * math.log(a / b) for a, b in zip(*both, strict=True)])

    def _in_everybodys_mouth(self, name: str) -> float:
        """The share of other pages that a term is expected to be on, by the lines that have it.

        A name that stands there without any other of the story's terms is not the story's own.
        """
        alone = (self._alone[name] + 0.5) / (self._lines[name] + 1.5)
        return _LEAST + _MOUTH * max(0.0, alone - 0.5)

    def _bounded(self, name: str, shares: list[float], ours: float, others: float) -> list[float]:
        """Shares of other pages, of which no more can have a term in the headline than lists show.

        Pages are read because they have the topic's terms, so that among those that were read too
        many have them. Lists show what there is: of the headings there that have the term, as many
        are others' as of the pages that were read for it, `ours` and `others`.
        """
        if len(self._headings) < FEW_LISTED:
            return shares
        listed = (self._listed[name] + 1.0) / (len(self._headings) + 10.0)
        most = listed * (others + 1.0) / (ours + others + 2.0)
        shares[Place.HEADLINE] = min(shares[Place.HEADLINE], most)
        return shares


def _has(line: str, one: Feature) -> bool:
    return any(run_of(form) in line for form in one.forms)


def _by_place(share: float, places: Iterable[float]) -> list[float]:
    """A share of pages that have a term, as one for each place where it can stand."""
    return [1.0 - share, *(share * part for part in places), share]


def _mixed(
    counts: Sequence[float], pages: float, imagined: Sequence[float], prior: float
) -> list[float]:
    """The shares of pages that have a term at each place, with so many imagined among them."""
    guess = prior * imagined[Place.SOMEWHERE]
    share = min(_MOST, max(_RAREST, (sum(counts) + guess) / (pages + prior)))
    placed = sum(counts[Place.PASSING : Place.SOMEWHERE]) + guess
    parts = (
        (counts[place] + prior * imagined[place]) / placed
        for place in (Place.PASSING, Place.CENTRAL, Place.HEADLINE)
    )
    return _by_place(share, (max(_HARDLY, part) for part in parts))


def _rising(said: Sequence[float]) -> tuple[float, ...]:
    """What a term says at each place, no less than at the place before: it is the story's own.

    That more of the other pages have it in passing is no reason to hold it against a page, but
    that it is not said on top.
    """
    lack, passing, central, headline, somewhere = said
    passing = max(passing, min(lack, AGAINST))
    central = max(passing, central)
    return lack, passing, central, max(central, headline), max(somewhere, min(lack, AGAINST))
