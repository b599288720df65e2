"""`newsdesk run` as a process of its own: schedules, reload, kills, and a clean end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import pytest

from scheduler.dispatch import bury_the_dead
from scheduler.pulse import pulse
from scheduler.service import serve as run_service
from stories.archive import open_archive
from stories.config import load
from tests.waiting import until

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from stories.archive import Archive
    from stories.config import Config
    from tests.scheduler.conftest import Press

ROOT = Path(__file__).parents[2]
OFTEN = "[schedule]\nshortest = 1\nlongest = 1"
PROGRAM = textwrap.dedent("""
    import sys
    from pathlib import Path
    from scheduler import service
    from stories.config import load
    service.LOOK = 0.2
    service.serve(load(Path(sys.argv[1])))
""")

Serve = "Callable[[Path], subprocess.Popen[str]]"


@pytest.fixture
def serve() -> Iterator[Callable[[Path], subprocess.Popen[str]]]:
    started = []

    def start(home: Path) -> subprocess.Popen[str]:
        command = [sys.executable, "-c", PROGRAM, str(home)]
        service = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True)
        started.append(service)
        return service

    yield start
    for service in started:
        if service.poll() is None:
            service.kill()
        service.wait()
        if service.stderr is not None:
            service.stderr.close()


def opened(home: Path) -> tuple[Config, Archive]:
    config = load(home)
    return config, open_archive(config.database)


def test_a_service_polls_what_is_due_reloads_survives_kills_and_ends_cleanly(
    home: Callable[..., Path], press: Press, serve: Callable[[Path], subprocess.Popen[str]]
) -> None:
    where = home("courier", more=OFTEN)
    service = serve(where)
    until(lambda: press.polls("courier") >= 3)
    config, archive = opened(where)
    with archive:
        # It says how it is.
        felt = pulse(config, archive, datetime.now(UTC))
        assert felt.running
        assert felt.beat is not None
        assert (felt.beat.pid, felt.beat.trouble) == (service.pid, "")
        until(lambda: pulse(config, archive, datetime.now(UTC)).last_round is not None)

        # There is one of it.
        with pytest.raises(BlockingIOError, match=rf"already \(process {service.pid}\)"):
            run_service(config)

        # A mistake in the file is said, and what was right before stays in force.
        right = (where / "newsdesk.toml").read_text()
        (where / "newsdesk.toml").write_text(right + '\n[sources.bad]\nurl = "gopher://x.test/"')
        until(lambda: "sources.bad" in _trouble(config, archive))
        before = press.polls("courier")
        until(lambda: press.polls("courier") > before)
        home("courier", "tribune", more=OFTEN)
        until(lambda: press.polls("tribune") >= 1 and _trouble(config, archive) == "")

        # A worker that is killed is replaced.
        workers = psutil.Process(service.pid).children(recursive=True)
        for worker in workers:
            worker.kill()
        until(lambda: _filed(archive) == 6)

        # SIGTERM: everything ends, and every run is closed.
        everybody = psutil.Process(service.pid).children(recursive=True)
        service.send_signal(signal.SIGTERM)
        _, errors = service.communicate()
        assert service.returncode == 0, errors
        assert psutil.wait_procs(everybody, timeout=60)[1] == []
        with archive.reading() as tx:
            assert tx.runs.unfinished() == []
            assert {run.what for run in tx.runs.recent(500)} == {"schedule"}
        felt = pulse(config, archive, datetime.now(UTC))
        assert not felt.running
        assert felt.beat is not None
        assert felt.beat.pid == service.pid


def _filed(archive: Archive) -> int:
    with archive.reading() as tx:
        return tx.articles.count()


def _trouble(config: Config, archive: Archive) -> str:
    beat = pulse(config, archive, datetime.now(UTC)).beat
    return "no beat" if beat is None else beat.trouble


def test_a_stop_in_the_middle_of_a_crawl_loses_nothing_and_blames_nobody(
    home: Callable[..., Path], press: Press, serve: Callable[[Path], subprocess.Popen[str]]
) -> None:
    where = home("courier", "hang")
    service = serve(where)
    config, archive = opened(where)
    with archive:
        until(lambda: _filed(archive) == 3 and press.polls("hang") == 1)
        service.send_signal(signal.SIGINT)
        service.communicate()
        assert service.returncode == 0
        with archive.reading() as tx:
            (run,) = tx.runs.recent()
            assert (run.status, run.note) == ("stopped", "the service was stopped")
            assert tx.sources.named("courier")[0].failures == 0
        # Killed at once this time, and what is left behind is cleared away by the next.
        service = serve(where)
        until(lambda: press.polls("hang") == 2)
        os.kill(service.pid, signal.SIGKILL)
        service.communicate()
        (killed,) = bury_the_dead(config, archive, now=datetime.now(UTC))
        assert (killed.status, killed.note) == ("failed", "its process was killed")
        with archive.reading() as tx:
            assert tx.sources.due(datetime.now(UTC), 10) == tx.sources.named("hang")


def test_a_full_disk_and_a_locked_database_do_not_end_it(
    home: Callable[..., Path], press: Press, serve: Callable[[Path], subprocess.Popen[str]]
) -> None:
    where = home("courier", more=OFTEN)
    config, archive = opened(where)
    with archive:
        service = serve(where)
        until(lambda: press.polls("courier") >= 1)
        # Its folder for claims cannot be written: as on a full disk, every try fails.
        rounds = config.data / "rounds"
        until(lambda: not any(rounds.iterdir()))
        rounds.rename(config.data / "away")
        rounds.write_text("in the way")
        until(lambda: "FileExistsError" in _trouble(config, archive))
        rounds.unlink()
        before = press.polls("courier")
        until(lambda: press.polls("courier") > before)
        assert service.poll() is None
