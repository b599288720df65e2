"""What to ask search endpoints for, once it is known which words the coverage has.

An endpoint shows the latest of what answers, and no more than so many: a word that all of the
coverage has brings the same pages again and again. Two words that stand together on a part of it
bring that part whole.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline import background
from pipeline.compared import Read, run_of
from pipeline.likeness import Likeness
from stories.query import Term
from stories.words import words

TELLING = 1.5
"""Weight of a term that is asked for: four to one that a page with it is of the topic."""

SMALLEST, LARGEST, FEWEST = 0.12, 0.6, 3
"""Share of the coverage that a second word may stand on to part it, and its fewest pages."""

MOST_TELLING = 4
RARE, CERTAIN = 5.0, 3.0
"""Terms that are asked for, alone or as the first of two, by how rare they are in general use, how
telling here, and how much of the coverage has them; from here on more does not count."""

MOST_SECOND = 60
SHORTEST = 4
"""Second words that are tried, the most frequent ones; their fewest letters."""

LEAST = 1.0
"""Pages that a question is expected to show, or it is not asked."""

OTHERS_TOO = 0.5
"""How much a page that is not of the topic counts against one that is."""


@dataclass(frozen=True, slots=True)
class Question:
    """Words that are asked for together, each a run of tokens."""

    terms: tuple[tuple[str, ...], ...]

    def __str__(self) -> str:
        return " ".join(_said(run) for run in self.terms)


def questions(
    likeness: Likeness,
    asked: Iterable[str],
    number: int,
    *,
    language: str | None,
    shows: int,
    expected: float,
) -> list[Question]:
    """The questions that bring most of the coverage that was not shown yet, the best first.

    Args:
        likeness: what was read of the topic.
        asked: the questions that were put already, as text.
        number: most questions.
        language: that of the story.
        shows: how many pages an endpoint shows of those that answer.
        expected: how many articles of the topic there are, as far as is known.

    """
    pages = [page for page in likeness.pages.values() if page.text is not None]
    ours = [_Page(page) for page in pages if page.likely >= 0.5]  # noqa: PLR2004
    others = [_Page(page) for page in pages if page.likely < 0.5]  # noqa: PLR2004
    if not ours:
        return []
    scale = max(1.0, expected / len(ours))
    known = {_folded(one) for one in asked}
    rated = {
        one: _Answer(one, ours, others, scale, shows)
        for one in _candidates(likeness, ours, language)
        if _folded(str(one)) not in known
    }
    left = [1.0] * len(ours)
    for text in asked:
        _Answer(_parted(text), ours, others, scale, shows).take(left)
    found: list[Question] = []
    while rated and len(found) < number:
        best = max(rated, key=lambda one: (rated[one].worth(left), str(one)))
        if rated[best].worth(left) * scale < LEAST:
            break
        rated.pop(best).take(left)
        found.append(best)
    return found


class _Page:
    """A page as one line of tokens, and the words that it has."""

    __slots__ = ("language", "line", "words")

    def __init__(self, page: Read) -> None:
        assert page.text is not None  # noqa: S101 - chosen so
        said = words(f"{page.text.title}\n{page.text.whole}")
        self.line = f" {' '.join(said)} "
        self.words = frozenset(said)
        self.language = page.language

    def has(self, one: Question) -> bool:
        return all(run_of(Term(tokens=run)) in self.line for run in one.terms)


class _Answer:
    """Which pages answer a question, and how likely each is among those that are shown."""

    __slots__ = ("_shown", "_which")

    def __init__(
        self,
        one: Question,
        ours: Sequence[_Page],
        others: Sequence[_Page],
        scale: float,
        shows: int,
    ) -> None:
        self._which = [place for place, page in enumerate(ours) if page.has(one)]
        theirs = sum(page.has(one) for page in others)
        hits = scale * (len(self._which) + OTHERS_TOO * theirs)
        self._shown = min(1.0, shows / hits) if hits else 0.0

    def worth(self, left: Sequence[float]) -> float:
        """How many of the pages it would show that were not shown yet."""
        return self._shown * sum(left[place] for place in self._which)

    def take(self, left: list[float]) -> None:
        """It was asked."""
        for place in self._which:
            left[place] *= 1.0 - self._shown


def _candidates(
    likeness: Likeness, ours: Sequence[_Page], language: str | None
) -> Iterable[Question]:
    """Telling terms alone, and each with a second word that parts the coverage."""
    telling = _telling(likeness, ours, language)
    counts = Counter(
        word for page in ours for word in page.words if len(word) >= SHORTEST and not word.isdigit()
    )
    parting = [
        word
        for word, number in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        if max(FEWEST, SMALLEST * len(ours)) <= number <= LARGEST * len(ours)
    ]
    for run in telling:
        yield from _elsewhere(run, ours, language)
        yield Question((run,))
        for word in parting[:MOST_SECOND]:
            if word not in run:
                yield Question((run, (word,)))


def _elsewhere(
    run: tuple[str, ...], ours: Sequence[_Page], language: str | None
) -> Iterable[Question]:
    """A term with a word that pages of another language have and those of the story's have not."""
    at_home = {word for page in ours if page.language == language for word in page.words}
    for other in sorted({page.language for page in ours if page.language} - {language}):
        pages = [page for page in ours if page.language == other and page.has(Question((run,)))]
        counts = Counter(word for page in pages for word in page.words - at_home)
        usual = [
            (number, round(background.frequency(word, other), 9), word)
            for word, number in counts.items()
            if len(word) >= SHORTEST and not word.isdigit()
        ]
        if usual:
            yield Question((run, (max(usual)[2],)))


def _telling(
    likeness: Likeness, ours: Sequence[_Page], language: str | None
) -> list[tuple[str, ...]]:
    """The terms that single the topic out, the most telling ones: names rather than words."""
    rated = []
    for one in likeness.features.values():
        run = one.forms[0].tokens
        share = sum(page.has(Question((run,))) for page in ours) / len(ours)
        if one.weight < TELLING or one.forms[0].prefix or share < SMALLEST:
            continue
        bits = min(RARE, background.bits(background.share(run, language)))
        rated.append((round(share * min(one.weight, CERTAIN) * bits, 6), run))
    rated.sort(reverse=True)
    return [run for _, run in rated[:MOST_TELLING]]


def _parted(text: str) -> Question:
    """A question from its text: phrases in quotation marks, words."""
    parts = text.split('"')
    runs = [tuple(words(part)) for part in parts[1::2]]
    runs += [(word,) for word in words(" ".join(parts[0::2]))]
    return Question(tuple(run for run in runs if run))


def _folded(text: str) -> str:
    return " ".join(sorted(words(text)))


def _said(run: tuple[str, ...]) -> str:
    return f'"{" ".join(run)}"' if len(run) > 1 else run[0]
