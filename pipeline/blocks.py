"""The paragraphs of a page as they stand in its tree, each with what surrounds it."""

from __future__ import annotations

import re
from dataclasses import dataclass
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
HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_OFF = re.compile(r"rollover|tooltip|popover|hovercard|visually-?hidden|sr-only|screen-?reader")
_WHITE = re.compile(r"\s+")
_TOKEN = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")


@dataclass(slots=True, eq=False)
class Block:
    """A paragraph: its text, its innermost block element, and what lies around it.

    `letters` and `size` are what :mod:`pipeline.plain` makes of the text. `linked` counts the characters that are links, `strong` those in bold; `names` has the words
    of class, id and the like of the elements around it, nearest last; `tags` their tags.
    """

    text: str
    letters: str
    size: int
    element: html.HtmlElement
    linked: int
    strong: int
    names: tuple[frozenset[str], ...]
    tags: tuple[str, ...]
    order: int


def blocks(tree: html.HtmlElement) -> list[Block]:
    """Return the paragraphs of a page in their order; hidden ones and controls are left out."""
    walk = _Walk()
    body = tree.find("body")
    walk.enter(tree if body is None else body, (), (), None)
    return walk.found


class _Walk:
    """One walk over a tree, gathering runs of inline text into blocks."""

    def __init__(self) -> None:
        self.found: list[Block] = []
        self._parts: list[str] = []
        self._linked = 0
        self._strong = 0
        self._breaks = 0

    def enter(
        self,
        element: html.HtmlElement,
        names: tuple[frozenset[str], ...],
        tags: tuple[str, ...],
        inline: str | None,
    ) -> None:
        """Read a block element and all below it."""
        names = (*names, _names(element))
        tags = (*tags, element.tag)
        self._children(element, element, names, tags, inline)
        self._flush(element, names, tags)

    def _children(
        self,
        element: html.HtmlElement,
        block: html.HtmlElement,
        names: tuple[frozenset[str], ...],
        tags: tuple[str, ...],
        inline: str | None,
    ) -> None:
        if element.text:
            self._take(element.text, inline)
        for child in element:
            tag = child.tag
            if tag == "br":
                self._breaks += 1
                self._parts.append("\n")
                if self._breaks > 1:
                    self._flush(block, names, tags)
            elif tag in SKIPPED or not isinstance(tag, str):
                pass
            elif tag in INLINE:
                if _hidden(child):
                    pass
                else:
                    mark = (
                        "a"
                        if tag == "a" or inline == "a"
                        else "b"
                        if tag in {"b", "strong"} or inline == "b"
                        else inline
                    )
                    if len(child) and _holds_blocks(child):
                        self._flush(block, names, tags)
                        self.enter(child, names, tags, mark)
                    else:
                        self._children(child, block, names, tags, mark)
            elif _hidden(child):
                pass
            elif tag in {"td", "th"} and not _holds_blocks(child):
                self._parts.append(" ")
                self._children(child, block, names, tags, inline)
                self._parts.append(" ")
            else:
                self._flush(block, names, tags)
                self.enter(child, names, tags, inline)
            if child.tail:
                self._take(child.tail, inline)

    def _take(self, text: str, inline: str | None) -> None:
        self._parts.append(text)
        if not text.isspace():
            self._breaks = 0
            if inline == "a":
                self._linked += len(text.strip())
            elif inline == "b":
                self._strong += len(text.strip())

    def _flush(
        self, block: html.HtmlElement, names: tuple[frozenset[str], ...], tags: tuple[str, ...]
    ) -> None:
        if not self._parts:
            return
        text = _WHITE.sub(" ", "".join(self._parts)).strip(" \u200b\u200c\ufeff\u2060")
        if text:
            self.found.append(
                Block(
                    text=text,
                    letters=letters(text),
                    size=size(text),
                    element=block,
                    linked=self._linked,
                    strong=self._strong,
                    names=names,
                    tags=tags,
                    order=len(self.found),
                )
            )
        self._parts.clear()
        self._linked = self._strong = self._breaks = 0


def _holds_blocks(element: html.HtmlElement) -> bool:
    return any(
        child.tag not in INLINE and child.tag not in SKIPPED and child.tag != "br"
        for child in element.iterdescendants()
    )


def _hidden(element: html.HtmlElement) -> bool:
    attributes = element.attrib
    if not attributes:
        return False
    if "hidden" in attributes or attributes.get("aria-hidden") == "true":
        return True
    if _OFF.search(attributes.get("class") or ""):
        return True
    style = attributes.get("style")
    return bool(style) and "display:none" in style.replace(" ", "").lower()


def _names(element: html.HtmlElement) -> frozenset[str]:
    found: list[str] = []
    for name in (
        "class",
        "id",
        "itemprop",
        "role",
        "data-testid",
        "data-component",
        "data-type",
        "aria-label",
    ):
        value = element.get(name)
        if value:
            found += _TOKEN.findall(value[:200])
    return frozenset(map(str.lower, found))
