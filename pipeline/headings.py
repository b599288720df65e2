"""What a heading says by how those of the topic's pages go, and by the words of their texts."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable

from pipeline import background
from pipeline.compared import Read
from stories.words import words

SHORT, ALIKE = 3, 0.7
"""Words of a heading that may be another's; the share of them that both have then."""

COMPANY = 1.5
"""The most that the company says in which a page stands under its heading."""

ENOUGH = 8
"""Pages of the topic from which their words are known."""

MOST_WORD, LETTERS, RARELY, IMAGINED = 2.0, 4, 0.02, 6.0
"""The most that one word says, its fewest letters, the share of pages that any word is thought to
be on, and the pages for which that stands."""


class Headings:
    """The headings that were met, and under which the pages stand that were read."""

    def __init__(self) -> None:
        self._met: dict[str, frozenset[str]] = {}
        self._in_all: Counter[str] = Counter()
        self._in_ours: Counter[str] = Counter()
        self._ours = 0
        self._texts: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
        self._sizes = [0.0, 0.0]
        self._under: dict[str, list[Read]] = defaultdict(list)

    def __len__(self) -> int:
        return len(self._met)

    def meet(self, name: str, text: str) -> bool:
        """Take in the heading of a page before it is read; False when it is known already."""
        if name in self._met or not text:
            return False
        self._met[name] = frozenset(words(text))
        self._in_all.update(self._met[name])
        return True

    def note(self, pages: Iterable[Read]) -> None:
        """Note which pages stand under the same heading."""
        self._under = defaultdict(list)
        for page in pages:
            if page.text is not None and (said := _tokens(page.text.title)):
                self._under[said].append(page)

    def learn(self, pages: Iterable[Read]) -> None:
        """Count the words of the pages of either kind, as they are judged now."""
        self._in_ours, self._ours = Counter(), 0
        self._texts, self._sizes = (Counter(), Counter()), [0.0, 0.0]
        for page in pages:
            if page.text is None:
                continue
            if page.likely >= 0.8 and page.text.title:  # noqa: PLR2004 - surely one of the topic
                self._ours += 1
                self._in_ours.update(frozenset(words(page.text.title)))
            if page.text.whole:
                other = page.likely < 0.5  # noqa: PLR2004
                self._texts[other].update(page.text.words)
                self._sizes[other] += 1.0

    def by_company(self, page: Read) -> float:
        """What it says for a page which others stand under the same heading."""
        said = _tokens(page.text.title) if page.text is not None else ""
        same = [one.likely for one in self._under.get(said, ()) if one is not page]
        if not same:
            return 0.0
        ours = sum(same)
        others = len(same) - ours
        return max(-COMPANY, min(COMPANY, math.log((ours + 0.5) / (others + 0.5))))

    def under(self, text: str) -> tuple[float, float]:
        """How many pages of the topic, and how many others, stand under such a heading."""
        said = frozenset(_tokens(text).split())
        if len(said) < SHORT:
            return 0.0, 0.0
        same = [
            page.likely
            for heading, pages in self._under.items()
            if _is_alike(said, frozenset(heading.split()))
            for page in pages
        ]
        return sum(same), len(same) - sum(same)

    def by_texts(self, text: str) -> float:
        """What the words of a heading say by how often the texts of either kind have them."""
        if self._ours < ENOUGH:
            return 0.0
        return sum(self._by_texts(word) for word in frozenset(words(text)))

    def _by_texts(self, word: str) -> float:
        if len(word) < LETTERS or not (self._texts[0][word] or self._texts[1][word]):
            return 0.0
        usual = IMAGINED * max(RARELY, background.share((word,), None))
        mine = (self._texts[0][word] + usual) / (self._sizes[0] + IMAGINED)
        theirs = (self._texts[1][word] + usual) / (self._sizes[1] + IMAGINED)
        return max(-MOST_WORD, min(MOST_WORD, math.log(mine / theirs)))

    def by_words(self, text: str) -> float:
        """What the words of a heading say by how the headings of the topic's pages go."""
        if self._ours < ENOUGH:
            return 0.0
        total = 0.0
        for word in frozenset(words(text)):
            mine = self._in_ours[word]
            if mine < 2 or len(word) < 3:  # noqa: PLR2004
                continue
            share = mine / self._ours
            usual = (self._in_all[word] + 1.0) / (len(self._met) + 10.0)
            total += max(0.0, math.log(share / usual))
        return 0.6 * total


def _tokens(text: str) -> str:
    """A heading as tokens, empty where it is too short to be one report's."""
    said = words(text)
    return " ".join(said) if len(said) >= SHORT else ""


def _is_alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two headings have nearly all words in common."""
    return len(one & other) >= ALIKE * max(len(one), len(other))
