"""Two kinds of pages, the topic's and all others, told apart by which terms they have.

Each term has the share of pages of either kind that have it (naive Bayes over terms); the kinds are
found by expectation and maximisation (Dempster, Laird and Rubin 1977), anchored in the story.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from pipeline.compared import Feature, Read
from pipeline.headings import Headings

ABSENT, ABSENT_KNOWN, KNOWN = 0.3, 0.75, 20.0
"""How much it counts that a page lacks a term, against that it has one: little at first, when only
one story's terms are known; more once so many pages show which terms the topic's pages have."""

TRUST = 0.5
"""How much a term that was learned counts for judging pages, against one of the story."""

_TOPIC_PRIOR = 4.0
_OTHER_PRIOR = 6.0
_LEAST = 0.1
"""Pages that one imagines of either kind, and the share of the others that have any term until
pages without it were read: what is rare elsewhere may be in everybody's mouth around here."""

_ROUNDS = 8
_TELLING = 0.7
"""Weight from which a term is taken for a mention of the topic."""

_OWN = 0.7
"""A term that so many of the topic's pages are expected to have is the story's own."""

_SHARES = (0.12, 0.3)
_DENSE_TOPIC, _DENSE_OTHER = (0.1, 0.3, 0.6), (0.6, 0.25, 0.15)
"""Shares of a page's sentences that speak of the topic, few, some or many: on how many pages of the
topic, and of others, that is imagined to be so."""

_PASSING = 5
"""Sentences from which a page that speaks of the topic in one alone does so in passing."""


