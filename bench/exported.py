"""One export of everything, in a process that has nothing else in it: its rate and its memory."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from stories import formats
from stories.archive import Question, open_archive


def main(url: str, form: str) -> None:
    """Export everything to nowhere; prints rows declared, rows that came, seconds, MiB."""
    with open_archive(url) as archive, Path(os.devnull).open("wb") as out:
        began = time.perf_counter()
        export = archive.export(Question())
        got = formats.write(form, export.rows(), out)
        seconds = time.perf_counter() - began
    status = Path("/proc/self/status").read_text(encoding="ascii")
    peak = int(status.partition("VmHWM:")[2].split()[0]) / 1024
    print(len(export), got, seconds, peak)


if __name__ == "__main__":
    main(*sys.argv[1:])
