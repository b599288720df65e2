"""One article as the query language sees it: its words, and whether it answers a query."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from datetime import datetime
from functools import cached_property, lru_cache
from typing import Protocol

from stories.clauses import (
    All,
    Country,
    Either,
    Filed,
    Language,
    Near,
    Node,
    Not,
    Outlet,
    Period,
    Site,
    Term,
)
from stories.hosts import site_key
from stories.stems import stem, stemmed
from stories.words import words

Knows = Callable[[Filed, int], bool]

# Second-level names under which others register, where the country is still the last label.
_ALIASES = {"uk": "gb"}


class Sheet:
    """The tokens of an article, and what a query may ask of it besides."""

    def __init__(  # noqa: PLR0913 - a column, an argument
        self,
        *,
        id: int,  # noqa: A002 - what it is called everywhere
        title: list[str],
        text: list[str],
        lead: int,
        byline: list[str],
        language: str | None,
        outlet: str,
        site: str,
        published: datetime | None,
        seen: datetime,
    ) -> None:
        self.id = id
        self.title = title
        self.text = text
        self.lead = lead
        self.byline = byline
        self.language = (language or "").lower()
        self.outlet = outlet
        self.site = site
        self.published = published
        self.seen = seen

    @cached_property
    def running(self) -> dict[str | None, str]:
        """The tokens of each field with a space on both sides of each."""
        lead = self.text[: self.lead]
        return {
            "title": f" {' '.join(self.title)} ",
            "lead": f" {' '.join(lead)} ",
            "text": f" {' '.join(self.text)} ",
            "byline": f" {' '.join(self.byline)} ",
        }

    @cached_property
    def stemmer(self) -> str | None:
        """The stemmer of the article's language."""
        return stemmed(self.language)

    @cached_property
    def vocabulary(self) -> dict[str | None, frozenset[str]]:
        """The distinct tokens of each field; under None those of title and text."""
        title, text = frozenset(self.title), frozenset(self.text)
        return {
            None: title | text,
            "title": title,
            "text": text,
            "lead": frozenset(self.text[: self.lead]),
            "byline": frozenset(self.byline),
        }

    @cached_property
    def stems(self) -> dict[str | None, frozenset[str]]:
        """What the distinct tokens of each field are reduced to; empty without a stemmer."""
        code = self.stemmer
        if code is None:
            return dict.fromkeys(self.vocabulary, frozenset())
        return {
            field: frozenset(stem(word, code) for word in found)
            for field, found in self.vocabulary.items()
        }

    def spans(self, term: Term, field: str) -> list[tuple[int, int]]:
        """Where in a field a term stands: the places of its first and of its last word."""
        tokens = {"title": self.title, "text": self.text, "byline": self.byline}.get(
            field, self.text[: self.lead]
        )
        size = len(term.tokens)
        if term.inflected:
            (word,) = term.tokens
            code = self.stemmer
            sought = code and stem(word, code)
            return [
                (at, at)
                for at, token in enumerate(tokens)
                if token == word or (code and stem(token, code) == sought)
            ]
        if f" {' '.join(term.tokens)}" not in self.running[field]:
            return []
        head, last = list(term.tokens[:-1]), term.tokens[-1]
        return [
            (at, at + size - 1)
            for at in range(len(tokens) - size + 1)
            if tokens[at : at + size - 1] == head
            and (
                tokens[at + size - 1].startswith(last)
                if term.prefix
                else tokens[at + size - 1] == last
            )
        ]


def fields_of(term: Term) -> tuple[str, ...]:
    """The fields in which a term may stand."""
    return (term.field,) if term.field else ("title", "text")


class Row(Protocol):
    """What the archive says of an article, as it is stored."""

    id: int
    title: str
    text: str
    byline: str | None
    language: str | None
    outlet: str
    site: str
    published: datetime | None
    seen: datetime


