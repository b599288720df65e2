"""SIGTERM, SIGINT and SIGHUP as something that a waiting loop can see."""

from __future__ import annotations

import signal
import socket
from contextlib import suppress
from types import FrameType, TracebackType
from typing import Self

_STOP = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


class Signals:
    """While entered, in the main thread, a stop signal sets `stop` and makes this readable."""

    def __init__(self) -> None:
        self.stop = False
        self._read, self._write = socket.socketpair()
        self._read.setblocking(False)  # noqa: FBT003 - positional in the library
        self._write.setblocking(False)  # noqa: FBT003

    def fileno(self) -> int:
        """What becomes readable."""
        return self._read.fileno()

    def wake(self) -> None:
        """Make it readable; from any thread, and from a signal handler."""
        with suppress(BlockingIOError):  # it is readable enough
            self._write.send(b"!")

    def drain(self) -> bool:
        """Make it unreadable again; tells whether it was readable."""
        woken = False
        with suppress(BlockingIOError):
            while self._read.recv(4096):
                woken = True
        return woken

    def __enter__(self) -> Self:
        self._before = {number: signal.signal(number, self._told) for number in _STOP}
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)
        self._read.close()
        self._write.close()

    def _told(self, _number: int, _frame: FrameType | None) -> None:
        self.stop = True
        self.wake()
