"""How much each name and word of a story says: how rare it is, how much the story is about it.

How rare a term is comes from what is stored where there is enough of it, and from general use of
the language where not.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pipeline import background
from pipeline.candidates import Candidate, candidates
from pipeline.credits import Credit, Known
from pipeline.mentions import Kind
from pipeline.seed import Seed
from pipeline.spelling import ENOUGH, head, shortest, syntax
from stories.words import words

WORTH = 1.3
"""And from which a term is worth pairing at all: one article in 20."""

IMAGINED = 60.0
"""Stored articles for which the figures of general use stand in."""

ANCHOR = 2.5
OFTEN = 3
"""A word this rare that stands so often, or in the headline, ties a pair to the story."""

SHORTEST_OUTLET = 6

LEAD = 3
"""Paragraphs at the start in which a name that stands once is still what the story is about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One term: as it stands in the query, with what else it is written as, and why it is there.

    `bits` is how rare it is, in decimal orders; `decides` whether it does so alone; `anchors`
    whether one of two that decide together must be it or its like.
    """

    query: str
    words: tuple[str, ...]
    variants: tuple[str, ...]
    kind: Kind
    bits: float
    decides: bool
    anchors: bool
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """What the archive says: how many articles there are, and in how many a run of words stands.

    `counts` is keyed by the words as :func:`stories.words.words` gives them.
    """

    articles: int = 0
    counts: Mapping[tuple[str, ...], int] = field(default_factory=dict)


def judged_terms(
    seed: Seed, body: Sequence[str], credited: Sequence[Credit], known: Known
) -> list[tuple[Term, float, int]]:
    """Every term of a story, the weightiest first.

    Each with the share of articles that has it by general use, and how often the story has it; the
    headline counts twice more and the lead once, a name that but says who speaks, or where, half as
    often, and what comes late at most twice: such is often of this story alone.
    """
    length = len(body)
    return [
        (
            one.term(seed, length, decides=one.decides(length)),
            10.0**-one.bits,
            _times(one),
        )
        for one in judged(seed, body, credited, known, Stored())
        if one.bits >= WORTH
    ]


def _times(one: Judged) -> int:
    """How often a story has a term, for what its topic's other pages will have."""
    often = one.count // (1 + one.aside)
    if one.at <= 0:
        return often + (2 if one.at < 0 else 1)
    return often if one.at < LEAD else min(often, 2)


def judged(
    seed: Seed, body: Sequence[str], credited: Sequence[Credit], known: Known, stored: Stored
) -> list[Judged]:
    """The names and words of a story, the weightiest first; outlets that it names are none."""
    length = len(body)
    found = [
        Judged(one, seed, stored)
        for one in _people(_without_outlets(candidates(seed, body, credited), known))
    ]
    return sorted(found, key=lambda one: (-one.salience(length), one.first.first, one.first.folded))