def sheet_of_row(row: Row) -> Sheet:
    """The sheet of an article: tokens of its title and text, its first paragraph as the lead."""
    lead, _, rest = row.text.partition("\n")
    first = words(lead)
    return Sheet(
        id=row.id,
        title=words(row.title),
        text=first + words(rest),
        lead=len(first),
        byline=words(row.byline or ""),
        language=row.language,
        outlet=row.outlet,
        site=row.site,
        published=row.published,
        seen=row.seen,
    )


def answers(node: Node, sheet: Sheet, knows: Knows | None = None) -> bool:  # noqa: PLR0911 - a kind of node, a return
    """Whether an article answers a query; `knows` says what filing found out about it."""
    match node:
        case Term():
            return _has(node, sheet)
        case All(parts=parts):
            return all(answers(part, sheet, knows) for part in parts)
        case Either(parts=parts):
            return any(answers(part, sheet, knows) for part in parts)
        case Not(part=part):
            return not answers(part, sheet, knows)
        case Near():
            return bool(near(node, sheet))
        case Filed():
            return knows is not None and knows(node, sheet.id)
        case Period():
            return _within(node, sheet)
        case _:
            return is_of(node, outlet=sheet.outlet, language=sheet.language, site=sheet.site)


def is_of(node: Node, *, outlet: str, language: str, site: str) -> bool:
    """Whether a clause about outlet, language, host or country is true of these."""
    match node:
        case Outlet(tokens=tokens, prefix=prefix):
            return f" {' '.join(tokens)}{'' if prefix else ' '}" in _running(outlet)
        case Language(code=code):
            return language == code or language.startswith(f"{code}-")
        case Site(host=host):
            return site.startswith(_site_key(host))
        case Country(code=code):
            top = site.partition(".")[0]
            return _ALIASES.get(top, top) == code
    raise TypeError(f"{node} is about something else")


@lru_cache(maxsize=10_000)
def _running(outlet: str) -> str:
    return f" {' '.join(words(outlet))} "


@lru_cache(maxsize=1_000)
def _site_key(host: str) -> str:
    return site_key(host)


def near(node: Near, sheet: Sheet) -> list[tuple[str, int, int]]:
    """Where the last of the terms stands near the one before it: field, first and last place."""
    found: list[tuple[str, int, int]] = []
    # Most articles lack one of the words: that is seen without looking where the others stand.
    if not all(_has(term, sheet) for term in node.terms):
        return found
    for field in fields_of(node.terms[0]):
        spans = sheet.spans(node.terms[0], field)
        for term in node.terms[1:]:
            if not spans:
                break
            spans = _beside(spans, sheet.spans(term, field), node)
        found += [(field, first, last) for first, last in spans]
    return found


def _beside(
    before: list[tuple[int, int]], after: list[tuple[int, int]], node: Near
) -> list[tuple[int, int]]:
    starts = sorted(first for first, _ in before)
    ends = sorted(last for _, last in before)
    found = []
    for first, last in after:
        at = bisect_left(ends, first) - 1
        close = at >= 0 and first - ends[at] <= node.distance
        if not close and not node.ordered:
            at = bisect_right(starts, last)
            close = at < len(starts) and starts[at] - last <= node.distance
        if close:
            found.append((first, last))
    return found


def _has(term: Term, sheet: Sheet) -> bool:
    if len(term.tokens) == 1 and not term.prefix:
        (word,) = term.tokens
        if word in sheet.vocabulary[term.field]:
            return True
        code = sheet.stemmer if term.inflected else None
        return code is not None and stem(word, code) in sheet.stems[term.field]
    asked = f" {' '.join(term.tokens)}{'' if term.prefix else ' '}"
    return any(asked in sheet.running[field] for field in fields_of(term))


def _within(node: Period, sheet: Sheet) -> bool:
    at = sheet.seen if node.of == "seen" else sheet.published
    if node.of == "at":
        at = at or sheet.seen
    if at is None:
        return False
    return (node.first is None or at >= node.first) and (node.end is None or at < node.end)
