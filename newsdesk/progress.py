"""What is shown while a crawl goes on."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from newsdesk.terminal import console

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from scheduler.progress import Progress


@contextmanager
def shown(*, quiet: bool) -> Iterator[Callable[[Progress], None] | None]:
    """A line on stderr that follows a crawl; nothing when `quiet` or when nobody watches."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    with console(error=True).status("Crawling ...") as status:
        yield lambda progress: status.update(f"{progress}")
