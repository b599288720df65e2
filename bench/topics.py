"""An evaluation of topic queries that shares nothing with the product's: regular expressions."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable

import Stemmer  # type: ignore[import-not-found]

STEMMERS = {
    "ar": "arabic",
    "ca": "catalan",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "et": "estonian",
    "fi": "finnish",
    "fr": "french",
    "hi": "hindi",
    "hu": "hungarian",
    "id": "indonesian",
    "it": "italian",
    "lt": "lithuanian",
    "nb": "norwegian",
    "nl": "dutch",
    "no": "norwegian",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sr": "serbian",
    "sv": "swedish",
    "tr": "turkish",
}

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


def has(text: str, phrase: str, language: str = "") -> bool:
    """Whether the folded text has these words in a row; the last may end with an asterisk.

    A single word is also found by its other forms, where its language has a stemmer.
    """
    words = re.escape(phrase.rstrip("*"))
    if re.search(rf" {words}{'' if phrase.endswith('*') else ' '}", text):
        return True
    name = STEMMERS.get(language[:2])
    if name is None or phrase.endswith("*") or " " in phrase:
        return False
    stemmer = Stemmer.Stemmer(name)
    return stemmer.stemWord(phrase) in stemmer.stemWords(text.split())


# What a row answers: its title and its whole text, folded, and its language.
Asked = Callable[[str, str, str], bool]

EXPECTED: dict[str, Asked] = {
    "climate": lambda _, a, lang: (
        has(a, "climate", lang) or has(a, "klima*") or has(a, "climat", lang)
    ),
    "elections": lambda _, a, lang: (
        (has(a, "election*") or has(a, "wahl*")) and not has(a, "football", lang)
    ),
    "phrases": lambda _, a, _lang: any(
        has(a, p) for p in ("prime minister", "white house", "climate change")
    ),
    "ukraine": lambda _, a, lang: (
        has(a, "ukrain*") and (has(a, "russia*") or has(a, "russi*") or has(a, "putin", lang))
    ),
    "cars": lambda _, a, lang: (
        has(a, "car", lang) and not (has(a, "police", lang) or has(a, "court", lang))
    ),
    "titles": lambda t, _, lang: has(t, "trump", lang) or has(t, "polizei", lang),
}


def disagreements(lines: str) -> list[str]:
    """Each article and topic where the product and this evaluation differ, as a sentence."""
    wrong = []
    for row in map(json.loads, lines.splitlines()):
        title = fold(row["title"] or "")
        both = title + " | " + fold(row["text"])
        for name, holds in EXPECTED.items():
            if holds(title, both, row["language"] or "") != (name in row["topics"]):
                filed = "filed" if name in row["topics"] else "not filed"
                wrong.append(f"{row['url']} is {filed} under {name}")
    return wrong
