"""What stands around the press and is none of it: mirrors, farms, hubs, caches, redirectors."""

from __future__ import annotations

import random
from html import escape
from urllib.parse import quote

from tests.coverage.press import pages
from tests.coverage.press.make import Outlet, Piece, Press

HTML = "text/html; charset=utf-8"
MIRROR = "courier.mirrorland.example"
PILE = "newspile.example"
SHORT = "lnk.example"
CACHE = "amp.cachebox.example"
PARTNER = "partnerpages.example"
HUB = "everything-hub.example"
FARMS = ("top-stories-now.example", "hot-links.example", "best-of-news.example")
PRIVATE = frozenset({"localhost", "intranet.local", "wiki.corp", "router.lan", "127.0.0.1"})


class Traps:
    """Answers for the hosts that are traps, and the links by which articles lead into them."""

    def __init__(self, press: Press) -> None:
        self.press = press
        dice = random.Random(17)
        mirrored = press.outlets[: press.kind.mirrors]
        self.mirrored = [p for p in press.pieces if p.outlet in mirrored]
        self.reprinted = dice.sample([p for p in press.pieces if p.outlet.language == "en"], 24)
        self.leads: dict[int, list[str]] = {}
        for piece in press.pieces:
            self.leads[piece.number] = list(self._leads(piece, dice))

    def below(self, piece: Piece) -> str:
        """What stands below an article: ways into the traps."""
        return "".join(self.leads[piece.number])

    def answer(self, host: str, path: str, query: dict[str, str]) -> tuple[int, str, str]:
        """What a trap answers; 502 for a host that there is not."""
        if path == "/robots.txt" and host not in PRIVATE:
            return 404, HTML, "<!doctype html><title>404</title>"
        number = int("".join(c for c in path if c.isdigit())[:9] or 0)
        piece = self.press.pieces[number] if number < len(self.press.pieces) else None
        if host == SHORT and piece:
            return 302, HTML, piece.url
        if host == MIRROR and path == "/":
            front = "".join(
                f"<li><a href='/m/{p.number}/copied-story-of-the-day'>{escape(p.title)}</a></li>"
                for p in self.mirrored
            )
            outlet = Outlet(name="Mirrorland", host=MIRROR, language="en", ways="")
            return 200, HTML, pages._page(outlet, "Mirrorland", "", f"<ul>{front}</ul>")
        if host == MIRROR and piece in self.mirrored:
            return 200, HTML, pages.article(piece, head="<!-- -->", site="Mirrorland")
        if host == PARTNER and piece in self.reprinted:
            credit = f"<p>This article first appeared in <a href='{piece.url}'>{escape(piece.outlet.name)}</a>.</p>"
            head = f"<link rel='canonical' href='{piece.url}'>" if number % 2 else "<!-- -->"
            return 200, HTML, pages.article(piece, head=head, below=credit, site="Partner Pages")
        if host == CACHE and piece:
            head = f"<link rel='canonical' href='{piece.url}'>"
            return 200, HTML, pages.article(piece, head=head)
        if host == PILE:
            return self._pile(path, query, piece)
        if host == HUB:
            return 200, HTML, self._hub()
        if host in FARMS:
            return 200, HTML, self._farm(host, number)
        if host in PRIVATE or host.startswith("192.168."):
            return 200, HTML, "<!doctype html><title>Router</title><p>admin</p>"
        return 502, HTML, "no such host"

    def _pile(self, path: str, query: dict[str, str], piece: Piece | None) -> tuple[int, str, str]:
        """An aggregator: the first words of an article, and a link that counts clicks."""
        outlet = Outlet(name="News Pile", host=PILE, language="en", ways="")
        if path == "/go" and "u" in query:
            return 302, HTML, query["u"]
        if path.startswith("/s/") and piece:
            text = escape(" ".join(piece.paragraphs)[:260])
            out = f"http://{PILE}/go?u={quote(piece.url, safe='')}"
            body = (
                f"<article><h1>{escape(piece.title)}</h1><p>{text}…</p>"
                f"<p><a href='{escape(out)}'>Read the full story at {escape(piece.outlet.name)}</a></p></article>"
            )
            return 200, HTML, pages._page(outlet, piece.title, "", body)
        latest = sorted(self.press.pieces, key=lambda p: p.at, reverse=True)[:60]
        items = "".join(f"<li><a href='/s/{p.number}'>{escape(p.title)}</a></li>" for p in latest)
        return 200, HTML, pages._page(outlet, "News Pile", "", f"<ul>{items}</ul>")

    def _hub(self) -> str:
        links = "".join(
            f"<p>Number {n}: <a href='http://{HUB}/shop/item-{n}-on-sale-now'>a kettle, a lamp and"
            f" a chair of the season {n}</a></p>"
            for n in range(self.press.kind.hub)
        )
        return (
            f"<!doctype html><html lang='en'><title>Everything</title><main>{links}</main></html>"
        )

    def _farm(self, host: str, number: int) -> str:
        dice = random.Random(f"{host}{number}")
        topic = self.press.topics[dice.choice(list(self.press.topics))]
        links = "".join(
            f"<p><a href='http://{dice.choice(FARMS)}/p/{dice.randrange(10**6)}-top-news-story'>"
            f"{escape(dice.choice(topic.names))} {dice.choice(('latest', 'shock', 'photos'))} news"
            f"</a></p>"
            for _ in range(50)
        )
        return (
            f"<!doctype html><html lang='en'><title>{escape(topic.names[0])} top news</title>"
            f"<main><h1>{escape(topic.names[0])}: all the news</h1>{links}</main></html>"
        )

    def _leads(self, piece: Piece, dice: random.Random) -> list[str]:
        """Ways into traps that one article holds."""
        earlier = [p for p in self.press.pieces[: piece.number] if p.topic == piece.topic]
        found = []
        chance = dice.random() / self.press.kind.lead
        if earlier and chance < 0.06:
            one = dice.choice(earlier)
            found.append(
                f"<p>Also read by many: <a href='http://{SHORT}/r/{one.number}'>this report</a>.</p>"
            )
        elif earlier and chance < 0.12:
            one = dice.choice(earlier)
            url = f"http://{CACHE}/c/{one.number}/story-on-the-phone-edition"
            found.append(f"<p>On a phone: <a href='{url}'>{escape(one.title)}</a>.</p>")
        elif earlier and chance < 0.17:
            one = dice.choice(earlier)
            bare = one.url.removeprefix("http://")
            dashed = one.outlet.host.replace("-", "--").replace(".", "-")
            url = f"https://{dashed}.cdn.ampproject.org/c/{bare}"
            found.append(f"<p>See also <a href='{url}'>the fast version of it</a>.</p>")
        elif earlier and chance < 0.23:
            one = dice.choice(earlier)
            found.append(
                f"<p>Seen at <a href='http://{PILE}/s/{one.number}'>News Pile: {escape(one.title)}</a>.</p>"
            )
        elif chance < 0.27:
            found.append(
                f"<p>Much more at <a href='http://{HUB}/'>the hub of everything there is</a>.</p>"
            )
        elif chance < 0.31:
            farm = dice.choice(FARMS)
            url = f"http://{farm}/p/{dice.randrange(10**6)}-top-news-story"
            found.append(
                f"<p><a href='{url}'>{escape(dice.choice(self.press.topics[piece.topic].names))} photos</a></p>"
            )
        elif chance < 0.35:
            host = dice.choice(
                ["192.168.4.20", "localhost:8080", "intranet.local", "wiki.corp", "router.lan"]
            )
            found.append(
                f"<p>Notes for the desk: <a href='http://{host}/drafts/{piece.slug}'>{escape(piece.title)}</a></p>"
            )
        elif chance < 0.42 and self.mirrored:
            same = [p for p in self.mirrored if p.topic == piece.topic and p.number < piece.number]
            if same:
                one = dice.choice(same)
                found.append(
                    f"<p>As read in the <a href='http://{MIRROR}/m/{one.number}/copied-story-of-the-day'>Courier</a>.</p>"
                )
        elif chance < 0.47:
            same = [p for p in self.reprinted if p.topic == piece.topic and p.number < piece.number]
            if same:
                one = dice.choice(same)
                found.append(
                    f"<p>Background: <a href='http://{PARTNER}/reprint/{one.number}/the-background-story'>{escape(one.title)}</a></p>"
                )
        return found
