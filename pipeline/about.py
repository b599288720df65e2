"""What else a page says of its article: image, section, tags, paywall, and its kind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from pipeline.phrases import phrases
from pipeline.reading import Reading
from pipeline.structured import address_of, kinds, strings, text_of
from pipeline.zones import country_of

_IMAGES = ("og:image", "og:image:url", "og:image:secure_url", "twitter:image", "twitter:image:src")
_SECTIONS = ("article:section", "section", "og:article:section", "parsely-section", "category")
_TAGS = (
    "article:tag",
    "news_keywords",
    "keywords",
    "parsely-tags",
    "og:article:tag",
    "sailthru.tags",
)
_OPINION = re.compile(
    r"\b(?:opini[oó]ne?s?|opinioni|opinie|commentary|comment|editorials?|editoriali|columns?|meinung|"
    r"kommentare?|kolumnen?|leitartikel|gastbeitrag|tribunes?|mening|debatt|n[aá]zory|"
    r"koment[aá]re|мнени[ея]|колонк[аи])\b|社説|オピニオン|사설",
    re.IGNORECASE,
)
_LIVE = re.compile(
    r"\b(?:live[- ]?(?:blog|ticker|updates|coverage|text)|as it happened|en directo:|en direct :|"
    r"nyhetsstudio|direkte:|live:|newsblog|minuto a minuto|seguiu ao minuto|онлайн-трансляция)",
    re.IGNORECASE,
)
_RELEASE = re.compile(
    r"\b(?:press[- ]?releases?|pressemitteilung(?:en)?|presseportal|pr ?newswire|business ?wire|"
    r"globe ?newswire|accesswire|communiqu[eé]s?[- ]de[- ]presse|comunicados?[- ]de[- ]prensa|"
    r"comunicat[oi][- ]stampa|ots)\b",
    re.IGNORECASE,
)
_BELOW = 6
_LONGEST_OFFER = 400
_MAX_TAGS = 30
_LONGEST_TAG = 60


def about(reading: Reading) -> None:
    """Fill in the image and the facts that have no field of their own."""
    claims, article = reading.claims, reading.claims.article
    reading.image = _image(reading)
    section = text_of(article.get("articleSection")) or claims.first(*_SECTIONS)
    if section:
        reading.facts["section"] = section
    tags = list(dict.fromkeys(_tags(reading)))[:_MAX_TAGS]
    if tags:
        reading.facts["tags"] = tags
    if site := claims.first("og:site_name"):
        reading.facts["site"] = site
    country = country_of(reading.outlet, reading.language_tag)
    if country is not None:
        reading.facts["country"], reading.evidence["country"] = country
    free = _free(reading)
    if free is not None:
        reading.facts["paywall"] = not free[0]
        reading.evidence["paywall"] = free[1]
    _kind(reading, section or "")


def _kind(reading: Reading, section: str) -> None:
    """Say whether the article is a live blog, an opinion or a press release, and by what."""
    article = reading.claims.article
    types = kinds(article)
    if "liveblogposting" in types or "liveBlogUpdate" in article:
        reading.facts["live"] = True
        reading.evidence["live"] = "json-ld LiveBlogPosting"
    elif _LIVE.search(reading.title) or _LIVE.search(urlsplit(reading.url).path.replace("/", " ")):
        reading.facts["live"] = True
        reading.evidence["live"] = "title or address"
    where = f"{section} {urlsplit(reading.url).path}".replace("/", " ").replace("-", " ")
    if "opinionnewsarticle" in types or _OPINION.search(where):
        reading.facts["opinion"] = True
        reading.evidence["opinion"] = (
            "json-ld OpinionNewsArticle" if "opinionnewsarticle" in types else "section or address"
        )
    if "advertisercontentarticle" in types or _RELEASE.search(where):
        reading.facts["press release"] = True
        reading.evidence["press release"] = "section or address"
    elif wire := _RELEASE.search(" ".join(reading.authors)):
        reading.facts["press release"] = True
        reading.evidence["press release"] = f"byline {wire[0]}"


def _image(reading: Reading) -> str | None:
    offered = (
        reading.claims.first(*_IMAGES),
        address_of(reading.claims.article.get("image")),
        address_of(reading.claims.article.get("thumbnailUrl")),
    )
    for found in offered:
        if not found or found.startswith("data:"):
            continue
        try:
            address = urljoin(reading.url, found)
        except ValueError:
            continue
        if address.startswith("http"):
            return address
    return None


def _tags(reading: Reading) -> Iterator[str]:
    said = list(strings(reading.claims.article.get("keywords")))
    for name in _TAGS:
        said += reading.claims.meta.get(name, ())
    for text in said:
        parts = text.split(";") if ";" in text else text.split(",")
        yield from (tag for part in parts if 1 < len(tag := part.strip()) <= _LONGEST_TAG)


def _free(reading: Reading) -> tuple[bool, str] | None:
    """Return whether the article may be read for nothing, and who says so."""
    for node in (*reading.claims.articles[:2], *reading.claims.others[:10]):
        said = node.get("isAccessibleForFree")
        if said is not None:
            return str(said).strip().lower() in {"true", "yes", "1"}, "json-ld isAccessibleForFree"
    if found := reading.claims.first("article:content_tier", "og:article:content_tier"):
        return found.lower() == "free", "meta article:content_tier"
    last = max((block.order for block in reading.body), default=-1)
    for block in reading.found[max(0, last - 1) : last + _BELOW]:
        said = phrases("paywall").search(block.text) if block.size < _LONGEST_OFFER else None
        if said is not None:
            return False, f"the page says “{said[0].strip()}” below the text"
    return None
