"""How the press looks: article pages, front pages, feeds, sitemaps, searches, robots.txt."""

from __future__ import annotations

from collections.abc import Sequence
from email.utils import format_datetime
from html import escape
from urllib.parse import quote_plus

from tests.coverage.press.make import Outlet, Piece, slug_of

NEWS = "http://www.google.com/schemas/sitemap-news/0.9"


def article(piece: Piece, *, head: str = "", below: str = "", site: str | None = None) -> str:
    """The page of an article; `head` and `below` are added, `site` is who carries it."""
    outlet = piece.outlet
    paragraphs = []
    for text in piece.paragraphs:
        marked = escape(text, quote=False)
        for number, (words, url) in enumerate(piece.links):
            anchor = f'<a href="{escape(url)}">{escape(words, quote=False)}</a>'
            marked = marked.replace(f"{{{number}}}", anchor)
        paragraphs.append(f"<p>{marked}</p>")
    if not head and outlet.platform % 2 == 0:
        head = f'<link rel="canonical" href="{escape(piece.url)}">'
    body = _body(piece, "".join(paragraphs), _tags(piece) + below)
    return _page(outlet, piece.title, head + _dated(piece), body, name=site)


def _tags(piece: Piece) -> str:
    """The names under which an outlet files an article, where it does."""
    if not piece.outlet.tags:
        return ""
    place = "tag" if piece.outlet.platform % 2 else "topics"
    links = (f"<a rel='tag' href='/{place}/{slug_of(n)}'>{escape(n)}</a>" for n in piece.tags)
    return f"<p class='tags'>{', '.join(links)}</p>"


def _dated(piece: Piece) -> str:
    """How a platform says in a page's head that it is an article, and of when."""
    if piece.outlet.platform in {1, 3}:
        return (
            '<script type="application/ld+json">{"@context":"https://schema.org",'
            f'"@type":"NewsArticle","datePublished":"{piece.at.isoformat()}"}}</script>'
        )
    return (
        "<meta property='og:type' content='article'>"
        f"<meta property='article:published_time' content='{piece.at.isoformat()}'>"
    )


def _body(piece: Piece, text: str, below: str) -> str:
    """How a platform lays an article out."""
    related = "".join(f'<li><a href="{escape(u)}">{_words(u)}</a></li>' for u in piece.related)
    when = f"<time datetime='{piece.at.isoformat()}'>{piece.at:%d %B %Y}</time>"
    title = f"<h1>{escape(piece.title)}</h1>"
    match piece.outlet.platform:
        case 0 | 1:
            more = f"<aside class='related'><h3>More</h3><ul>{related}</ul></aside>"
            return f"<article>{title}{when}{text}{below}</article>{more}"
        case 2:
            more = f"<div class='sidebar'><p>Most read</p><ol>{related}</ol></div>"
            return f"<main><div class='post'>{title}{when}{text}{below}</div>{more}</main>"
        case 3:
            more = f"<section><h2>Read next</h2><ul>{related}</ul></section>"
            return f"<div id='content'>{title}<p class='date'>{when}</p>{text}{below}</div>{more}"
        case _:
            more = f"<nav class='more'><ul>{related}</ul></nav>"
            return f"<table><tr><td>{title}{when}{text}{below}</td></tr></table>{more}"


def home(outlet: Outlet, pieces: Sequence[Piece], page: int = 1) -> str:
    """A front page with everything, or with the latest and a link to those before."""
    shown, older = pieces, ""
    if "p" in outlet.ways:
        shown = pieces[8 * (page - 1) : 8 * page]
        if len(pieces) > 8 * page:
            rel = " rel='next'" if outlet.platform % 2 else ""
            older = f"<p><a{rel} href='/page/{page + 1}'>Older</a></p>"
    items = "".join(f"<li><h2><a href='{p.path}'>{escape(p.title)}</a></h2></li>" for p in shown)
    return _page(outlet, outlet.name, "", f"<main><ul>{items}</ul>{older}</main>")


def feed(outlet: Outlet, pieces: Sequence[Piece], title: str = "", page: int = 0) -> str:
    """RSS with a summary of one sentence; `page` of a feed that goes on (RFC 5005)."""
    items = "".join(
        f"<item><title>{escape(p.title)}</title><link>{escape(p.url)}</link>"
        f"<pubDate>{format_datetime(p.at)}</pubDate>"
        f"<description>{escape(_lead(p))}</description></item>"
        for p in pieces
    )
    after = ""
    if page and len(pieces) == 8:
        url = f"{outlet.home}feed.xml?paged={page + 1}"
        after = f"<a:link xmlns:a='http://www.w3.org/2005/Atom' rel='next' href='{url}'/>"
    return (
        "<?xml version='1.0' encoding='utf-8'?><rss version='2.0'><channel>"
        f"<title>{escape(title or outlet.name)}</title><link>{outlet.home}</link>"
        f"<description>News</description>{after}{items}</channel></rss>"
    )


