"""Blind spots: outlets that a topic's coverage comes from or points to, and that nobody polls."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from pipeline.address import site
from pipeline.credits import How, Known, credits_in
from stories.hosts import bare_host
from stories.model import FiledArticle
from stories.ways import Origin, Way, WayKind, WayState

MOST_EVIDENCE = 5
_CARRIERS = frozenset({WayState.COPY, WayState.STANDS})


@dataclass(frozen=True, slots=True, kw_only=True)
class BlindSpot:
    """An outlet outside of the sources: articles of it that were found, and who points to it.

    `line` is the command that makes it a source.
    """

    outlet: str
    articles: int
    cited: int
    credited: int
    feeds: tuple[str, ...]
    evidence: tuple[str, ...]

    @property
    def line(self) -> str:
        """The command that adds it: its feed where one was met, else its front page."""
        if self.feeds:
            return f"newsdesk source add {self.feeds[0]} --name {self.outlet}"
        return f"newsdesk source add https://{self.outlet}/"


@dataclass(slots=True)
class _Spot:
    articles: int = 0
    cited: set[int] = field(default_factory=set)
    credited: set[int] = field(default_factory=set)
    evidence: list[str] = field(default_factory=list)


def _count(
    spots: defaultdict[str, _Spot], one: FiledArticle, origin: Origin | None, known: Known
) -> None:
    """Whose an article is, and to whom it links, whom it credits."""
    if origin is not None:
        spots[origin.outlet].credited.add(one.id)
    elif one.copy is None:
        spot = spots[bare_host(one.article.url)]
        spot.articles += 1
        spot.evidence.append(one.article.url)
    for cited in one.article.cites:
        if cited.how == "link" and urlsplit(cited.url).hostname:
            spots[bare_host(cited.url)].cited.add(one.id)
    for credit in credits_in(one.article.text.splitlines(), one.article.language, known):
        if credit.host is not None and credit.how is not How.WEBSITE:
            spot = spots[bare_host(f"//{credit.host}")]
            spot.credited.add(one.id)
            spot.evidence.append(f"{one.article.outlet}: {credit.words}")


def blind_spots(
    articles: Sequence[FiledArticle],
    origins: Mapping[int, Origin],
    ways: Iterable[Way],
    polled: Iterable[str],
    known: Known,
) -> list[BlindSpot]:
    """The blind spots of a topic, those with most coverage first.

    A site that only carries what others report is none: it would bring nothing new.
    """
    watched = {site(bare_host(url)) for url in polled}
    spots: defaultdict[str, _Spot] = defaultdict(_Spot)
    carriers: set[str] = set()
    feeds: dict[str, list[str]] = {}
    for way in ways:
        if way.state in _CARRIERS:
            carriers.add(way.host)
        if way.kind is WayKind.FEED and way.state is WayState.ASKED:
            feeds.setdefault(way.host, []).append(way.url)
    for one in articles:
        _count(spots, one, origins.get(one.id), known)
    found = [
        BlindSpot(
            outlet=host,
            articles=spot.articles,
            cited=len(spot.cited),
            credited=len(spot.credited),
            feeds=tuple(feeds.get(host, ())),
            evidence=tuple(spot.evidence[:MOST_EVIDENCE]),
        )
        for host, spot in spots.items()
        if host and site(host) not in watched and not (host in carriers and not spot.articles)
    ]
    return sorted(found, key=lambda s: (-s.articles, -s.credited, -s.cited, s.outlet))
