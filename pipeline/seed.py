"""The story that an operator hands over, without what is furniture of its page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pipeline.furniture import is_credit, is_notice, is_stamp

_END = 3
"""Lines at the end of a text that are furniture too when one among them is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seed:
    """A story to start from: its headline if it has one, and its text, a paragraph a line."""

    title: str
    lines: tuple[str, ...]
    roles: str = ""
    language: str | None = None
    outlet: str | None = None
    authors: tuple[str, ...] = ()
    day: date | None = None


def parts(seed: Seed) -> tuple[list[str], list[str]]:
    """The lines of a seed that are text, and those that are furniture (empty lines are neither)."""
    lines = [line for line in seed.lines if line.strip()]
    out = {
        i for i, line in enumerate(lines) if is_notice(line) or is_credit(line) or is_stamp(line)
    }
    last = [i for i in out if i >= len(lines) - _END]
    if last:
        out.update(i for i in range(min(last), len(lines)) if len(lines[i].split()) < 20)  # noqa: PLR2004
    return (
        [line for i, line in enumerate(lines) if i not in out],
        [line for i, line in enumerate(lines) if i in out],
    )
