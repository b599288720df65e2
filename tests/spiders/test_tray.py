"""Filing in batches: by size, by patience, in order, and only the guilty one is lost."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime

import pytest

from pipeline.file import Ended, Filed, Polled
from spiders.tray import Paper, Tray
from stories.model import Outcome, Poll, PollStatus, Verdict

NOW = datetime(2026, 5, 19, tzinfo=UTC)


def ended(url: str) -> Ended:
    return Ended(verdict=Verdict(url=url, key=url, at=NOW, outcome=Outcome.DROPPED))


def polled() -> Polled:
    return Polled(poll=Poll(source="s", at=NOW, status=PollStatus.OK))


class Filing:
    """Files nothing, but notes what it was given, and stumbles over what is named ``bad``."""

    def __init__(self) -> None:
        self.batches: list[list[str]] = []
        self.threads: set[str] = set()

    def __call__(self, papers: Sequence[Paper]) -> list[Filed]:
        self.threads.add(threading.current_thread().name)
        names = [p.verdict.url if isinstance(p, Ended) else "poll" for p in papers]
        if "bad" in names:
            raise ValueError("cannot file this")
        self.batches.append(names)
        return [Filed(verdict=p.verdict) if isinstance(p, Ended) else Filed() for p in papers]


def work(filing: Filing, size: int, patience: float, do: Callable[[Tray], Awaitable[None]]) -> None:
    async def main() -> None:
        tray = Tray(filing, size, patience, lambda: True)
        try:
            await do(tray)
        finally:
            await tray.close()

    asyncio.run(main())


def test_a_full_batch_is_filed_at_once_and_the_rest_when_patience_ends() -> None:
    filing = Filing()

    async def do(tray: Tray) -> None:
        answers = await asyncio.gather(*(tray.file(ended(str(n))) for n in range(10)))
        assert [a.verdict.url for a in answers if a.verdict] == [str(n) for n in range(10)]

    work(filing, 4, 0.05, do)
    assert [len(batch) for batch in filing.batches] == [4, 4, 2]
    assert len(filing.threads) == 1


def test_nothing_that_waits_is_lost_when_it_closes() -> None:
    filing = Filing()

    async def do(tray: Tray) -> None:
        tasks = [asyncio.ensure_future(tray.file(ended(str(n)))) for n in range(5)]
        await asyncio.sleep(0)
        await tray.close()
        assert [(await task).verdict is not None for task in tasks] == [True] * 5

    async def main() -> None:
        await do(Tray(filing, 100, 3600, lambda: True))

    asyncio.run(main())
    assert sum(map(len, filing.batches)) == 5


def test_nobody_waits_for_what_cannot_come() -> None:
    filing = Filing()

    async def main() -> None:
        tray = Tray(filing, 100, 3600, lambda: False)
        async with asyncio.timeout(60):
            await tray.file(ended("1"))
        await tray.close()

    asyncio.run(main())
    assert filing.batches == [["1"]]


def test_a_poll_does_not_wait_for_the_articles_beside_it() -> None:
    filing = Filing()

    async def do(tray: Tray) -> None:
        article = asyncio.ensure_future(tray.file(ended("1")))
        async with asyncio.timeout(60):
            await tray.file(polled())
        assert not article.done()
        await tray.close()
        await article

    async def main() -> None:
        await do(Tray(filing, 100, 3600, lambda: True))

    asyncio.run(main())
    assert filing.batches == [["poll"], ["1"]]


def test_only_what_cannot_be_filed_fails(caplog: pytest.LogCaptureFixture) -> None:
    filing = Filing()
    got: list[object] = []

    async def do(tray: Tray) -> None:
        names = ["1", "bad", "2"]
        got.extend(
            await asyncio.gather(*(tray.file(ended(n)) for n in names), return_exceptions=True)
        )

    work(filing, 3, 1, do)
    assert isinstance(got[0], Filed)
    assert isinstance(got[1], ValueError)
    assert isinstance(got[2], Filed)
    assert filing.batches == [["1"], ["2"]]
    assert "cannot file this" in caplog.text
