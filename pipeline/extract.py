"""The text of an article as trafilatura reads it, as lines that keep their roles."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from copy import copy
from typing import Final

import trafilatura
from lxml import etree, html
from trafilatura.htmlprocessing import convert_tags, prune_unwanted_nodes, tree_cleaning
from trafilatura.main_extractor import extract_content
from trafilatura.meta import reset_caches
from trafilatura.settings import Extractor
from trafilatura.xpaths import REMOVE_COMMENTS_AND_LISTS_XPATH

Line = tuple[str, str]
"""A role of one letter (see :class:`stories.model.Article`) and a paragraph of text."""

_ROLES = {"head": "h", "item": "l", "quote": "q"}
_BLOCKS = frozenset(
    {"p", "head", "item", "quote", "list", "row", "table", "code", "div", "body", "fw", "ab"}
)
_WHITE = re.compile(r"\s+")
_RESET_AFTER: Final = 1000
_QUICK: Final = Extractor(fast=True, comments=False)
_since_reset = 0

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)


def extract(tree: html.HtmlElement, address: str) -> list[Line]:
    """Return what trafilatura takes for the text of a page; the tree is left as it was.

    With all its second opinions and rescues: readability, justext, baseline, a second try.
    """
    global _since_reset  # noqa: PLW0603 -- trafilatura's caches are global too; emptying them changes no result
    _since_reset += 1
    if _since_reset >= _RESET_AFTER:
        reset_caches()
        _since_reset = 0
    found = trafilatura.bare_extraction(
        tree, url=address, include_comments=False, with_metadata=False
    )
    if found is None or isinstance(found, dict):
        return []
    return list(lines(found.body))


def glance(tree: html.HtmlElement, address: str) -> list[Line]:
    """Return what trafilatura's main extractor alone takes for the text, in half the time.

    These are the steps that its ``bare_extraction`` begins with, in its order. The tree is left
    as it was.
    """
    try:
        cleaned = prune_unwanted_nodes(copy(tree), REMOVE_COMMENTS_AND_LISTS_XPATH)
        cleaned = convert_tags(tree_cleaning(cleaned, _QUICK), _QUICK, address)
        body, _ = extract_content(cleaned, _QUICK)
    except (TypeError, ValueError):
        return []
    return list(lines(body))


def lines(body: etree._Element) -> Iterator[Line]:
    """Walk over a tree of trafilatura's own elements and return its blocks, one a line."""
    parts: list[str] = []
    roles = ["p"]

    def flush() -> Iterator[Line]:
        text = _WHITE.sub(" ", "".join(parts)).strip()
        parts.clear()
        if text:
            yield roles[-1], text

    for event, element in etree.iterwalk(body, events=("start", "end")):
        name = element.tag
        if event == "start":
            if name in _BLOCKS:
                yield from flush()
                role = _ROLES.get(name)
                roles.append(
                    "q" if roles[-1] == "q" else role or (roles[-1] if roles[-1] == "l" else "p")
                )
            elif name == "lb":
                yield from flush()
            elif name == "cell":
                parts.append(" ")
            parts.append(element.text or "")
        else:
            if name in _BLOCKS:
                yield from flush()
                roles.pop()
            if element is not body:
                parts.append(element.tail or "")
    yield from flush()
