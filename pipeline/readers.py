"""Readers at work in processes: a page that hangs or crashes costs nobody but itself."""

from __future__ import annotations

import asyncio
import gc
import logging
import multiprocessing
import os
import signal
from concurrent.futures import CancelledError

from pebble import ProcessExpired, ProcessPool

from stories.model import Article, Dropped, Page

logger = logging.getLogger(__name__)

RENEWED_AFTER = 5_000
"""Pages after which a process makes room for a fresh one."""
_CLOSING = 5.0
_SELDOM = (50_000, 50, 100)


class Readers:
    """A pool of processes that read pages.

    Args:
        processes: how many; 0 is one for each core.
        deadline: seconds that one page may take before its process is killed.

    """

    def __init__(self, processes: int = 0, deadline: float = 20.0) -> None:
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["pipeline.read"])
        self.processes = processes or os.cpu_count() or 1
        self.deadline = deadline
        self._pool = ProcessPool(
            max_workers=self.processes,
            max_tasks=RENEWED_AFTER,
            initializer=_begin,
            context=context,
        )

    async def read(self, page: Page) -> Article | Dropped:
        """Read a page in one of the processes; never raises for what a page contains."""
        future = self._pool.schedule(_read, args=[page], timeout=self.deadline)
        try:
            return await asyncio.wrap_future(future)
        except TimeoutError:
            return Dropped("deadline", f"reading took more than {self.deadline:g} s")
        except ProcessExpired as expired:
            return Dropped("crashed", f"the reading process ended with code {expired.exitcode}")
        except (asyncio.CancelledError, CancelledError):
            future.cancel()  # type: ignore[no-untyped-call]  # pebble has types for its results only
            raise
        except Exception as error:  # a bug of ours must cost one page, not the round
            logger.exception("reading %s failed", page.url)
            return Dropped("crashed", f"{type(error).__name__}: {error}")

    def close(self) -> None:
        """Stop the processes at once; pages that are being read are given up."""
        self._pool.stop()  # type: ignore[no-untyped-call]  # as above
        self._pool.join(_CLOSING)


def _begin() -> None:
    """Prepare a reading process: it stops when its parent says so, not at the terminal's Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.freeze()
    gc.set_threshold(*_SELDOM)  # a page leaves hardly any cycles: the search for them cost 5 %


def _read(page: Page) -> Article | Dropped:
    """Read; the verdict on a page that is no article is handed over as a value."""
    from pipeline.read import read  # noqa: PLC0415 -- only the processes that read need extractors

    try:
        return read(page)
    except Dropped as verdict:
        return verdict
