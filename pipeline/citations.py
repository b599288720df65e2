"""The addresses on other sites that an article's own text links to."""

from __future__ import annotations

import re
from urllib.parse import urljoin

from lxml import html

from pipeline.address import clean, key, outlet, site
from pipeline.reading import Reading
from stories.model import Citation

MAX_CITES = 50
_NEVER = frozenset(
    """
    facebook.com twitter.com x.com t.co instagram.com linkedin.com pinterest.com reddit.com
    whatsapp.com wa.me t.me telegram.me youtube.com google.com apple.com xing.com flipboard.com
    getpocket.com amzn.to amazon.com addtoany.com threads.net bsky.app tiktok.com youtu.be
    bit.ly goo.gl tinyurl.com ow.ly buff.ly lnkd.in geni.us rebrand.ly
    """.split()  # noqa: SIM905 -- a table of names reads better as words
)

# What is paid for by the click is an advertisement, whatever text it stands in.
_PAID = re.compile(
    r"//(?:[\w-]+\.)*(?:awin1|webgains|tradedoubler|shareasale|skimresources|redirectingat|dpbolvw"
    r"|anrdoezrs|jdoqocy|kqzyfj|tkqlhce|linksynergy|avantlink|belboon|zanox|partner-ads|pntra"
    r"|amazon)\.[a-z.]+/"
    r"|[?&](?:tag|ascsubtag|affid|aff_id|affiliate(?:_?id)?|awinaffid|wgcampaignid|irclickid)=",
    re.IGNORECASE,
)


def citations(reading: Reading) -> None:
    """Collect the links that stand within the text, in order, each once."""
    home = site(reading.outlet)
    found: dict[str, Citation] = {}
    seen: set[html.HtmlElement] = set()
    for block in reading.body:
        if not block.linked or block.element in seen:
            continue
        seen.add(block.element)
        for anchor in block.element.iter("a"):
            if "sponsored" in (anchor.get("rel") or "").lower().split():
                continue
            address = _outward(reading.url, anchor.get("href") or "", home)
            words = " ".join(anchor.text_content().split())
            if address and words and words in reading.text:
                found.setdefault(key(address), Citation(url=clean(address), how="link"))
    reading.cites = tuple(found.values())[:MAX_CITES]


def _outward(base: str, href: str, home: str) -> str | None:
    try:
        address = urljoin(base, href.strip())
    except ValueError:
        return None
    there = site(outlet(address)) if address.startswith("http") else ""
    if not there or there == home or there in _NEVER or _PAID.search(address):
        return None
    return address
