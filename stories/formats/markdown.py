"""Markdown: a heading, a line of facts and the text for each article."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from stories.formats import About
from stories.row import Row

# What would be markup at the start of a line or within it (CommonMark, with HTML and tables).
_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~!&])")
_AT_START = re.compile(r"^(\s*)([-+=]|\d+[.)])(?=\s|$|-|=)", re.MULTILINE)


def write(rows: Iterable[Row], about: About) -> Iterator[str]:
    """The title of the export, then a section for each row."""
    yield f"# {_plain(about.title)}\n"
    for name, value in about.facts.items():
        yield f"\n- {_plain(name)}: {_plain(str(value))}"
    if about.facts:
        yield "\n"
    for row in rows:
        facts = [str(row[name]) for name in ("outlet", "byline", "published") if row[name]]
        text = str(row["text"]).replace("\n", "\n\n")
        yield (
            f"\n## {_plain(str(row['title'])) or 'Untitled'}\n\n"
            f"{_plain(' · '.join(facts))}\n\n<{_address(str(row['url']))}>\n\n{_plain(text)}\n"
        )


def _plain(text: str) -> str:
    return _AT_START.sub(r"\1\\\2", _MARKUP.sub(r"\\\1", text))


def _address(url: str) -> str:
    return re.sub(r"[<>\s]", lambda found: f"%{ord(found[0]):02X}", url)
