"""Which pages are not articles, and what they are instead."""

from __future__ import annotations

from pipeline.reading import Reading
from stories.model import Dropped

MIN_WORDS = 15


def quality(reading: Reading) -> None:
    """Let articles pass.

    Raises:
        Dropped: the page is something else; the reason is a word that can be counted.
    """
    if not reading.lines:
        raise Dropped("empty", "no text was found on the page")
    if len(reading.text.split()) < MIN_WORDS and len(reading.text) < 3 * MIN_WORDS:
        raise Dropped("stub", f"only {len(reading.text.split())} words")
