"""One item of an RSS, RDF or Atom feed: where it leads and what is said of it."""

from __future__ import annotations

import html
from dataclasses import dataclass

from lxml import etree

_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
_DATES = ("pubdate", "published", "date", "issued", "created", "updated", "modified")
_LINKS = frozenset({"link", "origlink", "guid", "id"})
_NAMES = 5
"""The rank from which a link is a name that may happen to be an address."""

_NOT_PAGES = frozenset({"self", "edit", "enclosure", "replies", "related", "via", "hub", "next"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An item as it stands in the feed, nothing cleaned; `base` is what its link is relative to."""

    link: str | None
    title: str | None = None
    summary: str | None = None
    published: str | None = None
    authors: tuple[str, ...] = ()
    base: str | None = None


def entry(item: etree._Element) -> Entry:
    """Read an ``item`` or ``entry`` element, in whatever namespace its children are."""
    said: dict[str, str] = {}
    links: list[tuple[int, str]] = []
    authors: list[str] = []
    for child in item:
        if not isinstance(child.tag, str):
            continue
        name = child.tag.rpartition("}")[2].lower()
        if name in _LINKS:
            if rated := _link(name, child):
                links.append(rated)
        elif name in {"creator", "author"}:
            authors.append(_author(child))
        elif name not in said:
            said[name] = text(child)
    if about := item.get(_ABOUT):
        links.append((_NAMES + 2, about))
    good = [(rank, link.strip()) for rank, link in links if _is_address(rank, link)]
    return Entry(
        link=min(good)[1] if good else None,
        title=said.get("title"),
        summary=said.get("summary") or said.get("description"),
        published=next((said[d] for d in _DATES if said.get(d)), None),
        authors=tuple(a for a in authors if a),
        base=_base(item),
    )


def _is_address(rank: int, link: str) -> bool:
    """Whether a link can be one: a guid or an id counts only if it reads as an address."""
    said = link.strip().lower()
    return bool(said) and (rank < _NAMES or said.startswith(("http://", "https://")))


def _link(name: str, child: etree._Element) -> tuple[int, str] | None:
    """Rate a link: what it led to before a redirector, RSS's text, Atom's to a page; then names."""
    if name != "link":
        rank = {"origlink": 0, "guid": _NAMES, "id": _NAMES + 1}[name]
        return None if child.get("isPermaLink", "").lower() == "false" else (rank, text(child))
    href = child.get("href")
    if href is None:
        return (1, text(child))
    rel = child.get("rel", "alternate").lower()
    if rel in _NOT_PAGES:
        return None
    if rel != "alternate":
        return (4, href)
    return (2 if child.get("type", "text/html").endswith("html") else 3, href)


def _author(child: etree._Element) -> str:
    """Read a name: Atom's has an element of its own, RSS's is ``mail@host (Name)``."""
    name = child.findtext("{*}name")
    if name is not None:
        return name
    said = text(child).strip()
    if "@" in said and said.endswith(")"):
        return said.partition("(")[2][:-1]
    return said


def text(element: etree._Element) -> str:
    """Give the whole text within an element; entities the parser left alone are read as HTML's."""
    if len(element) == 0:
        return element.text or ""
    parts = [element.text or ""]
    for child in element.iterdescendants():
        if isinstance(child, etree._Entity):  # noqa: SLF001 - the class has no public name
            parts.append(html.unescape(child.text or ""))
        elif isinstance(child.tag, str):
            parts.append(child.text or "")
        parts.append(child.tail or "")
    return "".join(parts)


def _base(item: etree._Element) -> str | None:
    """Find the nearest xml:base; None when links are relative to the feed itself."""
    element: etree._Element | None = item
    while element is not None:
        if found := element.get(_BASE):
            return found
        element = element.getparent()
    return None