class Judged:
    """A candidate with what was found out about it; `other` is the surname of a full name."""

    def __init__(self, one: tuple[Candidate, Candidate | None], seed: Seed, stored: Stored) -> None:
        self.first, self.other = one
        self.bits, self.why = rarity(self.first, seed.language, stored)
        if self.other is not None:
            self.surname_bits, why = rarity(self.other, seed.language, stored)
            if self.surname_bits >= ENOUGH:
                self.bits, self.why = self.surname_bits, why
        self.count = self.first.count + (self.other.count if self.other else 0)
        self.aside = self.first.aside + (self.other.aside if self.other else 0) >= self.count
        self.at = min(self.first.first, self.other.first if self.other else 10_000)
        if self.is_coinage() and stored.articles < IMAGINED and self.bits < ENOUGH:
            self.bits, self.why = ENOUGH, "a name that the story puts between quotation marks"

    def is_coinage(self) -> bool:
        """Whether it is a name of several words that the story marks as one, at once or again."""
        return (
            self.first.kind is Kind.QUOTED
            and len(self.first.folded) > 1
            and (self.count > 1 or self.at < LEAD - 1)
            and all(form[0][0].isupper() for form in self.first.forms)
        )

    def is_about(self) -> bool:
        """Whether it says what the story is about: a name, or a word of the lead or said twice."""
        return self.first.kind is not Kind.WORD or self.count > 1 or self.at < LEAD

    def salience(self, length: int) -> float:
        """How much the story is about it."""
        place = 2.0 if self.at < 0 else 1.0 + 0.5 * (1 - min(1.0, self.at / max(1, length)))
        name = 1.0 if self.first.kind is Kind.WORD else 1.3
        return min(self.bits, 5.0) * place * name * math.log2(1 + self.count)

    def decides(self, length: int) -> bool:
        """Whether it decides alone: a rare name that is more than a passing mention."""
        if self.bits < ENOUGH or self.first.kind is Kind.WORD:
            return False
        if self.first.kind is Kind.ACRONYM:
            return self.count > 1
        if self.aside and self.at >= 0 and self.count == 1:
            return False
        return self.count > 1 or self.at < max(LEAD, length // 3)

    def anchors(self) -> bool:
        """Whether it ties a pair to the story: places and people of the day alone do not."""
        return self.bits >= ENOUGH or (self.bits >= ANCHOR and (self.count >= OFTEN or self.at < 0))

    def term(self, seed: Seed, length: int, *, decides: bool) -> Term:
        """The term as it goes into the query."""
        one = self.first
        forms = [syntax(head(form, seed.language), seed.language, one.kind) for form in one.forms]
        if self.other is not None:
            surname = syntax(self.other.forms[0], seed.language, one.kind)
            forms = [surname] if self.surname_bits >= ENOUGH or not decides else forms
        elif len(one.folded) == 1:
            forms = shortest([words(part)[0] for form in one.forms for part in form], forms)
        forms = list(dict.fromkeys(forms))
        where = "in the headline" if self.at < 0 else f"in paragraph {self.at + 1} of {length}"
        times = "once" if self.count == 1 else f"{self.count} times"
        alone = "decides alone" if decides else "decides with another"
        return Term(
            query=forms[0],
            words=one.folded,
            variants=tuple(forms[1:]),
            kind=one.kind,
            bits=round(self.bits, 2),
            decides=decides,
            anchors=self.anchors(),
            reason=f"{self.why}; {times}, first {where}; {alone}",
        )


def rarity(one: Candidate, language: str | None, stored: Stored) -> tuple[float, str]:
    """How rare a candidate is, in decimal orders, and the words for it.

    Its commonest form counts, so that a slip in writing does not pass for a rare name.
    """
    expected = max(
        background.share([part for w in form for part in w.split("-") if part], language)
        for form in one.forms
    )
    count = max(
        (stored.counts.get(tuple(words(" ".join(form))), 0) for form in one.forms), default=0
    )
    share = (count + IMAGINED * expected) / (stored.articles + IMAGINED)
    if stored.articles >= IMAGINED:
        why = f"in {count:,} of {stored.articles:,} stored articles"
    elif expected <= background.UNHEARD_OF:
        why = "unheard of in general use"
    else:
        why = f"in about one article in {max(1, round(1 / expected)):,} by general use"
    return background.bits(share), why


def _people(found: list[Candidate]) -> list[tuple[Candidate, Candidate | None]]:
    """Bring surnames to the full names that they stand for."""
    singles = {one.folded[0]: one for one in found if len(one.folded) == 1}
    owners: dict[str, list[Candidate]] = {}
    for one in found:
        if 2 <= len(one.folded) <= 3 and one.kind is Kind.NAME:  # noqa: PLR2004
            owners.setdefault(one.folded[-1], []).append(one)
    taken = {
        name: full[0]
        for name, full in owners.items()
        if name in singles and len(full) == 1 and singles[name].kind is not Kind.WORD
    }
    surnames = {id(singles[name]) for name in taken}
    return [
        (one, singles[one.folded[-1]] if taken.get(one.folded[-1]) is one else None)
        for one in found
        if id(one) not in surnames
    ]


def _without_outlets(found: list[Candidate], known: Known) -> list[Candidate]:
    """Leave out names of outlets: a story that names its sources is not about them."""
    return [
        one
        for one in found
        if one.kind is Kind.WORD
        or not any(
            known(" ".join(form)) is not None
            for form in one.forms
            if len(form) > 1 or len(form[0]) >= SHORTEST_OUTLET
        )
    ]
