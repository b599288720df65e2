"""When an answer counts as unchanged, and when an outlet wants to be asked again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from hashlib import blake2b

from stories.model import SourceState

FULL_EVERY = timedelta(days=1)
"""Feeds lie about their validators, so that now and then they are asked without any."""

LONGEST_WAIT = timedelta(days=1)
WAIT_UNSAID = timedelta(minutes=15)
"""How long a host is left alone that says 429 without saying until when."""


def conditions(state: SourceState, now: datetime) -> dict[str, str]:
    """Give the request headers that make a poll conditional; none when a full answer is due."""
    if state.full_at is None or now - state.full_at >= FULL_EVERY:
        return {}
    headers = {}
    if state.etag:
        headers["If-None-Match"] = state.etag
    if state.last_modified:
        headers["If-Modified-Since"] = state.last_modified
    return headers


def body_hash(body: bytes) -> str:
    """Name a body, to see whether an answer is the last one over again."""
    return blake2b(body, digest_size=16).hexdigest()


def retry_after(value: str | None, now: datetime) -> datetime | None:
    """Read a Retry-After header: seconds or an HTTP date, a day at most; None if it says nothing.

    RFC 9110, 10.2.3. What lies in the past counts as now.
    """
    if not value:
        return None
    text = value.strip()
    try:
        wait = timedelta(seconds=min(int(text), LONGEST_WAIT.total_seconds()))
    except ValueError:
        try:
            at = parsedate_to_datetime(text)
        except ValueError:
            return None
        wait = (at if at.tzinfo else at.replace(tzinfo=UTC)) - now
    return now + min(max(wait, timedelta(0)), LONGEST_WAIT)
