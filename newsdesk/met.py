"""How an address was met on the way outward from watched stories, and what became of it there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsdesk.shapes import moment
from stories.ways import WayKind, WayState

if TYPE_CHECKING:
    from stories.archive import Transaction
    from stories.ways import Way

MET = {
    "archive": "among what is stored, or the lists of an outlet, of",
    "beside": "the front page of a site linked to beside the text of",
    "blind": "a link in the text of coverage whose words say little, on",
    "citation": "a link in the text of coverage (citation), on",
    "credit": "an outlet that is credited, on",
    "elsewhere": "a link on a page that is not coverage,",
    "further": "the next page of a list,",
    "hit": "an answer of a search whose heading says little,",
    "listed": "an item of a list,",
    "named": "a link in the text of coverage whose words are the outlet's name, on",
    "neighbour": "the front page of an outlet linked to from coverage,",
    "original": "named as the original by",
    "related": "a link beside the text of coverage, on",
    "repeated": "an item of a list whose heading is nearly one of coverage,",
    "search": "an answer of a search,",
    "seen": "the front page of an outlet linked to from what is not coverage,",
    "story": "the story itself,",
    "tag": "a page that lists what its outlet has on a subject, met on",
    "tagged": "an item, whose heading says little, of a list on a subject,",
}
"""By which ways an address is met, in words that its parent follows."""

SAYS = (
    "nothing in what was said of it speaks of the topic",
    "what was said of it speaks a little of the topic",
    "what was said of it probably speaks of the topic",
    "what was said of it surely speaks of the topic",
)
"""What is known of a page before it is asked for, by evidence: 0 to 3."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Met:
    """An address on the way outward for one topic; `parents` lead from it to the story."""

    topic: str
    way: Way
    parents: tuple[Way, ...]

    @property
    def how(self) -> str:
        """By which way it was met, with what it was met on."""
        if self.way.parent is None:
            if self.way.kind is WayKind.SEARCH:
                return "a question to a search endpoint"
            return "stored already" if self.way.how == "archive" else "the story itself"
        at = self.parents[0].url if self.parents else ""
        asked = " a search endpoint's further answers at" if self.way.kind is WayKind.SEARCH else ""
        return f"{MET.get(self.way.how, self.way.how)}{asked} {at or 'the story'}"

    @property
    def why(self) -> str:
        """Why it is as it is: the reason that was written down, or why it still waits."""
        if self.way.state is not WayState.WAITING:
            return self.way.why
        again = f", asked {self.way.tries} times before" if self.way.tries else ""
        if self.way.kind is not WayKind.PAGE:
            return f"no round has found this list worth a request yet{again}"
        known = SAYS[max(0, min(self.way.evidence, len(SAYS) - 1))]
        return f"{known}; no round has found it worth a request yet{again}"


def met_as(tx: Transaction, key: str) -> list[Met]:
    """Every way by which an address was met, a topic each, and the front page that it may be."""
    return [
        Met(topic=topic, way=way, parents=_parents(tx, topic, way))
        for topic in tx.coverage.topics()
        for way in tx.coverage.get(topic, [key, f"{key}#home"]).values()
    ]


def _parents(tx: Transaction, topic: str, way: Way) -> tuple[Way, ...]:
    above: dict[str, Way] = {}
    name = way.parent
    while name is not None and name not in above:
        found = tx.coverage.get(topic, [name]).get(name)
        if found is None:
            break
        above[name] = found
        name = found.parent
    return tuple(above.values())


def shape(one: Met) -> dict[str, object]:
    """As JSON."""
    way = one.way
    return {
        "topic": one.topic,
        "url": way.url,
        "kind": way.kind.value,
        "how": way.how,
        "met_on": one.parents[0].url if one.parents else None,
        "path": [{"url": step.url, "how": step.how} for step in (way, *one.parents)][::-1],
        "distance": way.distance,
        "hint": way.hint,
        "evidence": way.evidence,
        "state": way.state.value,
        "why": one.why,
        "relevance": way.score,
        "asked_at": moment(way.asked),
        "tries": way.tries,
        "article": way.article,
    }


def shapes(found: Sequence[Met]) -> list[dict[str, object]]:
    """All of them as JSON."""
    return [shape(one) for one in found]
