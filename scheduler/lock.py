"""Lock files: who is at work here, known to be dead the moment that the process is.

The kernel's lock on the file tells, not its existence: it goes with the process that held it,
whichever way that ended. The text in the file says who holds it.
"""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from types import TracebackType
from typing import Self


class HeldError(Exception):
    """Somebody else holds the lock; `text` is what they wrote into it."""

    def __init__(self, path: Path, text: str) -> None:
        super().__init__(path, text)
        self.path = path
        self.text = text


class Lock:
    """A lock file, held from the start until :meth:`release` or the end of the process.

    Raises HeldError when another process, or another Lock of this one, holds it.
    """

    def __init__(self, path: Path, text: str = "") -> None:
        self.path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            found = self.text()
            os.close(self._descriptor)
            raise HeldError(path, found) from None
        if text:
            self.write(text)

    def text(self) -> str:
        """Read what the holder wrote, whole."""
        return os.pread(self._descriptor, 4096, 0).decode(errors="replace")

    def write(self, text: str) -> None:
        """Replace the text."""
        os.ftruncate(self._descriptor, 0)
        os.pwrite(self._descriptor, text.encode(), 0)

    def rename(self, path: Path) -> None:
        """Give the file another name; the lock goes with it."""
        self.path = self.path.rename(path)

    def release(self, *, remove: bool = False) -> None:
        """Let go, and when asked remove the file first, so that nobody finds it free."""
        if remove:
            self.path.unlink(missing_ok=True)
        os.close(self._descriptor)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.release()
