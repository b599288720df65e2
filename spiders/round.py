"""One crawl over many sources: polls them, takes up what is new, fetches the articles."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Iterable, Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, ClassVar, Self
from urllib.parse import urlsplit

from scrapy import Request, Spider

from pipeline.address import key
from pipeline.file import Ended, Polled
from spiders import report
from spiders.conditional import conditions
from spiders.fetch import HEADERS, Fetched, content_type, fetcher
from spiders.guard import check_url
from spiders.poll import poll_of, read_answer
from spiders.project import assigned, configure
from spiders.unfetched import UnfetchedError, failed, refused, shutdown, unfetched
from stories.model import Outcome, Page, PollStatus, Sighting, SourceKind, SourceState

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from scrapy.settings import BaseSettings
    from twisted.python.failure import Failure

    from spiders.project import Assignment

logger = logging.getLogger(__name__)

_POLLS_FIRST = 2
_PAGES = ("text/", "html", "xml", "octet-stream")


class Round(Spider):
    """Polls its sources and fetches what is new there. `scrapy crawl round -a source=NAME`."""

    name = "round"
    kinds: ClassVar[frozenset[SourceKind]] = frozenset(SourceKind)

    def __init__(self, assignment: Assignment, **arguments: Any) -> None:  # noqa: ANN401
        super().__init__(**arguments)
        self.assignment = assignment
        self.tally = report.Tally(len(assignment.sources))
        self._headers = {**HEADERS, "User-Agent": assignment.config.fetch.user_agent}
        self._taken: set[str] = set()
        self._under_way: dict[str, Sighting] = {}
        self._asked = {state.source.name: state for state in assignment.sources}

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:  # noqa: ANN401
        """Make the spider; without an assignment it finds its own, as a Scrapy user expects."""
        if "assignment" not in kwargs:
            kwargs["assignment"] = assigned(crawler, cls.kinds, kwargs.pop("source", None))
        return super().from_crawler(crawler, *args, **kwargs)

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        """Take the operator's configuration into account, also under the `scrapy` command."""
        super().update_settings(settings)
        configure(settings)

    async def start(self) -> AsyncIterator[Any]:
        """Ask every source; the filer answers each poll with what is new or still waits."""
        for state in one_by_host(self.assignment.sources):
            yield self.ask(state)

    def ask(self, state: SourceState) -> Request:
        """Make the request that polls a source, conditional where that is due."""
        return Request(
            state.source.url,
            headers={**self._headers, **conditions(state, datetime.now(UTC))},
            callback=self.polled,
            errback=self.unpolled,
            cb_kwargs={"state": state},
            meta={"download_maxsize": self.assignment.config.fetch.max_feed_bytes},
            dont_filter=True,
            priority=_POLLS_FIRST,
        )

    async def polled(self, response: Response, state: SourceState) -> AsyncIterator[Polled]:
        """Read what a source answered."""
        fetch = fetcher(self.crawler, self.assignment.config.fetch.max_feed_bytes)
        try:
            poll, sightings = await read_answer(response, state, fetch, self.assignment.config)
        except Exception as error:  # a bug of ours over one source's answer is that source's alone
            logger.exception("reading %s failed", state.source.url)
            poll = poll_of(state, PollStatus.FAILED, error=f"bug: {error!r}"[:300])
            sightings = ()
        yield Polled(poll=poll, sightings=sightings)

    def unpolled(self, failure: Failure) -> Iterator[Polled]:
        """Say why a source did not answer."""
        state: SourceState = failure.request.cb_kwargs["state"]  # type: ignore[attr-defined]
        error = self._error_of(failure, state.source.url)
        yield Polled(
            poll=poll_of(
                state,
                PollStatus(error.outcome.value),
                http_status=error.status,
                error=str(error),
                retry_after=error.retry_at,
            ),
            sightings=(),
        )

    def take_up(self, sightings: Iterable[Sighting]) -> Iterator[Request | Ended]:
        """Make the requests for addresses that are to be fetched, each once a run."""
        for sighting in sightings:
            name = key(sighting.url)
            if name in self._taken:
                continue
            self._taken.add(name)
            self._under_way[name] = sighting
            trail = (report.seen(sighting),)
            try:
                check_url(sighting.url)
                yield Request(
                    sighting.url,
                    headers=self._headers,
                    callback=self.fetched,
                    errback=self.missed,
                    cb_kwargs={"sighting": sighting, "name": name},
                    meta={"trail": trail},
                    dont_filter=True,
                )
            except (UnfetchedError, ValueError) as error:
                bad = error if isinstance(error, UnfetchedError) else refused("url", str(error))
                yield Ended(verdict=report.verdict(sighting, bad, datetime.now(UTC), trail))

    def fetched(
        self, response: Response, sighting: Sighting, name: str
    ) -> Iterator[Fetched | Ended]:
        """Hand a page on."""
        meta = response.meta
        page = Page(
            url=sighting.url,
            answered=response.url,
            status=response.status,
            headers=tuple(
                (k.decode("latin-1"), v.decode("latin-1"))
                for k, values in response.headers.items()
                for v in values
            ),
            body=response.body,
            fetched=datetime.now(UTC),
            sighting=sighting,
        )
        self.tally.add("fetched")
        trail = (*meta["trail"], report.fetched(page, meta.get("download_latency", 0.0)))
        kind = content_type(response.headers.get(b"Content-Type")).lower()
        if kind and not any(word in kind for word in _PAGES):
            error = UnfetchedError(Outcome.DROPPED, "not-a-page", kind[:80])
            yield Ended(verdict=report.verdict(sighting, error, page.fetched, trail))
            return
        yield Fetched(page=page, key=name, trail=trail)

    def missed(self, failure: Failure) -> Iterator[Ended]:
        """Say why there is no page."""
        request: Request = failure.request  # type: ignore[attr-defined]
        error = self._error_of(failure, request.url)
        sighting: Sighting = request.cb_kwargs["sighting"]
        yield Ended(
            verdict=report.verdict(sighting, error, datetime.now(UTC), request.meta["trail"])
        )

    def ended(self, name: str, outcome: Outcome) -> None:
        """Take note that an address has its final verdict, committed."""
        self._under_way.pop(name, None)
        self.tally.ended(outcome)
        self._tell()

    def count_poll(self, polled: Polled, new: int) -> None:
        """Take note that a poll is committed."""
        self.tally.add("polled")
        self.tally.add("sightings", len(polled.sightings))
        self.tally.add("new", new)
        self._tell()

    def gap_fillers(self, polled: Polled, fetch: tuple[Sighting, ...]) -> Iterator[SourceState]:
        """Give the outlet's sitemaps that this round does not ask, when a poll may have a gap.

        That is when everything in a full answer is new though the source was polled before.
        """
        state = self._asked[polled.poll.source]
        if not polled.sightings or state.polled is None or state.source.kind is SourceKind.SITEMAP:
            return
        if not {s.url for s in polled.sightings} <= {s.url for s in fetch}:
            return
        with self.assignment.archive.reading() as tx:
            known = tx.sources.all()
        for other in known:
            source = other.source
            if (
                source.kind is SourceKind.SITEMAP
                and source.outlet == state.source.outlet
                and source.name not in self._asked
            ):
                self._asked[source.name] = other
                yield other

    def give_up(self) -> list[Sighting]:
        """Give what is still under way when a crawl must end."""
        left = list(self._under_way.values())
        self._under_way.clear()
        return left

    def _tell(self) -> None:
        if self.assignment.progress is not None:
            self.assignment.progress(self.tally.progress(len(self._under_way)))

    def _error_of(self, failure: Failure, url: str) -> UnfetchedError:
        cause = failure.value or RuntimeError("a failure without an error")
        if isinstance(cause, asyncio.CancelledError):
            return shutdown()
        error = unfetched(cause)
        if error is None:
            logger.error("fetching %s failed", url, exc_info=cause)
            error = failed("bug", repr(cause)[:300])
        return error


def one_by_host(sources: Iterable[SourceState]) -> list[SourceState]:
    """Order sources so that those of one host lie far apart.

    The second one then finds the connection of the first free: a TLS handshake less, 2 ms.
    """
    turns: dict[str, int] = {}
    ranked = []
    for state in sources:
        host = urlsplit(state.source.url).netloc
        turns[host] = turns.get(host, 0) + 1
        ranked.append((turns[host], state))
    return [state for _, state in sorted(ranked, key=lambda pair: pair[0])]


class Feed(Round):
    """Feeds only. `scrapy crawl feed -a source=NAME`."""

    name = "feed"
    kinds = frozenset({SourceKind.FEED})


class Sitemap(Round):
    """Sitemaps only. `scrapy crawl sitemap -a source=NAME`."""

    name = "sitemap"
    kinds = frozenset({SourceKind.SITEMAP})


class Section(Round):
    """Section pages only. `scrapy crawl section -a source=NAME`."""

    name = "section"
    kinds = frozenset({SourceKind.SECTION})
