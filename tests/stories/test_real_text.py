"""Topics over real pages in over twenty languages, against regular expressions as a judge.

Needs NEWSDESK_PRESS, the folder of the press corpus; skipped where that is not said.
"""

from __future__ import annotations

import json
import os
import random
import re
import unicodedata
from pathlib import Path

import pytest

from stories.archive import Archive
from stories.model import Topic
from stories.words import words

from .articles import article

PRESS = os.environ.get("NEWSDESK_PRESS")
TOPICS = 150

pytestmark = pytest.mark.skipif(not PRESS, reason="NEWSDESK_PRESS does not say where the press is")


def folded(text: str) -> str:
    """Case and accents away, in another way than the house does it: whole texts, by category."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    joined = re.sub("[\u0300-\u036f\u00ad\u200c\u200d\u2060\ufeff]", "", plain)
    return unicodedata.normalize("NFC", joined).translate(str.maketrans("đøłħŧı", "dolhti"))


def is_plain(word: str) -> bool:
    """Written in letters that put spaces between words and take no marks but accents."""
    return all(
        unicodedata.name(char, "").split(" ")[0] in {"LATIN", "GREEK", "CYRILLIC"} for char in word
    )


def judge(parts: list[list[str]]) -> re.Pattern[str]:
    """Finds the words of a part next to each other, with nothing but signs and spaces between."""
    either = "|".join(r"[\W_]+".join(map(re.escape, part)) for part in parts)
    return re.compile(rf"(?<![^\W_])(?:{either})(?![^\W_])")


def test_topics_hold_what_answers_them_and_nothing_else(archive: Archive) -> None:
    pages = json.loads((Path(PRESS or "") / "press.json").read_text())
    pages = [page for page in pages if page["body"]]
    draw = random.Random(20261122)
    topics: dict[str, list[list[str]]] = {}
    while len(topics) < TOPICS:
        found = words(draw.choice(pages)["body"])
        start = draw.randrange(max(1, len(found) - 3))
        phrase = found[start : start + draw.choice([1, 1, 2, 3])]
        other = words(draw.choice(pages)["body"])[:1]
        if phrase and other and all(map(is_plain, phrase + other)):
            topics[f"topic{len(topics)}"] = [phrase, other]
    with archive.writing() as tx:
        tx.topics.sync(
            [
                Topic(name=name, query=" OR ".join(f'"{" ".join(part)}"' for part in parts))
                for name, parts in topics.items()
            ]
        )
        ids = [
            tx.articles.add(article(page["url"], title=page["title"] or "", text=page["body"]))
            for page in pages
        ]
        got = tx.topics.file(ids)
        again = {name: tx.topics.refile(name) for name in topics}
    judges = {name: judge(parts) for name, parts in topics.items()}
    hits = 0
    for number, page in zip(ids, pages, strict=True):
        said = folded(page["title"] or ""), folded(page["body"])
        right = {name for name, one in judges.items() if any(map(one.search, said))}
        assert set(got[number]) == right, page["url"]
        hits += len(right)
    assert sum(again.values()) == hits > TOPICS
