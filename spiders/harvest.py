"""What an answer on the way outward gives: what the page itself is, and which ways lead on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from pipeline.address import is_story, key, same_site
from pipeline.compared import Read
from pipeline.credits import Credit, How, credits_in, says_reprinted
from pipeline.likeness import LIKELY, NONE, SOME, SURE, Likeness
from pipeline.relevance import address_words
from pipeline.well_known import agencies
from spiders.fetch import Answer
from spiders.listing import Listing, UnreadableError
from spiders.outlets import Outlets, host_of
from spiders.public import is_public_name
from spiders.search import read_results, ways_of
from spiders.sitemap import read_sitemap
from spiders.standing import Shown
from spiders.ways import Link, WaysOut, is_front, looks_like_a_page, unwrapped, ways_out
from stories.archive.coverage import Asked, Origin, Way, WayKind, WayState
from stories.model import Article, Dropped, Sighting

MOST_BESIDE = 12
"""Links beside a text that say nothing of the topic and are kept all the same."""
MOST_LISTED = 40
"""Items of a list that say nothing of the topic and are kept all the same."""

TOPICAL, SURELY = 0.5, 0.95
"""Likelihood from which a page counts as one of the topic; and as long as hardly any were read."""

TEASER = 150
"""Words under which a page that sends its readers on to another site is that page's teaser."""

FARMED = 0.6
"""Share of a page's text that lies in links from which it is a list, whatever it says."""

BESIDES = " · "
"""What stands between heading and summary in what is remembered of a page."""

_ALL_OF_IT = timedelta(days=36_500)


@dataclass(frozen=True, slots=True, kw_only=True)
class Harvest:
    """What became of a way that was asked, and what it offers.

    `article` is to be filed; `origin` is whose reporting it is when not that of its own site;
    `names` is what its outlet calls itself, `shown` what a list showed.
    """

    asked: Asked
    offered: tuple[Way, ...] = ()
    article: Article | None = None
    origin: Origin | None = None
    names: tuple[tuple[str, str], ...] = ()
    shown: Shown | None = None


