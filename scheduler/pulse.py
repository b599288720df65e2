"""Whether the service is alive and keeping up: the numbers that a stopped one cannot fake.

The service holds ``data/newsdesk.lock`` and writes into it when it last looked at its work, and
what troubles it. How late the work is, everybody reads from the archive itself.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from scheduler.lock import HeldError, Lock
from stories.archive import Archive
from stories.config import Config

_RECENT = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Beat:
    """What the service says of itself: process, start, last look, and what is wrong."""

    pid: int
    since: datetime
    looked: datetime
    trouble: str = ""

    def dump(self) -> str:
        """Write as JSON."""
        return json.dumps(
            {
                "pid": self.pid,
                "since": self.since.isoformat(),
                "looked": self.looked.isoformat(),
                "trouble": self.trouble[:2000],
            }
        )

    @classmethod
    def read(cls, text: str) -> Beat | None:
        """Read what :meth:`dump` has written; None for anything else."""
        try:
            found = json.loads(text)
            return cls(
                pid=int(found["pid"]),
                since=datetime.fromisoformat(found["since"]),
                looked=datetime.fromisoformat(found["looked"]),
                trouble=str(found["trouble"]),
            )
        except (ValueError, KeyError, TypeError):
            return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pulse:
    """How the service is, for the operator.

    `running` is whether it holds its lock now; `beat` is its last word, be it alive or not;
    `oldest_due` is since when the longest overdue source waits that nobody is asking;
    `last_round` is when a round was last finished well.
    """

    running: bool
    beat: Beat | None
    oldest_due: datetime | None
    last_round: datetime | None


def pulse(config: Config, archive: Archive, now: datetime) -> Pulse:
    """Feel the pulse of the service of this home."""
    with archive.reading() as tx:
        late = tx.sources.due(now, 1)
        done = [run.finished for run in tx.runs.recent(_RECENT) if run.status == "done"]
    path = lock_path(config)
    return Pulse(
        running=path.exists() and _held(path),
        beat=Beat.read(path.read_text(encoding="utf-8")) if path.exists() else None,
        oldest_due=late[0].due if late else None,
        last_round=max(filter(None, done), default=None),
    )


def lock_path(config: Config) -> Path:
    """The file that the one service of a home holds."""
    return config.data / "newsdesk.lock"


def _held(path: Path) -> bool:
    try:
        Lock(path).release()
    except HeldError:
        return True
    return False
