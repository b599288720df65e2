"""A desk in a folder of its own, and the command line as an operator meets it."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from newsdesk.cli import main


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a command said, and how it ended."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        """Stdout as JSON."""
        return json.loads(self.out)


Newsdesk = Callable[..., Said]


@pytest.fixture
def newsdesk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Newsdesk:
    """The command line over a home folder of its own, ``tmp_path / "desk"``, not made yet."""
    monkeypatch.setenv("NEWSDESK_HOME", str(tmp_path / "desk"))

    def run(*arguments: str) -> Said:
        monkeypatch.setattr(sys, "argv", ["newsdesk", *arguments])
        capfd.readouterr()
        try:
            main()
            code = 0
        except SystemExit as ended:
            code = int(ended.code or 0)
        out, err = capfd.readouterr()
        return Said(code=code, out=out, err=err)

    return run


REPORT = (
    "The harbour of Port Sorrel was closed on Monday because a whale had entered it at dawn. "
    "Pilots guided three freighters back to sea while children counted the spouts from the quay. "
    "The harbour master said that the animal would be left in peace until the tide turned. "
) * 3
BUDGET = (
    "The state assembly adopted a budget of four hundred million crowns after a night of debate. "
    "Money for the bridge was cut by a third and the ferry to Nordhaven will be dearer in spring. "
    "The opposition left the chamber before the vote and sang in the street until the morning. "
) * 3


def row(number: int, **facts: object) -> dict[str, object]:
    """One line of an import."""
    return {
        "url": f"https://www.courier.test/{number}",
        "title": f"Report {number}",
        "text": f"{REPORT if number % 2 else BUDGET} Number {number}.",
        "language": "en",
        "published": f"2026-11-{number:02}T10:00:00+01:00",
        **facts,
    }


@pytest.fixture
def stocked(newsdesk: Newsdesk, tmp_path: Path) -> Newsdesk:
    """A desk with a topic and two reports of different events, filed by ``newsdesk import``."""
    file = tmp_path / "articles.ndjson"
    rows = [
        row(
            1, title="Whale closes harbour", byline="Ann Oakes", image="https://courier.test/1.jpg"
        ),
        row(2, title="Assembly adopts budget", url="https://tribune.test/2"),
    ]
    file.write_text("".join(json.dumps(one) + "\n" for one in rows), encoding="utf-8")
    for command in (
        ("init",),
        ("topic", "add", "whales", "--query", "whale OR title:spouts"),
        ("import", str(file)),
    ):
        said = newsdesk(*command)
        assert said.code == 0, said.err
    return newsdesk
