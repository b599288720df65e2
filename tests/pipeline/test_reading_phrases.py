"""Phrases looked for by the letters they must have are found as often as without."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

from pipeline.phrases import hint, phrases, says

NAMES = sorted(
    path.name.removesuffix(".txt")
    for path in (files("pipeline") / "words").iterdir()
    if path.name.endswith(".txt") and not path.name.startswith(("months", "small"))
)


@pytest.mark.parametrize(
    ("line", "letters"),
    [
        ("in your inbox", "in your inbox"),
        (r"follow (?:us|\w+ on (?:x\b|facebook))", "follow "),
        (r"(?:foto|photo)'?s?\s*[:/©|]", ""),
        (r"suscr[ií]bete aquí", "bete aquí"),
        ("newsletters? (?:here)?now", "newsletter"),
        ("one|another", ""),
        (r"colou{0,1}r", "colo"),
        (r"\W*Copyright \d+", "copyright "),
    ],
)
def test_a_hint_is_what_every_match_has(line: str, letters: str) -> None:
    assert hint(line) == letters


@pytest.mark.parametrize("name", NAMES)
def test_hints_hide_no_match(name: str) -> None:
    source = (files("pipeline") / "words" / f"{name}.txt").read_text(encoding="utf-8")
    lines = [line for line in source.splitlines() if line and not line.startswith("#")]
    plain = [re.sub(r"\(\?:([^()|]*)[^()]*\)", r"\1", line) for line in lines]
    samples = [f"Before it: {text.upper()} and 12.05. after" for text in (*lines, *plain)]
    found = 0
    for sample in samples:
        expected = phrases(name).search(sample) is not None
        found += expected
        assert says(name, sample) == expected, sample
    assert found
