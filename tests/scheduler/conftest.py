from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from scheduler.roster import align
from stories.archive import open_archive
from stories.config import load
from tests.scheduler.press import Press

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from stories.archive import Archive
    from stories.config import Config


@pytest.fixture
def press() -> Iterator[Press]:
    with Press() as press:
        yield press


@pytest.fixture
def home(tmp_path: Path, press: Press) -> Callable[..., Path]:
    """Write a newsdesk.toml with these feeds of the press, and lines of its own."""

    def write(*outlets: str, schedule: str = "adaptive", more: str = "") -> Path:
        lines = [
            "[fetch]",
            'allow_private = ["127.0.0.1"]',
            "robots = false",
            "[read]",
            "processes = 1",
        ]
        for outlet in outlets:
            lines += [
                f"[sources.{outlet}]",
                f'url = "{press.base}/{outlet}/feed.xml"',
                'kind = "feed"',
                f'schedule = "{schedule}"',
            ]
        path = tmp_path / "newsdesk.toml"
        path.write_text("\n".join([*lines, more]), encoding="utf-8")
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
