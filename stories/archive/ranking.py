"""Relevance: BM25 over the words that were asked for, and how fresh an article is."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from stories.archive.stacks import Stacks
from stories.clauses import Node, Term, sought
from stories.sheet import Sheet, fields_of
from stories.volumes.bind import ticks
from stories.volumes.postings import Mask
from stories.volumes.seek import Seeker

# Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009: the usual values.
K1 = 1.2
B = 0.75

HALF_LIFE = 30.0
"""Days in which freshness counts for half as much."""

FRESHNESS = 0.5
"""How much an article of this moment is raised above an old one that says the same."""

_DAY = 86_400_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """The ids of the best, their scores, and among how many of the newest they are the best."""

    ids: tuple[int, ...]
    scores: tuple[float, ...]
    among: int
    all: bool


def rank(stacks: Stacks, node: Node, now: datetime, limit: int, most: int) -> Ranked:
    """Order the newest `most` articles that answer by what they say; the best `limit` of them."""
    terms = tuple(dict.fromkeys(sought(node)))
    ids: list[NDArray[np.int64]] = []
    times: list[NDArray[np.float64]] = []
    lengths: list[NDArray[np.int64]] = []
    at: list[NDArray[np.int64]] = []
    among, whole = 0, True
    visits = stacks.visit(node)
    for one in visits:
        if isinstance(one, Sheet):
            got = _of_sheet(one, terms)
        else:
            seeker, mask = one
            got = _of_volume(seeker, _newest(mask, most - among), terms)
        ids.append(got[0])
        times.append(got[1])
        lengths.append(got[2])
        at.append(got[3])
        among += len(got[0])
        if among >= most:
            whole = False
            break
    visits.close()
    if not among:
        return Ranked(ids=(), scores=(), among=0, all=True)
    numbers, length = np.concatenate(ids), np.concatenate(lengths).astype(np.float64)
    often = np.concatenate(times, axis=0)
    weight = 1 - B + B * length / max(1.0, float(length.mean()))
    score = np.zeros(len(numbers))
    for term in range(len(terms)):
        tf = often[:, term]
        has = int(np.count_nonzero(tf))
        # Rare among those that answer; a word that all of them have tells them apart no less.
        idf = math.log(1 + (among - has + 0.5) / (has + 0.5)) + 0.1
        score += idf * tf * (K1 + 1) / (tf + K1 * weight)
    age = np.maximum(0.0, (ticks(now) - np.concatenate(at)) / _DAY)
    score *= 1 + FRESHNESS * np.exp2(-age / HALF_LIFE)
    order = np.lexsort((-numbers, -score))[:limit]
    return Ranked(
        ids=tuple(numbers[order].tolist()),
        scores=tuple(np.round(score[order], 6).tolist()),
        among=among,
        all=whole,
    )


Part = tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.int64], NDArray[np.int64]]


def _newest(mask: Mask, most: int) -> Mask:
    """The last ones of the mask."""
    hits = np.flatnonzero(mask)
    if len(hits) <= most:
        return mask
    mask = mask.copy()
    mask[hits[: len(hits) - most]] = False
    return mask


def _of_sheet(sheet: Sheet, terms: tuple[Term, ...]) -> Part:
    often = [sum(len(sheet.spans(term, field)) for field in fields_of(term)) for term in terms]
    return (
        np.array([sheet.id]),
        np.array([often], np.float64).reshape(1, len(terms)),
        np.array([len(sheet.text)]),
        np.array([ticks(sheet.published or sheet.seen)]),
    )


def _of_volume(seeker: Seeker, mask: Mask, terms: tuple[Term, ...]) -> Part:
    volume = seeker.volume
    hits = np.flatnonzero(mask)
    often = np.zeros((len(hits), len(terms)))
    for number, term in enumerate(terms):
        often[:, number] = seeker.times(term, mask)[hits]
    return (
        volume.ids[hits].astype(np.int64),
        often,
        volume.column("length")[hits].astype(np.int64),
        volume.column("at")[hits],
    )
