"""The long-lived worker processes: given batches, held to deadlines, renewed, replaced if dead."""

from __future__ import annotations

import logging
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from multiprocessing.connection import Connection, wait
from typing import TYPE_CHECKING, Self

from scheduler.hand import Ended, Order, Progress

if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import TracebackType

_log = logging.getLogger(__name__)
_REAP = 2.0
# Pages are large and short-lived: without these, glibc's malloc keeps some 45 MiB of them for
# itself in a crawling process. What the operator sets goes before.
FRUGAL = {"MALLOC_MMAP_THRESHOLD_": "131072", "MALLOC_TRIM_THRESHOLD_": "131072"}


@dataclass(slots=True, eq=False)
class _Worker:
    """One process, and what it has been given."""

    process: subprocess.Popen[bytes]
    pipe: Connection
    order: Order | None = None
    deadline: float = float("inf")
    killed_at: float = float("inf")
    batches: int = 0
    leaving: bool = False
    why: str = ""
    reports: list[Ended | Progress] = field(default_factory=list)


class Crew:
    """Up to `size` workers that do one `job` (``module:function``) over and over.

    A worker is started, fresh and in a process group of its own, when there is a batch and none
    is free. One that has done `renew_after` batches or holds more than `most_memory` bytes is let
    go after its batch. One that passes a deadline is sent SIGTERM and, `patience` seconds later,
    SIGKILL with its whole group.

    Not for use from several threads.
    """

    def __init__(
        self,
        job: str,
        *,
        size: int = 1,
        renew_after: int = 100,
        most_memory: int = 400 * 2**20,
        patience: float = 5.0,
    ) -> None:
        self._job = job
        self._size = size
        self._renew_after = renew_after
        self._most_memory = most_memory
        self._patience = patience
        self._workers: list[_Worker] = []
        self._numbers = count(1)

    @property
    def free(self) -> int:
        """How many batches could be given now."""
        return self._size - self.busy

    @property
    def busy(self) -> int:
        """How many batches are being worked on."""
        return sum(worker.order is not None for worker in self._workers)

    @property
    def pids(self) -> tuple[int, ...]:
        """The process ids of the workers, each the leader of its group."""
        return tuple(worker.process.pid for worker in self._workers)

    @property
    def pipes(self) -> tuple[int, ...]:
        """Descriptors that become readable when :meth:`wait` has something to report."""
        return tuple(worker.pipe.fileno() for worker in self._workers)

    def resize(self, size: int) -> None:
        """Let the crew have another size from now on; whoever is at work finishes first."""
        self._size = size

    def give(self, batch: object, *, deadline: float) -> int:
        """Hand a batch to a free worker, to be done within `deadline` seconds.

        Returns the number under which :meth:`wait` reports of it. Raises RuntimeError when nobody
        is free and OSError when no process can be started.
        """
        if self.free < 1:
            raise RuntimeError("every worker has a batch")
        idle = [one for one in self._workers if one.order is None and not one.leaving]
        worker = idle[0] if idle else self._start()
        worker.order = Order(number=next(self._numbers), batch=batch)
        worker.deadline = time.monotonic() + deadline
        worker.why = f"not done within its deadline of {deadline:g} s"
        try:
            worker.pipe.send(worker.order)
        except OSError:
            worker.why = ""  # it is dead; wait() finds out how, and reports it
        return worker.order.number

    def wait(self, timeout: float, also: Iterable[int] = ()) -> list[Ended | Progress]:
        """Wait up to `timeout` seconds for reports; whatever is readable in `also` ends it too.

        Every batch given is reported as Ended exactly once, whatever becomes of its worker.
        """
        limits = [min(worker.deadline, worker.killed_at) for worker in self._workers]
        left = max(0.0, min([time.monotonic() + timeout, *limits]) - time.monotonic())
        ready = wait([*(worker.pipe for worker in self._workers), *also], left)
        for worker in [one for one in self._workers if one.pipe in ready]:
            self._hear(worker)
        now = time.monotonic()
        for worker in self._workers:
            if worker.killed_at <= now:
                _end(worker, signal.SIGKILL)
            elif worker.deadline <= now:
                self._dismiss(worker)
        reports = [report for worker in self._workers for report in worker.reports]
        for worker in self._workers:
            worker.reports.clear()
        self._workers = [worker for worker in self._workers if not worker.pipe.closed]
        return reports

    def stop(self) -> None:
        """Ask every worker to end now: the idle ones by word, the others by SIGTERM."""
        for worker in self._workers:
            if worker.order is None:
                self._let_go(worker)
            else:
                worker.why = worker.why if worker.leaving else "stopped"
                self._dismiss(worker)

    def renew(self) -> None:
        """Let every worker go when it has done its batch; new ones start when they are needed."""
        for worker in self._workers:
            worker.batches = self._renew_after
            if worker.order is None:
                self._let_go(worker)

    def close(self) -> list[Ended | Progress]:
        """End all workers within the patience, by SIGKILL if need be; returns the last reports."""
        self.stop()
        reports: list[Ended | Progress] = []
        while self._workers:
            reports += self.wait(self._patience)
        return reports

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _start(self) -> _Worker:
        ours, theirs = socket.socketpair()
        with theirs:
            level = logging.getLogger().getEffectiveLevel()
            try:
                process = subprocess.Popen(  # noqa: S603 - our own module, no shell
                    [
                        *(sys.executable, "-P", "-c", "from scheduler.hand import main; main()"),
                        *(self._job, str(theirs.fileno()), str(level)),
                    ],
                    stdin=subprocess.DEVNULL,
                    stdout=2,  # standard output belongs to the command's own answer
                    pass_fds=[theirs.fileno()],
                    process_group=0,
                    # It finds its modules where we found ours, and not in the current folder.
                    env=FRUGAL
                    | os.environ
                    | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
                )
            except OSError:
                ours.close()
                raise
        worker = _Worker(process=process, pipe=Connection(ours.detach()))
        self._workers.append(worker)
        return worker

    def _hear(self, worker: _Worker) -> None:
        try:
            while worker.pipe.poll():
                message = worker.pipe.recv()
                if isinstance(message, Ended):
                    self._ended(worker, message)
                elif isinstance(message, Progress):
                    worker.reports.append(message)
                elif isinstance(message, logging.LogRecord):
                    logging.getLogger(message.name).handle(message)
        except (EOFError, OSError):
            self._bury(worker)

    def _ended(self, worker: _Worker, report: Ended) -> None:
        worker.reports.append(report)
        worker.order = None
        worker.batches += 1
        worker.deadline = float("inf")
        if worker.batches >= self._renew_after or report.memory > self._most_memory:
            self._let_go(worker)

    def _dismiss(self, worker: _Worker) -> None:
        if not worker.leaving:
            _end(worker, signal.SIGTERM)
        self._leaves(worker)

    def _let_go(self, worker: _Worker) -> None:
        with suppress(OSError):  # it has gone already: wait() reaps it
            worker.pipe.send(None)
        self._leaves(worker)

    def _leaves(self, worker: _Worker) -> None:
        worker.leaving = True
        worker.deadline = float("inf")
        worker.killed_at = min(worker.killed_at, time.monotonic() + self._patience)

    def _bury(self, worker: _Worker) -> None:
        """The pipe is closed: end what is left of the group, and report an unfinished order."""
        worker.pipe.close()
        try:
            fate = _fate(worker.process.wait(_REAP))
        except subprocess.TimeoutExpired:
            fate = "the worker hung up"
        _end(worker, signal.SIGKILL)
        worker.process.wait()
        if worker.order is not None:
            died = not worker.leaving
            how = fate if died else worker.why
            worker.reports.append(Ended(number=worker.order.number, failure=how, died=died))
            _log.warning("worker %d: %s", worker.process.pid, how)


def _end(worker: _Worker, how: signal.Signals) -> None:
    """Signal a worker: SIGTERM to itself, which ends its own in order, SIGKILL to all its group."""
    try:
        if how is signal.SIGKILL:
            os.killpg(worker.process.pid, how)
        else:
            worker.process.send_signal(how)
    except ProcessLookupError:
        pass  # nobody of the group is left


def _fate(code: int) -> str:
    if code < 0:
        return f"the worker was killed by {signal.Signals(-code).name}"
    return f"the worker ended with exit code {code}"
