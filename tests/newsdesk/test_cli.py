"""The command as a process: what it loads, how it ends, what it writes to whom."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

import newsdesk as package
from newsdesk.cli import ORDER

NEWSDESK = [sys.executable, "-m", "newsdesk"]
HEAVY = (
    "sqlalchemy",
    "alembic",
    "scrapy",
    "twisted",
    "lxml",
    "trafilatura",
    "numpy",
    "apscheduler",
)


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*NEWSDESK, *arguments],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_help_and_version_load_nothing_heavy() -> None:
    program = (
        "import sys; from newsdesk.cli import app; app(['--help'], standalone_mode=False);"
        f"print([name for name in {HEAVY} if name in sys.modules])"
    )
    said = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert said.stdout.splitlines()[-1] == "[]"
    assert "stories" in said.stdout
    assert run("--version").stdout == f"newsdesk {package.__version__}\n"


def test_the_list_of_commands_fits_a_terminal_and_is_in_order() -> None:
    listed = run("--help", COLUMNS="80").stdout.split("Commands:")[1]
    assert "..." not in listed
    names = [line.split()[0] for line in listed.splitlines() if line.strip()]
    assert tuple(names) == ORDER


def test_an_unknown_command_or_option_is_a_mistake(tmp_path: Path) -> None:
    for arguments in (("storys",), ("stories", "--sinse", "7d"), ("show", "first"), ("show",)):
        said = run("--home", str(tmp_path), *arguments)
        assert said.returncode == 2, arguments
        assert said.stdout == ""
        assert "Error" in said.stderr
        assert "Traceback" not in said.stderr


def test_a_reader_who_leaves_early_is_not_bothered(tmp_path: Path) -> None:
    file = tmp_path / "many.ndjson"
    words = "harbour whale budget crowns bridge ferry assembly pilot " * 200
    file.write_text(
        "".join(f'{{"url": "https://a.test/{n}", "text": "{n} {words}"}}\n' for n in range(40)),
        encoding="utf-8",
    )
    home = {"NEWSDESK_HOME": str(tmp_path / "desk")}
    assert run("init", **home).returncode == 0
    assert run("import", str(file), **home).returncode == 0
    with subprocess.Popen(
        [*NEWSDESK, "export"],
        env={**os.environ, **home},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(100)
        process.stdout.close()
        assert process.stderr.read() == b""


def test_no_colour_where_none_is_wanted(tmp_path: Path) -> None:
    run("init", NEWSDESK_HOME=str(tmp_path))
    run("topic", "add", "x", "-q", "y", NEWSDESK_HOME=str(tmp_path))
    plain = {"NEWSDESK_HOME": str(tmp_path), "NO_COLOR": "1", "TERM": "xterm-256color"}
    assert b"\x1b[" not in on_terminal("topic", "list", **plain).replace(b"\x1b[1m", b"").replace(
        b"\x1b[0m", b""
    )
    assert "\x1b" not in run("topic", "list", NEWSDESK_HOME=str(tmp_path)).stdout
    dumb = on_terminal("topic", "list", NEWSDESK_HOME=str(tmp_path), TERM="dumb")
    assert b"\x1b" not in dumb


def on_terminal(*arguments: str, **environment: str) -> bytes:
    """What a command writes to a terminal."""
    parent, child = pty.openpty()
    with subprocess.Popen(
        [*NEWSDESK, *arguments], env={**os.environ, **environment}, stdout=child, stderr=child
    ) as process:
        os.close(child)
        chunks = []
        try:
            while chunk := os.read(parent, 4096):
                chunks.append(chunk)
        except OSError:  # how Linux says that the other end was closed
            pass
        os.close(parent)
        assert process.wait(60) == 0
    return b"".join(chunks)


@pytest.mark.parametrize("asked", ["latin-1", "ascii"])
def test_a_terminal_that_lacks_a_character_gets_a_question_mark(tmp_path: Path, asked: str) -> None:
    home = {"NEWSDESK_HOME": str(tmp_path)}
    run("init", **home)
    run("topic", "add", "tokyo", "-q", "東京", **home)
    said = run("topic", "list", PYTHONIOENCODING=asked, **home)
    assert said.returncode == 0
    assert "??" in said.stdout


def wait_until_idle(number: int, made: Path) -> None:
    """Until a process has made a file and then done nothing for a second: it waits for input."""
    process, until = psutil.Process(number), time.monotonic() + 120
    before = -1.0
    while time.monotonic() < until:
        now = sum(process.cpu_times()[:2])
        if made.exists() and now == before and process.status() == psutil.STATUS_SLEEPING:
            return
        before = now
        time.sleep(1)
    raise TimeoutError("it never came to rest")


def test_ctrl_c_ends_with_130_and_no_traceback(tmp_path: Path) -> None:
    home = {"NEWSDESK_HOME": str(tmp_path)}
    run("init", **home)
    with subprocess.Popen(
        [*NEWSDESK, "import", "-"],
        env={**os.environ, **home},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        wait_until_idle(process.pid, (tmp_path / "data" / "newsdesk.db"))
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=60)
        assert process.returncode == 130
        assert b"Traceback" not in err
