"""Where the words are kept: bound volumes and loose sheets, asked together in one transaction."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from threading import RLock
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, Connection, Select, select

from stories.archive.chunks import chunks
from stories.clauses import All, Filed, Near, Node, Period, Term, leaves
from stories.sheet import Sheet, answers
from stories.stems import ALGORITHMS, stem
from stories.tables.filing import copy
from stories.tables.press import article, article_topic, topic
from stories.tables.volumes import form, loose, volume
from stories.volumes.bind import ticks
from stories.volumes.pages import Kind
from stories.volumes.seek import Forms, Seeker, blocks
from stories.volumes.volume import Mask, PageName, Volume

Ids = NDArray[np.int64]

KIND_BITS = 4
NUMBER_BITS = 24
MOST_KEPT = 96 * 2**20
MOST_SHEETS = 20_000
FEW = 500


def page_id(number: int, kind: Kind, page: int) -> int:
    """The key of a page's row."""
    return ((number << KIND_BITS) | kind) << NUMBER_BITS | page


@dataclass(frozen=True, slots=True)
class Bound:
    """What the list of volumes says of one of them."""

    id: int
    articles: int
    first: int
    last: int
    first_at: int
    last_at: int
    gone: bytes


class Shelf:
    """What a process remembers of an archive's volumes and loose sheets between questions."""

    def __init__(self) -> None:
        self.lock = RLock()
        self.volumes: dict[int, tuple[bytes, Volume]] = {}
        self.sheets: dict[int, Sheet] = {}
        self.kept = 0
        self.connection: Connection | None = None

    def fetch(self, number: int, names: Sequence[PageName]) -> dict[PageName, bytes]:
        """Pages of one volume, by the connection that asks now."""
        ids = {page_id(number, kind, page): (kind, page) for kind, page in names}
        return {ids[at]: data for at, data in self.pages(sorted(ids))}

    def pages(self, ids: Sequence[int]) -> list[tuple[int, bytes]]:
        """Pages by their keys."""
        assert self.connection is not None  # noqa: S101 - asked within a question only
        # Below SQLAlchemy: PostgreSQL sends bytes as they are only when asked for it.
        driver: Any = self.connection.connection.driver_connection
        found: list[tuple[int, bytes]] = []
        for some in chunks(ids):
            if self.connection.dialect.name == "sqlite":
                marks = ",".join("?" * len(some))
                rows = driver.execute(
                    f"SELECT id, data FROM volume_page WHERE id IN ({marks})",  # noqa: S608 - question marks
                    some,
                )
            else:
                rows = driver.execute(
                    "SELECT id, data FROM volume_page WHERE id = ANY(%s)", [list(some)], binary=True
                )
            found += rows.fetchall()
        self.kept += sum(len(data) for _, data in found)
        return found

    def tidy(self) -> None:
        """Let go of what has grown too large."""
        if self.kept > MOST_KEPT:
            for _, one in self.volumes.values():
                one.forget()
            self.kept = 0
        if len(self.sheets) > MOST_SHEETS:
            self.sheets.clear()


