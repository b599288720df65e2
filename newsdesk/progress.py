"""What is shown while a crawl goes on, or a topic is filed over what is stored."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from newsdesk.terminal import console

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from scheduler.progress import Progress
    from stories.archive.backfilling import Backfill


@contextmanager
def shown(*, quiet: bool) -> Iterator[Callable[[Progress], None] | None]:
    """A line on stderr that follows a crawl; nothing when `quiet` or when nobody watches."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    with console(error=True).status("Crawling ...") as status:
        yield lambda progress: status.update(f"{progress}")


@contextmanager
def filing_shown() -> Iterator[Callable[[Backfill], None] | None]:
    """A line on stderr that follows the filing of topics over all that is stored."""
    if not sys.stderr.isatty():
        yield None
        return
    with console(error=True).status("Filing ...") as status:
        yield lambda progress: status.update(f"{progress}")
