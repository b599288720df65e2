"""Two kinds of pages, the topic's and all others, told apart by which terms they have, and where.

What a term says comes from how many pages of either kind have it, see :mod:`pipeline.shares`; the
kinds are found by expectation and maximisation (Dempster, Laird and Rubin 1977), anchored in the
story.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence

from pipeline.compared import Feature, Place, Read, logistic
from pipeline.headings import Headings
from pipeline.shares import Shares
from pipeline.starts import ends

ABSENT, ABSENT_KNOWN, KNOWN = 0.5, 0.75, 20.0
"""How much it counts that a page lacks a term, against that it has one: little at first, when only
one story's terms are known; more once so many pages show which terms the topic's pages have."""

FURTHER, ENOUGH_OTHERS = 0.7, 20.0
"""What each further term says of a page against the one before it, as long as no others were read:
the terms of one story may all be of its neighbourhood. So many others show which are not."""

TOGETHER = 0.3
"""How much of its weight a term says beside a stronger one that stands in the same sentences, or of
which it is a part."""

_ROUNDS, _SETTLED = 8, 0.001
"""Rounds of weighing and judging at most; and less than this changes nothing any more."""

_TELLING = 0.7
"""Weight from which a term is taken for a mention of the topic."""

_MAIN = 0.75
"""When kinds are compared a term that so many of the topic's pages are expected to have counts
fully, others by the root of their share."""

_STEPS = (0.12, 0.3)
_DENSE_TOPIC, _DENSE_OTHER = (0.4, 1.2, 2.4), (3.6, 1.5, 0.9)
"""Shares of a page's sentences that speak of the topic, few, some or many: on how many pages of the
topic, and of others, that is imagined to be so."""

_PASSING, _IN_PASSING = 5, -3.0
"""Sentences from which a page that speaks of the topic in one alone does so in passing; what that
says. Only all its words can overrule it."""


class Kinds:
    """What is known of either kind: the `shares` of the terms, and what else parts them."""

    def __init__(self, features: dict[str, Feature], headings: Headings) -> None:
        self.shares = Shares(features)
        self._features = features
        self._headings = headings
        self._spoken: dict[str, set[str]] = defaultdict(set)
        self._dense = list(zip(_DENSE_TOPIC, _DENSE_OTHER, strict=True))
        self._wholes: dict[str, str] = {}
        self._told = 1.0
        self._absent = ABSENT
        self._further = FURTHER
        self._weigh([], [])

    def speak(self, language: str | None, names: Iterable[str]) -> None:
        """Take in which terms pages of a language have."""
        self._spoken[language or ""].update(names)

    def part(self, pages: Sequence[Read], *, told: float) -> None:
        """Tell the two kinds apart; `told` is how much the story counts among its own.

        What is found depends on where one begins: from what is known of the story, from what the
        pages were taken for until now, or from how they differ. What explains them best stands.
        """
        self._told = told
        own = [name for name, one in self._features.items() if not one.learned]
        begun = [self._first_guesses(pages), [page.likely for page in pages], *ends(pages, own)]
        fits = [(self._settle(pages, start), self._fit(pages)) for start in begun]
        best, _ = max(fits, key=lambda one: one[1])
        self._settle(pages, best, rounds=0)

    def _settle(
        self, pages: Sequence[Read], likely: Sequence[float], rounds: int = _ROUNDS
    ) -> list[float]:
        """From these guesses on, weigh the terms and judge the pages by turns."""
        for page, guess in zip(pages, likely, strict=True):
            page.likely = guess if page.known is None else page.known
        judged = [page.likely for page in pages]
        for _ in range(rounds):
            self._weigh(pages, judged)
            for page in pages:
                if page.known is None:
                    page.likely = self.chance(page)
            before, judged = judged, [page.likely for page in pages]
            if all(abs(one - other) < _SETTLED for one, other in zip(judged, before, strict=True)):
                break
        self._weigh(pages, judged)
        return judged

    def _fit(self, pages: Sequence[Read]) -> float:
        """How well the two kinds explain which terms the pages have.

        That is the logarithm of how likely all of it is, as the mixture of both, over the terms of
        the story; what the story is about counts more than what it says once, lest a few reports
        of the same detail are taken for the topic, and the parts of a name hardly at all.
        """
        ours = sum(page.likely for page in pages)
        prior = math.log((ours + 1.0) / (len(pages) - ours + 1.0))
        counts = {
            name: math.sqrt(one.topic / _MAIN) * (1.0 if self._longest(name) == name else TOGETHER)
            for name, one in self._features.items()
            if not one.learned
        }
        total = sum(count * self.shares.expected(name) for name, count in counts.items())
        for page in pages:
            spoken = self._spoken[page.language or ""]
            said = prior
            for name, count in counts.items():
                if name in spoken:
                    mine, theirs = (shares[page.place(name)] for shares in self.shares.of(name))
                    total += count * math.log(theirs)
                    said += count * math.log(mine / theirs)
            total += max(0.0, said) + math.log1p(math.exp(-abs(said)))
        return total - len(pages) * math.log1p(math.exp(prior))

    def chance(self, page: Read) -> float:
        """How likely a page is of the topic, 0 to 1.

        That it lacks a term says something where pages of its language have it; others cannot.
        """
        spoken = self._spoken[page.language or ""]
        logit = self._absent * self._by_lacks(page, spoken) + self._by_terms(page, spoken)
        logit += self._headings.by_company(page) + page.by_words
        speaking = self._speaking(page)
        if self._passes(page, speaking):
            logit = _IN_PASSING + (logit if page.by_words > 0 else min(0.0, logit))
        if page.sentences >= _PASSING:
            ours, others = self._dense[_bin(speaking / page.sentences)]
            logit += math.log(ours / others)
        return logistic(logit)

    def _by_terms(self, page: Read, spoken: set[str]) -> float:
        """What it says which terms a page has, and where.

        Terms that stand in the same sentences alone came there together: as one quotation that
        several pages have.
        """
        groups: dict[tuple[int, ...] | str, list[float]] = defaultdict(list)
        for name, one in self._features.items():
            if name not in page.has or name not in spoken:
                continue
            whole = self._whole(name, page)
            said = one.by_place[page.place(name)]
            groups[tuple(page.at.get(whole, ())) or whole].append(said)
        summed = sorted(map(_together, groups.values()), key=abs, reverse=True)
        return sum(said * self._further**place for place, said in enumerate(summed))

    def _by_lacks(self, page: Read, spoken: set[str]) -> float:
        """What it says which terms a page has not; who lacks a name lacks its parts as well."""
        groups: dict[str, list[float]] = defaultdict(list)
        for name, one in self._features.items():
            if name in spoken and name not in page.has:
                groups[self._longest(name)].append(one.lack)
        return sum(max(said, key=abs) for said in groups.values())

    def _longest(self, name: str) -> str:
        """The longest term of which this one is a part, or else itself."""
        if len(self._wholes) != len(self._features):
            longest = sorted(self._features, key=len, reverse=True)
            self._wholes = {
                one: next(whole for whole in longest if f" {one} " in f" {whole} ")
                for one in self._features
            }
        return self._wholes[name]

    def _whole(self, name: str, page: Read) -> str:
        """The longer term of a page that this one is the end of, or else itself."""
        ends = f" {name}"
        return min((one for one in page.has if one.endswith(ends)), default=name)

    def is_passing(self, page: Read) -> bool:
        """Whether a page speaks of the topic in one sentence of many, and not in its headline."""
        return self._passes(page, self._speaking(page))

    def _passes(self, page: Read, speaking: int) -> bool:
        return (
            speaking < 2  # noqa: PLR2004
            and page.sentences >= _PASSING
            and page.text is not None
            and not any(
                self._features[name].by_place[place] >= _TELLING
                for name in page.has
                if (place := page.place(name)) >= Place.CENTRAL
            )
        )

    def _speaking(self, page: Read) -> int:
        """In how many sentences a page speaks of the topic, its headline among them."""
        places: set[int] = set()
        for name in page.has:
            one = self._features[name]
            if max(one.weight, one.by_place[page.place(name)]) >= _TELLING:
                places.update(page.at.get(name, ()))
        return len(places)

    def _first_guesses(self, pages: Sequence[Read]) -> list[float]:
        """Before anything was learned: by the terms of the story alone."""
        imagined = {
            name: [math.log(a / b) for a, b in zip(*self.shares.imagined(name), strict=True)]
            for name, one in self._features.items()
            if not one.learned
        }
        guesses = []
        for page in pages:
            logit = 0.0
            spoken = self._spoken[page.language or ""]
            for name, said in imagined.items():
                if name in spoken:
                    place = page.place(name)
                    logit += said[place] * (1.0 if place else ABSENT)
            guesses.append(logistic(logit))
        return guesses

    def _weigh(self, pages: Sequence[Read], likely: Sequence[float]) -> None:
        """Find out what the terms say when these pages are so likely of the topic."""
        counted = [
            (page, chance, self._told if page.known == 1.0 else 1.0)
            for page, chance in zip(pages, likely, strict=True)
        ]
        ours = sum(chance * much for _, chance, much in counted)
        others = sum((1.0 - chance) * much for _, chance, much in counted)
        self._further = FURTHER + (1 - FURTHER) * min(1.0, others / ENOUGH_OTHERS)
        self._absent = ABSENT + (ABSENT_KNOWN - ABSENT) * min(1.0, ours / KNOWN)
        self.shares.weigh(counted)
        self._weigh_dense(pages, likely)

    def _weigh_dense(self, pages: Sequence[Read], likely: Sequence[float]) -> None:
        """How much of a page speaks of the topic, on its pages and on others."""
        ours, others = list(_DENSE_TOPIC), list(_DENSE_OTHER)
        for page, chance in zip(pages, likely, strict=True):
            if page.text is not None and page.sentences >= _PASSING:
                place = _bin(self._speaking(page) / page.sentences)
                ours[place] += chance
                others[place] += 1.0 - chance
        self._dense = [
            (mine / sum(ours), theirs / sum(others))
            for mine, theirs in zip(ours, others, strict=True)
        ]


def _together(said: Sequence[float]) -> float:
    """What terms say that came together: the strongest its weight, the others hardly more."""
    return (1 - TOGETHER) * (max(0.0, *said) + min(0.0, *said)) + TOGETHER * sum(said)


def _bin(share: float) -> int:
    return sum(share >= least for least in _STEPS)
