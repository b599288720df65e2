"""The one place where a crawl writes: batches by size or patience, in one thread."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from pipeline.file import Ended, Filed, Polled, Read

logger = logging.getLogger(__name__)

Paper = Polled | Read | Ended
"""What can be filed."""

POLL_PATIENCE = 0.05
"""Seconds that a poll waits for company: its articles cannot be fetched before it is filed."""


class Tray:
    """Takes what is to be filed one by one, files it in batches, and answers each.

    Args:
        file: files a batch in one transaction and answers in its order; runs in a thread.
        size: the most of a batch.
        patience: seconds that a batch waits for more before it is filed.
        more_to_come: whether anything is on its way here; if not, nobody waits for it.

    """

    def __init__(
        self,
        file: Callable[[Sequence[Paper]], Sequence[Filed]],
        size: int,
        patience: float,
        more_to_come: Callable[[], bool],
    ) -> None:
        self._file = file
        self._more_to_come = more_to_come
        self._size = size
        self._patience = patience
        self._waiting: deque[tuple[Paper, asyncio.Future[Filed]]] = deque()
        self._more = asyncio.Event()
        self._closing = False
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="filer")
        self._task = asyncio.ensure_future(self._work())
        self._task.add_done_callback(self._end)

    async def file(self, paper: Paper) -> Filed:
        """Have something filed; returns once it is committed.

        Raises:
            Exception: whatever the filer raised over this very paper.

        """
        if self._task.done():
            raise asyncio.CancelledError("nothing is filed any more")
        answer: asyncio.Future[Filed] = asyncio.get_running_loop().create_future()
        self._waiting.append((paper, answer))
        self._more.set()
        return await answer

    async def close(self) -> None:
        """File what waits, then stop."""
        self._closing = True
        self._more.set()
        await self._task
        self._thread.shutdown(wait=False)

    async def _work(self) -> None:
        while True:
            await self._more.wait()
            await self._gather()
            while self._waiting:
                some = min(self._size, len(self._waiting))
                await self._file_batch([self._waiting.popleft() for _ in range(some)])
                if len(self._waiting) < self._size and not self._closing:
                    break
            if self._waiting:
                continue
            self._more.clear()
            if self._closing:
                return

    def _end(self, _: asyncio.Future[None]) -> None:
        """Let nobody wait for a filer that is gone, as when the whole loop is cancelled."""
        for waiting in self._waiting:
            waiting[1].cancel()
        self._waiting.clear()

    async def _gather(self) -> None:
        """Wait until a batch is full, has waited long enough, or nothing more can come."""
        clock = asyncio.get_running_loop().time
        start = clock()
        while not self._closing and len(self._waiting) < self._size and self._more_to_come():
            polls = any(isinstance(paper, Polled) for paper, _ in self._waiting)
            left = start + (min(POLL_PATIENCE, self._patience) if polls else self._patience)
            if clock() >= left:
                return
            self._more.clear()
            try:
                async with asyncio.timeout_at(left):
                    await self._more.wait()
            except TimeoutError:
                return

    async def _file_batch(self, batch: list[tuple[Paper, asyncio.Future[Filed]]]) -> None:
        """File a batch; when that fails file each alone, so that only the guilty one is lost."""
        try:
            papers = [paper for paper, _ in batch]
            loop = asyncio.get_running_loop()
            answers = await loop.run_in_executor(self._thread, self._file, papers)
        except Exception as error:  # the one loop that must survive a bug in a filer
            if len(batch) == 1:
                logger.exception("filing %s failed", type(batch[0][0]).__name__)
                _answer(batch[0][1], error)
                return
            logger.warning("filing a batch of %d failed: %s; one by one", len(batch), error)
            for one in batch:
                await self._file_batch([one])
            return
        for (_, waiting), answer in zip(batch, answers, strict=True):
            _answer(waiting, answer)


def _answer(waiting: asyncio.Future[Filed], answer: Filed | Exception) -> None:
    if waiting.done():
        return
    if isinstance(answer, Exception):
        waiting.set_exception(answer)
    else:
        waiting.set_result(answer)
