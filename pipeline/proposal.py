"""From a story to a topic: the terms that single it out, each with a reason, and a query of them.

A term that says enough by itself decides alone: it is rare, a name or a coinage, and the story is
about it. The others decide by twos, when both together are as rare.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.credits import Credit, Known, by_table, credits_in
from pipeline.quotations import Quoted, quotations
from pipeline.salience import WORTH, Judged, Stored, Term, judged
from pipeline.seed import Seed, parts
from pipeline.spelling import ENOUGH
from pipeline.told_times import ToldTime, told_times

MOST_DECISIVE = 10
MOST_PAIRED = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A topic as proposed: the query, its terms with their reasons, and what else was found."""

    query: str
    terms: tuple[Term, ...]
    credits: tuple[Credit, ...]
    quotations: tuple[Quoted, ...]
    times: tuple[ToldTime, ...]
    furniture: tuple[str, ...]
    language: str | None

    @property
    def decisive(self) -> tuple[Term, ...]:
        """The terms that decide alone."""
        return tuple(term for term in self.terms if term.decides)

    @property
    def paired(self) -> tuple[Term, ...]:
        """The terms that decide by twos."""
        return tuple(term for term in self.terms if not term.decides)


class Unproposable(Exception):  # noqa: N818 - a verdict on a story, not a failure
    """A story from which no topic can be proposed: there is too little of it."""


def propose(seed: Seed, stored: Stored | None = None, known: Known = by_table) -> Proposal:
    """Propose a topic for a story.

    Raises:
        Unproposable: no term, or no two together, are rare enough to single it out.

    """
    stored = stored or Stored()
    body, furniture = parts(seed)
    credited = credits_in(body, seed.language, known)
    found = judged(seed, body, credited, known, stored)
    length = len(body)
    decisive = [one for one in found if one.decides(length)][:MOST_DECISIVE]
    rest = [one for one in found if one not in decisive and one.bits >= WORTH and one.is_about()]
    paired = _partnered(rest[: 2 * MOST_PAIRED])[:MOST_PAIRED]
    terms = [one.term(seed, length, decides=True) for one in decisive]
    terms += [one.term(seed, length, decides=False) for one in paired]
    query = query_of(terms)
    if not query:
        raise Unproposable("nothing in it is rare enough to single it out")
    return Proposal(
        query=query,
        terms=tuple(terms),
        credits=tuple(credited),
        quotations=tuple(quotations(body, credited, _roles(seed))),
        times=tuple(told_times(body, seed.day)),
        furniture=tuple(furniture),
        language=seed.language,
    )


def query_of(terms: Sequence[Term]) -> str:
    """The query: what decides alone, or any two of the others that are rare enough together."""
    alone = [term for term in terms if term.decides]
    others = sorted((t for t in terms if not t.decides), key=lambda term: -term.bits)
    clauses = [form for term in alone for form in (term.query, *term.variants)]
    for place, one in enumerate(others):
        partners = [
            form
            for other in others[place + 1 :]
            if one.bits + other.bits >= ENOUGH and (one.anchors or other.anchors)
            for form in (other.query, *other.variants)
        ]
        if partners:
            mine = _either([one.query, *one.variants])
            clauses.append(f"({mine} AND {_either(partners)})")
    return " OR ".join(dict.fromkeys(clauses))


def _either(forms: Sequence[str]) -> str:
    return forms[0] if len(forms) == 1 else f"({' OR '.join(forms)})"


def _partnered(rest: list[Judged]) -> list[Judged]:
    """Leave out what decides with none of the others."""
    return [
        one
        for one in rest
        if any(
            one is not other
            and one.bits + other.bits >= ENOUGH
            and (one.anchors() or other.anchors())
            for other in rest
        )
    ]


def _roles(seed: Seed) -> str:
    """The roles of the lines that are not empty; none where furniture was taken out between."""
    kept = [
        role
        for line, role in zip(seed.lines, seed.roles.ljust(len(seed.lines), "p"), strict=True)
        if line.strip()
    ]
    return "".join(kept) if "q" in kept else ""
