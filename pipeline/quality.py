"""Which pages are not articles, and what they are instead."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from pipeline.address import is_story
from pipeline.blocks import HEADINGS
from pipeline.phrases import phrases
from pipeline.plain import size
from pipeline.reading import Reading
from pipeline.structured import kinds
from pipeline.text import STUB
from stories.model import Dropped

_SHORT: Final = 450
_LONG: Final = 1_800
_CONSENT_LONGEST: Final = 5_000
_PARAGRAPH: Final = 90
_HEAD: Final = 600
_OPENING: Final = 1_500

_IN_HEADLINE = ("challenge", "not-found", "error")
_IN_TEXT = ("challenge", "not-found", "error", "login", "paywall")
_FEW_PARAGRAPHS: Final = 2
_SOME_PARAGRAPHS: Final = 5
_MANY_HEADINGS: Final = 5
_MANY_PICTURES: Final = 6
_HALF: Final = 0.5
_LEAST_CONSENT: Final = 5
_KINDS_OF_CONSENT: Final = 3
_SHARE_OF_CONSENT: Final = 0.1

_LISTING = re.compile(
    r"/(?P<kind>tags?|topics?|themen?|thema|tema|temas|dossiers?|schlagwort|label|keyword|etiqueta|"
    r"mot-cle|categor(?:y|ies|ia)|kategorie|rubri(?:k|que|ca|ki)|sections?|sezione|seccion|search|"
    r"suche|recherche|buscar|cerca|authors?|autor(?:en|es|e|i)?|auteurs?|archiv(?:e|es|io|o)?|page)"
    r"(?:/|\Z)",
    re.IGNORECASE,
)
_TAGGED = ("ta", "to", "th", "te", "do", "sc", "la", "ke", "et", "mo")
_LISTS: Final = frozenset({"collectionpage", "itemlist", "searchresultspage", "profilepage"})
_FILMS: Final = frozenset({"videoobject", "clip", "tvepisode", "podcastepisode", "audioobject"})
_CAPTIONED: Final = frozenset({"figure", "figcaption"})
_PICTURES: Final = frozenset({"imagegallery", "mediagallery"})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Look:
    """A page as the gate sees it: how much it says, in how many paragraphs, how much it links."""

    reading: Reading
    text: str
    said: int
    paragraphs: int
    linked: float
    headings: int
    types: AbstractSet[str]
    claimed: bool


def quality(reading: Reading) -> None:
    """Let articles pass.

    Raises:
        Dropped: the page is something else; the reason is a word that can be counted.

    """
    look = _look(reading)
    _statement(look)
    _consent(look)
    if not look.said:
        raise Dropped("empty", "no text was found on the page")
    _listing(look)
    _film(look)
    if look.said < STUB:
        raise Dropped("stub", f"a text of {look.said} characters")


def _look(reading: Reading) -> _Look:
    claims, text = reading.claims, reading.text
    everything = sum(block.size for block in reading.found) or 1
    return _Look(
        reading=reading,
        text=text,
        said=size(text) - sum(b.size for b in reading.body if not _CAPTIONED.isdisjoint(b.tags)),
        paragraphs=sum(size(line) >= _PARAGRAPH for role, line in reading.lines if role in "pq"),
        linked=sum(block.linked for block in reading.found) / everything,
        headings=sum(b.tags[-1] in HEADINGS and b.linked > 0 for b in reading.found),
        types=frozenset(k for n in (*claims.articles, *claims.others) for k in kinds(n)),
        claimed="datePublished" in claims.article,
    )


def _statement(look: _Look) -> None:
    """Drop pages that speak of themselves: not found, blocked, out of order, log in first."""
    if look.said >= _LONG or (look.claimed and look.said >= _SHORT):
        return
    tree = look.reading.tree
    heads = [look.reading.title, *(h.text_content() for h in tree.iter("h1", "title"))]
    head = " \n ".join(" ".join(h.split()) for h in heads)[:_HEAD]
    opening = (look.text or " ".join(block.text for block in look.reading.found))[:_OPENING]
    for reason in _IN_HEADLINE:
        if not look.claimed and (found := phrases(reason).search(head)):
            raise Dropped(reason, f"the headline says “{found[0].strip()}”")
    for reason in _IN_TEXT:
        if look.said < _SHORT and (found := phrases(reason).search(opening)):
            raise Dropped(reason, f"the page says “{found[0].strip()}”")


def _consent(look: _Look) -> None:
    """Drop what talks of nothing but cookies and partners."""
    if look.claimed or look.said > _CONSENT_LONGEST:
        return
    text = look.text or " ".join(block.text for block in look.reading.found)
    found = [word.lower() for word in phrases("consent").findall(text)]
    words = max(1, size(text) // 6)
    share = len(found) / words
    many = len(found) >= _LEAST_CONSENT and len(set(found)) >= _KINDS_OF_CONSENT
    if many and share >= _SHARE_OF_CONSENT:
        raise Dropped("consent", f"{len(found)} of about {words} words are of consent")


def _listing(look: _Look) -> None:
    """Drop pages that list other pages."""
    reading = look.reading
    path = urlsplit(reading.url).path
    articles = bool(reading.claims.articles)
    if not articles and not path.strip("/") and not urlsplit(reading.url).query:
        raise Dropped("section", "the address is that of a whole site")
    listed = _LISTING.search(path)
    few = look.paragraphs <= _SOME_PARAGRAPHS
    if listed and not articles and not is_story(reading.url) and (few or look.linked > _HALF):
        reason = "tag" if listed["kind"].lower().startswith(_TAGGED) else "section"
        raise Dropped(reason, f"the address lists: {listed[0]}")
    if _LISTS & look.types and not articles and (few or not is_story(reading.url)):
        raise Dropped("section", "structured data says that the page is a list")
    if articles or (reading.claims.first("og:type") or "").lower().startswith("article"):
        return
    bare = look.paragraphs <= _FEW_PARAGRAPHS and look.linked > _HALF
    if bare and (look.headings >= _MANY_HEADINGS or not look.paragraphs):
        raise Dropped(
            "section",
            f"{look.headings} linked headings, {look.paragraphs} paragraphs, "
            f"{look.linked:.0%} of it links",
        )


def _film(look: _Look) -> None:
    """Drop videos and galleries that come without a text."""
    if look.said >= _SHORT:
        return
    claims = look.reading.claims
    pictures = sum(1 for _ in look.reading.tree.iter("figure"))
    if _PICTURES & look.types or pictures >= _MANY_PICTURES:
        raise Dropped("gallery", f"{pictures} pictures and {look.said} characters of text")
    film = (claims.first("og:type") or "").lower().startswith(("video", "music"))
    if not look.claimed and (film or _FILMS & look.types):
        raise Dropped("video", f"a film or a sound, and {look.said} characters of text")
