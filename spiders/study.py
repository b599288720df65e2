"""What a walk learns as it goes: what is coverage, how far lists go back, what to ask for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from pipeline.questions import questions
from spiders.came import Gathered
from spiders.chart import Chart
from spiders.harvest import SURELY, TOPICAL, Harvester
from spiders.search import ways_of
from spiders.standing import Shown
from stories.ways import Way, WayState

QUESTIONS, MORE = 5, 6
"""Further questions to each search endpoint, each time that so many more pages were found, and none
of those before waits any more."""

USUAL = 60
"""Articles that a topic is expected to have until more of them are known."""

SHOWS = 20
"""Pages that an endpoint shows of those that answer, as long as none has shown more."""

MANY_LINES = 60
"""Headings that were seen elsewhere before what a vague one says is believed."""

FEW_OTHERS = 3
"""Pages that are not of the topic, from which is known what they have in common with it."""

KNOWN_WELL = 10
"""Pages of the topic from which its best terms are known well enough to search for them."""

FEW_DATES = 8
"""Days of coverage from which they say how far back it goes."""

DOUBTED = 0.3
"""Likelihood below which a page that was found is not counted as coverage any more."""


class Study:
    """What is learned of one topic; `dates` are the days of what was found."""

    def __init__(
        self, harvester: Harvester, chart: Chart, language: str | None, endpoints: Mapping[str, str]
    ) -> None:
        self.harvester = harvester
        self.language = language
        self.dates: list[datetime] = []
        self._chart = chart
        self._endpoints = endpoints
        self._doubted: set[str] = set()
        self._ask_at = KNOWN_WELL
        self._shows = SHOWS

    def learn(self) -> None:
        """Find out anew which pages are of the topic, and what the terms say."""
        likeness = self.harvester.likeness
        likeness.learn()
        likeness.widen(self.language)
        likeness.learn()
        self._doubt()
        self._chart.promise.settled = (
            len(likeness.pages) >= KNOWN_WELL and likeness.lines >= MANY_LINES
        )
        others = sum(page.likely < TOPICAL for page in likeness.pages.values())
        self._chart.promise.tells = others >= FEW_OTHERS
        self.harvester.least = TOPICAL if self._chart.promise.settled else SURELY

    def _doubt(self) -> None:
        """Pages that were taken for coverage and prove to be none do not count any more."""
        pages = self.harvester.likeness.pages
        for key_, way in self._chart.ways.items():
            if way.state is not WayState.FOUND or key_ not in pages:
                continue
            doubtful = pages[key_].likely < DOUBTED
            if doubtful != (key_ in self._doubted):
                (self._doubted.add if doubtful else self._doubted.remove)(key_)
                self._chart.promise.doubt(way.host, -1 if doubtful else 1)

    def shown(self, one: Gathered) -> Shown | None:
        """What a list showed, against the days of what was found."""
        shown = one.harvest.shown
        if shown is None:
            return None
        shown = replace(shown, led=self._chart.led_to(one))
        if one.way.how == "search":
            self._shows = max(self._shows, shown.addresses)
        if shown.reaches is None or len(self.dates) < FEW_DATES:
            return shown
        older = sum(date < shown.reaches for date in self.dates)
        return replace(shown, beyond=older / len(self.dates))

    def better_questions(self) -> list[Way]:
        """What to ask the search endpoints for, by what the coverage proved to have by now."""
        found = self._chart.promise.budget.found
        if found < self._ask_at:
            return []
        if any(way.key in self._chart.waiting for way in self._chart.questions()):
            return []
        self._ask_at = max(2 * KNOWN_WELL, found + MORE)
        best = questions(
            self.harvester.likeness,
            [(way.hint or "").partition(": ")[2] for way in self._chart.questions()],
            QUESTIONS,
            language=self.language,
            shows=self._shows,
            expected=max(USUAL, 1.5 * found),
        )
        asked = [str(one) for one in best]
        self.harvester.onward.queries = asked or self.harvester.onward.queries
        ways = ways_of(self._endpoints, asked, distance=1, parent=None)
        return [way for way in ways if way.key not in self._chart.ways]
