"""What the filers share while one batch is filed: the transaction, and the articles on the desk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from pipeline.grouping import Grouping
from pipeline.meeting import EARLY, closest, meet, same_tongue
from pipeline.memory import Memory
from pipeline.prints import Prints
from pipeline.slip import Slip
from stories.archive import Transaction
from stories.archive.copies import Quotation
from stories.archive.kin import Link
from stories.archive.rulings import Ruled, Rulings
from stories.model import Copy

OPENERS = 20_000
"""Stories whose first article is kept in mind: a few megabytes."""


class Desk:
    """One batch: its transaction, and what was looked up or decided for it already."""

    def __init__(self, tx: Transaction, memory: Memory) -> None:
        """Work within a writing transaction; what is in mind must be as the archive has it."""
        self.tx = tx
        self.frequencies = memory.frequencies
        self.grouping = Grouping(tx.subjects, memory.standing, memory.joined)
        self.prints = Prints(tx.copies, tx.sketches, memory.recalled)
        self.known: dict[str, int] = {}
        self.placed: dict[int, int] = {}
        self.touched: set[int] = set()
        self._apart = memory.apart
        self.ruled = memory.ruled
        self.heirs: dict[int, int] = {}
        self._parted: dict[int, int] = {}
        self._next = 0
        self._openers = memory.openers
        self._met: dict[str, tuple[Slip, list[int]]] = {}
        self._opened: dict[int, tuple[int, datetime]] = {}
        self._links: dict[int, Copy] = {}
        self._quoted: dict[int, list[Quotation]] = {}
        self._places: dict[int, int] = {}

    def look_up(self, slips: Iterable[Slip]) -> None:
        """Ask for the whole batch at once what can be asked for at once."""
        some = list(slips)
        self.known = self.tx.articles.by_key([slip.article.key for slip in some])
        self.prints.look_up([slip.fingerprint for slip in some])

    def stretches(self, slips: Sequence[Slip]) -> Iterator[list[Slip]]:
        """Slips that can go through the filers together: new articles, each another one.

        What is a new state of an article goes alone, for those after it meet that state.
        """
        some: dict[str, Slip] = {}
        for slip in slips:
            key = slip.article.key
            if key not in some and key not in self.known:
                some[key] = slip
                continue
            if some:
                yield list(some.values())
            some = {}
            yield [slip]
        if some:
            yield list(some.values())

    def story_of(self, number: int) -> int:
        """The story that a stored article is part of."""
        if number not in self.placed:
            self.placed[number] = self.prints.texts([number])[number][0].story
        return self.grouping.living(self.placed[number])

    def open(self, number: int, at: datetime, language: str | None) -> int:
        """Open a story with an article of that time and language; returns its number."""
        if not self._opened:
            self._next = self.tx.events.next_number()
        story = self._next + len(self._opened)
        self._opened[story] = (number, at)
        self._openers[story] = (number, language)
        return story

    def place(self, number: int, story: int) -> None:
        """An article of this batch is part of that story."""
        self.placed[number] = story
        self._places[number] = story
        self.touched.add(story)

    def meet(self, slip: Slip, stories: list[int]) -> None:
        """An article met stories that it may have something in common with, and did not join."""
        if stories and slip.article.language:
            self._met[slip.article.key] = (slip, stories)

    def speaks(self, story: int) -> str | None:
        """The language of the article that opened a story."""
        opener = self.openers([story]).get(story)
        return opener[1] if opener else None

    def openers(self, stories: Sequence[int]) -> dict[int, tuple[int, str | None]]:
        """The articles that opened these stories, with their languages."""
        self._openers.update(
            self.tx.kin.openers([story for story in stories if story not in self._openers])
        )
        return {story: self._openers[story] for story in stories if story in self._openers}

    def unite(self, story: int) -> int:
        """Join a story that has grown to another one if they are the same; returns what it is."""
        twin = self.grouping.twin(story)
        if twin is None or self._are_apart({story, twin}):
            return story
        if not same_tongue(self.speaks(story), self.speaks(twin)):
            return story
        self.touched |= {story, twin}
        first = min(self.openers([story, twin]).values())
        now = self.grouping.unite(story, twin)
        self._openers[now] = first
        return now

    def articles_of(self, story: int) -> list[int]:
        """The articles that a story has at this moment, in order of arrival."""
        living, places = self.grouping.living, self._places
        stories = [story, *(gone for gone in self.grouping.united if living(gone) == story)]
        stored = {number for one in stories for number in self.tx.events.articles(one)}
        here = {number for number, place in places.items() if living(place) == story}
        return sorted((stored - places.keys()) | here)

    def repeated(self, numbers: Sequence[int], until: int) -> dict[int, int]:
        """What some of these repeat, as it was when the article `until` had been filed.

        Articles of the same batch after it may have turned out to be originals by now.
        """
        self._keep_links()
        found: dict[int, int] = {}
        for number, of in self.tx.copies.originals(numbers).items():
            while of > until and of in self.heirs:
                of = self.heirs[of]  # noqa: PLW2901 - what it was before
            if of != number:
                found[number] = of
        return found

    def came_together(self, story: int) -> bool:
        """Whether a story was divided once, and turned out to be one after all."""
        left = self.tx.events.parting(story)[1]
        left += (fresh for fresh, whole in self._parted.items() if whole == story)
        return any(self.grouping.living(fresh) == story for fresh in left)

    def part(self, story: int, members: Sequence[int], leaving: set[int]) -> int:
        """Open a story with articles that leave another one; returns its number."""
        stay = min(number for number in members if number not in leaving)
        texts = self.prints.texts([stay, min(leaving)])
        self._openers[story] = (stay, texts[stay][0].language)
        first = texts[min(leaving)][0]
        fresh = self.open(first.id, first.at, first.language)
        for number in sorted(leaving):
            self.place(number, fresh)
        self.touched.add(story)
        self._parted[fresh] = story
        return fresh

    def _are_apart(self, stories: set[int]) -> bool:
        """Whether the operator ruled that these two stories are not one."""
        return any({self.story_of(one) for one in pair} == stories for pair in self._apart)

    def link(self, links: Mapping[int, Copy]) -> None:
        """Say which articles repeat which."""
        self._links.update(links)
        self.prints.originals.update((number, one.of) for number, one in links.items())

    def members(self, number: int) -> list[int]:
        """The articles that repeat this one."""
        self._keep_links()
        return self.tx.copies.members([number]).get(number, [])

    def is_copy(self, number: int) -> bool:
        """Whether an article repeats another one."""
        self._keep_links()
        return number in self.tx.copies.originals([number])

    def quote(self, number: int, one: Quotation) -> None:
        """Say what an article quotes at length."""
        self._quoted.setdefault(number, []).append(one)

    def _keep_links(self) -> None:
        self.tx.copies.link(self._links)
        self.tx.copies.quote(self._quoted)
        self._links, self._quoted = {}, {}

    def is_ruled_original(self, number: int) -> bool:
        """Whether the operator said that this article is the original of its group."""
        rulings = Rulings(self.tx.connection).on([number])
        return any(one.what is Ruled.ORIGINAL and one.article == number for one in rulings)

    def keep(self) -> None:
        """Write down what was decided for the batch."""
        self._keep_links()
        kin = self._kin()
        self.prints.keep()
        self.tx.events.open_all(self._opened)
        self.tx.events.part(self._parted)
        self.tx.kin.link(kin)
        living = self.grouping.living
        self.tx.events.put({number: living(story) for number, story in self._places.items()})
        self.tx.events.unite(self.grouping.united)
        self.grouping.keep()
        self.tx.events.refresh({living(story) for story in self.touched})
        self.frequencies.write(self.tx.vocabulary)
        self._opened, self._met, self._parted = {}, {}, {}
        if len(self._openers) > OPENERS:
            self._openers.clear()

    def _kin(self) -> list[Link]:
        """The links to stories in other languages that this batch makes, or makes stronger."""
        met = {key: stories for key, (_, stories) in self._met.items()}
        found = meet(
            self.tx,
            [(slip.article, slip.story) for slip, _ in self._met.values()],
            met,
            self.openers(sorted({story for some in met.values() for story in some})),
            self.frequencies,
        )
        known = self.tx.kin.linked({self.grouping.living(one) for one in self._places.values()})
        pairs = {self._pair(one, other) for one, other in known}
        # What a later article alone has in common makes a link, and does not replace one.
        links = {
            pair: replace(link, story=pair[0], other=pair[1])
            for link in sorted(found, key=lambda link: link.score)
            if (pair := self._pair(link.story, link.other)) not in pairs and pair[0] != pair[1]
        }
        pairs |= links.keys()
        early = {
            story: self.articles_of(story)[:EARLY] for story in {s for pair in pairs for s in pair}
        }
        changed = [
            pair
            for pair in sorted(pairs)
            if pair[0] != pair[1]
            and any(one in self._places for story in pair for one in early[story])
        ]
        nearest = closest(self.tx, changed, early, self.frequencies)
        links |= {(link.story, link.other): link for link in nearest}
        return list(links.values())

    def _pair(self, story: int, other: int) -> tuple[int, int]:
        """Two stories as what they are by now, the smaller number first."""
        one, two = sorted((self.grouping.living(story), self.grouping.living(other)))
        return one, two
