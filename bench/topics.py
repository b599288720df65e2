"""An evaluation of topic queries that shares nothing with the product's: regular expressions."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable

QUERIES = {
    "climate": "climate OR klima* OR climat",
    "elections": "(election* OR wahl*) AND NOT football",
    "phrases": '"prime minister" OR "white house" OR "climate change"',
    "ukraine": "ukrain* AND (russia* OR russi* OR putin)",
    "cars": "car AND NOT (police OR court)",
    "titles": "title:trump OR title:polizei",
}


def fold(text: str) -> str:
    """Lower case without accents, words apart by one space, a space at both ends."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return " " + " ".join(re.findall(r"\w+", plain)) + " "


def has(text: str, phrase: str) -> bool:
    """Whether the folded text has these words in a row; the last may end with an asterisk."""
    words = re.escape(phrase.rstrip("*"))
    return re.search(rf" {words}{'' if phrase.endswith('*') else ' '}", text) is not None


EXPECTED: dict[str, Callable[[str, str], bool]] = {
    "climate": lambda _, a: has(a, "climate") or has(a, "klima*") or has(a, "climat"),
    "elections": lambda _, a: (has(a, "election*") or has(a, "wahl*")) and not has(a, "football"),
    "phrases": lambda _, a: any(
        has(a, p) for p in ("prime minister", "white house", "climate change")
    ),
    "ukraine": lambda _, a: (
        has(a, "ukrain*") and any(has(a, w) for w in ("russia*", "russi*", "putin"))
    ),
    "cars": lambda _, a: has(a, "car") and not (has(a, "police") or has(a, "court")),
    "titles": lambda t, _: has(t, "trump") or has(t, "polizei"),
}


def disagreements(lines: str) -> list[str]:
    """Each article and topic where the product and this evaluation differ, as a sentence."""
    wrong = []
    for row in map(json.loads, lines.splitlines()):
        title = fold(row["title"] or "")
        both = title + "|" + fold(row["text"])
        for name, holds in EXPECTED.items():
            if holds(title, both) != (name in row["topics"]):
                filed = "filed" if name in row["topics"] else "not filed"
                wrong.append(f"{row['url']} is {filed} under {name}")
    return wrong
