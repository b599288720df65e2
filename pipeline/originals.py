"""Which of two copies is the original, and why: age, length, credit and dateline together.

A text that credits an agency in its dateline, its byline or its closing line is the agency's; so
the agency's own report is the original of all that credit it, whoever was filed or dated first. Of
any others the original is the earliest in full length.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from pipeline.credits import agencies_in, agency
from stories.hosts import bare_host

HEAD, TAIL = 600, 300
"""Characters of a text in which a dateline, and a closing credit, may stand."""

FULL = 0.6
"""A text of less than this part of another's words is a shortened one."""

LATER = timedelta(days=1)
"""An agency's own report may be dated so much later than those who took it over."""

LONGEST = 60
"""Characters of a closing line that is a credit and nothing else."""

_AROUND = re.compile(
    r"^[\W\d_]*(?:(?:c|copyright|source|quelle|fuente|fonte|with files from|mit material von)\b"
    r"[\W\d_]*)*|[\W\d_]+$",
    re.IGNORECASE,
)
_PARTS = re.compile(r"\s*(?:[,/|&;]|\band\b|\bund\b|\bet\b|\by\b)\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Credited:
    """The agency that a text says it is from: its host, and the words that say so."""

    host: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What speaks for one of two copies: its outlet, its date, its length in words, its credit.

    `sure` is false for a date without a time of day, and when none was given.
    """

    outlet: str
    at: datetime
    sure: bool
    words: int
    credit: Credited | None

    @property
    def is_full(self) -> float:
        """Words that another may have at most for this one to be in full length."""
        return self.words / FULL

    def is_credited_by(self, other: Claim) -> bool:
        """Whether this is the report of the agency that the other one credits."""
        return other.credit is not None and bare_host(f"https://{self.outlet}/").endswith(
            other.credit.host
        )


def credited(text: str, byline: str | None = None) -> Credited | None:
    """The agency that a text names as where it is from; None when it names none."""
    head = text[:HEAD].split("\n")[:3]
    for found in agencies_in(head):
        if found.host:
            return Credited(host=found.host, words=found.words)
    closing = [line for line in text[-TAIL:].split("\n")[-2:] if len(line) <= LONGEST]
    for line in (*reversed(closing), byline or ""):
        for part in _PARTS.split(line):
            host = agency(_AROUND.sub("", part).strip())
            if host:
                return Credited(host=host, words=line.strip())
    return None


def is_original(mine: Claim, other: Claim, *, earlier: bool) -> bool:
    """Whether `mine` is what `other` repeats; `earlier`: it surely was published before."""
    if mine.is_credited_by(other):
        return mine.at <= other.at + LATER and other.words <= mine.is_full
    if other.is_credited_by(mine) and mine.words <= other.is_full:
        return False
    is_full, other_is_full = other.words <= mine.is_full, mine.words <= other.is_full
    return is_full and (earlier or not other_is_full)


def evidence(original: Claim, copy: Claim) -> tuple[str, ...]:
    """Why the one is taken for the original of the other, in words for the operator."""
    why = []
    if original.is_credited_by(copy) and copy.credit:
        why.append(f"it is the agency that the copy credits: “{copy.credit.words}”")
    elif copy.credit:
        why.append(f"the copy credits “{copy.credit.words}”")
    if original.credit and not original.is_credited_by(copy):
        why.append(f"it credits “{original.credit.words}” itself")
    apart = copy.at - original.at
    if original.sure and copy.sure and apart > timedelta():
        why.append(f"published {_span(apart)} earlier")
    elif original.at.date() < copy.at.date():
        why.append("dated earlier")
    else:
        why.append("no copy is surely earlier")
    if copy.words > original.is_full or original.words > copy.is_full:
        why.append(f"{original.words} words against {copy.words}")
    return tuple(why)


def _span(apart: timedelta) -> str:
    minutes = round(apart.total_seconds() / 60)
    for unit, length in (("days", 2880), ("h", 120)):
        if minutes >= length:
            return f"{minutes // (length // 2)} {unit}"
    return f"{max(1, minutes)} min"
