"""One export of everything, in a process that has nothing else in it: its rate and its memory."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

from stories import formats
from stories.archive import Question, open_archive


def export_one(url: str, format_name: str, queue: Any) -> None:  # noqa: ANN401 - a queue of multiprocessing
    """Export everything to nowhere."""
    with open_archive(url) as archive, Path(os.devnull).open("wb") as out:
        began = time.perf_counter()
        export = archive.export(Question())
        got = formats.write(format_name, export.rows(), out)
        seconds = time.perf_counter() - began
    # Not ru_maxrss: that is what the parent had when it forked.
    status = Path("/proc/self/status").read_text(encoding="ascii")
    peak = int(status.partition("VmHWM:")[2].split()[0]) / 1024
    queue.put((len(export), got, seconds, peak))
