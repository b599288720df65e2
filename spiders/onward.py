"""Which ways lead on from a page or a list: its links, the outlets that it credits, their lists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from urllib.parse import urlsplit

from pipeline.address import key, same_site
from pipeline.credits import Credit, How, credits_in
from pipeline.likeness import LIKELY, NONE, SURE, Likeness
from pipeline.relevance import address_words
from pipeline.well_known import agencies
from spiders.listing import Listing
from spiders.outlets import Outlets, host_of
from spiders.public import is_public_name
from spiders.search import ways_of
from spiders.section import shape
from spiders.targets import is_front, is_tag, unwrapped
from spiders.ways import Link, WaysOut, looks_like_a_page
from stories.model import Article, Sighting
from stories.ways import Way, WayKind

MOST_BESIDE = 12
"""Links beside a text that say nothing of the topic and are kept all the same."""
MOST_LISTED = 40
"""Items of a list that say nothing of the topic and are kept all the same."""

MOST_NAME = 6
"""Words of what an outlet is called."""

BESIDES = " · "
"""What stands between heading and summary in what is remembered of a page."""


class Onward:
    """Finds the ways on for one topic. `queries` are what its searches are asked for."""

    def __init__(
        self,
        likeness: Likeness,
        outlets: Outlets,
        queries: Sequence[str],
        *,
        since: datetime | None,
        polled: frozenset[str],
        allowed: Sequence[str] = (),
    ) -> None:
        self.likeness = likeness
        self.queries = list(queries)
        self._outlets = outlets
        self._since = since
        self._polled = polled
        self._allowed = allowed

    def evidence(self, *texts: str, url: str = "") -> int:
        """How much of the topic a line holds that points to an address: SURE to NONE."""
        address = address_words(url)
        return self.likeness.of_line(*(texts if any(texts) else (address,)), address)[0]

    def all(
        self,
        way: Way,
        url: str,
        out: WaysOut,
        credited: Sequence[Credit],
        sitemaps: Sequence[str],
    ) -> Iterator[Way]:
        """Give every way on from a page of the topic: links, credits, lists of its outlet."""
        yield from self.links(way, url, out, "citation", NONE)
        yield from self.credited(way, credited)
        yield from self.tags(way, url, out)
        if host_of(url) in self._polled:
            return
        yield from self.lists(way, out.feeds[:2], WayKind.FEED)
        ranked = sorted(sitemaps, key=lambda one: "news" not in one.lower())
        yield from self.lists(way, ranked[:2], WayKind.SITEMAP)
        for template in out.searches[:1] if not out.feeds and not sitemaps else ():
            for one in ways_of(
                {host_of(url): template}, self.queries[:1], distance=way.distance,
                parent=way.key,
            ):  # fmt: skip
                yield replace(one, how="archive")
        if not out.feeds and not sitemaps and not out.searches:
            yield from self.lists(way, (_home(url),), WayKind.SECTION)

    def tags(self, way: Way, url: str, out: WaysOut) -> Iterator[Way]:
        """The page on which an outlet lists what it has filed under a name of the topic.

        Of several the one whose words say most of it.
        """
        rated = [
            (*self.likeness.of_line(link.text), link)
            for link in out.links
            if is_tag(link.url) and same_site(link.url, url)
        ]
        evidence, _, best = max(rated, key=lambda one: one[1], default=(NONE, 0.0, None))
        if best is not None and evidence >= LIKELY:
            for there in self.lists(way, (best.url,), WayKind.SECTION, how="tag"):
                yield replace(there, hint=best.text, evidence=evidence)

    def stored(self, way: Way, article: Article) -> Iterator[Way]:
        """Give the ways on from an article that was stored already: what it links to, credits."""
        for cited in article.cites:
            if cited.how == "link" and looks_like_a_page(cited.url):
                evidence = self.evidence(url=cited.url)
                if there := self.page(way, cited.url, "citation", None, evidence):
                    yield there
        lines = article.text.splitlines()
        yield from self.credited(way, credits_in(lines, article.language, self._outlets))

    def links(self, way: Way, url: str, out: WaysOut, how: str, least: int) -> Iterator[Way]:
        """The links of a page, as far as they say enough of the topic or stand in its text."""
        beside = 0
        for link in out.links:
            if not is_public_name(link.url, self._allowed):
                continue
            self._outlets.seen_at(link.url)
            evidence = self.evidence(link.text, url=link.url)
            if is_front(link.url):
                if how == "citation" and link.inside and not same_site(link.url, url):
                    yield from self.lists(way, (link.url,), WayKind.SECTION, how="credit")
                continue
            if evidence < (SURE if link.furniture else least) or not looks_like_a_page(link.url):
                continue
            met = self._met(how, link, evidence, url)
            if met == "related" and evidence == NONE:
                beside += 1
                if beside > MOST_BESIDE:
                    continue
            if there := self.page(way, link.url, met, _said(link), evidence):
                yield there
            if how == "citation" and not link.furniture and not same_site(link.url, url):
                # Whoever is linked from coverage may have more of it than what is linked.
                met = "neighbour" if link.inside else "beside"
                yield from self.lists(way, (_home(link.url),), WayKind.SECTION, how=met)

    def _met(self, how: str, link: Link, evidence: int, url: str) -> str:
        """By which way a link is met; ``named`` when its words are what its outlet is called."""
        met = _met(how, link, evidence)
        if met not in {"citation", "blind"} or same_site(link.url, url):
            return met
        is_name = 0 < len(link.text.split()) <= MOST_NAME
        return "named" if is_name and self._outlets(link.text) == host_of(link.url) else met

    def seen(self, way: Way, url: str, out: WaysOut) -> Iterator[Way]:
        """The front pages of outlets that a page links to that is not of the topic."""
        for link in out.links:
            if link.inside and not link.furniture and not same_site(link.url, url):
                yield from self.lists(way, (_home(link.url),), WayKind.SECTION, how="seen")

    def credited(self, way: Way, credited: Iterable[Credit]) -> Iterator[Way]:
        """The front pages of outlets that are credited in words, the agencies left out."""
        for credit in credited:
            if credit.host is None or credit.how is How.WEBSITE or credit.host in agencies():
                continue
            scheme = urlsplit(way.url).scheme or "https"
            home = (f"{scheme}://{self._outlets.place(credit.host)}/",)
            for there in self.lists(way, home, WayKind.SECTION, how="credit"):
                yield replace(there, hint=f"credited: {credit.words}"[:300])

    def items(self, way: Way, listing: Listing) -> Iterator[Way]:
        """The addresses of a list that may be of the topic, the silent ones up to a number."""
        silent = 0
        asked = _asked_for(way)
        for one in listing.sightings:
            url = unwrapped(one.url)
            evidence = self.evidence(one.title or "", one.summary or "", url=url)
            if self._is_older(one) and evidence < SURE:
                continue
            if not is_public_name(url, self._allowed) or not looks_like_a_page(url):
                continue
            self._outlets.seen_at(url)
            if evidence == NONE:
                silent += 1
                if silent > MOST_LISTED:
                    continue
            how = "search" if way.how == "search" else "listed"
            said = f"{one.title or ''}{BESIDES}{one.summary or ''}".removesuffix(BESIDES)[:200]
            if way.kind is WayKind.SECTION and not same_site(url, way.url):
                how = "elsewhere"  # an outlet's own pages lead to its own articles
            elif asked and evidence < LIKELY and (way.how != "tag" or _is_headline(one)):
                # The heading says little, but the page has what was asked for, or is filed under.
                how, said = "tagged" if way.how == "tag" else "hit", f"{said} [{asked}]"
                evidence = self.evidence(one.title or "", f"{one.summary} [{asked}]", url=url)
            self.likeness.heading(
                key(url),
                one.title or address_words(url),
                one.summary or "",
                listed=not asked,
            )
            if there := self.page(way, url, how, said, evidence):
                yield there

    def _is_older(self, one: Sighting) -> bool:
        return bool(self._since and one.published and one.published < self._since)

    def lists(
        self, way: Way, urls: Iterable[str], kind: WayKind, how: str = "archive"
    ) -> Iterator[Way]:
        """Give the ways to lists, those left out that are sources already."""
        for url in urls:
            if is_public_name(url, self._allowed) and host_of(url) not in self._polled:
                yield Way(
                    key=key(url) if kind is not WayKind.SECTION else f"{key(url)}#home",
                    url=url,
                    kind=kind,
                    how=how,
                    parent=way.key,
                    distance=way.distance,
                )

    def further(self, way: Way, url: str) -> Iterator[Way]:
        """Give the way to the next page of a list that goes on."""
        how = way.how if way.how in {"search", "tag"} else "further"
        for there in self.lists(way, (url,), way.kind, how=how):
            told = way.how == "tag"
            yield replace(there, hint=way.hint, evidence=way.evidence) if told else there

    def page(self, way: Way, url: str, how: str, hint: str | None, evidence: int) -> Way | None:
        """Give the way to a page; None when it is the very page that it was met on."""
        name = key(url)
        if name == way.key:
            return None
        return Way(
            key=name,
            url=url,
            kind=WayKind.PAGE,
            how=how,
            parent=way.key,
            distance=way.distance + 1,
            hint=hint[:300] if hint else None,
            evidence=evidence,
        )


def _met(how: str, link: Link, evidence: int) -> str:
    """By which way a link is met: within the text of coverage, beside it, or saying nothing."""
    if how != "citation":
        return how
    if not link.inside:
        return "related"
    return "blind" if link.blind and evidence == NONE else "citation"


def said_of(way: Way, *, asked: bool = True) -> tuple[str, str]:
    """Heading and summary of a page as a list gave them; without what the list was asked for."""
    said = way.hint or ""
    heading, _, summary = (said if asked else said.partition(" [")[0]).partition(BESIDES)
    return heading, summary


def _asked_for(way: Way) -> str:
    """What all that a list has was chosen by: a search's question, a tag; else empty."""
    if way.kind is WayKind.SEARCH:
        return (way.hint or "").partition(": ")[2]
    return (way.hint or "") if way.how == "tag" else ""


def _is_headline(one: Sighting) -> bool:
    """Whether a link on a page is one to an article, and not to a section of its outlet."""
    return len((one.title or "").split()) > 1 and shape(one.url) > 0


def _home(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}/"


def _said(link: Link) -> str:
    return link.text or link.around[:120]
