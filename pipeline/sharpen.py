"""A topic's query, sharpened by what was read: terms that mislead lose their say, others gain one.

Only a proposed query is sharpened, and only with terms of the story, their variants, and names
that the topic's pages share. Each clause must hold for the pages that were read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from pipeline import background
from pipeline.compared import Feature, Read
from pipeline.likeness import Likeness
from pipeline.relevance import ENOUGH
from stories.query import Term

GOOD, FAIR = 0.88, 0.7
"""Share of the pages a clause answers that must be of the topic; for a page that no such clause
answers, the second will do."""

MOST_ALONE, MOST_PAIRS = 14, 40
_LEAST_PAGES = 2


def sharpened(likeness: Likeness, language: str | None = None) -> str | None:
    """The query for what was read, in the story's language; None when too little was read to say.

    What decides alone must be rare in general use, too: others will write of a fence, or of Paula.
    """
    pages = [page for page in likeness.pages.values() if page.sentences]
    ours = [page for page in pages if page.likely >= 0.5]  # noqa: PLR2004
    others = [page for page in pages if page.likely < 0.5]  # noqa: PLR2004
    if len(ours) < 8:  # noqa: PLR2004
        return None
    features = {name: one for name, one in likeness.features.items() if one.weight > 0}
    rare = {name: one for name, one in features.items() if _is_rare(one, language)}
    alone = _alone(rare, ours, others)
    left = [page for page in ours if not page.has & set(alone)]
    pairs = _pairs(features, set(alone), left, ours, others)
    clauses = [form for name in alone for form in _forms(features[name])]
    clauses += _clauses(pairs, features)
    return " OR ".join(dict.fromkeys(clauses)) or None


def best(likeness: Likeness, number: int) -> list[str]:
    """The terms to search for: those that find most of the topic's pages and little else."""
    ours = [page for page in likeness.pages.values() if page.likely >= 0.5]  # noqa: PLR2004
    found: list[str] = []
    chosen: set[str] = set()
    left = ours
    for _ in range(2 * number):
        if len(found) == number:
            break
        rated = [
            (sum(name in page.has for page in left), one.weight, name)
            for name, one in likeness.features.items()
            if one.weight >= 1.5  # noqa: PLR2004 - four to one
        ]
        rated = [one for one in rated if one[2] not in chosen]
        if not rated:
            break
        if not max(rated)[0]:
            left = ours  # all are found by some term: by another one once more
            continue
        name = max(rated)[2]
        chosen.add(name)
        left = [page for page in left if name not in page.has]
        run = " ".join(likeness.features[name].forms[0].tokens)
        found.append(f'"{run}"' if " " in run else run)
    return found


def _alone(
    features: Mapping[str, Feature], ours: Sequence[Read], others: Sequence[Read]
) -> list[str]:
    """Terms that decide alone: what has them is of the topic, and they add something."""
    rated = []
    for name in features:
        mine = sum(name in page.has for page in ours)
        theirs = sum(name in page.has for page in others)
        if mine >= _LEAST_PAGES and mine >= GOOD * (mine + theirs):
            # What also stands on other pages must answer for so many more of the topic's.
            rated.append((mine - 4.0 * theirs, name))
    chosen: list[str] = []
    covered: set[int] = set()
    for _, name in sorted(rated, key=lambda entry: (-round(entry[0], 2), entry[1])):
        new = {i for i, page in enumerate(ours) if name in page.has} - covered
        if len(chosen) < MOST_ALONE and (new or len(chosen) < 4):  # noqa: PLR2004
            chosen.append(name)
            covered |= new
    return chosen


def _pairs(
    features: Mapping[str, Feature],
    alone: set[str],
    left: Iterable[Read],
    ours: Sequence[Read],
    others: Sequence[Read],
) -> list[tuple[str, str]]:
    """Pairs for the pages that no single term answers, the best for each."""
    found: dict[tuple[str, str], None] = {}
    for page in left:
        names = sorted(name for name in page.has if name in features and name not in alone)
        best: tuple[float, int, tuple[str, str]] | None = None
        for pair in combinations(names, 2):
            both = set(pair)
            mine = sum(both <= one.has for one in ours)
            theirs = sum(both <= one.has for one in others)
            rate = (min(GOOD, mine / (mine + theirs)), mine, pair)
            if rate[0] >= FAIR and (best is None or rate > best):
                best = rate
        if best is not None and len(found) < MOST_PAIRS:
            found[best[2]] = None
    return list(found)


def _is_rare(one: Feature, language: str | None) -> bool:
    """Whether all forms of a term single something out anywhere."""
    shares = (background.share(form.tokens, language) for form in one.forms)
    return all(background.bits(share) >= ENOUGH for share in shares)


def _clauses(pairs: Sequence[tuple[str, str]], features: Mapping[str, Feature]) -> list[str]:
    """Pairs as clauses, those of one term together."""
    partners: dict[str, list[str]] = {}
    for one, other in pairs:
        partners.setdefault(one, []).append(other)
    clauses = []
    for one, others in partners.items():
        forms = [form for other in others for form in _forms(features[other])]
        clauses.append(f"({_either(_forms(features[one]))} AND {_either(forms)})")
    return clauses


def _either(forms: Sequence[str]) -> str:
    unique = list(dict.fromkeys(forms))
    return unique[0] if len(unique) == 1 else f"({' OR '.join(unique)})"


def _forms(one: Feature) -> list[str]:
    return [written(form) for form in one.forms]


def written(term: Term) -> str:
    """A term as the query language writes it."""
    run = " ".join(term.tokens)
    if term.prefix and len(term.tokens) == 1:
        return f"{run}*"
    if len(term.tokens) == 1 and run.upper() not in {"AND", "OR", "NOT", "TO"}:
        return run
    return f'"{run}"'
