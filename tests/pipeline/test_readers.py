"""Readers in processes: the same article everywhere, and a guilty page costs itself only."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from random import Random

import psutil
import pytest

from pipeline.read import read
from pipeline.readers import Readers
from stories.model import Article, Dropped, Page
from tests.pipeline.junk import junk
from tests.pipeline.reading import SENTENCES, article, news, page

PAGES = [
    page(
        article(
            title=f"Harbour bridge reopens, part {n}",
            paragraphs=Random(n).sample(SENTENCES, 6),
            data=news(headline=f"Harbour bridge reopens, part {n}", datePublished="2026-05-09"),
        )
    )
    for n in range(12)
]


@pytest.fixture
def readers() -> Iterator[Readers]:
    pool = Readers(processes=2, deadline=20)
    yield pool
    pool.close()


@asynccontextmanager
async def pool(**options: float) -> AsyncIterator[Readers]:
    made = Readers(processes=1, **options)  # type: ignore[arg-type]  # the tests give a deadline
    try:
        yield made
    finally:
        made.close()


def test_the_same_article_in_any_process_and_any_order(readers: Readers) -> None:
    async def all_of(pages: list[Page]) -> list[Article | Dropped]:
        return await asyncio.gather(*map(readers.read, pages))

    shuffled = Random(3).sample(PAGES * 3, 36)
    expected = {this: read(this) for this in PAGES}
    assert asyncio.run(all_of(shuffled)) == [expected[this] for this in shuffled]


def test_a_verdict_comes_back_as_a_value(readers: Readers) -> None:
    one = next(junk())
    found = asyncio.run(readers.read(page(one.html, one.url)))
    assert isinstance(found, Dropped)
    assert (found.reason, bool(found.detail)) == (one.kind, True)


def test_a_page_over_the_deadline_is_given_up_and_the_next_is_read() -> None:
    heavy = page(article(above="<h1>Headline of one kind or the other</h1>" * 20_000))

    async def both() -> tuple[Article | Dropped, Article | Dropped]:
        async with pool(deadline=4) as readers:
            await readers.read(PAGES[0])
            under_way = asyncio.create_task(readers.read(heavy))
            await asyncio.sleep(1)
            for process in filter(_reads, psutil.Process().children(recursive=True)):
                process.suspend()  # whatever it is doing, it will not be done in time
            slow = await under_way
            return slow, await readers.read(PAGES[0])

    slow, quick = asyncio.run(both())
    assert isinstance(slow, Dropped)
    assert slow.reason == "deadline"
    assert isinstance(quick, Article)


def test_a_process_that_dies_costs_its_own_page_only() -> None:
    """It dies as it reads; between two pages it may hold the lock that they are handed out by."""
    heavy = page(article(above="<h1>Headline of one kind or the other</h1>" * 5_000))

    async def with_murder() -> list[Article | Dropped]:
        async with pool(deadline=120) as readers:
            await readers.read(PAGES[0])
            under_way = [asyncio.create_task(readers.read(heavy))]
            (victim,) = filter(_reads, psutil.Process().children(recursive=True))
            spent = victim.cpu_times().user
            # No event tells of the CPU of another process.
            while not under_way[0].done() and victim.cpu_times().user < spent + 0.1:  # noqa: ASYNC110
                await asyncio.sleep(0.01)
            victim.kill()
            under_way += [asyncio.create_task(readers.read(this)) for this in PAGES * 3]
            return await asyncio.gather(*under_way)

    dead, *others = asyncio.run(with_murder())
    assert isinstance(dead, Dropped)
    assert dead.reason == "crashed"
    assert all(isinstance(one, Article) for one in others)


def test_closing_is_quick_and_leaves_nobody() -> None:
    before = set(psutil.Process().children(recursive=True))
    readers = Readers(processes=2, deadline=20)
    asyncio.run(readers.read(PAGES[0]))
    begun = time.monotonic()
    readers.close()
    assert time.monotonic() - begun < 5
    left = set(psutil.Process().children(recursive=True)) - before
    assert not [p for p in left if p.is_running() and _reads(p)]


def test_readers_end_with_their_parent() -> None:
    script = (
        "import asyncio, psutil, time\n"
        "from pipeline.readers import Readers\n"
        "from tests.pipeline.test_readers import PAGES\n"
        "if __name__ == '__main__':\n"
        "    readers = Readers(2, 20)\n"
        "    asyncio.run(readers.read(PAGES[0]))\n"
        "    print(*[p.pid for p in psutil.Process().children(recursive=True)], flush=True)\n"
        "    time.sleep(60)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout is not None
        children = [psutil.Process(int(pid)) for pid in parent.stdout.readline().split()]
        assert children
        os.kill(parent.pid, signal.SIGKILL)
        parent.wait()
    _, alive = psutil.wait_procs(children, timeout=10)
    assert not alive


def _reads(process: psutil.Process) -> bool:
    """Whether a process is a reader, and not the server that forks them."""
    parent = process.parent()
    return parent is not None and "forkserver" in " ".join(parent.cmdline())
