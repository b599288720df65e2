"""The job of the crew: discover, then crawl, one batch after another, in a process that lasts."""

from __future__ import annotations

import asyncio
import gc
import logging
import time
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import partial

from pipeline.readers import Readers
from scheduler.dispatch import Batch, Crawled
from scheduler.hand import Hand, Order
from scheduler.orders import work_off
from scheduler.progress import Progress
from spiders import report
from spiders.crawl import crawl, declared_sources, discover, run
from stories.archive import Archive, open_archive
from stories.config import Config
from stories.model import SourceState

_BETWEEN_WORDS = 0.2
_SELDOM = (20_000, 20, 50)
# They tell of every crawl at length; what concerns the operator is in the run.
_TALKATIVE = ("asyncio", "filelock", "scrapy", "twisted", "trafilatura")


def crawl_batches(hand: Hand) -> None:
    """Work on the batches that `hand` is given, until there are no more or on SIGTERM."""
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
    gc.freeze()  # what was imported is never garbage: it need not be walked again and again
    gc.set_threshold(*_SELDOM)
    with suppress(asyncio.CancelledError):
        run(partial(_at_work, hand))


async def _at_work(hand: Hand) -> None:
    tools: _Tools | None = None

    async def do(order: Order) -> Crawled:
        nonlocal tools
        batch = order.batch
        if not isinstance(batch, Batch):
            raise TypeError(f"{batch!r} is no batch of sources")
        tools = tools or _Tools.of(batch.config)
        return await _crawl(batch, tools, _Teller(hand, order.number))

    try:
        await work_off(hand, do)
    finally:
        if tools:
            tools.close()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Tools:
    """What lasts as long as the worker, whose parent lets it go when the configuration changes."""

    archive: Archive
    readers: Readers

    @classmethod
    def of(cls, config: Config) -> _Tools:
        return cls(
            archive=open_archive(config.database),
            readers=Readers(config.read.processes, config.read.deadline),
        )

    def close(self) -> None:
        self.readers.close()
        self.archive.close()


async def _crawl(batch: Batch, tools: _Tools, teller: _Teller) -> Crawled:
    found, barren = await _discover(batch, tools.archive)
    states = _claimed(batch, tools.archive, found)
    if states:
        await crawl(batch.config, tools.archive, batch.run, states, teller.tell, tools.readers)
    return Crawled(names=tuple(state.source.name for state in states), barren=barren)


async def _discover(batch: Batch, archive: Archive) -> tuple[list[str], dict[str, str]]:
    """Find the sources of the batch's home pages; the names found, and errors by home page."""
    if not batch.homes:
        return [], {}
    names: list[str] = []
    barren = {}
    founds = await discover(batch.config, list(batch.homes.values()))
    finds = {
        declared: (declared_sources(batch.config, declared, found), found.error)
        for declared, found in zip(batch.homes, founds, strict=True)
    }
    with archive.writing() as tx:
        tx.sources.found_all(finds, datetime.now(UTC))
    for declared, (sources, error) in finds.items():
        names += [source.name for source in sources]
        if not sources:
            barren[declared] = error or "nothing was found"
    return names, barren


def _claimed(batch: Batch, archive: Archive, found: list[str]) -> list[SourceState]:
    """The batch's sources and those just found, without those that somebody else holds."""
    asked = [*batch.names, *found]
    with archive.writing() as tx:
        mine = set(tx.sources.claim(asked, batch.owner, batch.until, now=datetime.now(UTC)))
        return [state for state in tx.sources.named(*mine) if state.source.name in mine]


@dataclass(slots=True)
class _Teller:
    """Passes progress on, some times a second at most: each word wakes the parent."""

    hand: Hand
    number: int
    next: float = 0.0

    def tell(self, progress: report.Progress) -> None:
        now = time.monotonic()
        if now >= self.next:
            self.next = now + _BETWEEN_WORDS
            self.hand.tell(self.number, Progress(**asdict(progress)))