class Kinds:
    """What is known of either kind: the weights of `features`, and what else parts them."""

    def __init__(self, features: dict[str, Feature], headings: Headings) -> None:
        self._features = features
        self._headings = headings
        self._lines: Counter[str] = Counter()
        self._alone: Counter[str] = Counter()
        self._spoken: dict[str, set[str]] = defaultdict(set)
        self._dense = list(zip(_DENSE_TOPIC, _DENSE_OTHER, strict=True))
        self._told = 1.0
        self._absent = ABSENT
        self._shares: dict[str, tuple[float, float]] = {}
        self._weigh([], [])

    def speak(self, language: str | None, names: Iterable[str]) -> None:
        """Take in which terms pages of a language have."""
        self._spoken[language or ""].update(names)

    def note_company(self, said: Sequence[str]) -> None:
        """Count in how many lines each term stands, and in how many without any other."""
        tokens_of = {name: set(self._features[name].forms[0].tokens) for name in said}
        for name in said:
            self._lines[name] += 1
            self._alone[name] += not any(
                not tokens_of[name] & tokens_of[other] for other in said if other != name
            )

    def _in_everybodys_mouth(self, name: str) -> float:
        """The share of other pages that a term is expected to be on, by the lines that have it.

        A name that stands there without any other of the story's terms is not the story's own.
        """
        alone = (self._alone[name] + 0.5) / (self._lines[name] + 1.5)
        return _LEAST + 0.9 * max(0.0, alone - 0.5)

    def part(self, pages: Sequence[Read], *, told: float) -> None:
        """Tell the two kinds apart; `told` is how much the story counts among its own.

        What is found depends on where one begins: once from what is known of the story, once from
        what the pages were taken for until now. What explains the pages better stands.
        """
        self._told = told
        before = [page.likely for page in pages]
        anew = self._settle(pages, [self._first_guess(page) for page in pages])
        fit = self._fit(pages)
        self._settle(pages, before)
        if self._fit(pages) <= fit:
            self._settle(pages, anew)
        own = [one for one in self._features.values() if one.topic >= _OWN and not one.learned]
        if own and all(one.weight < _TELLING for one in own):
            # Whatever it found, it is not the story's topic.
            self._settle(pages, [self._first_guess(page) for page in pages], rounds=0)

    def _settle(
        self, pages: Sequence[Read], likely: Sequence[float], rounds: int = _ROUNDS
    ) -> list[float]:
        """From these guesses on, weigh the terms and judge the pages by turns."""
        for page, guess in zip(pages, likely, strict=True):
            page.likely = guess if page.known is None else page.known
        for _ in range(rounds):
            self._weigh(pages, [page.likely for page in pages])
            for page in pages:
                if page.known is None:
                    page.likely = self.chance(page)
        judged = [page.likely for page in pages]
        self._weigh(pages, judged)
        return judged

    def _fit(self, pages: Sequence[Read]) -> float:
        """How well the two kinds explain which terms the pages have.

        That is the logarithm of how likely all of it is, as the mixture of both, over the terms of
        the story.
        """
        ours = sum(page.likely for page in pages)
        prior = math.log((ours + 1.0) / (len(pages) - ours + 1.0))
        total = 0.0
        for page in pages:
            spoken = self._spoken[page.language or ""]
            said = prior
            for name, (topic, other) in self._shares.items():
                if name not in spoken or self._features[name].learned:
                    continue
                here = name in page.has
                total += math.log(other if here else 1 - other)
                said += math.log(topic / other if here else (1 - topic) / (1 - other))
            total += max(0.0, said) + math.log1p(math.exp(-abs(said)))
        return total - len(pages) * math.log1p(math.exp(prior))

    def chance(self, page: Read) -> float:
        """How likely a page is of the topic, 0 to 1.

        That it lacks a term says something where pages of its language have it; others cannot.
        """
        speaking = self._speaking(page)
        if self._passes(page, speaking):
            return 0.02
        spoken = self._spoken[page.language or ""]
        logit = sum(
            one.weight if name in page.has else self._absent * one.lack
            for name, one in self._features.items()
            if name in spoken
        )
        logit += self._headings.by_company(page)
        if page.sentences >= _PASSING:
            ours, others = self._dense[_bin(speaking / page.sentences)]
            logit += math.log(ours / others)
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, logit))))

    def is_passing(self, page: Read) -> bool:
        """Whether a page speaks of the topic in one sentence of many, and not in its headline."""
        return self._passes(page, self._speaking(page))

    def _passes(self, page: Read, speaking: int) -> bool:
        return (
            speaking < 2  # noqa: PLR2004
            and page.sentences >= _PASSING
            and page.text is not None
            and not any(self._features[name].weight >= _TELLING for name in page.title)
        )

    def _speaking(self, page: Read) -> int:
        """In how many sentences a page speaks of the topic, its headline among them."""
        places: set[int] = set()
        for name in page.has:
            if self._features[name].weight >= _TELLING:
                places.update(page.at.get(name, ()))
        return len(places)

    def _first_guess(self, page: Read) -> float:
        """Before anything was learned: by the terms of the story alone."""
        logit = 0.0
        spoken = self._spoken[page.language or ""]
        for name, one in self._features.items():
            other = max(self._in_everybodys_mouth(name), one.other)
            if one.learned or name not in spoken:
                continue
            if name in page.has:
                logit += math.log(one.topic / other)
            else:
                logit += ABSENT * math.log((1 - one.topic) / (1 - other))
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, logit))))

    def _weigh_shares(self, pages: Sequence[Read], likely: Sequence[float]) -> None:
        """How much of a page speaks of the topic, on its pages and on others."""
        ours = [_TOPIC_PRIOR * share for share in _DENSE_TOPIC]
        others = [_OTHER_PRIOR * share for share in _DENSE_OTHER]
        for page, chance in zip(pages, likely, strict=True):
            if page.text is not None and page.sentences >= _PASSING:
                place = _bin(self._speaking(page) / page.sentences)
                ours[place] += chance
                others[place] += 1.0 - chance
        self._dense = [
            (mine / sum(ours), theirs / sum(others))
            for mine, theirs in zip(ours, others, strict=True)
        ]

    def _weigh(self, pages: Sequence[Read], likely: Sequence[float]) -> None:
        counted = [
            (page, chance, self._told if page.known == 1.0 else 1.0)
            for page, chance in zip(pages, likely, strict=True)
        ]
        ours = sum(chance * much for _, chance, much in counted)
        others = sum((1.0 - chance) * much for _, chance, much in counted)
        self._absent = ABSENT + (ABSENT_KNOWN - ABSENT) * min(1.0, ours / KNOWN)
        have: dict[str, list[float]] = {name: [0.0, 0.0] for name in self._features}
        for page, chance, much in counted:
            for name in page.has:
                if name in have:
                    have[name][0] += chance * much
                    have[name][1] += (1.0 - chance) * much
        for name, one in self._features.items():
            topic = (have[name][0] + _TOPIC_PRIOR * one.topic) / (ours + _TOPIC_PRIOR)
            base = max(self._in_everybodys_mouth(name), one.other)
            other = (have[name][1] + _OTHER_PRIOR * base) / (others + _OTHER_PRIOR)
            topic, other = min(0.98, max(0.005, topic)), min(0.98, max(0.005, other))
            self._shares[name] = topic, other
            # What was learned was learned from pages that it now helps to judge.
            trust = TRUST if one.learned else 1.0
            one.weight = trust * math.log(topic / other)
            one.lack = trust * math.log((1 - topic) / (1 - other))
        self._weigh_shares(pages, likely)


def _bin(share: float) -> int:
    return sum(share >= least for least in _SHARES)
