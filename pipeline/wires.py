"""Which agencies an article says it is from: in its byline, its dateline, at its end."""

from __future__ import annotations

import re
from typing import Final

from pipeline.names import AGENCIES, agency_of
from pipeline.plain import plain_name
from pipeline.reading import Reading

_DATELINE = re.compile(
    r"\A[^\w(]*(?:[^\W\d_][\w.' -]{1,30}(?:,\s\w[\w.' ]{1,20}){0,2}\s*)?"
    r"(?:\((?P<in>[^()]{2,40})\)|/(?P<by>[\w ]{2,20})/)\s*(?:[\u2014\u2013:.-]|\s)"
)
"""KYIV, May 9 (Reuters) - ...; Berlin (dpa/AFP) ...; MOSKAU /TASS/."""
_CLOSING = re.compile(
    r"(?:[(\[/]\s*(?P<in>[\w .,/+-]{2,40})\s*[)\]/]|(?:quelle|source|fonte|fuente|©)\s*:?\s*"
    r"(?P<by>[\w /,-]{2,40}))\W*\Z",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r"\s*[/,+&]\s*|\s+und\s+|\s+and\s+|-(?=[A-Z])")
_LINES: Final = 2
_BEGINNING: Final = 90
_ENDING: Final = 60


def wires(reading: Reading) -> None:
    """Note the agencies, and where they were found."""
    found: dict[str, str] = {}
    for name in reading.authors:
        if agency := agency_of(name):
            found.setdefault(agency, "byline")
    lines = [line for _, line in reading.lines]
    for line in lines[:_LINES]:
        if dateline := _DATELINE.match(line[:_BEGINNING]):
            for agency in _agencies(dateline["in"] or dateline["by"]):
                found.setdefault(agency, "dateline")
    for line in lines[-_LINES:]:
        if closing := _CLOSING.search(line[-_ENDING:]):
            for agency in _agencies(closing["in"] or closing["by"]):
                found.setdefault(agency, "end of the text")
    if found:
        reading.facts["agencies"] = list(found)
        reading.evidence["agencies"] = ", ".join(dict.fromkeys(found.values()))


def _agencies(said: str) -> list[str]:
    """Return the agencies in a list of them; none when anything else is in it."""
    parts = [part for part in _SEPARATOR.split(said.strip()) if part]
    kept = [_written(part) for part in parts]
    return [one for one in kept if one] if parts and all(kept) else []


def _written(part: str) -> str | None:
    """Return the agency that a word stands for if it is written as agencies are: dpa, not Sid."""
    known = AGENCIES.get(plain_name(part))
    sure = part.isupper() or part == known or not part.isascii() or len(part) > len("Reuters")
    return known if sure or part in {"dpa", "epd", "ots", "afp", "sid", "kna"} else None
