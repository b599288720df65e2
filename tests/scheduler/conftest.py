from __future__ import annotations

import random
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from scheduler.roster import align
from stories.archive import open_archive
from stories.config import load
from tests.newsstand import Newsstand, Outlet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from stories.archive import Archive
    from stories.config import Config

WORDS = ["harbour", "council", "ferry", "island", "market", "engine", "winter", "letter", "border"]
HANG = "hang"


class Press:
    """Outlets by name, with three stories each; one called ``hang`` begins to answer for ever."""

    def __init__(self, stand: Newsstand) -> None:
        self.stand = stand
        self.outlets: dict[str, Outlet] = {}

    def feed(self, name: str) -> str:
        """The address of an outlet's feed; the outlet is opened when it is not there yet."""
        if name == HANG:
            return f"{self.stand.url}/slow/head"
        if name not in self.outlets:
            outlet = self.outlets[name] = self.stand.outlet(f"The {name.title()}")
            chance = random.Random(name)
            for number in range(3):
                lines = [" ".join(chance.choices(WORDS, k=40)) for _ in range(4)]
                title = " ".join(chance.choices(WORDS, k=6))
                text = "\n".join(f"The {name} says: {line}." for line in lines)
                outlet.publish(f"/2026/11/{name}-story-{number}.html", title, text)
        return f"{self.outlets[name].url}/feed.xml"

    def polls(self, name: str) -> int:
        """How often a feed was asked for."""
        if name == HANG:
            return len(self.stand.asked("/slow/head"))
        return len(self.stand.asked("/feed.xml", self.outlets[name].host))


@pytest.fixture
def press() -> Iterator[Press]:
    with Newsstand() as stand:
        yield Press(stand)


@pytest.fixture
def home(tmp_path: Path, press: Press) -> Callable[..., Path]:
    """Write a newsdesk.toml with the feeds of these outlets, and lines of its own."""

    def write(*outlets: str, schedule: str = "adaptive", more: str = "") -> Path:
        lines = [
            "[fetch]",
            'allow_private = ["127.0.0.0/8"]',
            "robots = false",
            "[read]",
            "processes = 1",
        ]
        for name in outlets:
            lines += [
                f"[sources.{name}]",
                f'url = "{press.feed(name)}"',
                'kind = "feed"',
                f'schedule = "{schedule}"',
            ]
        # As an editor does: the service must never see half of it.
        new = tmp_path / "newsdesk.toml.new"
        new.write_text("\n".join([*lines, more]), encoding="utf-8")
        new.rename(tmp_path / "newsdesk.toml")
        return tmp_path

    return write


@pytest.fixture
def desk(home: Callable[..., Path]) -> Iterator[Callable[..., tuple[Config, Archive]]]:
    """Open the desk of such a home, in line with its configuration."""
    opened = []

    def open_desk(*outlets: str, **more: str) -> tuple[Config, Archive]:
        config = load(home(*outlets, **more))
        archive = open_archive(config.database)
        opened.append(archive)
        align(config, archive)
        return config, archive

    yield open_desk
    for archive in opened:
        archive.close()
