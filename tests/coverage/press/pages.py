"""How the press looks: article pages, front pages, feeds, sitemaps, searches, robots.txt."""

from __future__ import annotations

from collections.abc import Sequence
from email.utils import format_datetime
from html import escape
from urllib.parse import quote_plus

from tests.coverage.press.make import Outlet, Piece

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
    related = "".join(f'<li><a href="{escape(u)}">{_words(u)}</a></li>' for u in piece.related)
    canonical = f'<link rel="canonical" href="{piece.url}">' if not head else ""
    return _page(
        outlet,
        piece.title,
        f"{canonical}{head}<meta property='og:type' content='article'>"
        f"<meta property='article:published_time' content='{piece.at.isoformat()}'>",
        f"<article><h1>{escape(piece.title)}</h1>"
        f"<time datetime='{piece.at.isoformat()}'>{piece.at:%d %B %Y}</time>"
        f"{''.join(paragraphs)}{below}</article>"
        f"<aside class='related'><h3>More</h3><ul>{related}</ul></aside>",
        name=site,
    )


def home(outlet: Outlet, pieces: Sequence[Piece]) -> str:
    """A front page with everything, and a calendar in its margin."""
    items = "".join(f"<li><h2><a href='{p.path}'>{escape(p.title)}</a></h2></li>" for p in pieces)
    return _page(outlet, outlet.name, "", f"<main><ul>{items}</ul></main>")


def feed(outlet: Outlet, pieces: Sequence[Piece], title: str = "") -> str:
    """RSS with a summary of one sentence."""
    items = "".join(
        f"<item><title>{escape(p.title)}</title><link>{p.url}</link>"
        f"<pubDate>{format_datetime(p.at)}</pubDate>"
        f"<description>{escape(_lead(p))}</description></item>"
        for p in pieces
    )
    return (
        "<?xml version='1.0' encoding='utf-8'?><rss version='2.0'><channel>"
        f"<title>{escape(title or outlet.name)}</title><link>{outlet.home}</link>"
        f"<description>News</description>{items}</channel></rss>"
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
        rows.append(f"<url><loc>{p.url}</loc>{extra}</url>")
    return (
        "<?xml version='1.0' encoding='utf-8'?>"
        "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9' "
        f"xmlns:news='{NEWS}'>{''.join(rows)}</urlset>"
    )


def results(outlet: Outlet, pieces: Sequence[Piece], query: str) -> str:
    """A page of search results."""
    items = "".join(f"<li><a href='{p.path}'>{escape(p.title)}</a></li>" for p in pieces)
    return _page(outlet, f"Search: {query}", "", f"<main><ol>{items}</ol></main>")


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
    if "s" in outlet.ways:
        lines.append(f"Sitemap: {outlet.home}sitemap.xml")
    if "n" in outlet.ways:
        lines.append(f"Sitemap: {outlet.home}news-sitemap.xml")
    return "\n".join(lines) + "\n"


def _page(outlet: Outlet, title: str, head: str, body: str, *, name: str | None = None) -> str:
    ways = outlet.ways
    links = []
    if "f" in ways.lower():
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
        f"<meta property='og:site_name' content='{escape(name or outlet.name)}'>"
        f"<meta property='og:title' content='{escape(title)}'>{''.join(links)}{head}</head><body>"
        "<header><nav><a href='/'>Home</a> <a href='/about'>About</a> "
        "<a href='/calendar?month=2026-11'>Calendar</a> <a href='/private/drafts'>Drafts</a>"
        f"</nav></header>{body}<footer><a href='/imprint'>Imprint</a></footer></body></html>"
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
