"""From a query's tree to the articles of one volume that answer it, as an array of yes and no."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from stories.clauses import All, Either, Filed, Near, Node, Not, Period, Term, leaves
from stories.sheet import is_of
from stories.stems import stemmed
from stories.volumes.bind import NEVER, ticks
from stories.volumes.pages import GAP, MARK, PLACE_BITS
from stories.volumes.varint import Numbers
from stories.volumes.volume import Mask, Volume

Forms = Mapping[str, Mapping[str, frozenset[str]]]
"""For a word and a language: the other forms of the word."""

Filing = Callable[[Filed, NDArray[np.int64]], NDArray[np.int64]]
"""Of which of some ids something is true that filing found out; may give others too."""

COPIES = Filed(how="kind", value="repeats")
"""What is no original: copies and updates."""

NO_FORMS: Forms = {}


def blocks(volume: Volume, node: Node, forms: Forms) -> Iterator[int]:
    """The blocks of words that answering will read."""
    for leaf in leaves(node):
        for term in leaf.terms if isinstance(leaf, Near) else (leaf,):
            if not isinstance(term, Term):
                continue
            mark = MARK if term.field == "byline" else ""
            last = len(term.tokens) - 1
            for at, token in enumerate(term.tokens):
                if term.prefix and at == last:
                    yield from volume.blocks_of(mark + token)
                elif (block := volume.block_of(mark + token)) is not None:
                    yield block
            if term.inflected:
                for others in forms.get(term.tokens[0], {}).values():
                    found = (volume.block_of(mark + other) for other in others)
                    yield from (block for block in found if block is not None)


class Seeker:
    """Answers queries from one volume; not for use by two threads at once."""

    def __init__(self, volume: Volume, forms: Forms, filing: Filing) -> None:
        self.volume = volume
        self._forms = forms
        self._filing = filing
        self._speakers: dict[str, Mask] = {}

    def answering(self, node: Node) -> Mask:
        """Which of the volume's living articles answer the query."""
        return self._mask(node) & self.volume.living

    def _mask(self, node: Node) -> Mask:  # noqa: PLR0911 - a kind of node, a return
        match node:
            case Term():
                return self._term(node)
            case Near():
                return self._hit(self.near(node))
            case All(parts=parts):
                return self._all(parts)
            case Either(parts=parts):
                mask = self._mask(parts[0]).copy()
                for part in parts[1:]:
                    mask |= self._mask(part)
                return mask
            case Not(part=part):
                return ~self._mask(part)
            case Period():
                return self._period(node)
            case Filed():
                return self._filed(node)
            case _:
                return self._named(node)

    def _all(self, parts: tuple[Node, ...]) -> Mask:
        mask = np.ones(len(self.volume), np.bool_)
        for part in sorted(parts, key=_cost):
            mask &= self._filed(part, mask) if isinstance(part, Filed) else self._mask(part)
            if not mask.any():
                break
        return mask

    def _term(self, term: Term) -> Mask:
        if len(term.tokens) > 1 or term.field not in {None, "byline"}:
            return self._hit(self.spans(term))
        return self._has(term)

    def _has(self, term: Term) -> Mask:
        """Which articles have all words of a term, in whatever place."""
        mark = MARK if term.field == "byline" else ""
        mask = np.ones(len(self.volume), np.bool_)
        for at, token in enumerate(term.tokens):
            has = np.zeros(len(self.volume), np.bool_)
            prefix = term.prefix and at == len(term.tokens) - 1
            has[self.volume.articles(mark + token, prefix=prefix)[0]] = True
            mask &= has
        for code, others in self._others(term):
            found = np.zeros(len(self.volume), np.bool_)
            for other in others:
                found[self.volume.articles(mark + other)[0]] = True
            mask |= found & self._speaking(code)
        return mask

    def _others(self, term: Term) -> Iterator[tuple[str, frozenset[str]]]:
        if term.inflected:
            yield from self._forms.get(term.tokens[0], {}).items()

    def _speaking(self, code: str) -> Mask:
        """The articles in a language that has this stemmer."""
        if code not in self._speakers:
            names = self.volume.names("language")
            those = np.array([stemmed(name) == code for name in names])
            self._speakers[code] = those[self.volume.column("language")]
        return self._speakers[code]

    def spans(self, term: Term, within: Mask | None = None) -> Numbers:
        """Where a term starts: article and place in one number, sorted.

        Of the articles `within` at least.
        """
        volume, mark = self.volume, MARK if term.field == "byline" else ""
        last = len(term.tokens) - 1
        asked = [
            (mark + token, term.prefix and at == last, at) for at, token in enumerate(term.tokens)
        ]
        within = np.ones(len(volume), np.bool_) if within is None else within.copy()
        if last:
            within &= self._has(term)
            if not within.any():
                return np.empty(0, np.int64)
            asked.sort(key=lambda one: self._frequency(one[0], prefix=one[1]))
        elif term.inflected:
            return self._inflected(term, mark, within)
        spots: Numbers | None = None
        for token, prefix, at in asked:
            here = volume.spots(token, within, prefix=prefix) - at
            spots = here if spots is None else _both(spots, here)
            if not len(spots):
                return spots
            within = self._hit(spots)
        assert spots is not None  # noqa: S101 - a term has a token
        return self._in_field(spots, term)

    def _inflected(self, term: Term, mark: str, within: Mask) -> Numbers:
        asked = [(mark + term.tokens[0], within)]
        for code, others in self._others(term):
            speaking = self._speaking(code) & within
            if speaking.any():
                asked += [(mark + other, speaking) for other in others]
        self.volume.bring(
            block
            for token, some in asked
            for block, first, last in self.volume.find(token)
            if some[self.volume.block(block).articles(first, last)[0]].any()
        )
        found = [self.volume.spots(token, some) for token, some in asked]
        return self._in_field(np.unique(np.concatenate(found)), term)

    def times(self, term: Term) -> NDArray[np.float64]:
        """How often a term stands in each article."""
        size = len(self.volume)
        if len(term.tokens) > 1 or term.field not in {None, "byline"}:
            return np.bincount(self.spans(term) >> PLACE_BITS, minlength=size).astype(np.float64)
        mark = MARK if term.field else ""
        articles, often = self.volume.articles(mark + term.tokens[0], prefix=term.prefix)
        times: NDArray[np.float64] = np.bincount(articles, often, size).astype(np.float64)
        for code, others in self._others(term):
            speaking = self._speaking(code)
            for other in others:
                articles, often = self.volume.articles(mark + other)
                times += np.bincount(articles, often, size) * speaking
        return times

    def _frequency(self, token: str, *, prefix: bool) -> int:
        found = self.volume.find(token, prefix=prefix)
        return sum(int(self.volume.block(block).counts(a, b).sum()) for block, a, b in found)

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

    def near(self, node: Near) -> Numbers:
        """Where the last of the terms starts, near the one before it."""
        within = np.ones(len(self.volume), np.bool_)
        for term in node.terms:
            within &= self._has(term)
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

    def _filed(self, node: Filed, within: Mask | None = None) -> Mask:
        """What filing knows, of the articles within at least."""
        # There are fewer that repeat another than that do not.
        originals = node.how == "kind" and node.value == "original"
        mask = np.full(len(self.volume), originals)
        ids = self.volume.ids if within is None else self.volume.ids[within]
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


def _both(some: Numbers, others: Numbers) -> Numbers:
    """What is in both of two sorted arrays."""
    few, many = (some, others) if len(some) <= len(others) else (others, some)
    at = np.searchsorted(many, few)
    at[at == len(many)] = 0
    return few[many[at] == few] if len(many) else few[:0]


def _cost(node: Node) -> int:
    match node:
        case Term(tokens=tokens, field=field):
            return 1 if len(tokens) == 1 and field is None else 4
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
