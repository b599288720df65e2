"""Which story is a new article part of? A copy shares its original's; any other joins or opens."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.counting import count
from pipeline.desk import Desk
from pipeline.dividing import divide
from pipeline.meeting import same_tongue
from pipeline.neighbours import Sought
from pipeline.slip import Slip
from pipeline.terms import Terms, terms
from stories.model import Outcome

TOGETHER = 64
"""So many articles are weighed at once, and what the stories near them are about is read at once:
a few megabytes."""


def place(desk: Desk, slips: Sequence[Slip]) -> None:
    """Put new articles into stories."""
    fresh = [slip for slip in slips if slip.outcome is Outcome.FILED]
    desk.heirs = {slip.number: slip.heir_of for slip in fresh if slip.heir_of}
    for start in range(0, len(fresh), TOGETHER):
        _place(desk, fresh[start : start + TOGETHER])


def _place(desk: Desk, slips: Sequence[Slip]) -> None:
    by_words = _sought(desk, [slip for slip in slips if not (slip.copy or slip.heir_of)])
    desk.openers(desk.grouping.look_up(by_words.values()))
    for slip in slips:
        if slip.number in by_words:
            _by_its_words(desk, slip, by_words[slip.number])
        else:
            slip.story = desk.story_of(slip.copy.of if slip.copy else slip.heir_of)
            slip.note(f"belongs to story {slip.story} with what it repeats")
            if slip.heir_of:
                _meets(desk, slip)
        desk.place(slip.number, slip.story)


def _sought(desk: Desk, slips: Sequence[Slip]) -> dict[int, Sought]:
    """What these articles are about, each weighed by what is known when it is counted itself."""
    found: dict[int, Sought] = {}
    together: list[Slip] = []
    for slip in slips:
        if together and desk.frequencies.are_to_count(slip.number):
            found |= _weighed(desk, together)
            together = []
        together.append(slip)
    return found | _weighed(desk, together)


def _weighed(desk: Desk, slips: Sequence[Slip]) -> dict[int, Sought]:
    """What these articles are about, of which at most the first is counted."""
    if not slips:
        return {}
    counted = count([slip.worded() for slip in slips])
    desk.frequencies.count(slips[0].number, counted.common())
    return {
        slip.number: _seeking(desk, slip, about)
        for slip, about in zip(slips, terms(counted, desk.frequencies), strict=True)
    }


def _seeking(desk: Desk, slip: Slip, about: Terms) -> Sought:
    return Sought(about=about, day=slip.when.toordinal(), known=desk.frequencies.articles)


def _meets(desk: Desk, slip: Slip) -> None:
    """Let the original of what came before it meet the stories that its copies said too little of.

    It is not counted: one of its copies was.
    """
    (about,) = terms(count([slip.worded()]), desk.frequencies)
    desk.grouping.nearest(_seeking(desk, slip, about), {})
    desk.meet(slip, [story for story in desk.grouping.met if story != slip.story])


def _by_its_words(desk: Desk, slip: Slip, sought: Sought) -> None:
    quoted: dict[int, float] = {}
    for number, share in slip.quoted.items():
        story = desk.story_of(number)
        quoted[story] = max(share, quoted.get(story, 0.0))
    nearest = desk.grouping.nearest(sought, quoted)
    # Names alone can bring a report near to a story in another language: they are only kin.
    if nearest and not same_tongue(desk.speaks(nearest), slip.article.language):
        nearest = None
    desk.meet(slip, [story for story in desk.grouping.met if story != nearest])
    if nearest is None:
        slip.story = desk.open(slip.number, slip.when, slip.article.language)
        slip.note(f"opens story {slip.story}")
    else:
        slip.story = nearest
        slip.note(f"joins story {slip.story}")
    desk.grouping.join(slip.story, sought.about, sought.day)
    now = desk.unite(slip.story)
    if now != slip.story:
        slip.note(f"which is story {now}, as it turns out")
        slip.story = now
    desk.place(slip.number, slip.story)
    divide(desk, slip)
