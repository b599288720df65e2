"""A newsstand to ask, a desk without a file, and a way to fetch addresses as a crawl does."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from scrapy import Spider
from scrapy.crawler import AsyncCrawlerRunner

from spiders.crawl import run
from spiders.fetch import Answer, fetcher
from spiders.tuning import tuned
from spiders.unfetched import UnfetchedError
from stories.config import Config
from tests.newsstand import Newsstand

LOOPBACK = ("127.0.0.0/8",)

Fetched = dict[str, Answer | UnfetchedError]


class Probe(Spider):
    """Fetches addresses through everything that a crawl has, one after another or at once."""

    name = "probe"
    custom_settings = {"ITEM_PIPELINES": {}}  # noqa: RUF012

    def __init__(self, urls: Sequence[str], got: Fetched, *, at_once: bool, **more: Any) -> None:
        super().__init__(**more)
        self.urls, self.got, self.at_once = urls, got, at_once

    async def start(self) -> AsyncIterator[Any]:
        fetch = fetcher(self.crawler, self.settings.getint("DOWNLOAD_MAXSIZE"))

        async def one(url: str) -> None:
            try:
                self.got[url] = await fetch(url)
            except UnfetchedError as error:
                self.got[url] = error

        if self.at_once:
            await asyncio.gather(*map(one, self.urls))
        else:
            for url in self.urls:
                await one(url)
        for nothing in list[Any]():
            yield nothing


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment of whoever runs the tests is not theirs."""
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "NEWSDESK_HOME"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def stand() -> Iterator[Newsstand]:
    """A newsstand with nobody in it yet."""
    with Newsstand() as opened:
        yield opened


@pytest.fixture
def desk(tmp_path: Path) -> Callable[..., Config]:
    """Make a configuration; its fetch section may reach the loopback and is as given."""

    def make(sources: dict[str, dict[str, Any]] | None = None, **fetch: Any) -> Config:
        (tmp_path / "data").mkdir(exist_ok=True)
        return Config.model_validate(
            {
                "home": tmp_path,
                "sources": sources or {},
                "read": {"processes": 1},
                "file": {"patience": 0.05},
                "fetch": {"allow_private": LOOPBACK, "timeout": 5, "per_host": 8} | fetch,
            }
        )

    return make


def fetch_all(config: Config, urls: Sequence[str], *, at_once: bool = True) -> Fetched:
    """Fetch addresses; each has an answer or an error."""
    got: Fetched = {}
    runner = AsyncCrawlerRunner(tuned(config))
    run(lambda: _crawl(runner, urls, got, at_once=at_once))
    assert set(got) == set(urls)
    return {url: got[url] for url in urls}


async def _crawl(
    runner: AsyncCrawlerRunner, urls: Sequence[str], got: Fetched, *, at_once: bool
) -> None:
    await runner.crawl(Probe, urls=tuple(urls), got=got, at_once=at_once)


def reasons(got: Fetched) -> dict[str, str]:
    """The countable word of each error, ``ok`` for answers."""
    return {
        url: one.reason if isinstance(one, UnfetchedError) else "ok" for url, one in got.items()
    }
