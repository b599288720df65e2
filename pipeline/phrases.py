"""Phrases in many languages, a file a purpose in ``words/``, as shapes to look for."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files


@cache
def phrases(name: str) -> re.Pattern[str]:
    """Return one shape for all lines of ``words/NAME.txt``; case does not matter.

    Lines are regular expressions; empty ones and those that begin with ``#`` are not.
    """
    text = (files("pipeline") / "words" / f"{name}.txt").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return re.compile("|".join(f"(?:{line})" for line in lines), re.IGNORECASE)
