"""Which addresses the operator means, and what they are called."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsdesk import declaring
from newsdesk.misuse import Misuse
from stories.config import SourceConfig

THERE = {"courier.test": SourceConfig(url="https://www.courier.test/")}


def test_a_list_may_have_comments_blank_lines_and_a_mark_at_its_start(tmp_path: Path) -> None:
    file = tmp_path / "list.txt"
    file.write_bytes(
        "\ufeff# outlets\r\nhttps://a.test/#top\r\n\r\nb.test  # the second\r\n".encode()
    )
    assert declaring.wanted(["https://c.test/", "https://a.test/#top"], file) == [
        "https://c.test/",
        "https://a.test/#top",
        "https://b.test",
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "No address"),
        (b"\xff\xfe\x00", "UTF-8"),
        (b"two words\nftp://x.test/", "two words, f"),
    ],
)
def test_a_bad_list_is_a_mistake(tmp_path: Path, content: bytes, said: str) -> None:
    file = tmp_path / "list.txt"
    file.write_bytes(content)
    with pytest.raises(Misuse, match=said):
        declaring.wanted([], file)


def test_a_missing_list_is_a_mistake(tmp_path: Path) -> None:
    with pytest.raises(Misuse, match="No such file"):
        declaring.wanted([], tmp_path / "none")


def test_names_come_from_hosts_and_never_clash() -> None:
    new, there = declaring.named(["https://news.test/a", "https://www.news.test/b"], THERE)
    assert new == {"news-test": "https://news.test/a", "news-test-2": "https://www.news.test/b"}
    assert there == {}
    new, there = declaring.named(["http://www.courier.test"], THERE)
    assert (new, there) == ({}, {"http://www.courier.test": "courier.test"})


def test_a_name_that_is_taken_is_a_mistake() -> None:
    with pytest.raises(Misuse, match=r"courier\.test already"):
        declaring.named(["https://other.test/"], THERE, name="courier.test")
    with pytest.raises(Misuse, match="for one address"):
        declaring.named(["https://a.test/", "https://b.test/"], THERE, name="both")


def test_kinds_are_those_that_the_spiders_know() -> None:
    declaring.check_kind(None)
    declaring.check_kind("sitemap")
    with pytest.raises(Misuse) as mistake:
        declaring.check_kind("rss")
    assert mistake.value.then == "Allowed: feed, sitemap, section."
