"""What a source's answer means: a poll with its sightings, unchanged, or unreadable."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from spiders.conditional import body_hash
from spiders.feed import read_feed
from spiders.fetch import Answer, Fetch, content_type
from spiders.listing import Listing, UnreadableError
from spiders.section import read_section
from spiders.sitemap import MOST_CHILDREN, read_sitemap
from spiders.unfetched import UnfetchedError
from stories.model import Poll, PollStatus, Sighting, SourceKind, SourceState

if TYPE_CHECKING:
    from scrapy.http import Response

    from stories.config import Config

_NOT_MODIFIED = 304
_DEEPEST = 2
"""How many levels of indexes of sitemaps are followed."""

_LONGEST_VALIDATOR = 512


def poll_of(
    state: SourceState,
    status: PollStatus,
    *,
    http_status: int | None = None,
    error: str | None = None,
    retry_after: datetime | None = None,
    sightings: int = 0,
) -> Poll:
    """Give a poll that leaves the validators as they were."""
    return Poll(
        source=state.source.name,
        at=datetime.now(UTC),
        status=status,
        http_status=http_status,
        error=error,
        etag=state.etag,
        last_modified=state.last_modified,
        body_hash=state.body_hash,
        sightings=sightings,
        retry_after=retry_after,
    )


async def read_answer(
    response: Response, state: SourceState, fetch: Fetch, config: Config
) -> tuple[Poll, tuple[Sighting, ...]]:
    """Read what a source answered: the poll, and what was seen.

    An answer equal to the last one over counts as unchanged, whatever its headers say. Of an
    index of sitemaps the newest children are asked as well.
    """
    if response.status == _NOT_MODIFIED:
        return poll_of(state, PollStatus.UNCHANGED, http_status=_NOT_MODIFIED), ()
    answer = Answer(
        url=response.url,
        content_type=content_type(response.headers.get(b"Content-Type")),
        body=response.body,
    )
    seen = datetime.now(UTC)
    digest = body_hash(answer.body)
    children: list[Listing] = []
    try:
        if digest == state.body_hash:
            return _full(state, response, PollStatus.UNCHANGED, digest, seen), ()
        listing = _read(answer, state, config, seen)
        if listing.more:
            children = await _children(listing.more, state, fetch, config, seen)
    except UnreadableError as error:
        poll = poll_of(state, PollStatus.FAILED, http_status=response.status, error=str(error))
        return poll, ()
    sightings = _together([listing, *children])
    if listing.more:
        # An index stays the same while its children change: its own validators say nothing.
        digest = body_hash("\n".join(sorted(s.url for s in sightings)).encode())
    return (
        _full(
            state,
            response,
            PollStatus.OK,
            digest,
            seen,
            sightings=len(sightings),
            conditional=not listing.more,
        ),
        sightings,
    )


def _read(answer: Answer, state: SourceState, config: Config, seen: datetime) -> Listing:
    """Read an answer as what its source is said to be."""
    name = state.source.name
    most = config.fetch.max_new_per_poll
    if state.source.kind is SourceKind.FEED:
        return read_feed(
            answer.body,
            answer.url,
            source=name,
            seen=seen,
            content_type=answer.content_type,
            limit=most,
        )
    if state.source.kind is SourceKind.SITEMAP:
        return read_sitemap(
            answer.body,
            answer.url,
            source=name,
            seen=seen,
            most_bytes=config.fetch.max_feed_bytes,
            limit=most,
        )
    return read_section(
        answer.body, answer.url, source=name, seen=seen, content_type=answer.content_type
    )


async def _children(
    urls: tuple[str, ...],
    state: SourceState,
    fetch: Fetch,
    config: Config,
    seen: datetime,
    depth: int = 1,
) -> list[Listing]:
    """Read the sitemaps that an index names; one that fails does not take the others with it."""
    found: list[Listing] = []
    problem: Exception | None = None
    for url in urls[:MOST_CHILDREN]:
        try:
            listing = _read(await fetch(url), state, config, seen)
        except (UnfetchedError, UnreadableError) as error:
            problem = error
            continue
        found.append(listing)
        if listing.more and depth < _DEEPEST:
            found += await _children(listing.more, state, fetch, config, seen, depth + 1)
    if not found and problem is not None:
        raise UnreadableError("index", f"no sitemap of it could be read: {problem}")
    return found


def _together(listings: list[Listing]) -> tuple[Sighting, ...]:
    found: dict[str, Sighting] = {}
    for listing in listings:
        for sighting in listing.sightings:
            found.setdefault(sighting.url, sighting)
    return tuple(found.values())


def _full(
    state: SourceState,
    response: Response,
    status: PollStatus,
    digest: str,
    at: datetime,
    *,
    sightings: int = 0,
    conditional: bool = True,
) -> Poll:
    return Poll(
        source=state.source.name,
        at=at,
        status=status,
        http_status=response.status,
        etag=_validator(response, b"ETag") if conditional else None,
        last_modified=_validator(response, b"Last-Modified") if conditional else None,
        body_hash=digest,
        full=True,
        sightings=sightings,
    )


def _validator(response: Response, name: bytes) -> str | None:
    """Give a validator if it is one that can be sent back; None for monsters."""
    value = response.headers.get(name)
    text = value.decode("latin-1") if value else ""
    return text if 0 < len(text) <= _LONGEST_VALIDATOR and text.isprintable() else None
