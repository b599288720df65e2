"""When an article was published and changed: all that the page claims, weighed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from urllib.parse import urlsplit

from lxml import html

from pipeline.address import outlet
from pipeline.instants import Moment, moment
from pipeline.reading import Reading
from pipeline.structured import text_of
from pipeline.zones import sibling, zone_of
from stories.model import Instant, Precision

_PUBLISHED_META = (
    "article:published_time", "og:article:published_time", "datepublished", "og:published_time",
    "article:published", "article.published", "parsely-pub-date", "sailthru.date", "pubdate",
    "publishdate", "publish-date", "publish_date", "publication_date", "publisheddate",
    "publication-date", "published_time", "published-date", "published_at", "date.published", "dc.date.issued", "dcterms.issued",
    "dc.date.created", "dcterms.created", "dcterms.date", "dc.date", "date", "article.created",
    "cxenseparse:recs:publishtime", "rnews:datepublished", "iso-8601-publish-date", "created",
    "originalpublicationdate", "article_date_original", "vr:published_time", "bt:pubdate", "datecreated",
)  # fmt: skip
_MODIFIED_META = (
    "article:modified_time", "og:updated_time", "datemodified", "og:article:modified_time", "last-modified",
    "lastmod", "dcterms.modified", "dc.date.modified", "article.updated", "revised", "modified",
)  # fmt: skip
_IN_PATH = re.compile(
    r"/((?:19|20)\d\d)[/_-]?(0[1-9]|1[0-2])[/_-]?(0[1-9]|[12]\d|3[01])(?!\d)"
    r"|(?<!\d)((?:19|20)\d\d)-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(?!\d)"
)
_PUBLISHED_WORDS = re.compile(
    r"publi|posted|erstellt|stand|veröff|geschrieben|pubbl|gepubl|opubl|zveřej|yayın|дата|опубл|"
    r"skrive|datum|入力|公開|配信|등록|发布|xuất bản|diterbit",
    re.IGNORECASE,
)
_CHANGED_WORDS = re.compile(
    r"updat|aktuali|modif|aggiorn|actuali|mis à jour|bijgew|oppdat|opdat|uppdat|zaktual|обнов|更新|"
    r"güncel|edited|수정",
    re.IGNORECASE,
)
EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
_DAYS_TRUSTED = 30
_ABOVE = 25
_BELOW = 15
_LONGEST_LINE = 160


@dataclass(frozen=True, slots=True)
class _Claim:
    """A time that somebody claims, how far it is trusted (higher is better), and where it stands."""

    moment: Moment
    trust: int
    rule: str


def dates(reading: Reading) -> None:
    """Read when the article was published and when it was changed last."""
    claims = [claim for claim in _published_claims(reading) if _possible(claim, reading)]
    zoned_enough = any(c.moment.zoned and c.trust >= 70 for c in claims)
    if not zoned_enough:
        claims += [claim for claim in _visible_claims(reading) if _possible(claim, reading)]
    changed = [claim for claim in _modified_claims(reading) if _possible(claim, reading)]
    reading.published = _settled(claims, changed, reading)
    reading.modified = _settled(changed, claims, reading) if changed else None
    if reading.published is not None:
        reading.evidence["published"] = reading.published.evidence
    if claims:
        reading.facts["dates"] = [
            f"{c.moment.at.isoformat()} ({c.rule})" for c in sorted(claims, key=lambda c: -c.trust)
        ][:8]


def _published_claims(reading: Reading) -> Iterator[_Claim]:
    claims = reading.claims
    for rank, node in enumerate(claims.articles[:3]):
        for name, trust in (("datePublished", 100), ("dateCreated", 60), ("uploadDate", 40)):
            if found := _read(text_of(node.get(name))):
                yield _Claim(found, trust - 25 * rank, f"json-ld {name}")
    for node in claims.others:
        if "datePublished" in node and (found := _read(text_of(node["datePublished"]))):
            yield _Claim(found, 72, "json-ld datePublished of the page")
    for name in _PUBLISHED_META:
        for content in claims.meta.get(name, ()):
            if found := _read(content):
                yield _Claim(found, 85 if "publi" in name else 75, f"meta {name}")
                break
    sighting = reading.page.sighting
    if sighting.published is not None:
        yield _Claim(Moment(sighting.published, Precision.SECOND), 80, "feed")
    for name in ("og:title", "title"):
        if (titled := claims.first(name)) and (found := _read(titled)) and found.at.year >= 2000:
            yield _Claim(found, 28, "title")
    if path := _IN_PATH.search(urlsplit(reading.url).path):
        day = "-".join(part for part in path.groups() if part)
        if read := moment(day):
            yield _Claim(read, 30, "address")


def _modified_claims(reading: Reading) -> Iterator[_Claim]:
    for node in reading.claims.articles[:1]:
        if found := _read(text_of(node.get("dateModified"))):
            yield _Claim(found, 100, "json-ld dateModified")
    for name in _MODIFIED_META:
        for content in reading.claims.meta.get(name, ()):
            if found := _read(content):
                yield _Claim(found, 80, f"meta {name}")


def _visible_claims(reading: Reading) -> Iterator[_Claim]:
    """What stands on the page: marked elements, and short lines around the text."""
    orders = [block.order for block in reading.body] or [0]
    first, last = min(orders), max(orders)
    near = {block.element: block.order for block in reading.found}
    for element in reading.tree.iter("time"):
        text = " ".join(element.text_content().split())
        found = _read(element.get("datetime")) or _read(element.get("content")) or _read(text)
        if found is None or _linked(element):
            continue
        order = next((near[e] for e in (element, *element.iterancestors()) if e in near), None)
        around = " ".join((text, _beside(element)))
        above = order is not None and first - _ABOVE <= order <= first
        trust = 62 if above else 25 if order is None or order > first else 35
        trust += 8 * bool(_PUBLISHED_WORDS.search(around) or element.get("pubdate") is not None)
        trust += 12 * ("datePublished" in (element.get("itemprop") or ""))
        trust -= 30 * bool(
            _CHANGED_WORDS.search(text) or "odified" in (element.get("itemprop") or "")
        )
        yield _Claim(found, trust, "time element")
    for element in reading.tree.xpath(
        "//*[@itemprop='datePublished' and not(self::time or self::meta)]"
    ):
        offered = element.get("content") or element.get("datetime") or element.text_content()
        if found := _read(offered):
            yield _Claim(found, 70, "microdata datePublished")
    lines = [
        *((block, 52) for block in reading.found[max(0, first - _ABOVE) : first + 2]),
        *((block, 40) for block in reading.found[last + 1 : last + _BELOW]),
    ]
    for block, trust in lines:
        if block.size > _LONGEST_LINE or block.linked == len(block.text):
            continue
        if (found := moment(block.text)) is None:
            continue
        trust += 6 * bool(_PUBLISHED_WORDS.search(block.text)) + 5 * (
            found.precision is not Precision.DAY
        )
        trust -= 25 * bool(_CHANGED_WORDS.search(block.text)) + 12 * (block.linked > 0)
        yield _Claim(found, trust, "line by the text")


def _linked(element: html.HtmlElement) -> bool:
    """Whether an element is part of a link, as the dates of teasers are."""
    return any(parent.tag == "a" for parent in element.iterancestors())


def _beside(element: html.HtmlElement) -> str:
    parent = element.getparent()
    return " ".join(filter(None, (parent.text, parent.get("class")))) if parent is not None else ""


def _read(text: str | None) -> Moment | None:
    return moment(text) if text else None


def _possible(claim: _Claim, reading: Reading) -> bool:
    at = claim.moment.at
    zoned = at if at.tzinfo else at.replace(tzinfo=UTC)
    slack = timedelta(hours=1) if claim.moment.zoned else timedelta(hours=15)
    return EARLIEST <= zoned <= reading.page.fetched + slack


def _settled(claims: list[_Claim], others: list[_Claim], reading: Reading) -> Instant | None:
    """Choose the claim that is trusted most, then make it as exact as those that agree with it."""
    if not claims:
        return None
    claims = sorted(claims, key=lambda claim: -claim.trust)
    best = claims[0]
    if best.moment.precision is Precision.DAY or _midnight(best.moment.at):
        finer = next((c for c in claims if _refines(c, best)), None)
        if finer is None:
            day = best.moment.at.replace(hour=0, minute=0, second=0, microsecond=0)
            day = day if day.tzinfo else day.replace(tzinfo=UTC)
            return Instant(at=day, precision=Precision.DAY, evidence=best.rule)
        best = _Claim(finer.moment, best.trust, f"{best.rule}, made exact by {finer.rule}")
    if best.moment.zoned:
        return Instant(at=best.moment.at, precision=best.moment.precision, evidence=best.rule)
    at, why = _in_zone(best.moment.at, claims, others, reading)
    return Instant(at=at, precision=best.moment.precision, evidence=f"{best.rule}, {why}")


def _midnight(at: datetime) -> bool:
    return (at.hour, at.minute, at.second) == (0, 0, 0)


def _refines(claim: _Claim, day: _Claim) -> bool:
    """Whether a claim says the time of day for a claim that knows the day only."""
    at = claim.moment.at
    if claim.moment.precision is Precision.DAY or _midnight(at) or claim.trust < 35:
        return False
    return day.moment.at.date() in {
        at.date(),
        at.astimezone(UTC).date() if at.tzinfo else at.date(),
    }


def _in_zone(
    local: datetime, claims: list[_Claim], others: list[_Claim], reading: Reading
) -> tuple[datetime, str]:
    zoned = [c for c in claims if c.moment.zoned]
    if twin := sibling(local, [c.moment.at for c in zoned]):
        return twin, "zone from " + next(c.rule for c in zoned if c.moment.at is twin)
    offsets: list[tzinfo] = [
        c.moment.at.tzinfo
        for c in (*zoned, *others)
        if c.moment.at.tzinfo
        and c.moment.at.utcoffset()
        and abs(c.moment.at.replace(tzinfo=None) - local).days < _DAYS_TRUSTED
    ]
    if offsets:
        return local.replace(tzinfo=offsets[0]), "zone of the page's other times"
    zone, why = zone_of(outlet(reading.url), reading.facts.get("language tag"))  # type: ignore[arg-type]  # set by the language reader
    at = local.replace(tzinfo=zone)
    at = at.replace(tzinfo=None).replace(tzinfo=_fixed(at))
    if at > reading.page.fetched + timedelta(hours=1):
        return local.replace(tzinfo=UTC), "zone unknown, taken as UTC"
    return at, why


def _fixed(at: datetime) -> tzinfo:
    """Return the offset of a moment as a zone without rules: it travels between processes."""
    from datetime import timezone

    return timezone(at.utcoffset() or timedelta())
