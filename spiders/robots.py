"""Robots.txt: what an outlet allows, asked once a day and a host, by whatever process."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import quote, urlsplit

from protego import Protego

from spiders.unfetched import UnfetchedError
from stories.model import Outcome

KEPT = timedelta(days=1)
KEPT_FAILED = timedelta(minutes=30)
FORGOTTEN = timedelta(days=7)
"""After this long a stored answer goes: the way outward meets hosts that are never met again."""

MAX_BYTES = 500_000
LONGEST_DELAY = 10.0
"""Seconds between two requests that a Crawl-delay can make us wait."""

_OK, _GONE, _BROKEN = 300, 400, 500
_MANY = 429


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a host said to /robots.txt: the rules' text, or that there are none, or nothing yet.

    `later` means not now; `trouble` is why the host could not be asked at all.
    """

    at: datetime
    text: str = ""
    later: bool = False
    trouble: UnfetchedError | None = None


class Rules:
    """An answer, read."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        self._rules = Protego.parse(answer.text) if answer.text else None

    def allows(self, url: str, agent: str) -> bool:
        """Whether this agent may fetch the URL."""
        return self._rules is None or self._rules.can_fetch(url, agent)

    def delay(self, agent: str) -> float:
        """Seconds that the outlet asks for between two requests, within reason."""
        wait = self._rules.crawl_delay(agent) if self._rules else None
        return min(float(wait or 0.0), LONGEST_DELAY)

    def sitemaps(self) -> tuple[str, ...]:
        """Give the sitemaps that the file names."""
        return tuple(self._rules.sitemaps) if self._rules else ()


class Robots:
    """The rules of every host met so far; kept as files so that other processes need not ask.

    Args:
        folder: where answers are kept between processes; None keeps them in this one only.
        ask: fetches a robots.txt and gives status and body; raises UnfetchedError.
        clock: gives the present, aware.

    """

    def __init__(
        self,
        folder: Path | None,
        ask: Callable[[str], Awaitable[tuple[int, bytes]]],
        clock: Callable[[], datetime],
    ) -> None:
        self._folder = folder
        self._ask = ask
        self._clock = clock
        self._known: dict[str, Rules] = {}
        self._asked: dict[str, asyncio.Task[Rules]] = {}

    def forget(self) -> int:
        """Remove stored answers that nobody renewed for a week, and say how many."""
        if self._folder is None or not self._folder.is_dir():
            return 0
        oldest = (self._clock() - FORGOTTEN).timestamp()
        gone = 0
        with os.scandir(self._folder) as files:
            for file in files:
                # Another process may be at the same.
                with suppress(FileNotFoundError):
                    if file.stat().st_mtime < oldest:
                        Path(file.path).unlink()
                        gone += 1
        return gone

    async def rules(self, url: str) -> Rules:
        """Give the rules of a URL's host, asking for them when nobody did within a day."""
        parts = urlsplit(url)
        host = parts.netloc.lower()
        known = self._known.get(host) or self._stored(host)
        if known is not None and self._fresh(known.answer):
            self._known[host] = known
            return known
        task = self._asked.get(host)
        if task is None:
            task = asyncio.ensure_future(self._fetch(host, f"{parts.scheme}://{host}/robots.txt"))
            self._asked[host] = task
        # Shielded: one waiting request that is cancelled must not take the answer from the rest.
        return await asyncio.shield(task)

    async def _fetch(self, host: str, url: str) -> Rules:
        now = self._clock()
        try:
            status, body = await self._ask(url)
        except UnfetchedError as error:
            # Unreachable is not the same as empty (RFC 9309, 2.3.1.4): not now. What our own
            # rules refused, a circle of redirects among them, counts as no file (2.3.1.2).
            later = error.outcome is not Outcome.REFUSED
            answer = Answer(at=now, later=later, trouble=error if later else None)
        else:
            answer = read(status, body, now)
        rules = self._known[host] = Rules(answer)
        self._asked.pop(host, None)
        self._store(host, answer)
        return rules

    def _fresh(self, answer: Answer) -> bool:
        return self._clock() - answer.at < (KEPT_FAILED if answer.later else KEPT)

    def _file(self, host: str) -> Path | None:
        name = quote(host, safe="")
        return self._folder / f"{name}.json" if self._folder and len(name) < 200 else None  # noqa: PLR2004

    def _stored(self, host: str) -> Rules | None:
        file = self._file(host)
        if file is None:
            return None
        try:
            kept = json.loads(file.read_text(encoding="utf-8"))
            return Rules(Answer(at=datetime.fromisoformat(kept["at"]), text=kept["text"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def _store(self, host: str, answer: Answer) -> None:
        file = self._file(host)
        if file is None or answer.later:
            return
        file.parent.mkdir(parents=True, exist_ok=True)
        draft = file.with_suffix(f".{os.getpid()}")
        kept = {"at": answer.at.isoformat(), "text": answer.text}
        draft.write_text(json.dumps(kept), encoding="utf-8")
        draft.replace(file)


def read(status: int, body: bytes, at: datetime) -> Answer:
    """Read an answer by RFC 9309: 4xx allows all, 5xx and 429 mean not now, 500 kB count."""
    if status >= _BROKEN or status == _MANY:
        return Answer(at=at, later=True)
    if status >= _OK:
        return Answer(at=at)
    text = body[:MAX_BYTES].decode("utf-8", "replace").lstrip("\ufeff")
    if text.lstrip()[:1] == "<":
        # A page instead of rules, as many sites answer to whatever is missing.
        return Answer(at=at)
    return Answer(at=at, text=text)
