"""OPML in and out: lists of sources, as feed readers exchange them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal
from xml.etree import ElementTree as ET

Kind = Literal["feed", "sitemap", "section"]
KINDS: tuple[Kind, ...] = ("feed", "sitemap", "section")


class OPMLError(Exception):
    """A file that is not OPML."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """One source in a list; without `kind` its address is a home page, to be looked through."""

    title: str
    url: str
    kind: Kind | None = None
    page: str | None = None


def read(content: bytes) -> list[Outline]:
    """The sources of an OPML file, folders flattened, each address once.

    An outline with ``xmlUrl`` is a feed; with ``url`` what its ``category`` says (our own way for
    sitemaps and sections); with ``htmlUrl`` alone a home page. Raises OPMLError.
    """
    try:
        # Entities are expanded by expat, which refuses amplification; none of them reaches a file.
        root = ET.fromstring(content)  # noqa: S314
    except (ET.ParseError, ValueError, LookupError) as error:
        raise OPMLError(f"not XML: {error}") from None
    if root.tag.lower() != "opml":
        raise OPMLError(f"<{root.tag}> is not <opml>")
    found: dict[str, Outline] = {}
    for one in _outlines(root):
        found.setdefault(one.url, one)
    return list(found.values())


def _outlines(root: ET.Element) -> Iterator[Outline]:
    for item in root.iter("outline"):
        has = {key.lower(): value.strip() for key, value in item.attrib.items()}
        title = has.get("title") or has.get("text") or ""
        page = has.get("htmlurl") or None
        if url := has.get("xmlurl"):
            yield Outline(title=title, url=url, kind="feed", page=page)
        elif url := has.get("url"):
            kind = next((kind for kind in KINDS if kind == has.get("category")), None)
            yield Outline(title=title, url=url, kind=kind, page=page)
        elif page:
            yield Outline(title=title, url=page)


def write(outlines: Iterable[Outline], title: str = "Newsdesk") -> str:
    """An OPML 2.0 file of the sources: feeds as every reader knows them, the others as links."""
    root = ET.Element("opml", version="2.0")
    head = ET.SubElement(root, "head")
    ET.SubElement(head, "title").text = title
    body = ET.SubElement(root, "body")
    for one in outlines:
        has = {"text": one.title, "title": one.title}
        if one.kind == "feed":
            has |= {"type": "rss", "xmlUrl": one.url}
        else:
            has |= {"type": "link", "url": one.url}
            has |= {"category": one.kind} if one.kind else {}
        has |= {"htmlUrl": one.page} if one.page else {}
        ET.SubElement(body, "outline", {key: _plain(value) for key, value in has.items()})
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, "unicode") + "\n"


def _plain(value: str) -> str:
    """Without the characters that XML cannot hold."""
    return "".join(char for char in value if char.isprintable())
