"""Kill the whole process group of a round at random moments: is anything lost or doubled?

    NEWSDESK_PRESS=... python bench/kill.py [--kills 20] [--seed 1]

Each round of the replay is killed with SIGKILL at a random moment and started again, until the
kills are used up; then it may finish. The articles must be those of an undisturbed round.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil
from corpus import folder, home_pages, measured, replay, table
from press import desk, export


def articles(lines: str) -> list[tuple[str, str, str]]:
    """Address, title and text of every article of an export."""
    rows = map(json.loads, lines.splitlines())
    return sorted((row["url"], row["title"], row["text"]) for row in rows)


def killed_round(home: Path, environment: dict[str, str], after: float) -> bool:
    """Start a round and kill its process group after this many seconds; False: it was quicker."""
    child = subprocess.Popen(
        [str(part) for part in desk(home, "crawl", "--json")],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    tree: list[psutil.Process] = []
    with contextlib.suppress(subprocess.TimeoutExpired):
        child.wait(after)
        return False
    with contextlib.suppress(psutil.Error):
        tree = psutil.Process(child.pid).children(recursive=True)
    os.killpg(child.pid, signal.SIGKILL)
    child.wait()
    _, alive = psutil.wait_procs(tree, timeout=10)
    if alive:
        sys.exit(f"{len(alive)} processes outlived the kill of their group: {alive}")
    return True


def main() -> int:
    """Print what an undisturbed and a much killed desk hold; exit 1 when they differ."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--kills", type=int, default=20)
    options.add_argument("--seed", type=int, default=int(time.time()))
    chosen = options.parse_args()
    press, chance = folder("NEWSDESK_PRESS"), random.Random(chosen.seed)
    print("seed", chosen.seed)
    with (
        tempfile.TemporaryDirectory(prefix="newsdesk-kill-") as name,
        replay(press, Path(name)) as played,
    ):
        scratch, environment = Path(name), played.environment
        listing = scratch / "outlets.txt"
        listing.write_text("\n".join(home_pages(press)) + "\n")
        homes = scratch / "calm", scratch / "killed"
        for home in homes:
            measured(desk(home, "init"), environment)
            measured(desk(home, "source", "add", "--file", str(listing)), environment)
        calm = measured(desk(homes[0], "crawl", "--json"), environment)
        kills = rounds = 0
        while kills < chosen.kills and rounds < 4 * chosen.kills:
            # Early kills come often, so that there is something left for the later ones.
            kills += killed_round(homes[1], environment, chance.uniform(0.2, calm.wall * 0.9))
            rounds += 1
        final = measured(desk(homes[1], "crawl", "--json"), environment)
        expected, found = (articles(export(home, environment)) for home in homes)
    twice = len(found) - len({url for url, *_ in found})
    table(
        [
            ("kills", f"{kills} in {rounds} rounds", str(chosen.kills), kills >= chosen.kills),
            ("articles, undisturbed", str(len(expected)), "", None),
            ("articles, killed", str(len(found)), str(len(expected)), len(found) == len(expected)),
            ("lost", str(len(set(expected) - set(found))), "0", not set(expected) - set(found)),
            (
                "other than undisturbed",
                str(len(set(found) - set(expected))),
                "0",
                not set(found) - set(expected),
            ),
            ("twice", str(twice), "0", twice == 0),
            (
                "counts of the last round add up",
                str(json.loads(final.output)["adds_up"]),
                "True",
                json.loads(final.output)["adds_up"] is True,
            ),
        ]
    )
    return int(expected != found or twice > 0 or kills < chosen.kills)


if __name__ == "__main__":
    sys.exit(main())
