"""The job of a walk outward: one watched topic after another, in a process that lasts."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from functools import partial

from pipeline.readers import Readers
from scheduler.hand import Hand, Order
from scheduler.orders import work_off
from scheduler.outward import Topic, Walk
from scheduler.progress import Progress
from spiders import report
from spiders.crawl import run
from spiders.outward import walk
from stories.archive import open_archive


def walk_topics(hand: Hand) -> None:
    """Walk for the topics that `hand` is given, until there are no more or on SIGTERM."""
    with suppress(asyncio.CancelledError):
        run(partial(_at_work, hand))


async def _at_work(hand: Hand) -> None:
    async def do(order: Order) -> Walk:
        if not isinstance(order.batch, Topic):
            raise TypeError(f"{order.batch!r} is no topic")
        return await _walk(order.batch, partial(_tell, hand, order.number))

    await work_off(hand, do)


async def _walk(topic: Topic, tell: Callable[[report.Progress], None]) -> Walk:
    config = topic.config
    readers = Readers(config.read.processes, config.read.deadline)
    try:
        with open_archive(config.database) as archive:
            walked = await walk(config, archive, topic.run, topic.name, readers, tell)
    finally:
        readers.close()
    return Walk(
        requests=walked.requests,
        states=tuple(walked.states.items()),
        left=walked.left,
        ended=walked.ended,
        query=walked.query,
    )


def _tell(hand: Hand, number: int, progress: report.Progress) -> None:
    hand.tell(number, Progress(**asdict(progress)))
