"""The Scrapy project as a Scrapy user expects it, from its folder and from a home folder."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from spiders.round import one_by_host
from stories.archive import open_archive
from stories.config import Config
from stories.model import Source, SourceKind, SourceState
from tests.newsstand import Newsstand

PROJECT = Path(__file__).parents[2]
TEXT = "\n".join(
    f"Paragraph {n} of the report says that the council met on Monday to vote on the harbour, "
    f"and that {n} of its members were against closing it before the end of the winter."
    for n in range(8)
)


def scrapy(*words: str, home: Path) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if not k.lower().endswith("_proxy")}
    return subprocess.run(
        [sys.executable, "-m", "scrapy", *words],
        cwd=PROJECT,
        env=environment | {"NEWSDESK_HOME": str(home)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.fixture
def home(tmp_path: Path, stand: Newsstand) -> Path:
    outlet = stand.outlet("Courier")
    outlet.publish("/2026/05/harbour-closes.html", "Harbour closes after the vote", TEXT)
    (tmp_path / "data").mkdir()
    (tmp_path / "newsdesk.toml").write_text(
        f"""
        [fetch]
        allow_private = ["127.0.0.0/8"]
        [read]
        processes = 1
        [sources.courier]
        url = "{outlet.url}/feed.xml"
        kind = "feed"
        """
    )
    return tmp_path


def test_the_spiders_are_listed(home: Path) -> None:
    done = scrapy("list", home=home)
    assert done.stdout.split() == ["feed", "round", "section", "sitemap"]


def test_a_named_source_is_crawled_into_the_archive_under_a_run(home: Path) -> None:
    done = scrapy("crawl", "feed", "-a", "source=courier", home=home)
    assert (done.returncode, done.stderr) == (0, "")
    with open_archive(Config(home=home).database) as archive, archive.reading() as tx:
        (run,) = tx.runs.recent()
        (article,) = tx.articles.after(0, 10)
    assert (run.what, run.status, run.counts["filed"]) == ("scrapy courier", "done", 1)
    assert article.article.title == "Harbour closes after the vote"


@pytest.mark.parametrize(
    "words", [("sitemap", "-a", "source=courier"), ("feed", "-a", "source=nobody")]
)
def test_a_source_that_is_not_there_is_said_so(home: Path, words: tuple[str, ...]) -> None:
    done = scrapy("crawl", *words, home=home)
    assert "there is no source" in done.stderr
    with open_archive(Config(home=home).database) as archive, archive.reading() as tx:
        assert tx.runs.recent() == []


def test_polls_of_one_host_lie_far_apart() -> None:
    states = [
        SourceState(source=Source(name=url, url=url, kind=SourceKind.FEED, outlet="", declared=""))
        for url in ("http://a.example/1", "http://a.example/2", "http://b.example/1")
    ]
    order = [state.source.url for state in one_by_host(states)]
    assert order == ["http://a.example/1", "http://b.example/1", "http://a.example/2"]
