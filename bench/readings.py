"""Whether the readers hold out: the corpus over and over, through processes on all cores.

    NEWSDESK_PRESS=FOLDER python bench/readings.py --readings 100000

Every reading of a page is compared with its first one. Printed now and then, and at the end: pages
read, how many otherwise than before, how many crashed or hung, and what the processes weigh.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import logging
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import cycle, islice

import psutil
from corpus import folder, html, truth
from reading import page

from pipeline.readers import Readers
from stories.model import Dropped, Page

IN_FLIGHT = 8
LOST = {"crashed", "deadline"}


class Count:
    """What came of the readings so far."""

    def __init__(self) -> None:
        """Nothing yet."""
        self.first: dict[str, bytes] = {}
        self.done: Counter[str] = Counter()
        self.begun = time.monotonic()

    def take(self, address: str, found: object) -> None:
        """Count one reading, and hold it against the first of its page."""
        mark = hashlib.blake2b(repr(found).encode()).digest()
        self.done["read"] += 1
        self.done["other"] += self.first.setdefault(address, mark) != mark
        self.done["dropped"] += isinstance(found, Dropped)
        self.done["lost"] += isinstance(found, Dropped) and found.reason in LOST

    def say(self) -> None:
        """One line of how it goes."""
        sizes = [
            child.memory_info().rss / 2**20
            for child in psutil.Process().children(recursive=True)
            if child.is_running()
        ]
        done, took = self.done, time.monotonic() - self.begun
        print(
            f"{done['read']:7d} readings, {done['other']} other than the first, "
            f"{done['dropped']} dropped, {done['lost']} crashed or hung; "
            f"{done['read'] / took:.0f} a second; the largest process has {max(sizes):.0f} MiB",
            flush=True,
        )


def main() -> None:
    """Read as often as asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--readings", type=int, default=100_000)
    parser.add_argument("--processes", type=int, default=0)
    parser.add_argument("--deadline", type=float, default=20.0, help="seconds that a page may take")
    asked = parser.parse_args()
    logging.disable(logging.CRITICAL)
    press = folder("NEWSDESK_PRESS")
    pages = [page(row, html(press, row), hints=False) for row in truth(press)]
    asyncio.run(many(pages, asked.readings, Readers(asked.processes, asked.deadline)))


async def many(pages: Sequence[Page], readings: int, readers: Readers) -> None:
    """Let several loops take from the same stream until it ends."""
    count = Count()
    every = max(1, readings // 20)
    stream: Iterator[Page] = islice(cycle(pages), readings)

    async def work() -> None:
        for one in stream:
            count.take(one.url, await readers.read(one))
            if count.done["read"] % every == 0:
                count.say()

    try:
        await asyncio.gather(*(work() for _ in range(IN_FLIGHT)))
    finally:
        count.say()
        readers.close()


if __name__ == "__main__":
    main()
