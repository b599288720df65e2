"""What the texts of one batch are compared with: sketches and fingerprints, stored and fresh."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipeline.fingerprint import Fingerprint, fingerprint
from pipeline.slip import Slip
from stories.archive.copies import Copies, Print, Repeatable
from stories.archive.sketch_pages import EPOCH, epoch
from stories.archive.sketches import EPOCHS, Recalled, Sketches

HOT = 50
"""A five-word run that so many articles have is page furniture or a saying."""


class Prints:
    """The texts on the desk; :meth:`keep` writes what was learned of new ones.

    `sharing` has the articles whose sketch has a hash, `alike` those that have a digest, and
    `originals` the first of its group for those that are in one: as far as was looked up, and the
    batch's own.
    """

    def __init__(self, copies: Copies, sketches: Sketches, recalled: Recalled) -> None:
        """Work within one transaction; what is recalled is as the archive has it."""
        self.sharing: dict[int, list[int]] = {}
        self.alike: dict[int, list[int]] = {}
        self.originals: dict[int, int] = {}
        self._copies = copies
        self._sketches = sketches
        self._recalled = recalled
        self._texts: dict[int, tuple[Repeatable, Fingerprint]] = {}
        self._sketched: dict[int, list[int]] = {}
        self._prints: dict[int, Print] = {}

    def look_up(self, fresh: Sequence[Fingerprint]) -> None:
        """Ask for all of these texts at once."""
        self.alike = self._copies.alike([one.digest for one in fresh])
        self.sharing = self._shared_by(value for one in fresh for value in one.sketch)
        found = {number for numbers in self.sharing.values() for number in numbers}
        found.update(number for numbers in self.alike.values() for number in numbers)
        self.originals = self._copies.originals(sorted(found))

    def texts(self, numbers: Iterable[int]) -> dict[int, tuple[Repeatable, Fingerprint]]:
        """These stored articles, with their fingerprints."""
        wanted = list(numbers)
        missing = [number for number in wanted if number not in self._texts]
        for number, one in self._copies.texts(missing).items():
            self._texts[number] = (one, fingerprint(one.text, one.roles))
        return {number: self._texts[number] for number in wanted if number in self._texts}

    def candidates(self, number: int, one: Fingerprint) -> dict[int, int]:
        """The articles that share some of an article's sketch, and how many hashes each.

        Hashes that very many articles have are furniture, and say nothing.
        """
        found: dict[int, int] = {}
        first = _first_beside(number)
        for value in one.sketch:
            others = self.sharing.get(value)
            if not others:
                continue
            recent = [other for other in others if other >= first]
            if len(recent) < HOT:
                for other in recent:
                    found[other] = found.get(other, 0) + 1
        return found

    def sketch(self, number: int, one: Fingerprint) -> None:
        """Let later articles be compared with this one."""
        first = _first_beside(number)
        mine = self._sketched.setdefault(number, [])
        for value in one.sketch:
            others = self.sharing.setdefault(value, [])
            if others:
                recent = [other for other in others if other >= first]
                if len(recent) >= HOT or number in recent:
                    continue
            others.append(number)
            mine.append(value)

    def sketch_anew(self, number: int, one: Fingerprint) -> None:
        """The same for a stored article, whose sketch was not looked up."""
        self.sharing |= self._shared_by(one.sketch)
        self.sketch(number, one)

    def remember(self, number: int, one: Fingerprint) -> None:
        """Keep what the words of an article's text are."""
        self.alike.setdefault(one.digest, []).append(number)
        self._prints[number] = Print(digest=one.digest, words=len(one.words))

    def show(self, slip: Slip) -> None:
        """Let those after a new article be compared with it as it is here, not as it is stored."""
        article = slip.article
        self._texts[slip.number] = (
            Repeatable(
                id=slip.number,
                url=article.url,
                outlet=article.outlet,
                title=article.title,
                byline=article.byline,
                language=article.language,
                text=article.text,
                roles=article.roles,
                at=slip.when,
                precision=article.published.precision if article.published else None,
                story=0,
            ),
            slip.fingerprint,
        )

    def withdraw(self, number: int, before: Fingerprint) -> None:
        """The text of a stored article was this, and is no longer."""
        self._texts.pop(number, None)
        self._sketched.pop(number, None)
        for lists in (self.sharing, self.alike):
            for numbers in lists.values():
                if number in numbers:
                    numbers.remove(number)
        self._sketches.forget(number, before.sketch, self._recalled)

    def keep(self) -> None:
        """Write down what the texts of the batch are."""
        self._copies.remember(self._prints)
        self._sketches.remember(self._sketched, self._recalled)

    def _shared_by(self, sketch: Iterable[int]) -> dict[int, list[int]]:
        return self._sketches.sharing(sorted(set(sketch)), self._recalled)


def _first_beside(number: int) -> int:
    """The first of the articles that one is compared with, whatever the batch."""
    return (epoch(number) - EPOCHS + 1) * EPOCH
