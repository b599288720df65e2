"""Whose an article is by what it is signed with: another outlet's name as byline or credit line."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.names import is_person
from pipeline.outlet_names import is_media_name
from spiders.outlets import Outlets
from stories.model import Article
from stories.ways import Origin


def whose(article: Article, outlets: Outlets) -> Origin | None:
    """The other outlet that an article is signed with, by what outlets call themselves.

    Byline, dateline and closing line must agree: one other outlet, and nowhere its own name. A
    byline that names a person too, or what may be a person's name, does not say enough alone. The
    name of its site counts when it is another's, and the site is not called like that, or that one
    just so. A notice that it first appeared elsewhere says enough.
    """
    lines = dict(_lines(article, outlets))
    for host, words in lines.items():
        if words.startswith("reprint:") and not _own(host, article):
            return Origin(outlet=host, url=None, evidence=words)
    bylines = [_named(author, outlets) for author in article.authors]
    other = {host for host in (*lines, *bylines) if host and not _own(host, article)}
    own = any(outlets.calls(article.outlet, author) for author in article.authors) or any(
        host and _own(host, article) for host in (*lines, *bylines)
    )
    if len(other) == 1 and not own:
        host = other.pop()
        sure = all(bylines) and any(
            is_media_name(author) or not is_person(author) for author in article.authors
        )
        if host in lines:
            return Origin(outlet=host, url=None, evidence=lines[host])
        if sure:
            said = ", ".join(article.authors)
            return Origin(outlet=host, url=None, evidence=f"byline: {said}"[:300])
    site = str(article.facts.get("site") or "")
    theirs = outlets.named(site)
    if theirs and not _own(theirs, article) and _is_rather(theirs, article, site, outlets):
        return Origin(outlet=theirs, url=None, evidence=f"site name: {site}"[:300])
    return None


def _lines(article: Article, outlets: Outlets) -> Iterator[tuple[str, str]]:
    """The outlets that dateline and closing line name, each with the words for it."""
    signed = article.facts.get("signed")
    for where, name in signed if isinstance(signed, list) else ():
        if host := _host(name, outlets):
            yield host, f"{where}: {name}"[:300]


def _named(author: str, outlets: Outlets) -> str | None:
    """The outlet that a byline names; what follows its name in small letters is no part of it."""
    parts = author.split()
    while len(parts) > 1 and parts[-1].islower():
        parts.pop()
    return _host(author, outlets) or _host(" ".join(parts), outlets)


def _host(name: str, outlets: Outlets) -> str | None:
    """Who calls itself so; or whose host is spelt so, where only an outlet can be called so."""
    return outlets.named(name) or (outlets.spelt(name) if is_media_name(name) else None)


def _is_rather(host: str, article: Article, name: str, outlets: Outlets) -> bool:
    """Whether a name is another host's rather than that of the site that calls itself so."""
    mine = outlets.fits(article.outlet, name)
    return mine == 0 or outlets.fits(host, name) > mine


def _own(host: str, article: Article) -> bool:
    return host == article.outlet
