"""Which story is a new article part of? A copy shares its original's; any other joins or opens."""

from __future__ import annotations

from pipeline.desk import Desk, Slip
from pipeline.terms import terms
from stories.model import Outcome


def place(desk: Desk, slip: Slip) -> None:
    """Put a new article into a story."""
    if slip.outcome is not Outcome.FILED:
        return
    if slip.copy is not None:
        slip.story = desk.story_of(slip.copy.of)
    if slip.story:
        slip.note(f"belongs to story {slip.story} with what it repeats")
    else:
        _by_its_words(desk, slip)
    desk.place(slip.number, slip.story)


def _by_its_words(desk: Desk, slip: Slip) -> None:
    counted = slip.counted()
    desk.frequencies.count(slip.number, counted.ids)
    about = terms(counted, desk.frequencies)
    day = slip.when.toordinal()
    quoted: dict[int, float] = {}
    for number, share in slip.quoted.items():
        story = desk.story_of(number)
        quoted[story] = max(share, quoted.get(story, 0.0))
    nearest = desk.grouping.nearest(about, day, quoted, desk.frequencies.articles)
    if nearest is None:
        slip.story = desk.tx.events.open(slip.number, slip.when)
        slip.note(f"opens story {slip.story}")
    else:
        slip.story = nearest
        slip.note(f"joins story {slip.story}")
    desk.grouping.join(slip.story, about, day)