def sitemap(pieces: Sequence[Piece], *, news: bool) -> str:
    """A sitemap, with titles when it is one of news."""
    rows = []
    for p in pieces:
        extra = (
            f"<news:news><news:publication_date>{p.at.isoformat()}</news:publication_date>"
            f"<news:title>{escape(p.title)}</news:title></news:news>"
            if news
            else f"<lastmod>{p.at:%Y-%m-%d}</lastmod>"
        )
        rows.append(f"<url><loc>{escape(p.url)}</loc>{extra}</url>")
    return (
        "<?xml version='1.0' encoding='utf-8'?>"
        "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9' "
        f"xmlns:news='{NEWS}'>{''.join(rows)}</urlset>"
    )


def sitemap_index(outlet: Outlet, pieces: Sequence[Piece]) -> str:
    """An index of one sitemap a week."""
    weeks = sorted({f"{p.at:%G-%V}" for p in pieces}, reverse=True)
    rows = "".join(
        f"<sitemap><loc>{outlet.home}sitemap-{week}.xml</loc></sitemap>" for week in weeks
    )
    return (
        "<?xml version='1.0' encoding='utf-8'?>"
        f"<sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{rows}</sitemapindex>"
    )


def results(outlet: Outlet, pieces: Sequence[Piece], query: str) -> str:
    """A page of search results."""
    items = "".join(f"<li><a href='{p.path}'>{escape(p.title)}</a></li>" for p in pieces)
    return _page(outlet, f"Search: {query}", "", f"<main><ol>{items}</ol></main>")


def tagged(outlet: Outlet, pieces: Sequence[Piece], slug: str) -> str:
    """The page of a name under which articles are filed."""
    items = "".join(f"<li><h3><a href='{p.path}'>{escape(p.title)}</a></h3></li>" for p in pieces)
    return _page(outlet, slug.replace("-", " ").title(), "", f"<main><ul>{items}</ul></main>")


def calendar(outlet: Outlet, month: str) -> str:
    """A month, with the one before and the one after it, for ever."""
    year, number = int(month[:4]), int(month[5:7])
    after = f"{year + number // 12}-{number % 12 + 1:02}"
    before = f"{year - (number == 1)}-{(number - 2) % 12 + 1:02}"
    days = "".join(f"<a href='/calendar?day={month}-{d:02}'>{d}</a> " for d in range(1, 29))
    return _page(
        outlet,
        f"Calendar {month}",
        "",
        f"<a rel='prev' href='/calendar?month={before}'>earlier</a> {days}"
        f"<a rel='next' href='/calendar?month={after}'>later</a>",
    )


def robots(outlet: Outlet) -> str:
    """What the outlet allows."""
    if outlet.forbids:
        return "User-agent: *\nDisallow: /\n"
    lines = ["User-agent: *", "Disallow: /private/"]
    if "s" in outlet.ways or "i" in outlet.ways:
        lines.append(f"Sitemap: {outlet.home}sitemap.xml")
    if "n" in outlet.ways:
        lines.append(f"Sitemap: {outlet.home}news-sitemap.xml")
    return "\n".join(lines) + "\n"


def _page(outlet: Outlet, title: str, head: str, body: str, *, name: str | None = None) -> str:
    ways = outlet.ways
    links = []
    if "f" in ways.lower() or "g" in ways:
        links.append("<link rel='alternate' type='application/rss+xml' href='/feed.xml'>")
    if "w" in ways:
        links.append("<meta name='generator' content='WordPress 6.5'>")
    if "a" in ways:
        links.append(
            '<script type=\'application/ld+json\'>{"@context":"https://schema.org",'
            '"@type":"WebSite","potentialAction":{"@type":"SearchAction","target":'
            f'"{outlet.home}search?q={{search_term_string}}"}}}}</script>'
        )
    return (
        f"<!doctype html><html lang='{outlet.language}'><head><meta charset='utf-8'>"
        f"<title>{escape(title)} | {escape(name or outlet.name)}</title>"
        f"{_called(outlet, name or outlet.name)}"
        f"<meta property='og:title' content='{escape(title)}'>{''.join(links)}{head}</head><body>"
        "<header><nav><a href='/'>Home</a> <a href='/about'>About</a> "
        "<a href='/calendar?month=2026-11'>Calendar</a> <a href='/private/drafts'>Drafts</a>"
        f"</nav></header>{body}<footer><a href='/imprint'>Imprint</a></footer></body></html>"
    )


def _called(outlet: Outlet, name: str) -> str:
    """How a page says what its outlet is called, where its platform does."""
    return (
        "" if outlet.platform == 4 else f"<meta property='og:site_name' content='{escape(name)}'>"
    )


def _lead(piece: Piece) -> str:
    text = piece.paragraphs[0]
    for number in range(len(piece.links)):
        text = text.replace(f" ({{{number}}})", "")
    return text.partition(". ")[0]


def _words(url: str) -> str:
    return escape(url.rstrip("/").rpartition("/")[2].replace("-", " ").replace(".html", ""))


def query_of(text: str) -> str:
    """A query as it stands in an address."""
    return quote_plus(text)
