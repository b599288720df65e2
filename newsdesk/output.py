"""Files that commands read and write: whole or not there, or stdin and stdout."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO, TextIO

from newsdesk.misuse import Misuse

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def lines_of(path: Path) -> Iterator[BinaryIO]:
    """The lines of a file as bytes, or those of stdin for ``-``. Raises Misuse if unreadable."""
    if str(path) == "-":
        yield sys.stdin.buffer
        return
    try:
        file = path.open("rb")
    except OSError as error:
        raise Misuse(f"{path} cannot be read: {error.strerror}.") from error
    with file:
        yield file


@contextmanager
def opened(path: Path | None) -> Iterator[TextIO]:
    """Stdout for None, else the file at `path`, put in place only when the block has ended well.

    Raises Misuse when the file cannot be written.
    """
    if path is None:
        yield sys.stdout
        return
    draft = path.with_name(f".{path.name}.part")
    try:
        with draft.open("w", encoding="utf-8", newline="") as file:
            yield file
        draft.replace(path)
    except OSError as error:
        raise Misuse(f"{path} cannot be written: {error.strerror}.") from error
    finally:
        draft.unlink(missing_ok=True)
