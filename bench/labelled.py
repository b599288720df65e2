"""The labelled texts of NEWSDESK_EVENTS, imported and exported by newsdesk, and their score."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from corpus import NEWSDESK, folder


def scored(feed: list[str], score: list[str]) -> dict[str, dict[str, float]]:
    """What score.py of the corpus says of an empty desk that was fed by it."""
    script = str(folder("NEWSDESK_EVENTS") / "score.py")
    with tempfile.TemporaryDirectory() as home:
        lines, out = Path(home) / "in.ndjson", Path(home) / "out.ndjson"
        with lines.open("wb") as into:
            subprocess.run([sys.executable, script, *feed], check=True, stdout=into)
        desk = [str(NEWSDESK), "--home", home]
        subprocess.run([*desk, "init"], check=True, stdout=subprocess.DEVNULL)
        subprocess.run([*desk, "import", str(lines)], check=True, stdout=subprocess.DEVNULL)
        with out.open("wb") as into:
            subprocess.run([*desk, "export", "--format", "ndjson"], check=True, stdout=into)
        with out.open("rb") as back:
            done = subprocess.run(
                [sys.executable, script, *score, "--json"],
                check=True,
                stdin=back,
                capture_output=True,
            )
    found: dict[str, dict[str, float]] = json.loads(done.stdout)
    return found


def verdict(rows: list[tuple[str, str, float, bool]], check: bool) -> None:  # noqa: FBT001 - the flag of the command line
    """Print rows of name, bar, figure and whether it is met; with `check` a miss is the exit."""
    width = max(len(name) for name, *_ in rows)
    for name, bar, figure, met in rows:
        print(f"{name:{width}}  {figure:7.4f}  {bar:10}  {'met' if met else 'MISSED'}")
    if check and not all(met for *_, met in rows):
        sys.exit(1)


def asked(about: str | None) -> bool:
    """Whether --check was given on the command line."""
    import argparse

    parser = argparse.ArgumentParser(
        description=about, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true", help="exit with 1 when a bar is missed")
    given: Any = parser.parse_args()
    return bool(given.check)
