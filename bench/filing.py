"""How fast articles are filed, and in how much memory, when many are stored already.

    python bench/filing.py --stored 100000 [--measured 3000] [--batch 64 256] [--database URL]
        [--bulk]

Files an invented press into an empty database, and prints for the first articles and for those
after `--stored` (with `--bulk` these are put there in bulk, see prefilled.py): articles a second
of "filing" (fingerprint, candidate search, decision and grouping, all of their reading and
writing included) and of everything (storing, indexing, topics, addresses as well), by wall clock
and by this process's CPU, and the most memory it ever took, less what the invented press takes.

A crawl files 64 at a time, an import 256. A batch is filed before anything is measured: the first
one of a process reads what general use of the language says, once.
"""

from __future__ import annotations

import argparse
import json
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from invented import Press
from prefilled import prefill

import pipeline.file
from pipeline.desk import Desk
from pipeline.file import Filer, Read
from stories.archive import open_archive

FIRST = 256


class Watch:
    """Adds up the time of the steps that are filing; what is within another counts once."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.wall = self.cpu = 0.0
        self._inside = False

    def on(self, work: Callable[..., Any]) -> Callable[..., Any]:
        """The same work, timed."""

        def timed(*given: Any, **named: Any) -> Any:  # noqa: ANN401 - stands for any work
            if self._inside:
                return work(*given, **named)
            self._inside = True
            wall, cpu = time.perf_counter(), time.process_time()
            try:
                return work(*given, **named)
            finally:
                self._inside = False
                self.wall += time.perf_counter() - wall
                self.cpu += time.process_time() - cpu

        return timed


def batches(some: Iterator[Read], size: int) -> Iterator[list[Read]]:
    """The articles in lists of that size."""
    while batch := list(islice(some, size)):
        yield batch


def measure(filer: Filer, some: Iterator[Read], size: int, watch: Watch) -> dict[str, float]:
    """File articles; how many a second, by filing alone and in all."""
    count, watch.wall, watch.cpu = 0, 0.0, 0.0
    wall = cpu = 0.0
    for batch in batches(some, size):
        began, used = time.perf_counter(), time.process_time()
        filer.file(batch)
        wall += time.perf_counter() - began
        cpu += time.process_time() - used
        count += len(batch)
    return {
        "articles": count,
        "filing/s": round(count / watch.wall),
        "filing/s of CPU": round(count / watch.cpu),
        "all/s": round(count / wall),
        "all/s of CPU": round(count / cpu),
        "filing ms": round(watch.wall / count * 1e3, 2),
        "all ms": round(wall / count * 1e3, 2),
    }


def most() -> int:
    """The most memory that this process ever took, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main() -> None:
    """Fill, measuring at the beginning and at the end."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--stored", type=int, default=100_000)
    asked.add_argument("--measured", type=int, default=3_000)
    asked.add_argument("--batch", type=int, nargs="+", default=[64, 256])
    asked.add_argument("--bulk", action="store_true", help="do not file what is to be stored")
    asked.add_argument(
        "--database", help="an empty one, or with --bulk one of these; default: a new SQLite file"
    )
    given = asked.parse_args()
    watch = Watch()
    pipeline.file.fingerprint = watch.on(pipeline.file.fingerprint)  # type: ignore[attr-defined]
    arrive, *others = pipeline.file.FILERS
    pipeline.file.FILERS = (arrive, *(watch.on(one) for one in others))
    for name in ("look_up", "keep"):
        setattr(Desk, name, watch.on(getattr(Desk, name)))
    with tempfile.TemporaryDirectory() as folder:
        url = given.database or f"sqlite:///{Path(folder) / 'filing.db'}"
        with open_archive(url) as archive:
            with archive.reading() as tx:
                there = tx.articles.last_id()
            if given.bulk and there < given.stored:
                prefill(archive, given.stored)
                there = given.stored
            before = -most()
            filer, press = Filer(archive), Press(first=there)
            before += most()
            filer.file(list(press.articles(FIRST)))
            if not given.bulk:
                report(measure(filer, press.articles(given.measured), given.batch[-1], watch))
                for some in batches(press.articles(given.stored - given.measured), given.batch[-1]):
                    filer.file(some)
            for size in given.batch:
                found = measure(filer, press.articles(given.measured), size, watch)
                with archive.reading() as tx:
                    found["stored"] = tx.articles.count()
                report(found | {"batch": size, "MiB": most() - before})


def report(found: dict[str, float]) -> None:
    """Print figures as a line."""
    print(json.dumps(found), flush=True)


if __name__ == "__main__":
    main()
