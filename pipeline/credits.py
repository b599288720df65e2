"""Who is credited in words: the outlets that a text names as its sources.

*The Moscow Times reported*, *told Life, a Russian tabloid*, *(Reuters)*, *laut dpa*, *a déclaré à
l'AFP*, *according to its website*, *This article first appeared in …*. A name is an outlet when
it is a known one, when a word in it or beside it says so, when it is a host, or when only an
outlet can stand where it stands; persons, offices and companies are let go.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from pipeline.credit_patterns import (
    AGENCY_END,
    AGENCY_LINE,
    CAP,
    LINK,
    own,
    patterns,
    tongue_of,
    trimmed,
)
from pipeline.credit_phrases import PHRASES
from pipeline.mentions import TITLES
from pipeline.notices import stands_alone
from pipeline.outlet_names import is_outlet
from pipeline.well_known import AGENCIES_IN_SMALL, agencies, folded, well_known

SHORT, TITLED = 3, frozenset({"Efe", "Rai", "Yle", "SvD", "Fox", "Sky", "Ria"})
"""Names of so few letters are initials, and written so; these are not."""

_DATELINES = 3
"""Lines of a text that may begin with a place and an agency."""


class How(StrEnum):
    """In which way a text credits."""

    REPORTED = "reported"
    TOLD = "told"
    AGENCY = "agency"
    ORIGIN = "origin"
    WEBSITE = "website"


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """One outlet that a text credits: as named there, how, in which words, on which line.

    `host` is where it answers, when that is known; for a website it is that of whoever is named.
    """

    name: str
    how: How
    words: str
    line: int
    host: str | None = None


Known = Callable[[str], str | None]
"""Gives the host of an outlet by what it is called, or None."""


def by_table(name: str) -> str | None:
    """The host of an outlet that the whole world credits."""
    if len(name) <= SHORT and not (name.isupper() or name in AGENCIES_IN_SMALL or name in TITLED):
        return None
    return well_known().get(folded(name))


def credits_in(lines: Sequence[str], language: str | None, known: Known = by_table) -> list[Credit]:
    """The credits of a text, in order, each outlet once for each way of crediting it."""
    found: dict[tuple[str, How], Credit] = {}
    last_name = ""
    for number, line in enumerate(lines):
        for credit in _of_line(line, number, language, known, last_name):
            found.setdefault((folded(credit.name), credit.how), credit)
        last_name = _subject(line) or last_name
    told = {name for name, how in found if how is not How.WEBSITE}
    return [
        one
        for (name, how), one in found.items()
        if how is not How.TOLD or (name, How.REPORTED) not in found or name not in told
    ]


def agencies_in(lines: Sequence[str]) -> Iterator[Credit]:
    """The news agencies that a text credits where these sign, in order."""
    for number, line in enumerate(lines):
        yield from _of_agencies(line, number)


def _of_line(
    line: str, number: int, language: str | None, known: Known, last_name: str
) -> Iterator[Credit]:
    yield from _named(line, number, language, known)
    yield from _of_agencies(line, number)
    for match in own(language).finditer(line):
        owner = _subject(line[: match.start()]) or last_name
        plain = PHRASES[tongue_of(language)].capital_nouns and known(owner) is None
        if owner and not plain:
            yield Credit(
                name=owner, how=How.WEBSITE, words=match[0].strip(), line=number, host=known(owner)
            )


def _of_agencies(line: str, number: int) -> Iterator[Credit]:
    for match in _agencies(line, number):
        for name in map(str.strip, re.split(r"[/,]", match["name"])):
            if (host := agency(name)) is not None:
                yield Credit(
                    name=name, how=How.AGENCY, words=match[0].strip(), line=number, host=host
                )


def _named(line: str, number: int, language: str | None, known: Known) -> Iterator[Credit]:
    """The outlets that a line names where it credits."""
    for match, how, strong in _matches(line, language):
        name = trimmed(match["name"])
        if name.casefold() in TITLES:
            continue
        name, host = _known_part(name, known)
        if host is None and not is_outlet(line, match, name, strong=strong, language=language):
            continue
        if host is None and "." in name and " " not in name and name.islower():
            host = name
        yield Credit(name=name, how=how, words=_around(line, match), line=number, host=host)


def _known_part(name: str, known: Known) -> tuple[str, str | None]:
    """The part of a name that is a known outlet's: who speaks may follow it without a comma."""
    parts = name.split(" ")
    for last in range(len(parts), 0, -1):
        start = " ".join(parts[:last])
        if (host := known(start)) is not None:
            return start, host
    return name, None


def _matches(line: str, language: str | None) -> Iterator[tuple[re.Match[str], How, bool]]:
    """Every place where a credit may stand; `strong` where hardly anything but an outlet can."""
    said = patterns(tongue_of(language))
    for match in said.origin.finditer(line):
        yield match, How.ORIGIN if stands_alone(line, match) else How.REPORTED, True
    for match in said.ending.finditer(line):
        yield match, How.REPORTED, True
    for pattern in (said.after, said.before):
        for match in pattern.finditer(line):
            yield match, How.REPORTED, False
    for match in said.asked.finditer(line):
        yield match, How.TOLD, False


def _agencies(line: str, number: int) -> Iterator[re.Match[str]]:
    if number < _DATELINES and (match := AGENCY_LINE.search(line)):
        yield match
    if match := AGENCY_END.search(line):
        yield match


def agency(name: str) -> str | None:
    """The host of a news agency that signs by this name; one in small letters only as it does."""
    if not name or not (name[0].isupper() or name in AGENCIES_IN_SMALL):
        return None
    host = by_table(name)
    return host if host in agencies() else None


def _around(line: str, match: re.Match[str]) -> str:
    """The words of the credit, for whoever checks it."""
    return " ".join(line[max(0, match.start() - 20) : match.end() + 20].split())


def _subject(line: str) -> str:
    """The last name of several words in a line, or in what stands before a word: whose it is."""
    found = re.findall(rf"{CAP}(?: (?:(?:{LINK} ){{0,2}}){CAP})+", line)
    return found[-1] if found else ""
