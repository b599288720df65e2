"""When an article was published and when it was changed: the claims of its page, weighed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta, timezone
from typing import Final

from pipeline.address import outlet
from pipeline.reading import Reading
from pipeline.timestamps import Timestamp, modified, published
from pipeline.visible_times import visible
from pipeline.zones import sibling, zone_of
from stories.model import Instant, Precision

EARLIEST: Final = datetime(1990, 1, 1, tzinfo=UTC)
"""Nothing was published on the web before."""
AHEAD: Final = timedelta(hours=1)
"""How far a clock may be before ours."""
_ANY_ZONE: Final = timedelta(hours=15)
_ENOUGH: Final = 70
_TOO_WEAK: Final = 35
_SAME_SEASON: Final = timedelta(days=30)
_KEPT: Final = 8


def dates(reading: Reading) -> None:
    """Read when the article was published and when it was changed last.

    The page itself is looked at only when no claim of structured data or feed names an instant.
    """
    changed = _possible(modified(reading), reading)
    claims = _possible(published(reading), reading)
    if not any(claim.moment.zoned and claim.trust >= _ENOUGH for claim in claims):
        claims = sorted([*claims, *_possible(visible(reading), reading)], key=_by_trust)
    reading.published = _settled(claims, changed, reading)
    reading.modified = _settled(changed, claims, reading)
    if reading.published is not None:
        reading.evidence["published"] = reading.published.evidence
    if claims:
        reading.facts["dates"] = [
            f"{claim.moment.at.isoformat()} ({claim.rule})" for claim in claims[:_KEPT]
        ]


def _possible(claims: Iterable[Timestamp], reading: Reading) -> list[Timestamp]:
    """Return the claims that can be true, the most trusted first."""
    possible = []
    for claim in claims:
        at = claim.moment.at
        slack = AHEAD if claim.moment.zoned else _ANY_ZONE
        if (
            EARLIEST
            <= (at if at.tzinfo else at.replace(tzinfo=UTC))
            <= reading.page.fetched + slack
        ):
            possible.append(claim)
    return sorted(possible, key=_by_trust)


def _by_trust(claim: Timestamp) -> int:
    return -claim.trust


def _settled(
    claims: Sequence[Timestamp], others: Sequence[Timestamp], reading: Reading
) -> Instant | None:
    """Choose the claim that is trusted most, then make it as exact as those that agree with it."""
    if not claims:
        return None
    at, precision, rule = claims[0].moment.at, claims[0].moment.precision, claims[0].rule
    if precision in {Precision.DAY, Precision.MONTH} or _is_midnight(at):
        finer = next((claim for claim in claims if _refines(claim, at)), None)
        if finer is None:
            day = at.replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=at.tzinfo or UTC)
            coarse = precision if precision is Precision.MONTH else Precision.DAY
            return Instant(at=day, precision=coarse, evidence=rule)
        at, precision = finer.moment.at, finer.moment.precision
        rule = f"{rule}, made exact by {finer.rule}"
    if at.tzinfo is None:
        at, why = _in_zone(at, claims, others, reading)
        rule = f"{rule}, {why}"
    return Instant(at=at, precision=precision, evidence=rule)


def _is_midnight(at: datetime) -> bool:
    return (at.hour, at.minute, at.second) == (0, 0, 0)


def _refines(claim: Timestamp, day: datetime) -> bool:
    """Whether a claim knows the time of a day of which only the date is known."""
    at = claim.moment.at
    if (
        claim.moment.precision in {Precision.DAY, Precision.MONTH}
        or _is_midnight(at)
        or claim.trust < _TOO_WEAK
    ):
        return False
    return day.date() in {at.date(), at.astimezone(UTC).date() if at.tzinfo else at.date()}


def _in_zone(
    local: datetime, claims: Sequence[Timestamp], others: Sequence[Timestamp], reading: Reading
) -> tuple[datetime, str]:
    """Return the instant that a time without a zone stands for, and how that is known."""
    zoned = [claim for claim in (*claims, *others) if claim.moment.zoned]
    if twin := sibling(local, [claim.moment.at for claim in claims if claim.moment.zoned]):
        return twin, "zone of " + next(c.rule for c in zoned if c.moment.at is twin)
    for claim in zoned:
        near = abs(claim.moment.at.replace(tzinfo=None) - local) <= _SAME_SEASON
        if near and claim.moment.at.utcoffset():
            return local.replace(tzinfo=claim.moment.at.tzinfo), f"zone of {claim.rule}"
    zone, why = zone_of(outlet(reading.url), reading.language_tag)
    at = local.replace(tzinfo=zone)
    at = at.replace(tzinfo=timezone(at.utcoffset() or timedelta()))
    if at > reading.page.fetched + AHEAD:
        return local.replace(tzinfo=UTC), "zone unknown, taken as UTC"
    return at, why