class Stacks:
    """Volumes and loose sheets as one transaction sees them."""

    def __init__(self, connection: Connection, shelf: Shelf) -> None:
        self._connection = connection
        self._shelf = shelf

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
        found = np.concatenate(parts).astype(np.int64)
        found.sort()
        return found

    def count(self, node: Node) -> int:
        """How many articles answer."""
        with self._shelf.lock:
            many = sum(1 for _ in self._loose(node))
            many += sum(int(np.count_nonzero(mask)) for _, mask, _ in self._bound(node))
            self._shelf.tidy()
        return many

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
        at, size = 0, 1
        while at < len(found):
            group = [self._volume(one) for one in found[at : at + size]]
            self._prefetch(group, node, forms)
            for place, one in enumerate(group, at + 1):
                after = found[place].last if place < len(found) else -1
                seeker = Seeker(one, forms, self._filing)
                mask = seeker.answering(node)
                if len(superseded):
                    mask[one.places_of(superseded)] = False
                yield seeker, mask, after
            at += size
            size *= 2

    def _list(self, node: Node) -> list[Bound]:
        rows = self._connection.execute(select(volume).order_by(volume.c.last_id.desc()))
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
        if known is None or known[0] != one.gone:
            gone = np.frombuffer(one.gone, "<i8").tolist()
            known = (one.gone, Volume(one.id, self._shelf.fetch, gone))
            self._shelf.volumes[one.id] = known
        return known[1]

    def _superseded(self, found: Sequence[Bound]) -> Ids:
        """Articles that are bound somewhere and, revised since, loose again."""
        border = max((one.last for one in found), default=0)
        again = sorted(one.id for one in self._shelf.sheets.values() if one.id <= border)
        return np.array(again, np.int64)

    def _prefetch(self, group: Sequence[Volume], node: Node, forms: Forms) -> None:
        """Bring in what all of these volumes will read, in one statement."""
        wanted = {
            page_id(one.number, kind, page): one
            for one in group
            for kind, page in one.have(dict.fromkeys(blocks(one, node, forms)))
        }
        if wanted:
            for at, data in self._shelf.pages(sorted(wanted)):
                wanted[at].take(at & ((1 << NUMBER_BITS) - 1), data)

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
        for some in chunks(list(stems)):
            for whole, other in self._connection.execute(
                select(form.c.stem, form.c.word).where(form.c.stem.in_(some))
            ):
                for word in stems[whole]:
                    if other != word:
                        found[word].setdefault(whole.partition(":")[0], set()).add(other)
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


def filing(what: Filed, some: Any) -> Select[int]:  # noqa: ANN401 - a function of a column
    """The ids among `some` of which it is true."""
    if what.how == "topic":
        named = select(topic.c.id).where(topic.c.name == what.value).scalar_subquery()
        column: ColumnElement[int] = article_topic.c.article_id
        return select(column).where(article_topic.c.topic_id == named, some(column))
    if what.how == "story":
        return select(article.c.id).where(article.c.story_id == int(what.value), some(article.c.id))
    column = copy.c.article_id
    if what.value == "original":
        copied = select(column).where(some(column))
        return select(article.c.id).where(some(article.c.id), article.c.id.not_in(copied))
    if what.value == "repeats":
        return select(column).where(some(column))
    update = copy.c.kind == "update"
    return select(column).where(some(column), update if what.value == "update" else ~update)


def loose_sheets(connection: Connection, known: dict[int, Sheet]) -> list[Sheet]:
    """The sheets that are in no volume; `known` has those read before and is brought up to date."""
    here = connection.execute(select(loose.c.id)).scalars().all()
    for gone in known.keys() - set(here):
        del known[gone]
    missing = [number for number in here if number not in known]
    for some in chunks(missing):
        rows = connection.execute(
            select(
                loose.c.id,
                loose.c.words,
                article.c.id.label("article_id"),
                article.c.language,
                article.c.outlet,
                article.c.site,
                article.c.published,
                article.c.seen,
            )
            .join(article, article.c.id == loose.c.article_id)
            .where(loose.c.id.in_(some))
        )
        for row in rows:
            title, byline, lead, rest = (line.split() for line in row.words.split("\n"))
            known[row.id] = Sheet(
                id=row.article_id,
                title=title,
                text=lead + rest,
                lead=len(lead),
                byline=byline,
                language=row.language,
                outlet=row.outlet,
                site=row.site,
                published=row.published,
                seen=row.seen,
            )
    return list(known.values())


def loose_words(sheet: Sheet) -> str:
    """The words of a sheet as its row keeps them."""
    lead, rest = sheet.text[: sheet.lead], sheet.text[sheet.lead :]
    return "\n".join(" ".join(tokens) for tokens in (sheet.title, sheet.byline, lead, rest))


def _periods(node: Node) -> list[Period]:
    """The periods outside of which nothing answers."""
    match node:
        case Period():
            return [node]
        case All(parts=parts):
            return [one for part in parts for one in _periods(part)]
        case _:
            return []
