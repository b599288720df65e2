"""The corpora: where they lie, their pages read, the replay; and what a whole command costs."""

from __future__ import annotations

import contextlib
import ctypes
import gzip
import json
import os
import resource
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psutil

from stories.model import Article, Dropped, Page, Sighting

PR_SET_CHILD_SUBREAPER = 36
NEWSDESK = Path(sys.executable).with_name("newsdesk")


def folder(variable: str) -> Path:
    """The folder of a corpus, or an end with a sentence that says how to name it."""
    path = Path(os.environ.get(variable, ""))
    if not os.environ.get(variable) or not path.is_dir():
        sys.exit(f"{variable} does not name a folder: set it to the corpus and run this again.")
    return path.resolve()


def truth(press: Path) -> list[dict[str, Any]]:
    """The rows of press.json: url, body, title, authors, published."""
    rows: list[dict[str, Any]] = json.loads((press / "press.json").read_text())
    return rows


def html(press: Path, row: dict[str, Any]) -> bytes:
    """The page of one row as the outlet served it."""
    return gzip.decompress((press / "pages" / f"{row['id']}.html.gz").read_bytes())


def articles(press: Path, at: datetime) -> list[Article]:
    """Every page, read as if fetched at that time; what is no article is left out."""
    from pipeline.read import read

    found = []
    for row in truth(press):
        page = Page(
            url=row["url"],
            answered=row["url"],
            status=200,
            headers=(("Content-Type", "text/html"),),
            body=html(press, row),
            fetched=at,
            sighting=Sighting(url=row["url"], source="", seen=at),
        )
        with contextlib.suppress(Dropped):
            found.append(read(page))
    return found


def home_pages(press: Path) -> list[str]:
    """One address an outlet: the front page, and nothing else that would give a hint."""
    return sorted({"{0.scheme}://{0.netloc}/".format(urlsplit(r["url"])) for r in truth(press)})


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """A running replay: the environment that leads a crawler through it, and its log."""

    environment: dict[str, str]
    port: int

    def log(self) -> list[dict[str, Any]]:
        """What was asked so far: t, method, url, status."""
        proxy = urllib.request.ProxyHandler({"http": f"http://127.0.0.1:{self.port}"})
        with urllib.request.build_opener(proxy).open("http://press.invalid/log") as answer:
            return [json.loads(line) for line in answer.read().splitlines()]


@contextlib.contextmanager
def replay(press: Path, scratch: Path, *options: str) -> Iterator[Replay]:
    """Serve the press on a free port of the loopback for as long as the block lasts."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    authority = scratch / f"authority-{port}.pem"
    command = [sys.executable, str(press / "replay.py"), "serve", "--port", str(port)]
    server = subprocess.Popen(
        [*command, "--ca", str(authority), *options], stdout=subprocess.PIPE, text=True
    )
    try:
        assert server.stdout is not None
        server.stdout.readline()
        proxy = f"http://127.0.0.1:{port}"
        environment = os.environ | {
            "http_proxy": proxy,
            "https_proxy": proxy,
            "no_proxy": "",
            "SSL_CERT_FILE": str(authority),
        }
        yield Replay(environment=environment, port=port)
    finally:
        server.terminate()
        server.wait()


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What a command and all its descendants cost: seconds, and MiB at the highest sample."""

    wall: float
    cpu: float
    pss: float
    rss: float
    output: str


def adopt_orphans() -> None:
    """Become the parent of every orphaned descendant, so that its CPU time is counted here."""
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def measured(
    command: Sequence[str | Path], environment: dict[str, str], *, check: bool = True
) -> Cost:
    """Run a command to its end; CPU is that of the whole tree, as the kernel accounts for it."""
    adopt_orphans()
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    child = subprocess.Popen(
        [str(part) for part in command],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    sampler = _Sampler(child.pid)
    sampler.start()
    output, _ = child.communicate()
    wall = time.monotonic() - started
    sampler.stop()
    _reap(child.pid)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if check and child.returncode:
        sys.exit(f"{' '.join(map(str, command))} ended with {child.returncode}")
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(wall=wall, cpu=cpu, pss=sampler.pss, rss=sampler.rss, output=output)


def _reap(session: int) -> None:
    """Wait for the orphans of a finished command; what does not end by itself is killed."""
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        orphans = [p for p in psutil.Process().children() if _session(p.pid) == session]
        if not orphans:
            return
        for orphan in orphans:
            with contextlib.suppress(ChildProcessError):
                os.waitpid(orphan.pid, os.WNOHANG)
        time.sleep(0.02)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(session, signal.SIGKILL)


def _session(pid: int) -> int:
    try:
        return os.getsid(pid)
    except ProcessLookupError:
        return -1


class _Sampler(threading.Thread):
    """The largest memory of a process tree, sampled ten times a second."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid, self.pss, self.rss = pid, 0.0, 0.0
        self._end = threading.Event()

    def run(self) -> None:
        while not self._end.wait(0.1):
            with contextlib.suppress(psutil.Error):
                root = psutil.Process(self.pid)
                pss = rss = 0
                for process in [root, *root.children(recursive=True)]:
                    with contextlib.suppress(psutil.Error):
                        memory = process.memory_full_info()
                        pss, rss = pss + memory.pss, rss + memory.rss
                self.pss, self.rss = max(self.pss, pss / 2**20), max(self.rss, rss / 2**20)

    def stop(self) -> None:
        self._end.set()
        self.join()


def table(rows: Sequence[tuple[str, str, str, bool | None]]) -> None:
    """Print bars: what, the figure, the limit, met or not (None: no limit)."""
    wide = max(len(row[0]) for row in rows)
    for what, figure, limit, met in rows:
        mark = "" if met is None else ("  ok" if met else "  MISSED")
        print(f"{what:{wide}s}  {figure:>14s}  {limit:<22s}{mark}", flush=True)
