"""The job of a walk outward: one watched topic after another, in a process that lasts."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from functools import partial

from pipeline.readers import Readers
from scheduler.hand import Hand, Order
from scheduler.outward import Topic, Walk
from scheduler.progress import Progress
from spiders import report
from spiders.crawl import run
from spiders.outward import walk
from stories.archive import open_archive

_log = logging.getLogger(__name__)


def walk_topics(hand: Hand) -> None:
    """Walk for the topics that `hand` is given, until there are no more or on SIGTERM."""
    with suppress(asyncio.CancelledError):
        run(partial(_at_work, hand))


async def _at_work(hand: Hand) -> None:
    loop = asyncio.get_running_loop()
    orders: asyncio.Queue[Order | None] = asyncio.Queue()
    hand.listen(lambda order: loop.call_soon_threadsafe(orders.put_nowait, order))
    myself = asyncio.current_task()
    if myself is not None:
        loop.add_signal_handler(signal.SIGTERM, myself.cancel)
    while (order := await orders.get()) is not None:
        if not isinstance(order.batch, Topic):
            raise TypeError(f"{order.batch!r} is no topic")
        try:
            went = await _walk(order.batch, partial(_tell, hand, order.number))
        except Exception as error:  # noqa: BLE001 - the next topic must not pay for this one
            _log.exception("walk %d failed", order.number)
            hand.failed(order.number, f"{type(error).__name__}: {error}")
        else:
            hand.done(order.number, went)


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