class Harvester:
    """Judges answers for one topic. `queries` are what its searches are asked for."""

    def __init__(
        self,
        likeness: Likeness,
        outlets: Outlets,
        queries: Sequence[str],
        *,
        floor: float,
        since: datetime | None,
        polled: frozenset[str],
        allowed: Sequence[str] = (),
    ) -> None:
        self.likeness = likeness
        self._outlets = outlets
        self.queries = list(queries)
        self.least = SURELY
        self._floor = floor
        self._since = since
        self._polled = polled
        self._allowed = allowed

    def page(
        self,
        way: Way,
        answer: Answer,
        article: Article | Dropped,
        sitemaps: Sequence[str],
        original: Way | None,
    ) -> Harvest:
        """Judge a page. `original` is the way to what it names as its original, if there is one."""
        try:
            out = ways_out(answer.body, answer.url, answer.content_type)
        except UnreadableError as error:
            return _ended(way, WayState.DROPPED, str(error))
        names = ((out.outlet, host_of(answer.url)),) if out.outlet else ()
        if isinstance(article, Dropped) or out.linked >= FARMED:
            why = str(article) if isinstance(article, Dropped) else f"{out.linked:.0%} links"
            offered = tuple(self._links(way, answer.url, out, "elsewhere", LIKELY))
            return _ended(way, WayState.DROPPED, why, offered=offered, names=names)
        known = 1.0 if way.parent is None and way.how == "original" else None
        self.likeness.heading(way.key, article.title)
        read = self.likeness.read(
            way.key, article.title, article.text, known=known, language=article.language
        )
        if read.likely < self.least:
            least = SOME if read.likely >= self._floor else SURE
            offered = (
                *self._links(way, answer.url, out, "elsewhere", least),
                *self._seen(way, answer.url, out),
            )
            why = self.words(read)
            return _ended(way, WayState.OFF, why, read, offered=offered, names=names)
        dead = original is not None and original.state in {
            WayState.REFUSED,
            WayState.FAILED,
            WayState.DROPPED,
            WayState.CLOSED,
        }
        teaser = out.read_on if len(article.text.split()) < TEASER else None
        credited = credits_in(article.text.splitlines(), article.language, self._outlets)
        reprint = self._reprinted(article, out, credited)
        first = out.original if out.original and is_story(out.original) else teaser
        first = first or (reprint.url if reprint else None)
        if first and not dead:
            there = self._way(way, first, "original", article.title, SURE)
            rule = "rel=canonical names" if first == out.original else "is taken from"
            why = f"{rule} {first}"
            offered = (there,) if there else ()
            return _ended(way, WayState.STANDS, why, read, offered=offered, names=names)
        origin = None
        if first and dead:
            rule = "rel=canonical" if first == out.original else "sends its readers there"
            origin = Origin(outlet=host_of(first), url=first, evidence=rule)
        origin = origin or reprint
        return Harvest(
            asked=_asked(way, WayState.FOUND, self.words(read), read),
            offered=tuple(self._onward(way, answer.url, article, out, credited, sitemaps)),
            article=article,
            origin=origin,
            names=names,
        )

    def evidence(self, *texts: str, url: str = "") -> int:
        """How much of the topic a line holds that points to an address: SURE to NONE."""
        address = address_words(url)
        return self.likeness.of_line(*(texts if any(texts) else (address,)), address)[0]

    def words(self, read: Read) -> str:
        """What was found of the topic on a page, as a sentence."""
        said = ", ".join(sorted(read.has, key=lambda n: -self.likeness.features[n].weight)[:8])
        passing = " in passing" if self.likeness.is_passing(read) else ""
        return f"likeness {read.likely:.2f}{passing}: {said or 'none of the terms'}"

    def listing(self, way: Way, answer: Answer, at: datetime, most_bytes: int) -> Harvest:
        """Read a list of addresses: a feed, a sitemap, a search's answer, a front page."""
        names: tuple[tuple[str, str], ...] = ()
        offered: list[Way] = []
        try:
            if way.kind is WayKind.SITEMAP:
                recent = at - self._since if self._since else _ALL_OF_IT
                listing = read_sitemap(
                    answer.body, answer.url, source="", seen=at, most_bytes=most_bytes,
                    recent=recent,
                )  # fmt: skip
                offered += self._lists(way, listing.more, WayKind.SITEMAP)
            else:
                listing = read_results(answer, at)
        except UnreadableError as error:
            return _ended(way, WayState.DROPPED, str(error))
        if way.kind is WayKind.SECTION and listing.method == "links":
            out = ways_out(answer.body, answer.url, answer.content_type)
            offered += self._lists(way, out.feeds, WayKind.FEED)
            names = ((out.outlet, host_of(answer.url)),) if out.outlet else ()
        items = list(self._items(way, listing))
        brought = sum(one.evidence >= LIKELY for one in items)
        if listing.more and way.kind is not WayKind.SITEMAP and brought:
            how = "search" if way.how == "search" else "further"
            offered += self._lists(way, listing.more[:1], way.kind, how=how)
        why = f"{len(listing.sightings)} addresses, {brought} of them of the topic"
        return Harvest(
            asked=Asked(
                key=way.key, state=WayState.ASKED, evidence=way.evidence, why=why, brought=brought
            ),
            offered=(*offered, *items),
            names=names,
            shown=Shown(
                addresses=len(listing.sightings), topical=brought, reaches=_reaches(listing)
            ),
        )

    def stored(self, way: Way, article: Article) -> Iterator[Way]:
        """Give the ways on from an article that was stored already: what it links to, credits."""
        for cited in article.cites:
            if cited.how == "link" and looks_like_a_page(cited.url):
                evidence = self.evidence(url=cited.url)
                if there := self._way(way, cited.url, "citation", None, evidence):
                    yield there
        lines = article.text.splitlines()
        yield from self._credited(way, credits_in(lines, article.language, self._outlets))

    def _onward(
        self,
        way: Way,
        url: str,
        article: Article,
        out: WaysOut,
        credited: Sequence[Credit],
        sitemaps: Sequence[str],
    ) -> Iterator[Way]:
        yield from self._links(way, url, out, "citation", NONE)
        yield from self._credited(way, credited)
        if host_of(url) in self._polled:
            return
        del article
        yield from self._lists(way, out.feeds[:2], WayKind.FEED)
        ranked = sorted(sitemaps, key=lambda one: "news" not in one.lower())
        yield from self._lists(way, ranked[:2], WayKind.SITEMAP)
        for template in out.searches[:1] if not out.feeds and not sitemaps else ():
            for one in ways_of(
                {host_of(url): template}, self.queries[:1], distance=way.distance,
                parent=way.key,
            ):  # fmt: skip
                yield replace(one, how="archive")
        if not out.feeds and not sitemaps and not out.searches:
            yield from self._lists(way, (_home(url),), WayKind.SECTION)

    def _links(self, way: Way, url: str, out: WaysOut, how: str, least: int) -> Iterator[Way]:
        """The links of a page, as far as they say enough of the topic or stand in its text."""
        beside = 0
        for link in out.links:
            if not is_public_name(link.url, self._allowed):
                continue
            self._outlets.met(host_of(link.url))
            evidence = self.evidence(link.text, url=link.url)
            if is_front(link.url):
                if how == "citation" and link.inside and not same_site(link.url, url):
                    yield from self._lists(way, (link.url,), WayKind.SECTION, how="credit")
                continue
            if evidence < (SURE if link.furniture else least) or not looks_like_a_page(link.url):
                continue
            met = _met(how, link, evidence)
            if met == "related" and evidence == NONE:
                beside += 1
                if beside > MOST_BESIDE:
                    continue
            if there := self._way(way, link.url, met, _said(link), evidence):
                yield there
            if how == "citation" and not link.furniture and not same_site(link.url, url):
                # Whoever is linked from coverage may have more of it than what is linked.
                met = "neighbour" if link.inside else "beside"
                yield from self._lists(way, (_home(link.url),), WayKind.SECTION, how=met)

    def _seen(self, way: Way, url: str, out: WaysOut) -> Iterator[Way]:
        """The front pages of outlets that a page links to that is not of the topic."""
        for link in out.links:
            if link.inside and not link.furniture and not same_site(link.url, url):
                yield from self._lists(way, (_home(link.url),), WayKind.SECTION, how="seen")

    def _credited(self, way: Way, credited: Iterable[Credit]) -> Iterator[Way]:
        """The front pages of outlets that are credited in words, the agencies left out."""
        for credit in credited:
            if credit.host is None or credit.how is How.WEBSITE or credit.host in agencies():
                continue
            scheme = urlsplit(way.url).scheme or "https"
            home = (f"{scheme}://{credit.host}/",)
            for there in self._lists(way, home, WayKind.SECTION, how="credit"):
                yield replace(there, hint=f"credited: {credit.words}"[:300])

    def _items(self, way: Way, listing: Listing) -> Iterator[Way]:
        """The addresses of a list that may be of the topic, the silent ones up to a number."""
        silent = 0
        asked = (way.hint or "").partition(": ")[2] if way.kind is WayKind.SEARCH else ""
        for one in listing.sightings:
            url = unwrapped(one.url)
            evidence = self.evidence(one.title or "", one.summary or "", url=url)
            if self._is_older(one) and evidence < SURE:
                continue
            if not is_public_name(url, self._allowed) or not looks_like_a_page(url):
                continue
            if evidence == NONE:
                silent += 1
                if silent > MOST_LISTED:
                    continue
            how = "search" if way.how == "search" else "listed"
            said = f"{one.title or ''}{BESIDES}{one.summary or ''}".removesuffix(BESIDES)[:200]
            if asked and evidence < LIKELY:
                # The heading says little, but the page has what was asked for.
                how, said = "hit", f"{said} [{asked}]"
                evidence = self.evidence(one.title or "", f"{one.summary} [{asked}]", url=url)
            self.likeness.heading(key(url), one.title or address_words(url), one.summary or "")
            if there := self._way(way, url, how, said, evidence):
                yield there

    def _is_older(self, one: Sighting) -> bool:
        return bool(self._since and one.published and one.published < self._since)

    def _lists(
        self, way: Way, urls: Iterable[str], kind: WayKind, how: str = "archive"
    ) -> Iterator[Way]:
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

    def _way(self, way: Way, url: str, how: str, hint: str | None, evidence: int) -> Way | None:
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

    def _reprinted(
        self, article: Article, out: WaysOut, credited: Sequence[Credit]
    ) -> Origin | None:
        """Whose article it is by its own word: *first appeared in …*, with the link if there is."""
        for link in out.links:
            if not same_site(link.url, article.url) and says_reprinted(link.around):
                there = host_of(link.url)
                if not is_front(link.url):
                    return Origin(outlet=there, url=link.url, evidence=f"says: {link.around}"[:300])
        for credit in credited:
            if credit.how is not How.ORIGIN:
                continue
            if credit.host == article.outlet or credit.host in agencies():
                continue
            line = article.text.splitlines()[credit.line]
            named = next(
                (
                    link.url
                    for link in out.links
                    if link.text and link.text in line and not same_site(link.url, article.url)
                ),
                None,
            )
            host = host_of(named) if named else credit.host
            if host:
                return Origin(outlet=host, url=named, evidence=f"says: {credit.words}"[:300])
        return None


def _ended(
    way: Way,
    state: WayState,
    why: str,
    found: Read | None = None,
    *,
    offered: tuple[Way, ...] = (),
    names: tuple[tuple[str, str], ...] = (),
) -> Harvest:
    return Harvest(asked=_asked(way, state, why, found), offered=offered, names=names)


def _asked(way: Way, state: WayState, why: str, found: Read | None) -> Asked:
    return Asked(
        key=way.key,
        state=state,
        evidence=way.evidence,
        why=why[:500],
        score=round(found.likely, 3) if found else None,
        terms=tuple(sorted(found.has)) if found else (),
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


def _reaches(listing: Listing) -> datetime | None:
    """How far back a list goes, where most of its items say of when they are."""
    dates = [one.published for one in listing.sightings if one.published]
    return min(dates) if dates and 2 * len(dates) > len(listing.sightings) else None


def _home(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}/"


def _said(link: Link) -> str:
    return link.text or link.around[:120]
