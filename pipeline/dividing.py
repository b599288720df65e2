"""Does the story that an article was just added to turn out to be two? Then it is divided.

Single articles join by chance likenesses; when several have gathered, they may fall clearly into
two groups that have little to do with each other. The larger part keeps the number, of two as large
the older one. What came together again after it was divided stays one, and a story with an article
that the operator ruled on is left alone.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.counting import Worded, count
from pipeline.desk import Desk
from pipeline.fingerprint import Fingerprint, hashes
from pipeline.grouping import Dated
from pipeline.parting import likeness, parts
from pipeline.slip import Slip
from pipeline.terms import terms
from stories.archive.copies import Repeatable

SIZES = frozenset({4, 6, 9, 14, 21, 32, 48})
"""With so many articles, copies not counted, a story is looked at: a bounded number of times. What
was one for so long is one."""

LOOSE = 0.25
"""Only a story whose articles are less alike in the mean can fall apart. To know this costs
nothing: it is in the length of the sum."""


def divide(desk: Desk, slip: Slip) -> None:
    """Divide the story of an article that was just placed, if its articles fall into two."""
    story = slip.story
    many, alike = desk.grouping.cohesion(story)
    if many not in SIZES or alike >= LOOSE:
        return
    members = desk.articles_of(story)
    if not desk.ruled.isdisjoint(members):
        return
    repeats = desk.repeated(members, slip.number)
    own = [number for number in members if number not in repeats]
    texts = desk.prints.texts(own)
    with desk.frequencies.before(slip.number + 1):
        about = _about(desk, [texts[number] for number in own])
    found = parts(likeness([one for one, _ in about]))
    if found is None or desk.came_together(story):
        return
    stay, go = found
    leaving = {own[place] for place in go}
    leaving.update(number for number, of in repeats.items() if of in leaving)
    fresh = desk.part(story, members, leaving)
    desk.grouping.divide(story, [about[place] for place in stay], fresh, [about[n] for n in go])
    slip.story = desk.placed[slip.number]
    told = ", ".join(map(str, sorted(leaving)))
    slip.note(f"of which articles {told} part, as story {fresh}: it was two, as it turns out")


def _about(desk: Desk, some: Sequence[tuple[Repeatable, Fingerprint]]) -> list[Dated]:
    """What stored articles are about, as they are weighed today, and their days."""
    counted = count(
        [
            Worded(
                title=hashes(one.title), text=its.words, language=one.language, outlet=one.outlet
            )
            for one, its in some
        ]
    )
    days = [one.at.toordinal() for one, _ in some]
    return list(zip(terms(counted, desk.frequencies), days, strict=True))
