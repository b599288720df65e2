"""Where the words are kept: bound volumes and loose sheets, asked together in one transaction."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, select

from stories.archive.chunks import chunks
from stories.archive.filed import filing
from stories.archive.loose import loose_sheets
from stories.archive.shelf import Bound, Shelf
from stories.clauses import All, Either, Filed, Near, Node, Period, Term, leaves
from stories.mending import TooCostly
from stories.sheet import Sheet, answers
from stories.stems import ALGORITHMS, stem
from stories.tables.volumes import form, volume
from stories.volumes.bind import ticks
from stories.volumes.demand import Forms, blocks, columns, cost, terms
from stories.volumes.pages import Kind
from stories.volumes.postings import Mask
from stories.volumes.seek import Seeker
from stories.volumes.volume import Volume

Ids = NDArray[np.int64]

MOST_READ = 100_000_000
"""Numbers that one question may read: seconds of one core."""

SIMPLE = 10
"""Questions of so few terms are never too costly."""

FEW = 500
"""So many ids are named to the engine; of more it is told the first and the last."""


class Stacks:
    """Volumes and loose sheets as one transaction sees them.

    A question that would read more than MOST_READ raises TooCostly, unless it is not `bounded`.
    """

    def __init__(self, connection: Connection, shelf: Shelf, *, bounded: bool = True) -> None:
        self._connection = connection
        self._shelf = shelf
        self._bounded = bounded

    def newest(self, node: Node, count: int) -> list[int]:
        """The ids of the articles that answer and arrived last, the last one first."""
        with self._shelf.lock:
            found = np.array(sorted(one.id for one in self._loose(node)), np.int64)
            for seeker, mask, bound_next in self._bound(node):
                found = np.concatenate((found, seeker.volume.ids[mask]))
                # What is still to come is older than all of these.
                if np.count_nonzero(found > bound_next) >= count:
                    break
            found.sort()
            self._shelf.tidy()
            newest: list[int] = found[::-1][:count].tolist()
            return newest

    def every(self, node: Node) -> Ids:
        """The ids of all articles that answer, in order of arrival."""
        with self._shelf.lock:
            parts = [np.array([one.id for one in self._loose(node)], np.int64)]
            parts += [seeker.volume.ids[mask] for seeker, mask, _ in self._bound(node)]
            self._shelf.tidy()
        found = np.concatenate(parts, dtype=np.int64)
        found.sort()
        return found

    def count(self, node: Node) -> int:
        """How many articles answer."""
        with self._shelf.lock:
            many = sum(1 for _ in self._loose(node))
            many += sum(int(np.count_nonzero(mask)) for _, mask, _ in self._bound(node))
            self._shelf.tidy()
        return many

    def frequencies(self, asked: Sequence[Term], sample: int) -> tuple[dict[Term, int], int]:
        """In how many articles each term is, among how many that arrived last: about `sample`."""
        counts, among = dict.fromkeys(asked, 0), 0
        with self._shelf.lock:
            self._shelf.connection = self._connection
            sheets = loose_sheets(self._connection, self._shelf.sheets)
            among += len(sheets)
            for term in asked:
                counts[term] += sum(answers(term, sheet) for sheet in sheets)
            for bound in self._list(All(())):
                if among >= sample:
                    break
                (seeker,) = self._seekers([self._volume(bound)], Either(tuple(asked)), {})
                among += bound.articles
                for term in asked:
                    counts[term] += int(np.count_nonzero(seeker.answering(term)))
            self._shelf.tidy()
        return counts, among

    def visit(self, node: Node) -> Generator[Sheet | tuple[Seeker, Mask], None, None]:
        """Loose sheets that answer, then volumes with their answers, the newest first.

        Other questions of this process wait until all have been taken or the iterator is closed.
        """
        with self._shelf.lock:
            yield from self._loose(node)
            for seeker, mask, _ in self._bound(node):
                yield seeker, mask
            self._shelf.tidy()

    def _loose(self, node: Node) -> Iterator[Sheet]:
        self._shelf.connection = self._connection
        sheets = loose_sheets(self._connection, self._shelf.sheets)
        ids = [one.id for one in sheets]
        true: dict[Filed, frozenset[int]] = {}

        def knows(what: Filed, number: int) -> bool:
            if what not in true:
                true[what] = frozenset(
                    one
                    for some in chunks(ids)
                    for one in self._connection.execute(
                        filing(what, lambda column: column.in_(some))  # noqa: B023 - used at once
                    ).scalars()
                )
            return number in true[what]

        return (one for one in sheets if answers(node, one, knows))

    def _bound(self, node: Node) -> Iterator[tuple[Seeker, Mask, int]]:
        """Volumes with their answers, and the highest id of the volumes that are still to come."""
        self._shelf.connection = self._connection
        found = self._list(node)
        forms = self._forms(node)
        superseded = self._superseded(found)
        at, size, read = 0, 1, 0
        bounded = self._bounded and _many(node) > SIMPLE
        while at < len(found):
            group = [self._volume(one) for one in found[at : at + size]]
            if bounded:
                self._fetch_words(group, node, forms)
                read += sum(cost(one, node, forms) for one in group)
                if read > MOST_READ:
                    raise TooCostly(read, MOST_READ)
            for place, seeker in enumerate(self._seekers(group, node, forms), at + 1):
                after = found[place].last if place < len(found) else -1
                mask = seeker.answering(node)
                if len(superseded):
                    mask[seeker.volume.places_of(superseded)] = False
                yield seeker, mask, after
            at += size
            size *= 2

    def _list(self, node: Node) -> list[Bound]:
        rows = self._connection.execute(
            select(volume).where(volume.c.articles > 0).order_by(volume.c.last_id.desc())
        )
        found = [Bound(*row) for row in rows]
        here = {one.id for one in found}
        for number in [number for number in self._shelf.volumes if number not in here]:
            del self._shelf.volumes[number]
        for period in _periods(node):
            if period.first is not None:
                first = ticks(period.first)
                found = [one for one in found if one.last_at >= first]
            if period.end is not None:
                end = ticks(period.end)
                found = [one for one in found if one.first_at < end]
        return found

    def _volume(self, one: Bound) -> Volume:
        known = self._shelf.volumes.get(one.id)
        if known is None:
            known = (b"", Volume(one.id, self._shelf.fetch))
        if known[0] != one.gone:
            known[1].gone = np.frombuffer(one.gone, "<i8").tolist()
            known = (one.gone, known[1])
        self._shelf.volumes[one.id] = known
        return known[1]

    def _superseded(self, found: Sequence[Bound]) -> Ids:
        """Articles that are bound somewhere and, revised since, loose again."""
        border = max((one.last for one in found), default=0)
        again = sorted(one.id for one in self._shelf.sheets.values() if one.id <= border)
        return np.array(again, np.int64)

    def _seekers(self, group: Sequence[Volume], node: Node, forms: Forms) -> list[Seeker]:
        """Bring in what these volumes will read: columns, words, places, a statement each."""
        bring = self._shelf.bring
        names = tuple(columns(node))
        bring((one, page) for one in group for page in one.lacks_columns(names))
        self._fetch_words(group, node, forms)
        seekers = [Seeker(one, forms, self._filing) for one in group]
        bring(
            (one.volume, page)
            for one in seekers
            for page in one.volume.lacks(Kind.PLACES, dict.fromkeys(one.places(node)))
        )
        return seekers

    def _fetch_words(self, group: Sequence[Volume], node: Node, forms: Forms) -> None:
        bring = self._shelf.bring
        if any(terms(leaf) for leaf in leaves(node)):
            bring((one, page) for one in group for page in one.lacks_directory())
        bring(
            (one, page)
            for one in group
            for page in one.lacks(Kind.WORDS, dict.fromkeys(blocks(one, node, forms)))
        )

    def _forms(self, node: Node) -> Forms:
        """The other forms of every word that may be inflected, in each language."""
        asked = {
            term.tokens[0]
            for leaf in leaves(node)
            for term in (leaf.terms if isinstance(leaf, Near) else (leaf,))
            if isinstance(term, Term) and term.inflected
        }
        stems: dict[str, list[str]] = {}
        for word in asked:
            for code in ALGORITHMS:
                stems.setdefault(f"{code}:{stem(word, code)}", []).append(word)
        found: dict[str, dict[str, set[str]]] = {word: {} for word in asked}

        def take(whole: str, other: str) -> None:
            for word in stems[whole]:
                if other != word:
                    found[word].setdefault(whole.partition(":")[0], set()).add(other)

        for whole in stems:
            code, _, reduced = whole.partition(":")
            if stem(reduced, code) == reduced:
                take(whole, reduced)
        for some in chunks(list(stems)):
            for whole, other in self._connection.execute(
                select(form.c.stem, form.c.word).where(form.c.stem.in_(some))
            ):
                take(whole, other)
        return {
            word: {code: frozenset(others) for code, others in codes.items()}
            for word, codes in found.items()
        }

    def _filing(self, what: Filed, ids: Ids) -> Ids:
        if len(ids) <= FEW:
            asked = filing(what, lambda column: column.in_(ids.tolist()))
        else:
            asked = filing(what, lambda column: column.between(int(ids[0]), int(ids[-1])))
        rows = self._connection.execute(asked).all()
        return np.fromiter((number for (number,) in rows), np.int64, len(rows))


def _many(node: Node) -> int:
    """How many words are asked for."""
    return sum(len(term.tokens) for leaf in leaves(node) for term in terms(leaf))


def _periods(node: Node) -> list[Period]:
    """The periods outside of which nothing answers."""
    match node:
        case Period():
            return [node]
        case All(parts=parts):
            return [one for part in parts for one in _periods(part)]
        case _:
            return []
