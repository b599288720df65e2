"""Whose article a page is by its own word: *first appeared in …*."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.address import same_site
from pipeline.credits import Credit, How
from pipeline.notices import says_reprinted
from pipeline.well_known import agencies
from spiders.outlets import host_of
from spiders.targets import is_front
from spiders.ways import WaysOut
from stories.model import Article
from stories.ways import Origin


def reprinted(article: Article, out: WaysOut, credited: Sequence[Credit]) -> Origin | None:
    """Whose article it is by its own word: *first appeared in …*, with the link if there is."""
    for link in out.links:
        if not same_site(link.url, article.url) and says_reprinted(link.around, link.text):
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
