"""Which pages are about a topic: learned from its story and from what was read on the way.

Pages are told apart by the terms of the story, see :mod:`pipeline.kinds`. A name that the whole
neighbourhood shares thereby loses its say, however rare it is elsewhere, and what the topic's pages
share gains one. Lines that point to pages are weighed by the same terms.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipeline.compared import Feature, Read, Text, line_of, names_of, run_of
from pipeline.headings import Headings
from pipeline.kinds import Kinds
from pipeline.mentions import without_speakers
from pipeline.shares import TRUST
from pipeline.vocabulary import weigh_words
from stories.query import Term
from stories.words import words

SURE, LIKELY, SOME, NONE = 3, 2, 1, 0
"""How much of a topic a line holds."""

_SURE, _LIKELY, _SOME = 2.2, 1.1, 0.4
"""Weights of a line that make it nine, or three, to one that it leads to the topic; that hint."""

_TOLD = 1.5
"""What the words of a heading must say for a hint, by the texts that were read."""

MOST_LEARNED = 40


class Likeness:
    """The two kinds of pages, as far as they are known.

    `features` are the terms by what they are called. Pages that were read are added with
    :meth:`read`; :meth:`learn` then finds out anew which are of the topic.
    """

    def __init__(self, features: dict[str, Feature]) -> None:
        self.features = features
        self.pages: dict[str, Read] = {}
        self._headings = Headings()
        self._kinds = Kinds(features, self._headings)

    def read(
        self,
        name: str,
        title: str,
        text: str,
        *,
        known: float | None = None,
        language: str | None = None,
    ) -> Read:
        """Take a page in; `known` says how surely it is of the topic, when that is settled."""
        page = self._look(Text(title, text))
        page.known = known
        page.language = language
        self._kinds.speak(language, page.has)
        page.likely = known if known is not None else self._kinds.chance(page)
        self.pages[name] = page
        return page

    def recall(self, name: str, has: Iterable[str], known: float) -> None:
        """Take in a page of which only the terms are remembered, and what it was."""
        self.pages[name] = Read(has=frozenset(has) & self.features.keys(), sentences=0, known=known)
        self._kinds.speak(None, self.pages[name].has)

    def heading(self, name: str, text: str, summary: str = "", *, listed: bool = False) -> None:
        """Take in what is said of a page before it is read: how headings usually go around here.

        `listed` is whether a list has it that shows what there is, whatever is looked for.
        """
        heading = line_of(text)
        if listed:
            self._kinds.shares.note_listed(name, heading)
        if not self._headings.meet(name, text):
            return
        line = f"{heading} \n {line_of(summary)}"
        said = [n for n, one in self.features.items() if any(run_of(f) in line for f in one.forms)]
        self._kinds.shares.note_company(said)

    def titles(self) -> set[str]:
        """The headings of the topic's pages, as tokens between blanks; the shortest left out."""
        return {
            f" {' '.join(said)} "
            for page in self.pages.values()
            if page.likely >= 0.5 and page.text is not None  # noqa: PLR2004
            if len(said := words(page.text.title)) > 3  # noqa: PLR2004
        }

    @property
    def lines(self) -> int:
        """How many headings were taken in."""
        return len(self._headings)

    def learn(self) -> None:
        """Find out which of the pages are of the topic, and what the terms say."""
        pages = list(self.pages.values())
        self._headings.note(pages)
        weigh_words(pages)
        # The story is where the terms are from: that it has them says nothing, unless without it
        # the other kind would be taken for the topic.
        self._kinds.part(pages, told=0.0)
        stories = [page for page in pages if page.known == 1.0]
        if any(self._kinds.chance(page) < 0.5 for page in stories):  # noqa: PLR2004
            self._kinds.part(pages, told=1.0)
        self._headings.learn(pages)

    def is_passing(self, page: Read) -> bool:
        """Whether a page speaks of the topic in one sentence of many, and not in its headline."""
        return self._kinds.is_passing(page)

    def of_line(self, *texts: str) -> tuple[int, float]:
        """How much of the topic a line holds: SURE to NONE, and the sum of its terms' weights.

        The first text is its heading; in what follows, who but says something is left out.
        """
        heading = texts[0] if texts else ""
        said = [heading, *(without_speakers(text) for text in texts[1:])]
        line = " \n ".join(line_of(text) for text in said if text)
        found = sorted(self._said_in(line))
        # Terms of one story come together, so that the second says less than the first.
        weight = max(found, default=0.0) + 0.5 * sum(found[:-1])
        told = self._headings.by_texts(heading) if weight < _LIKELY else 0.0
        if told >= _TOLD:
            # What headings of the topic's pages share hints at it, and never more than that.
            weight = max(weight, _SOME) + min(self._headings.by_words(heading), _LIKELY + 0.1)
            weight = min(weight, _SURE - 0.1)
        ours, others = self._headings.under(heading)
        if ours >= 4 * others and ours > 0.5:  # noqa: PLR2004
            # What stands under the same heading is another report of the same, or a copy.
            weight = max(weight, _SURE if ours > 2.5 else _LIKELY + 0.1)  # noqa: PLR2004
        elif others > ours:
            weight = 0.0
        if weight >= _SURE:
            return SURE, weight
        if weight >= _LIKELY:
            return LIKELY, weight
        return (SOME if weight >= _SOME else NONE), weight

    def _said_in(self, line: str) -> Iterator[float]:
        """The weights of the terms that a line of tokens has; a part of a longer one is none."""
        has = [
            (one, [form.tokens for form in one.forms if run_of(form) in line])
            for one in self.features.values()
        ]
        has = [(one, runs) for one, runs in has if runs]
        for one, runs in has:
            mine = {token for run in runs for token in run}
            longer = (set(run) for other, there in has if other is not one for run in there)
            if one.weight > 0 and not any(mine < tokens for tokens in longer):
                yield one.weight / (TRUST if one.learned else 1.0)

    def widen(self, language: str | None) -> None:
        """Learn further terms: names that pages of the topic share and others hardly have."""
        ours = [p for p in self.pages.values() if p.likely > 0.9 and p.text is not None]  # noqa: PLR2004
        others = [p for p in self.pages.values() if p.likely < 0.5 and p.text is not None]  # noqa: PLR2004
        if len(ours) < 5 or len(others) < 5:  # noqa: PLR2004
            return
        counts = names_of(ours, language)
        known = {form.tokens for one in self.features.values() for form in one.forms}
        learned = sum(one.learned for one in self.features.values())
        for run, number in counts.most_common(200):
            if learned >= MOST_LEARNED or number < max(3, 0.12 * len(ours)):
                break
            if run in known or " ".join(run) in self.features:
                continue
            term = Term(tokens=run)
            off = sum(bool(p.text and p.text.places([term])) for p in others)
            share, elsewhere = number / len(ours), (off + 1.0) / (len(others) + 2)
            if share < 4 * elsewhere:
                continue
            self._learn_term(" ".join(run), Feature((term,), share, elsewhere, learned=True))
            learned += 1

    def _learn_term(self, name: str, feature: Feature) -> None:
        self.features[name] = feature
        self._kinds.shares.note_term(name)
        for page in self.pages.values():
            if page.look_for(name, feature.forms):
                self._kinds.speak(page.language, [name])

    def _look(self, text: Text) -> Read:
        page = Read(has=frozenset(), sentences=text.size, text=text)
        sentences: dict[int, list[str]] = {}
        for name, one in self.features.items():
            for place in page.look_for(name, one.forms):
                sentences.setdefault(place, []).append(name)
        for said in sentences.values():
            self._kinds.shares.note_company(said)
        return page
