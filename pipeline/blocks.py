"""The paragraphs of a page as they stand in its tree, each with what surrounds it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from lxml import html

from pipeline.plain import letters, size

SKIPPED: Final = frozenset(
    """
    script style noscript svg iframe button select option input textarea template audio video
    canvas object embed head nav math map dialog link meta img picture source track
    """.split()  # noqa: SIM905 -- a table of names reads better as words
)
INLINE: Final = frozenset(
    """
    a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark q rp rt ruby s
    samp small span strike strong sub sup time tt u var wbr hl nobr o p:span g-emoji
    """.split()  # noqa: SIM905 -- a table of names reads better as words
)
_CELLS: Final = frozenset({"td", "th"})
_RUNS: Final = INLINE | _CELLS
_WITHIN: Final = INLINE | SKIPPED | {"br"}
_NAMING: Final = frozenset(
    {"class", "id", "itemprop", "role", "data-testid", "data-component", "data-type", "aria-label"}
)
_NOTHING: Final = " \u200b\u200c\ufeff\u2060"
PARAGRAPH: Final = 80
"""The size from which on a block is a paragraph whatever it stands in."""
_LINKED: Final = 0.3
HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_OFF = re.compile(r"rollover|tooltip|popover|hovercard|visually-?hidden|sr-only|screen-?reader")
_NO_NAMES: Final[frozenset[str]] = frozenset()
_TOKEN = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")


class Place:
    """A block element on the way down a page; its names are read when asked for."""

    __slots__ = ("element", "known", "outer", "tags")

    def __init__(self, element: html.HtmlElement, outer: Place | None) -> None:
        """Stand at an element, below the place around it."""
        self.element = element
        self.outer = outer
        self.tags: tuple[str, ...] = (*(outer.tags if outer else ()), str(element.tag))
        self.known: tuple[frozenset[str], ...] | None = None

    @property
    def names(self) -> tuple[frozenset[str], ...]:
        """The words of class, id and the like of each element down to here, the nearest last."""
        if self.known is None:
            down: list[frozenset[str]] = []
            place: Place | None = self
            while place is not None and place.known is None:
                down.append(_names(place.element.items()))
                place = place.outer
            above = place.known if place is not None and place.known is not None else ()
            self.known = (*above, *reversed(down))
        return self.known


@dataclass(slots=True, eq=False)
class Block:
    """A paragraph: its text, its innermost block element, and what lies around it.

    `letters` and `size` are what :mod:`pipeline.plain` makes of the text; `linked` counts the
    characters that are links; `tags` are those of the elements around it, the nearest last.
    """

    text: str
    letters: str
    size: int
    element: html.HtmlElement
    linked: int
    tags: tuple[str, ...]
    place: Place
    order: int

    @property
    def names(self) -> tuple[frozenset[str], ...]:
        """The words of class, id and the like of each element around it, the nearest last."""
        return self.place.names


def is_paragraph(block: Block) -> bool:
    """Whether a block is long enough for a paragraph wherever it stands, and no list of links."""
    return (
        block.size >= PARAGRAPH
        and block.tags[-1] in {"p", "div"}
        and block.linked < _LINKED * len(block.text)
    )


def blocks(tree: html.HtmlElement) -> list[Block]:
    """Return the paragraphs of a page in their order; hidden ones and controls are left out."""
    walk = _Walk()
    body = tree.find("body")
    start = tree if body is None else body
    walk.enter(start, None, linked=False)
    return walk.found


class _Walk:
    """One walk over a tree, gathering runs of inline text into blocks."""

    def __init__(self) -> None:
        self.found: list[Block] = []
        self._parts: list[str] = []
        self._linked = 0
        self._breaks = 0

    def enter(self, element: html.HtmlElement, outer: Place | None, *, linked: bool) -> None:
        """Read a block element and all below it."""
        place = Place(element, outer)
        self._children(element, place, linked=linked)
        if self._parts:
            self._flush(place)

    def _children(self, element: html.HtmlElement, place: Place, *, linked: bool) -> None:
        if text := element.text:
            self._take(text, linked=linked)
        for child in element:
            tag = str(child.tag)
            if tag == "br":
                self._breaks += 1
                self._parts.append("\n")
                if self._breaks > 1:
                    self._flush(place)
            elif tag not in SKIPPED:
                self._child(child, tag, place, linked=linked)
            if text := child.tail:
                self._take(text, linked=linked)

    def _child(self, child: html.HtmlElement, tag: str, place: Place, *, linked: bool) -> None:
        attributes = child.items()
        if attributes and _hidden(attributes):
            return
        linked = linked or tag == "a"
        if tag in _RUNS and not (len(child) and _holds_blocks(child)):
            if tag in _CELLS:
                self._parts.append(" ")
                self._children(child, place, linked=linked)
                self._parts.append(" ")
            else:
                self._children(child, place, linked=linked)
        else:
            if self._parts:
                self._flush(place)
            self.enter(child, place, linked=linked)

    def _take(self, text: str, *, linked: bool) -> None:
        if not text.isspace():
            self._parts.append(text)
            self._breaks = 0
            if linked:
                self._linked += len(text.strip())
        elif self._parts:
            self._parts.append(" ")

    def _flush(self, place: Place) -> None:
        text = " ".join("".join(self._parts).split()).strip(_NOTHING)
        if text:
            self.found.append(
                Block(
                    text=text,
                    letters=letters(text),
                    size=size(text),
                    element=place.element,
                    linked=self._linked,
                    tags=place.tags,
                    place=place,
                    order=len(self.found),
                )
            )
        self._parts.clear()
        self._linked = self._breaks = 0


def _holds_blocks(element: html.HtmlElement) -> bool:
    return any(child.tag not in _WITHIN for child in element.iterdescendants())


def _hidden(attributes: Sequence[tuple[str, str]]) -> bool:
    for name, value in attributes:
        if name == "class":
            if _is_off(value):
                return True
        elif name == "style":
            if "display" in value and "display:none" in value.replace(" ", "").lower():
                return True
        elif name == "hidden" or (name == "aria-hidden" and value == "true"):
            return True
    return False


@lru_cache(maxsize=8192)
def _is_off(value: str) -> bool:
    return _OFF.search(value) is not None


def _names(attributes: Sequence[tuple[str, str]]) -> frozenset[str]:
    values = [value for name, value in attributes if name in _NAMING]
    return _words(" ".join([value[:200] for value in values])) if values else _NO_NAMES


@lru_cache(maxsize=8192)
def _words(text: str) -> frozenset[str]:
    return frozenset(map(str.lower, _TOKEN.findall(text)))
