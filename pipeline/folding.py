"""Does this article repeat or quote one that is filed? Copies are linked, never deleted.

An article is compared with the first full-length member of each group of copies, not with every
member: so a chain of ever less similar texts does not become one group.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from pipeline.desk import Desk
from pipeline.duplicates import METHOD, Overlap, kind_of_copy, overlap, quotes
from pipeline.fingerprint import Fingerprint
from pipeline.originals import Claim, credited, evidence, is_original
from pipeline.slip import Slip
from stories.archive.copies import Quotation, Repeatable
from stories.model import Copy, CopyKind, Outcome, Precision

COMPARISONS = 12
"""With so many stored texts, those that share most, an article is compared word by word."""

FEW = 8
"""A sketch of fewer hashes is of a short text: sharing one is enough to be compared."""

LEAST = 20
"""Words below which a text says too little to be called a copy."""

_OTHER_WAY = {CopyKind.TRUNCATED: CopyKind.EXTENDED, CopyKind.EXTENDED: CopyKind.TRUNCATED}


def fold(desk: Desk, slips: Sequence[Slip]) -> None:
    """Link new articles to what they repeat, and to what they quote at length."""
    fresh = [slip for slip in slips if slip.outcome is Outcome.FILED]
    desk.prints.texts({number for slip in fresh for number in _most_shared(desk, slip)})
    for slip in fresh:
        _fold(desk, slip)


def _fold(desk: Desk, slip: Slip) -> None:
    mine = slip.fingerprint
    copied: tuple[float, Repeatable, Fingerprint, CopyKind] | None = None
    quoted: list[tuple[Repeatable, Overlap, bool]] = []
    for other, theirs in desk.prints.texts(_most_shared(desk, slip)).values():
        before = slip.surely_by < other.at
        shared = overlap(mine, theirs) if before else overlap(theirs, mine)
        same_outlet = other.outlet == slip.article.outlet
        kind = kind_of_copy(shared, same_outlet=same_outlet, apart=abs(other.at - slip.when))
        if kind is not None and (copied is None or shared.score > copied[0]):
            mine_now = _OTHER_WAY.get(kind, kind) if before else kind
            copied = (shared.score, other, theirs, mine_now)
        if kind is None and quotes(shared, same_outlet=same_outlet):
            quoted.append((other, shared, before))
    if copied is not None:
        _link(desk, slip, *copied)
        # A copy quotes what its original quotes; what is younger than that quotes the original,
        # which this one may have turned out to be.
        born, heir = copied[1].at, bool(slip.heir_of)
        quoted = [one for one in quoted if (heir if one[2] else one[0].at <= born)]
    else:
        desk.prints.sketch(slip.number, mine)
    _quote(desk, slip, quoted)
    desk.prints.remember(slip.number, mine)
    desk.prints.show(slip)


def _most_shared(desk: Desk, slip: Slip) -> list[int]:
    """The originals that share enough of the sketch, or all of the words; most shared first."""
    mine = slip.fingerprint
    if len(mine.words) < LEAST:
        return []
    enough = 2 if len(mine.sketch) >= FEW else 1
    shared: dict[int, int] = {}
    for number, count in desk.prints.candidates(slip.number, mine).items():
        if count >= enough:
            original = desk.prints.originals.get(number, number)
            shared[original] = max(shared.get(original, 0), count)
    for number in desk.prints.alike.get(mine.digest, ()):
        shared[desk.prints.originals.get(number, number)] = len(mine.sketch) + 1
    shared.pop(slip.number, None)
    return sorted(shared, key=lambda number: (-shared[number], number))[:COMPARISONS]


def _link(
    desk: Desk,
    slip: Slip,
    score: float,
    other: Repeatable,
    theirs: Fingerprint,
    kind: CopyKind,
) -> None:
    """Link the article to its original; or the original to it, when it turns out to be that."""
    mine, its = claim_of(slip), claim_on(other, theirs)
    if is_original(mine, its, earlier=slip.surely_by < other.at) and not desk.is_ruled_original(
        other.id
    ):
        _take_over(desk, slip, score, other, _OTHER_WAY.get(kind, kind))
        return
    slip.copy = Copy(
        of=other.id,
        url=other.url,
        kind=kind,
        score=score,
        method=METHOD,
        evidence=evidence(its, mine),
    )
    desk.link({slip.number: slip.copy})
    slip.reason = f"copy: {kind} of {other.url}"
    slip.note(f"repeats {other.url} ({kind}, {score:.0%} of the shorter text)")


def _take_over(desk: Desk, slip: Slip, score: float, other: Repeatable, kind: CopyKind) -> None:
    """The article is the original of a group: earlier, or the first in full length."""
    mine = claim_of(slip)
    first = Copy(
        of=slip.number,
        url=slip.article.url,
        kind=kind,
        score=score,
        method=METHOD,
        evidence=evidence(mine, claim_on(other, desk.prints.texts([other.id])[other.id][1])),
    )
    links = {other.id: first}
    members = desk.members(other.id)
    for number, (one, theirs) in desk.prints.texts(members).items():
        shared = overlap(slip.fingerprint, theirs)
        again = kind_of_copy(shared, same_outlet=False, apart=timedelta())
        links[number] = Copy(
            of=slip.number,
            url=slip.article.url,
            kind=again or CopyKind.WIRE,
            score=shared.score,
            method=METHOD,
            evidence=evidence(mine, claim_on(one, theirs)),
        )
    desk.link(links)
    desk.prints.originals.pop(slip.number, None)
    desk.prints.sketch(slip.number, slip.fingerprint)
    slip.heir_of = other.id
    slip.note(f"is the original of {other.url} and {len(members)} more")


def claim_of(slip: Slip) -> Claim:
    """What speaks for an article on its way to be the original."""
    article = slip.article
    return Claim(
        outlet=article.outlet,
        at=slip.when,
        sure=article.published is not None and slip.surely_by == slip.when,
        words=len(slip.fingerprint.words),
        credit=credited(article.text, article.byline),
    )


def claim_on(stored: Repeatable, its: Fingerprint) -> Claim:
    """What speaks for a stored article to be the original."""
    return Claim(
        outlet=stored.outlet,
        at=stored.at,
        sure=stored.precision in {Precision.SECOND, Precision.MINUTE},
        words=len(its.words),
        credit=credited(stored.text, stored.byline),
    )


def _quote(desk: Desk, slip: Slip, quoted: list[tuple[Repeatable, Overlap, bool]]) -> None:
    """Keep which of two articles quotes the other: the later one."""
    for other, shared, before in quoted:
        number, of, url = slip.number, other.id, other.url
        if before:
            number, of, url = of, number, slip.article.url
        else:
            slip.quoted[other.id] = shared.later
            slip.note(f"quotes {other.url} at length ({shared.later:.0%} of its words)")
        desk.quote(number, Quotation(of=of, url=url, score=shared.later, method=METHOD))
