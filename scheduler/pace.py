"""When a source is next due, from how its past polls went. Pure: no clock, no database.

An adaptive source is asked about as often as it has something new. Its rate is the number of new
items over the time that its remembered polls span, with one item in `PRIOR` added to both (the
posterior mean of a Poisson rate under a gamma prior), so that a young source is neither forgotten
nor hammered; then it is due when one new item is expected. Three things overrule the rate: a poll
whose items were mostly new halves the interval, failures double it, and what the outlet asks for
(Retry-After) is a floor for whatever else says now.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2b

from stories import cron
from stories.config import Config
from stories.model import Poll, PollStatus, SourceState
from stories.sections import ADAPTIVE

PRIOR = timedelta(hours=1)
MOSTLY = 0.5
JITTER = 0.1
# An outlet may ask us to stay away for a day, not for ever.
LONGEST_WAIT = timedelta(days=1)
# How the spiders begin the reason of what they leave undone when they are stopped.
SHUTDOWN = "shutdown"
_ANSWERED = (PollStatus.OK, PollStatus.UNCHANGED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """The bounds within which sources are polled, and the zone of their cron lines."""

    shortest: timedelta
    longest: timedelta
    zone: str = "UTC"

    @classmethod
    def of(cls, config: Config) -> Pace:
        """The pace that newsdesk.toml asks for."""
        return cls(
            shortest=timedelta(seconds=config.schedule.shortest),
            longest=timedelta(seconds=max(config.schedule.longest, config.schedule.shortest)),
            zone=config.schedule.time_zone,
        )


def next_due(state: SourceState, polls: Sequence[Poll], now: datetime, pace: Pace) -> datetime:
    """Tell when a source is due next, given its last polls, newest first, at the instant `now`.

    Raises CronError when the source's schedule is neither ``adaptive`` nor a crontab line.
    """
    last = polls[0] if polls else None
    if last and _put_off_by_us(last):
        due = now
    elif state.source.schedule != ADAPTIVE:
        due = cron.parse(state.source.schedule, pace.zone).after(now)
    else:
        since = last.at if last else now
        due = max(now, since + _jittered(interval(state, polls, pace), state.source.name, pace))
    if last and last.retry_after:
        due = max(due, min(last.retry_after, now + LONGEST_WAIT))
    return due


def interval(state: SourceState, polls: Sequence[Poll], pace: Pace) -> timedelta:
    """Tell how long to leave an adaptive source alone after its newest poll."""
    if polls and polls[0].status is PollStatus.REFUSED:
        return pace.longest
    answered = [poll for poll in polls if poll.status in _ANSWERED]
    wanted = _expected_wait(answered)
    if len(answered) > 1 and _mostly_new(answered[0]):
        wanted = min(wanted, (answered[0].at - answered[1].at) / 2)
    wanted = _within(wanted, pace)
    if state.failures:
        # Far beyond any bound after sixteen doublings; more would overflow a timedelta.
        wanted = _within(wanted * 2 ** min(state.failures, 16), pace)
    return wanted


def retry(name: str, failures: int, last: datetime, pace: Pace) -> datetime:
    """Tell when to try again what has failed so many times in a row, lastly at `last`."""
    wait = _within(pace.shortest * 2 ** min(failures, 16), pace)
    return last + _jittered(wait, name, pace)


def _put_off_by_us(poll: Poll) -> bool:
    """Whether a poll was cut by our own end: nobody asked for a wait."""
    return poll.status is PollStatus.DEFERRED and (poll.error or "").startswith(SHUTDOWN)


def _expected_wait(answered: Sequence[Poll]) -> timedelta:
    """How long until one new item is expected; the oldest poll only says since when we look."""
    if len(answered) < 2:  # noqa: PLR2004 - a rate takes two looks
        return PRIOR
    span = answered[0].at - answered[-1].at
    return (span + PRIOR) / (1 + sum(poll.new for poll in answered[:-1]))


def _mostly_new(poll: Poll) -> bool:
    return poll.gap or poll.new > MOSTLY * poll.sightings


def _within(wait: timedelta, pace: Pace) -> timedelta:
    return min(max(wait, pace.shortest), pace.longest)


def _jittered(wait: timedelta, name: str, pace: Pace) -> timedelta:
    """Shift by up to a tenth, always alike for one source, so that equals do not stay in step."""
    share = int.from_bytes(blake2b(name.encode(), digest_size=4).digest()) / 2**32
    less = wait * (1 - JITTER * share)
    return less if less >= pace.shortest else _within(wait * (1 + JITTER * share), pace)
