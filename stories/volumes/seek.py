"""From a query's tree to the articles of one volume that answer it, as an array of yes and no."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from stories.clauses import (
    All,
    Either,
    Filed,
    Near,
    Node,
    Not,
    Period,
    Term,
    leaves,
)
from stories.sheet import is_of
from stories.stems import stemmed
from stories.volumes.bind import NEVER, ticks
from stories.volumes.demand import Forms, terms
from stories.volumes.pages import GAP, MARK, PLACE_BITS
from stories.volumes.postings import Mask, Postings
from stories.volumes.varint import Numbers, both
from stories.volumes.volume import Volume

Filing = Callable[[Filed, NDArray[np.int64]], NDArray[np.int64]]
"""Of which of some ids something is true that filing found out; may give others too."""

COPIES = Filed(how="kind", value="repeats")
"""What is no original: copies and updates."""


class Seeker:
    """Answers queries from one volume; not for use by two threads at once."""

    def __init__(self, volume: Volume, forms: Forms, filing: Filing) -> None:
        self.volume = volume
        self._forms = forms
        self._filing = filing
        self._read: dict[tuple[str, bool, bool], tuple[Postings, Mask]] = {}
        self._known: dict[Node, Mask] = {}

    def answering(self, node: Node) -> Mask:
        """Which of the volume's living articles answer the query."""
        possible = self._possible(node) & self.volume.living
        return self._mask(node, possible) & possible if possible.any() else possible

    def places(self, node: Node) -> Iterator[int]:
        """The blocks whose places answering will read, as far as words alone can tell."""
        possible = self._possible(node)
        if not possible.any():
            return
        for leaf in leaves(node):
            if not isinstance(leaf, Near) and not _by_place(leaf):
                continue
            within = possible & self._possible(leaf)
            for term in terms(leaf):
                for at in range(len(term.tokens)):
                    found, keep = self._postings(term, at)
                    wanted = found.wanted(keep & within[found.articles])
                    yield from (found.ranges[number][0] for number in wanted.tolist())

    def _possible(self, node: Node) -> Mask:
        """At least those that answer, without a look at where words stand or at what was filed.

        Found out once; not to be changed.
        """
        known = self._known.get(node)
        if known is None:
            known = self._known[node] = self._find_possible(node)
        return known

    def _find_possible(self, node: Node) -> Mask:
        match node:
            case Term():
                return self._has(node)
            case Near(terms=parts) | All(parts=parts):
                mask = np.ones(len(self.volume), np.bool_)
                for part in parts:
                    mask &= self._possible(part)
                return mask
            case Either(parts=parts):
                mask = np.zeros(len(self.volume), np.bool_)
                for part in parts:
                    mask |= self._possible(part)
                return mask
            case Not() | Filed():
                return np.ones(len(self.volume), np.bool_)
            case Period():
                return self._period(node)
            case _:
                return self._named(node)

    def _mask(self, node: Node, within: Mask) -> Mask:  # noqa: PLR0911 - a kind of node, a return
        """Which articles answer; holds for those `within` alone."""
        match node:
            case All(parts=parts):
                mask = within
                for part in sorted(parts, key=_cost):
                    mask = mask & self._mask(part, mask)
                    if not mask.any():
                        break
                return mask
            case Either(parts=parts):
                mask = np.zeros(len(self.volume), np.bool_)
                for part in sorted(parts, key=_cost):
                    mask |= self._mask(part, within & ~mask)
                return mask
            case Not(part=part):
                return ~self._mask(part, within)
            case Filed():
                return self._filed(node, within)
            case Near():
                return self._hit(self.near(node, within))
            case Term() if _by_place(node):
                return self._hit(self.spans(node, within))
        return self._possible(node)

    def _has(self, term: Term) -> Mask:
        """Which articles have all words of a term, in whatever place."""
        mask: Mask | None = None
        for at in range(len(term.tokens)):
            found, keep = self._postings(term, at)
            has = np.zeros(len(self.volume), np.bool_)
            has[found.articles[keep]] = True
            mask = has if mask is None else mask & has
        assert mask is not None  # noqa: S101 - a term has a token
        return mask

    def _postings(self, term: Term, at: int) -> tuple[Postings, Mask]:
        """The articles that have a word of a term, and which of them speak its language."""
        prefix = term.prefix and at == len(term.tokens) - 1
        token = (MARK if term.field == "byline" else "") + term.tokens[at]
        key = (token, prefix, term.inflected)
        if key not in self._read:
            ranges = self.volume.find(token, prefix=prefix)
            speaking: list[frozenset[str] | None] = [None] * len(ranges)
            if term.inflected:
                for other, codes in self._others(term).items():
                    for one in self.volume.find(other):
                        ranges.append(one)
                        speaking.append(codes)
            found = self.volume.postings(ranges)
            keep = np.ones(len(found.articles), np.bool_)
            if any(codes is not None for codes in speaking):
                stemmers = [stemmed(name) for name in self.volume.names("language")]
                fits = np.array(
                    [[codes is None or code in codes for code in stemmers] for codes in speaking]
                )
                language = self.volume.column("language")[found.articles]
                keep = fits[found.each(np.arange(len(ranges))), language]
            self._read[key] = found, keep
        return self._read[key]

    def _others(self, term: Term) -> dict[str, frozenset[str]]:
        """The other forms of a term's word, and the languages in which each is one."""
        mark = MARK if term.field == "byline" else ""
        codes: dict[str, set[str]] = {}
        for code, others in self._forms.get(term.tokens[0], {}).items():
            for other in others:
                codes.setdefault(mark + other, set()).add(code)
        return {other: frozenset(some) for other, some in sorted(codes.items())}

    def spans(self, term: Term, within: Mask | None = None) -> Numbers:
        """Where a term starts: article and place in one number, sorted.

        Of the articles `within` alone, when that is given.
        """
        has = self._possible(term)
        within = has if within is None else has & within
        asked = [(*self._postings(term, at), at) for at in range(len(term.tokens))]
        asked.sort(key=lambda one: len(one[0].articles))
        spots: Numbers | None = None
        for found, keep, at in asked:
            here = self.volume.spots(found, keep & within[found.articles])
            if len(found.ranges) > 1:
                here.sort()
            here -= at
            spots = here if spots is None else both(spots, here)
            if not len(spots):
                return spots
            within = self._hit(spots)
        assert spots is not None  # noqa: S101 - a term has a token
        return self._in_field(spots, term)

    def times(self, term: Term, within: Mask | None = None) -> NDArray[np.float64]:
        """How often a term stands in each article; holds for those `within` alone."""
        size = len(self.volume)
        if _by_place(term):
            spots = self.spans(term, within)
            return np.bincount(spots >> PLACE_BITS, minlength=size).astype(np.float64)
        found, keep = self._postings(term, 0)
        times: NDArray[np.float64] = np.bincount(
            found.articles[keep], found.times[keep], size
        ).astype(np.float64)
        return times

    def _in_field(self, spots: Numbers, term: Term) -> Numbers:
        if term.field in {None, "byline"}:
            return spots
        articles, place = spots >> PLACE_BITS, spots & ((1 << PLACE_BITS) - 1)
        if term.field == "title":
            within = place >= self.volume.column("length")[articles].astype(np.int64) + GAP
        else:
            column = self.volume.column("lead" if term.field == "lead" else "length")
            within = place + len(term.tokens) <= column[articles]
        found: Numbers = spots[within]
        return found

    def near(self, node: Near, within: Mask) -> Numbers:
        """Where the last of the terms starts, near the one before it, in the articles `within`."""
        within = within & self._possible(node)
        if not within.any():
            return np.empty(0, np.int64)
        before, size = self.spans(node.terms[0], within), len(node.terms[0].tokens)
        for term in node.terms[1:]:
            if not len(before):
                break
            after, length = self.spans(term, within), len(term.tokens)
            if not len(after):
                return after
            ends = before + (size - 1)
            at = np.searchsorted(ends, after) - 1
            close = (at >= 0) & (after - ends[np.maximum(at, 0)] <= node.distance)
            if not node.ordered:
                lasts = after + (length - 1)
                at = np.searchsorted(before, lasts, side="right")
                there = at < len(before)
                at[~there] = 0
                close |= there & (before[at] - lasts <= node.distance)
            before, size = after[close], length
        return before

    def _hit(self, spots: Numbers) -> Mask:
        mask = np.zeros(len(self.volume), np.bool_)
        mask[spots >> PLACE_BITS] = True
        return mask

    def _period(self, node: Period) -> Mask:
        at = self.volume.column(node.of)
        mask: Mask = at != NEVER
        if node.first is not None:
            mask &= at >= ticks(node.first)
        if node.end is not None:
            mask &= at < ticks(node.end)
        return mask

    def _filed(self, node: Filed, within: Mask) -> Mask:
        """What filing knows, of the articles `within`."""
        # There are fewer that repeat another than that do not.
        originals = node.how == "kind" and node.value == "original"
        mask = np.full(len(self.volume), originals)
        ids = self.volume.ids[within]
        if len(ids):
            there = self._filing(COPIES if originals else node, ids)
            mask[self.volume.places_of(there)] = not originals
        return mask

    def _named(self, node: Node) -> Mask:
        """Clauses about outlet, language, host or country: asked of each name once."""
        name = {"Outlet": "outlet", "Language": "language"}.get(type(node).__name__, "site")
        true = [
            is_of(node, **{"outlet": "", "language": "", "site": "", name: value})
            for value in self.volume.names(name)
        ]
        mask = np.zeros(len(self.volume), np.bool_)
        mask |= np.array(true, np.bool_)[self.volume.column(name)]
        return mask


def _by_place(node: Node) -> bool:
    """Whether an article may have the words of a term and not answer it."""
    return isinstance(node, Term) and (len(node.tokens) > 1 or node.field not in {None, "byline"})


def _cost(node: Node) -> int:
    match node:
        case Term():
            return 4 if _by_place(node) else 1
        case Near():
            return 5
        case Filed():
            return 3
        case All(parts=parts) | Either(parts=parts):
            return 1 + max(map(_cost, parts))
        case Not(part=part):
            return 1 + _cost(part)
        case _:
            return 0
