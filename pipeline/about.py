"""What else a page says of its article: image, section, tags, paywall, and its kind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from pipeline.reading import Reading
from pipeline.structured import address_of, kinds, strings, text_of

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
_RELEASE = re.compile(
    r"\b(?:press[- ]?releases?|pressemitteilung(?:en)?|presseportal|prnewswire|businesswire|"
    r"globenewswire|communiqu[eé]s?[- ]de[- ]presse|comunicados?[- ]de[- ]prensa|"
    r"comunicat[oi][- ]stampa|ots)\b",
    re.IGNORECASE,
)
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
    free = _free(reading)
    if free is not None:
        reading.facts["paywall"] = not free[0]
        reading.evidence["paywall"] = free[1]
    types = kinds(article)
    if "liveblogposting" in types or "liveBlogUpdate" in article:
        reading.facts["live"] = True
        reading.evidence["live"] = "json-ld LiveBlogPosting"
    where = f"{section or ''} {urlsplit(reading.url).path}".replace("/", " ").replace("-", " ")
    if "opinionnewsarticle" in types or _OPINION.search(where):
        reading.facts["opinion"] = True
        reading.evidence["opinion"] = (
            "json-ld OpinionNewsArticle" if "opinionnewsarticle" in types else "section or address"
        )
    if "advertisercontentarticle" in types or _RELEASE.search(where):
        reading.facts["press release"] = True
        reading.evidence["press release"] = "section or address"


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
    return None
