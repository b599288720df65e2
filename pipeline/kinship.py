"""Reports of one event in two languages: what they name, count and link to is the same.

Words differ, but names, numbers, links and credits mostly do not. Two stories that share enough of
these within a few days are said to be *also covered in* each other: a weaker link than being one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain

import numpy as np

from pipeline.commonness import is_common
from pipeline.counting import likely_of, term_of
from pipeline.fingerprint import hashes
from pipeline.frequencies import Frequencies
from pipeline.originals import credited
from stories.archive.kin import Link
from stories.words import words

METHOD = "names-and-numbers/1"

NEAR = timedelta(days=3)
"""So far apart two reports of one event may be published."""

LEAST, NAMES = 4, 2
"""So much two reports must share at least, so many names among it."""

SHARE = 0.16
"""How much of what both name must be the same, weighed by how rare it is. Of 13,185 pairs of real
reports of other events in two languages the nearest has 0.127."""

LINKED = 4.0
"""What a shared link weighs: as much as a name that one article in fifty has."""

DIGITS = 3
"""Shorter numbers are days, ages and scores."""

SHOWN = 8
"""So much of what both have is kept to be shown."""

_NAME = re.compile(r"\b[^\W\d_a-zß-öø-ÿ][\w'-]{3,}")
_NUMBER = re.compile(r"\b\d[\d.,]*\d\b")
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """An article as its kin in another language sees it."""

    story: int
    language: str
    at: datetime
    names: dict[str, str]
    numbers: frozenset[str]
    links: frozenset[str]


def report(
    story: int,
    language: str,
    at: datetime,
    title: str,
    text: str,
    *,
    cites: Sequence[str] = (),
) -> Report:
    """What an article names, counts and links to; common words of its language are no names."""
    names: dict[str, str] = {}
    for found in _NAME.findall(f"{title}\n{text}"):
        folded = words(found)
        if len(folded) == 1 and not is_common(folded[0], language):
            names.setdefault(folded[0], found)
    credit = credited(text)
    return Report(
        story=story,
        language=language,
        at=at,
        names=names,
        numbers=frozenset(
            number
            for one in _NUMBER.findall(text)
            if len(number := re.sub(r"\D", "", one)) >= DIGITS and not _YEAR.fullmatch(one)
        ),
        links=frozenset(chain(cites, (credit.host,) if credit else ())),
    )


def kin(mine: Report, other: Report, frequencies: Frequencies) -> Link | None:
    """The link between two reports in different languages; None when they share too little."""
    if mine.language == other.language or abs(mine.at - other.at) > NEAR:
        return None
    named = sorted(mine.names.keys() & other.names.keys())
    numbers = sorted(mine.numbers & other.numbers)
    linked = sorted(mine.links & other.links)
    if len(named) < NAMES or len(named) + len(numbers) + len(linked) < LEAST:
        return None
    shared = _weight(named + numbers, frequencies) + LINKED * len(linked)
    wholes = [
        _weight([*one.names, *one.numbers], frequencies) + LINKED * len(one.links)
        for one in (mine, other)
    ]
    score = float(shared / np.sqrt(wholes[0] * wholes[1]))
    if score < SHARE:
        return None
    told = [*(mine.names[name] for name in named), *numbers, *linked]
    return Link(
        story=mine.story,
        other=other.story,
        score=round(score, 4),
        shared=tuple(told[:SHOWN]),
        method=METHOD,
    )


def _weight(some: Sequence[str], frequencies: Frequencies) -> float:
    if not some:
        return 0.0
    hashed = hashes(" ".join(some))
    return float(frequencies.rarity(term_of(hashed), likely_of(hashed)).sum())
