"""The one place where a crawl writes: batches by size or patience, in one thread."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from pipeline.file import Ended, Filed, Polled, Read

logger = logging.getLogger(__name__)

Paper = Polled | Read | Ended
"""What can be filed."""

POLL_PATIENCE = 0.05
"""Seconds that a poll waits for company: its articles cannot be fetched before it is filed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A paper in the tray, who waits for the answer, and since when (seconds of the loop)."""

    paper: Paper
    answer: asyncio.Future[Filed]
    since: float


class Tray:
    """Takes what is to be filed one by one, files it in batches, and answers each.

    Polls are filed soon, for what they found cannot be fetched before. Pages wait for company: a
    batch costs the filer much the same whether it has two articles or fifty.

    Args:
        file: files a batch in one transaction and answers in its order; runs in a thread.
        size: the most of a batch.
        patience: seconds that a page waits for more before it is filed.
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
        self._polls: deque[Sheet] = deque()
        self._pages: deque[Sheet] = deque()
        self._stacks = (
            (self._polls, min(POLL_PATIENCE, patience)),
            (self._pages, patience),
        )
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
        loop = asyncio.get_running_loop()
        sheet = Sheet(paper=paper, answer=loop.create_future(), since=loop.time())
        (self._polls if isinstance(paper, Polled) else self._pages).append(sheet)
        self._more.set()
        return await sheet.answer

    async def close(self) -> None:
        """File what waits, then stop."""
        self._closing = True
        self._more.set()
        await self._task
        self._thread.shutdown(wait=False)

    async def _work(self) -> None:
        while True:
            self._more.clear()
            if batch := self._ripe():
                await self._file_batch(batch)
            elif self._closing:
                return
            else:
                await self._wait()

    def _ripe(self) -> list[Sheet]:
        """Take a batch that is full, has waited long enough, or waits for nothing."""
        now = asyncio.get_running_loop().time()
        hurry = self._closing or not self._more_to_come()
        for stack, patience in self._stacks:
            if stack and (hurry or len(stack) >= self._size or now >= stack[0].since + patience):
                return [stack.popleft() for _ in range(min(self._size, len(stack)))]
        return []

    async def _wait(self) -> None:
        """Wait for more, and no longer than what is here has patience."""
        ends = [stack[0].since + patience for stack, patience in self._stacks if stack]
        try:
            async with asyncio.timeout_at(min(ends, default=None)):
                await self._more.wait()
        except TimeoutError:
            return

    def _end(self, _: asyncio.Future[None]) -> None:
        """Let nobody wait for a filer that is gone, as when the whole loop is cancelled."""
        for stack, _patience in self._stacks:
            for sheet in stack:
                sheet.answer.cancel()
            stack.clear()

    async def _file_batch(self, batch: list[Sheet]) -> None:
        """File a batch; when that fails file each alone, so that only the guilty one is lost."""
        try:
            papers = [sheet.paper for sheet in batch]
            loop = asyncio.get_running_loop()
            answers = await loop.run_in_executor(self._thread, self._file, papers)
        except Exception as error:  # the one loop that must survive a bug in a filer
            if len(batch) == 1:
                logger.exception("filing %s failed", type(batch[0].paper).__name__)
                _answer(batch[0].answer, error)
                return
            logger.warning("filing a batch of %d failed: %s; one by one", len(batch), error)
            for one in batch:
                await self._file_batch([one])
            return
        for sheet, answer in zip(batch, answers, strict=True):
            _answer(sheet.answer, answer)


def _answer(waiting: asyncio.Future[Filed], answer: Filed | Exception) -> None:
    if waiting.done():
        return
    if isinstance(answer, Exception):
        waiting.set_exception(answer)
    else:
        waiting.set_result(answer)
