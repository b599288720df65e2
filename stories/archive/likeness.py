"""More like this: the articles that share the most telling words of one."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from stories.archive.ranking import K1
from stories.archive.stacks import Stacks
from stories.clauses import Either, Term
from stories.sheet import Sheet, fields_of
from stories.words import unspaced

TELLING = 12
"""So many words stand for an article."""

CONSIDERED = 80
"""They are chosen by how rare they are among so many that it has more often than others."""

SAMPLE = 100_000
"""How rare a word is, is reckoned over so many articles that arrived last."""

LEAST = 0.2
"""Below this share of what an article shares with itself, another is not like it."""

SHORTEST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """The words by which others were sought, and those others: id and likeness, the most first.

    Likeness is from 0 to 1, which is the article's own.
    """

    words: tuple[str, ...]
    found: tuple[tuple[int, float], ...]


def alike(stacks: Stacks, sheet: Sheet, limit: int) -> Alike:
    """The articles most like this one, itself left out."""
    often = _considered(sheet)
    weights, own = _telling(stacks, often)
    if not weights:
        return Alike(words=(), found=())
    terms = tuple(weights)
    weight = np.array([weights[term] for term in terms])
    ids: list[NDArray[np.int64]] = []
    scores: list[NDArray[np.float64]] = []
    for one in stacks.visit(Either(terms) if len(terms) > 1 else terms[0]):
        if isinstance(one, Sheet):
            times = [[float(_times(one, term))] for term in terms]
            number, share = np.array([one.id]), weight @ _saturated(np.array(times))
        else:
            seeker, mask = one
            hits = mask.nonzero()[0]
            whole = np.zeros(len(mask))
            for term, heavy in zip(terms, weight.tolist(), strict=True):
                whole += heavy * _saturated(seeker.times(term, mask))
            best = hits[np.argsort(-whole[hits], kind="stable")[: limit + 1]]
            number, share = seeker.volume.ids[best].astype(np.int64), whole[best]
        ids.append(number)
        scores.append(share)
    found, score = np.concatenate(ids), np.concatenate(scores) / own
    keep = (found != sheet.id) & (score >= LEAST)
    found, score = found[keep], np.minimum(score[keep], 1.0)
    order = np.lexsort((-found, -score))[:limit]
    return Alike(
        words=tuple(" ".join(term.tokens) for term in terms),
        found=tuple(
            (int(number), round(float(share), 3))
            for number, share in zip(found[order], score[order], strict=True)
        ),
    )


def _saturated(times: NDArray[np.float64]) -> NDArray[np.float64]:
    return times / (times + K1)


def _times(sheet: Sheet, term: Term) -> int:
    return sum(len(sheet.spans(term, field)) for field in fields_of(term))


def _considered(sheet: Sheet) -> dict[Term, float]:
    """Words that an article has most often; a headline's count thrice."""
    counted: Counter[tuple[str, ...]] = Counter()
    for tokens, worth in ((sheet.text, 1), (sheet.title, 3)):
        for word in _worded(tokens):
            counted[word] += worth
    # The longer one is likely the rarer one.
    most = sorted(counted.items(), key=lambda one: (-one[1], -len("".join(one[0])), one[0]))
    return {Term(tokens=word): float(often) for word, often in most[:CONSIDERED]}


def _worded(tokens: list[str]) -> Iterator[tuple[str, ...]]:
    """Words, and in scripts without spaces pairs of characters."""
    for token in tokens:
        if len(token) >= SHORTEST and not token.isdigit():
            yield (token,)
    for one, other in pairwise(tokens):
        if unspaced(one) and unspaced(other):
            yield (one, other)


def _telling(stacks: Stacks, often: dict[Term, float]) -> tuple[dict[Term, float], float]:
    """The terms that tell most of an article and that others have, too, and how heavy each is.

    And how much it would share with another that has whatever tells most of it.
    """
    counts, among = stacks.frequencies(list(often), SAMPLE)
    weights = {
        term: math.log((among + 1) / max(1, counts[term])) * times / (times + K1)
        for term, times in often.items()
    }
    best = sorted(weights, key=lambda term: (-weights[term], term.tokens))
    own = sum(weights[term] * often[term] / (often[term] + K1) for term in best[:TELLING])
    shared = [term for term in best if counts[term] > 1 and weights[term] > 0]
    return {term: weights[term] for term in shared[:TELLING]}, own
