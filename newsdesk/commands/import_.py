"""newsdesk import: articles in, from an export or from elsewhere."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from newsdesk.options import Home

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from newsdesk.desk import Desk
    from stories.incoming import BadLine
    from stories.model import Article, Outcome

MOST = 10

TOGETHER = 256
"""Articles that are filed together: all are at hand, and each costs a sixth less than in a crawl's
batches."""


def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="An NDJSON export; - is stdin.")],
    *,
    home: Home = None,
) -> None:
    """File articles of an export, or from elsewhere. Only url and text are needed."""
    from datetime import UTC, datetime

    from newsdesk import desk
    from newsdesk.output import lines_of
    from pipeline.address import key
    from stories.incoming import articles

    with desk.at(home) as here, lines_of(file) as lines:
        counts, bad = _file(here, articles(_ndjson(lines, file), key, datetime.now(UTC)))
    _say(counts, bad)
    if bad:
        raise typer.Exit(1)


def _ndjson(lines: Iterable[bytes], file: Path) -> Iterator[bytes]:
    """The lines, unless the first shows that they are of another format: then Misuse."""
    from newsdesk.misuse import Misuse

    first = True
    for one in lines:
        if first and one.strip():
            first = False
            if not one.lstrip(b"\xef\xbb\xbf \t").startswith(b"{"):
                raise Misuse(
                    f"{file} does not begin with a JSON object.",
                    "newsdesk import takes NDJSON: newsdesk export --format ndjson writes it.",
                )
        yield one


def _file(
    here: Desk, incoming: Iterable[Article | BadLine]
) -> tuple[dict[Outcome, int], list[BadLine]]:
    """File what comes, a batch a transaction; returns counts by outcome, and the bad lines."""
    from pipeline.file import Filer, Read
    from stories.incoming import BadLine

    filer = Filer(here.archive)
    counts: dict[Outcome, int] = {}
    bad: list[BadLine] = []
    rest = iter(incoming)
    while some := list(islice(rest, max(TOGETHER, here.config.file.batch))):
        bad += [one for one in some if isinstance(one, BadLine)]
        batch = [Read(article=one) for one in some if not isinstance(one, BadLine)]
        for filed in filer.file(batch) if batch else ():
            if filed.verdict is not None:
                counts[filed.verdict.outcome] = counts.get(filed.verdict.outcome, 0) + 1
    return counts, bad


def _say(counts: Mapping[Outcome, int], bad: list[BadLine]) -> None:
    from newsdesk.terminal import console, line, several

    say = console()
    told = ", ".join(f"{n} {outcome.value}" for outcome, n in sorted(counts.items()))
    say.print(f"{several(sum(counts.values()), 'article')}: {told}." if told else "No articles.")
    if bad:
        say.print(f"{several(len(bad), 'line')} left out:")
        for one in bad[:MOST]:
            say.print(f"  {line(str(one))}")
        if len(bad) > MOST:
            say.print(f"  and {len(bad) - MOST} more")
