"""The addresses on other sites that an article's own text links to."""

from __future__ import annotations

from urllib.parse import urljoin

from pipeline.address import clean, key, outlet, site
from pipeline.reading import Reading
from stories.model import Citation

MAX_CITES = 50
_NEVER = frozenset(
    """
    facebook.com twitter.com x.com t.co instagram.com linkedin.com pinterest.com reddit.com
    whatsapp.com wa.me t.me telegram.me youtube.com google.com apple.com xing.com flipboard.com
    getpocket.com amzn.to amazon.com addtoany.com threads.net bsky.app tiktok.com
    """.split()  # noqa: SIM905 -- a table of names reads better as words
)


def citations(reading: Reading) -> None:
    """Collect the links that stand within a paragraph of the text, in order, each once."""
    text = " ".join(line for _, line in reading.lines)
    home = site(outlet(reading.url))
    found: dict[str, Citation] = {}
    for anchor in reading.tree.iter("a"):
        words = " ".join(anchor.text_content().split())
        href = anchor.get("href") or ""
        if len(words) < 2 or not href or words not in text:
            continue
        try:
            address = urljoin(reading.url, href.strip())
        except ValueError:
            continue
        there = site(outlet(address))
        if not address.startswith("http") or not there or there == home or there in _NEVER:
            continue
        parent = anchor.getparent()
        around = " ".join(parent.text_content().split())[:60] if parent is not None else ""
        if around not in text:
            continue
        found.setdefault(key(address), Citation(url=clean(address), how="link"))
        if len(found) >= MAX_CITES:
            break
    reading.cites = tuple(found.values())
