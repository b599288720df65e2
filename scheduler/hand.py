"""The worker's side of a pipe: it is given batches, tells how they go, and dies with its parent.

:func:`main` is the whole program of a worker; its arguments are ``MODULE:JOB FD LEVEL``. The job
is a function that is given a :class:`Hand` and returns when there is nothing more to do. A worker
leads a process group of its own, so that whatever it starts (the readers) can be ended with it. It
holds one end of a socket pair; when the other end closes, the parent is gone, however it went, and
the group ends itself.
"""

from __future__ import annotations

import importlib
import logging
import os
import resource
import signal
import sys
from dataclasses import dataclass
from logging.handlers import QueueHandler
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Lock, Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """A batch, as it travels to a worker."""

    number: int
    batch: object


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Something that a worker says while it is at work on an order."""

    number: int
    what: object


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """An order's end: its result, or why it failed.

    `died` says that the worker died under it, of itself; `memory` is the worker's resident bytes.
    """

    number: int
    result: object = None
    failure: str | None = None
    died: bool = False
    memory: int = 0


class Hand:
    """What a job sees of the parent that gives it batches."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe
        self._sending = Lock()

    def listen(self, take: Callable[[Order | None], object]) -> None:
        """Call `take` for every order, from a thread of its own; None means to finish."""
        Thread(target=self._listen, args=(take,), name="listen", daemon=True).start()

    def tell(self, number: int, what: object) -> None:
        """Say how an order goes on."""
        self.send(Progress(number=number, what=what))

    def done(self, number: int, result: object = None) -> None:
        """Say that an order is done. The worker is then given the next one."""
        self.send(Ended(number=number, result=result, memory=resident()))

    def failed(self, number: int, failure: str) -> None:
        """Say that an order came to nothing, and why. The worker goes on."""
        self.send(Ended(number=number, failure=failure, memory=resident()))

    def send(self, what: object) -> None:
        """Send anything that can be pickled, whole, from any thread."""
        with self._sending:
            self._pipe.send(what)

    def _listen(self, take: Callable[[Order | None], object]) -> None:
        try:
            while True:
                take(self._pipe.recv())
        except (EOFError, OSError):
            os.killpg(0, signal.SIGKILL)


_STANDARD = tuple(logging.makeLogRecord({}).__dict__)


class _Wire(QueueHandler):
    """Log records go to the parent, whose configuration decides what becomes of them."""

    def __init__(self, hand: Hand) -> None:
        super().__init__(queue=hand)  # type: ignore[arg-type]  # only enqueue() would use it
        self._hand = hand

    def enqueue(self, record: logging.LogRecord) -> None:
        # What was added with `extra` may be anything, and not fit to travel.
        standard = {name: record.__dict__.get(name) for name in _STANDARD}
        self._hand.send(logging.makeLogRecord(standard))


def resident() -> int:
    """Tell the resident memory of this process in bytes (its peak, where Linux is not)."""
    statm = Path("/proc/self/statm")
    if statm.exists():
        return int(statm.read_text().split()[1]) * resource.getpagesize()
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def main() -> None:
    """Do the job named on the command line."""
    job, descriptor, level = sys.argv[1:]
    # Ctrl-C reaches the parent, which ends its workers in order.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.set_inheritable(int(descriptor), False)  # noqa: FBT003 - positional in the library
    hand = Hand(Connection(int(descriptor)))
    logging.basicConfig(level=int(level), format="%(message)s", handlers=[_Wire(hand)])
    module, function = job.split(":")
    getattr(importlib.import_module(module), function)(hand)
