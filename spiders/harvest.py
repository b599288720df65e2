"""What an answer on the way outward gives: what the page itself is, and which ways lead on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from pipeline.address import is_story
from pipeline.compared import Read
from pipeline.credits import credits_in
from pipeline.likeness import LIKELY, SOME, SURE
from spiders.fetch import Answer
from spiders.imprint import is_spun
from spiders.listing import Listing, UnreadableError
from spiders.onward import Onward
from spiders.outlets import Outlets, host_of
from spiders.reprints import reprinted
from spiders.search import read_results
from spiders.sitemap import read_sitemap
from spiders.standing import Shown
from spiders.ways import WaysOut, ways_out
from spiders.whose import whose
from stories.model import Article, Dropped
from stories.ways import Asked, Origin, Way, WayKind, WayState

TOPICAL, SURELY = 0.5, 0.95
"""Likelihood from which a page counts as one of the topic; and as long as hardly any were read."""

TEASER = 150
"""Words under which a page that sends its readers on to another site is that page's teaser."""

FARMED = 0.6
"""Share of a page's text that lies in links from which it is a list, whatever it says."""

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
    """Judges answers for one topic; `onward` finds the ways on from them."""

    def __init__(
        self, onward: Onward, outlets: Outlets, *, floor: float, since: datetime | None
    ) -> None:
        self.likeness = onward.likeness
        self.onward = onward
        self.least = SURELY
        self._outlets = outlets
        self._floor = floor
        self._since = since

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
        junk = _junk(article, out)
        if isinstance(article, Dropped) or junk:
            offered = tuple(self.onward.links(way, answer.url, out, "elsewhere", LIKELY))
            return _ended(way, WayState.DROPPED, junk, offered=offered, names=names)
        known = 1.0 if way.parent is None and way.how == "original" else None
        self.likeness.heading(way.key, article.title)
        read = self.likeness.read(
            way.key, article.title, article.text, known=known, language=article.language
        )
        if read.likely < self.least:
            least = SOME if read.likely >= self._floor else SURE
            offered = (
                *self.onward.links(way, answer.url, out, "elsewhere", least),
                *self.onward.seen(way, answer.url, out),
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
        reprint = reprinted(article, out, credited)
        first = out.original if out.original and is_story(out.original) else teaser
        first = first or (reprint.url if reprint else None)
        if first and not dead:
            there = self.onward.page(way, first, "original", article.title, SURE)
            rule = "rel=canonical names" if first == out.original else "is taken from"
            why = f"{rule} {first}"
            offered = (there,) if there else ()
            return _ended(way, WayState.STANDS, why, read, offered=offered, names=names)
        origin = None
        if first and dead:
            rule = "rel=canonical" if first == out.original else "sends its readers there"
            origin = Origin(outlet=host_of(first), url=first, evidence=rule)
        origin = origin or reprint or whose(article, self._outlets)
        return Harvest(
            asked=_asked(way, WayState.FOUND, self.words(read), read),
            offered=tuple(self.onward.all(way, answer.url, out, credited, sitemaps)),
            article=article,
            origin=origin,
            names=names,
        )

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
                offered += self.onward.lists(way, listing.more, WayKind.SITEMAP)
            else:
                listing = read_results(answer, at)
        except UnreadableError as error:
            return _ended(way, WayState.DROPPED, str(error))
        if way.kind is WayKind.SECTION and listing.method == "links":
            out = ways_out(answer.body, answer.url, answer.content_type)
            offered += self.onward.lists(way, out.feeds, WayKind.FEED)
            if way.how != "tag":
                offered += self.onward.tags(way, answer.url, out)
            names = ((out.outlet, host_of(answer.url)),) if out.outlet else ()
        items = list(self.onward.items(way, listing))
        brought = sum(one.evidence >= LIKELY for one in items)
        if listing.more and way.kind is not WayKind.SITEMAP and brought:
            offered += self.onward.further(way, listing.more[0])
        why = f"{len(listing.sightings)} addresses, {brought} of them of the topic"
        return Harvest(
            asked=Asked(
                key=way.key, state=WayState.ASKED, evidence=way.evidence, why=why, brought=brought
            ),
            offered=(*offered, *items),
            names=names,
            shown=Shown(addresses=len(listing.sightings), reaches=_reaches(listing)),
        )


def _junk(article: Article | Dropped, out: WaysOut) -> str:
    """Why a page is no article, empty when it is one."""
    if isinstance(article, Dropped):
        return str(article)
    if out.linked >= FARMED:
        return f"{out.linked:.0%} links"
    return "the same few words over and over" if is_spun(article.text) else ""


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


def _reaches(listing: Listing) -> datetime | None:
    """How far back a list goes, where most of its items say of when they are."""
    dates = [one.published for one in listing.sightings if one.published]
    return min(dates) if dates and 2 * len(dates) > len(listing.sightings) else None
