"""The demo: the commands that an operator types, run for real over the invented press."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

from newsdesk.demo.press import Press
from newsdesk.demo.server import PressServer, serving
from newsdesk.misuse import Failure, Misuse

SECESSION = "calder AND (embassy OR independen* OR secession OR botschaft OR unabhängigkeit)"
FERRIES = "ferry OR fähre"
HOMES = ("meridian-wire", "harbour-courier", "westmark-tribune", "nordhavener-tagblatt")
RADIO = "http://www.coast-radio.example/news/"
WALL = "http://www.westmark-tribune.example/nation/what-the-polls-say-about-calder-50171"
WIDTH = 76
MARK = ".newsdesk-demo"


def play(home: Path) -> int:
    """Set up a desk in `home`, crawl the press in two rounds, show stories, a verdict, sources.

    Returns the exit code: 0, or that of the first command that failed.
    """
    _clear(home)
    with serving(Press()) as server:
        desk = _Desk(home, server)
        try:
            _play(desk, server)
        except subprocess.CalledProcessError as error:
            return error.returncode
    where = shlex.quote(os.path.relpath(home))
    print(f"\nAll of it stays in {where} to be looked at: newsdesk --home {where} stories")
    return 0


def _play(desk: _Desk, server: PressServer) -> None:
    desk.says("An invented press: five outlets, on this machine alone.")
    desk("init")
    desk("source", "add", *(f"http://www.{host}.example/" for host in HOMES))
    desk("source", "add", RADIO, "--kind", "section", "--name", "coast-radio")
    desk("topic", "add", "secession", "--query", SECESSION)
    desk("topic", "add", "ferries", "--query", FERRIES)
    desk.says("Round one.")
    desk("crawl")
    server.round = 2
    desk.says("Round two: the event goes on, an article was edited, a feed has died.")
    desk("crawl")
    desk.says("What the press has, by topic.")
    desk("stories", "secession")
    desk("stories", "ferries")
    desk("show", desk.largest("secession"))
    desk.says("Why is that one missing?")
    desk("why", WALL)
    desk("sources")


class _Desk:
    """Runs newsdesk commands over the press, each in a process of its own, as typed."""

    def __init__(self, home: Path, server: PressServer) -> None:
        self._home = home
        self._environment = {
            **{k: v for k, v in os.environ.items() if not k.startswith("NEWSDESK_")},
            "NEWSDESK_HOME": str(home),
            "http_proxy": server.address,
            "no_proxy": "",
        }

    def says(self, what: str) -> None:
        print(f"\n# {what}", flush=True)

    def __call__(self, *arguments: str) -> None:
        print(f"\n$ {typed(arguments)}", flush=True)
        self._run(arguments)

    def largest(self, topic: str) -> str:
        """The number of the story of a topic that has the most articles."""
        listed = self._run(("stories", topic, "--json"), stdout=subprocess.PIPE).stdout
        stories = json.loads(listed)
        if not stories:
            raise Failure(
                f"The demo found no story of {topic}.", "What was printed above says why."
            )
        return str(max(stories, key=lambda story: story["articles"])["id"])

    def _run(
        self, arguments: tuple[str, ...], stdout: int | None = None
    ) -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, "-m", "newsdesk", *arguments]
        return subprocess.run(command, env=self._environment, check=True, stdout=stdout)  # noqa: S603 - our own words


def typed(arguments: tuple[str, ...]) -> str:
    """The command as one would type it, on several lines when it is long."""
    words = [shlex.quote(one) for one in ("newsdesk", *arguments)]
    if len(" ".join(words)) < WIDTH:
        return " ".join(words)
    lines = [""]
    for word in words:
        if lines[-1] and len(lines[-1]) + len(word) >= WIDTH:
            lines.append("   ")
        lines[-1] = f"{lines[-1]} {word}" if lines[-1] else word
    return " \\\n".join(lines)


def _clear(home: Path) -> None:
    """Make `home` anew; only a folder that a demo made is ever removed."""
    if home.exists() and any(home.iterdir()):
        if not (home / MARK).exists():
            raise Misuse(f"{home} is not empty and no demo made it.", "Name another with --home.")
        shutil.rmtree(home)
    home.mkdir(parents=True, exist_ok=True)
    (home / MARK).touch()
