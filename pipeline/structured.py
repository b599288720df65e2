"""What a page says about itself in JSON-LD and in its ``<meta>`` elements."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from lxml import html

from pipeline.address import key

ARTICLES = frozenset(
    """
    article newsarticle reportagenewsarticle analysisnewsarticle opinionnewsarticle
    backgroundnewsarticle askpublicnewsarticle reviewnewsarticle blogposting liveblogposting
    socialmediaposting techarticle scholarlyarticle satiricalarticle advertisercontentarticle
    report medicalscholarlyarticle review claimreview
    """.split()  # noqa: SIM905 -- a table of names reads better as words
)
"""The types of schema.org that stand for an article, lower case."""

MAX_LD = 1_000_000
"""Characters of JSON-LD that are read of one script."""

_DEEPEST = 6
_REFERENCES = 2
_ADMIN = re.compile(r"/(?:admin|administrator|editor|redaktion|staff)/?\Z")
_LD = re.compile(r"(?i)ld\+json")
_COMMENT = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*;?\s*$"
)
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_MISSING_COMMA = re.compile(r'(["}\]])(\s*\n\s*)"')

_WRITTEN_BY = re.compile(
    r"written by|verfasst von|geschrieben von|écrit par|escrito por|scritto da|napisan\w+ przez|"
    r"geschreven door|skrevet a[vf]|skrivet av|kirjoittanut|автор|написа|yazan|ditulis|作者|執筆|"
    r"auth?or|byline",
    re.IGNORECASE,
)
_SCRIPTED = re.compile(
    r"""["'](?:date_?published|(?:first_?)?published?_?(?:at|date|time|on)|publication_?date|"""
    r"""first_?publi\w{2,20}|pub_?date)["']\s*:\s*["']?([\w:+. -]{8,40})""",
    re.IGNORECASE,
)
_MOST_SCRIPTED = 20

Node = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Structured:
    """All that structured data says: the article's own node first among `articles`.

    `meta` gives for each name or property, in lower case, the contents in the order of the page.
    `scripted` are the dates of publication in the data of scripts, of whatever article, read only
    where neither JSON-LD nor meta elements have one.
    """

    articles: tuple[Node, ...] = ()
    others: tuple[Node, ...] = ()
    meta: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    scripted: tuple[str, ...] = ()

    @property
    def article(self) -> Node:
        """The node that describes the article of this page; empty when there is none."""
        return self.articles[0] if self.articles else {}

    def first(self, *names: str) -> str | None:
        """Return the first content that is not empty of the given meta names."""
        for name in names:
            for content in self.meta.get(name, ()):
                if content:
                    return content
        return None


def structured(tree: html.HtmlElement, address: str) -> Structured:
    """Read the structured data of a page that was answered at `address`."""
    meta: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        content = " ".join((element.get("content") or "").split())
        if name and content:
            meta.setdefault(name.strip().lower(), []).append(content)
    nodes = [node for data in _scripts(tree) for node in _nodes(data, 0)]
    articles = [node for node in nodes if ARTICLES & kinds(node)]
    others = tuple(node for node in nodes if not ARTICLES & kinds(node))
    og_title = " ".join(meta.get("og:title", ()))
    wanted = key(address)
    articles.sort(key=lambda node: -_fit(node, wanted, og_title))
    _add_labelled(meta)
    frozen = {name: tuple(contents) for name, contents in meta.items()}
    dated = any("datePublished" in node for node in nodes) or any("publi" in name for name in meta)
    return Structured(
        articles=tuple(articles),
        others=others,
        meta=frozen,
        scripted=() if dated else tuple(_scripted(tree)),
    )


def kinds(node: Node) -> frozenset[str]:
    """Return the types of a node, lower case and without a vocabulary's address."""
    kind = node.get("@type")
    names = [kind] if isinstance(kind, str) else kind if isinstance(kind, list) else []
    return frozenset(str(name).rpartition("/")[2].lower() for name in names)


def text_of(value: object) -> str | None:
    """Return a value of JSON-LD as one line of text, or None when it is not text."""
    if isinstance(value, list):
        return next(filter(None, map(text_of, value)), None)
    if isinstance(value, Mapping):
        return text_of(value.get("@value") or value.get("name"))
    if isinstance(value, str):
        return " ".join(value.split()) or None
    return None


def address_of(value: object) -> str | None:
    """Return the address in a value of JSON-LD: a string, an ``@id``, a ``url``."""
    if isinstance(value, list):
        return next(filter(None, map(address_of, value)), None)
    if isinstance(value, Mapping):
        return address_of(value.get("url") or value.get("@id") or value.get("contentUrl"))
    return value.strip() or None if isinstance(value, str) else None


def _add_labelled(meta: dict[str, list[str]]) -> None:
    """Add what meta elements say in other ways: Twitter's labels, Parse.ly's page as JSON."""
    for number in "1234":
        label, data = meta.get(f"twitter:label{number}"), meta.get(f"twitter:data{number}")
        if label and data and _WRITTEN_BY.match(label[0]):
            meta.setdefault("twitter:written by", []).append(data[0])
    page = _loaded(next(iter(meta.get("parsely-page", ())), ""))
    if isinstance(page, Mapping):
        for name, key_ in (("pub-date", "pub_date"), ("author", "authors"), ("title", "title")):
            said = strings(page.get(key_) or page.get(key_.rstrip("s")))
            meta.setdefault(f"parsely-{name}", []).extend(said)


def _scripted(tree: html.HtmlElement) -> Iterator[str]:
    """Yield the dates of publication that stand in the data of scripts, each once."""
    found: dict[str, None] = {}
    for script in tree.iter("script"):
        text = script.text
        if text and "ubli" in text:
            plain = text[:MAX_LD].replace('\\"', '"')
            found |= dict.fromkeys(match[1].strip() for match in _SCRIPTED.finditer(plain))
            if len(found) > _MOST_SCRIPTED:
                return
    yield from found


def _scripts(tree: html.HtmlElement) -> Iterator[object]:
    for script in tree.iter("script"):
        if not _LD.search(script.get("type") or ""):
            continue
        data = _loaded((script.text or "")[:MAX_LD])
        if data is not None:
            yield data


def _loaded(text: str) -> object:
    """Read JSON as it is found on the web: commented out, with commas too many or too few."""
    text = _COMMENT.sub("", _COMMENT.sub("", text)).strip()
    if not text:
        return None
    for mend in (
        lambda t: t,
        lambda t: _TRAILING_COMMA.sub(r"\1", t),
        lambda t: _MISSING_COMMA.sub(r'\1,\2"', _TRAILING_COMMA.sub(r"\1", t)),
    ):
        try:
            return _DECODER.raw_decode(mend(text))[0]
        except (ValueError, RecursionError):
            continue
    return None


_DECODER = json.JSONDecoder(strict=False)


def _nodes(data: object, depth: int) -> Iterator[Node]:
    """Walk to every typed node, outermost first."""
    if depth > _DEEPEST:
        return
    if isinstance(data, list):
        for item in data[:200]:
            yield from _nodes(item, depth + 1)
    elif isinstance(data, dict):
        if "@type" in data:
            yield data
        for name, value in data.items():
            if name in {"@graph", "mainEntity", "mainEntityOfPage", "itemReviewed", "hasPart"} or (
                "@type" not in data and isinstance(value, (dict, list))
            ):
                yield from _nodes(value, depth + 1)


def _fit(node: Node, wanted: str, og_title: str) -> float:
    """How well a node describes the page it stands on."""
    fit = 0.0
    addresses = [address_of(node.get(n)) for n in ("url", "mainEntityOfPage", "@id")]
    known = [key(a.split("#")[0]) for a in addresses if a and a.split("#")[0]]
    if known:
        fit += 3 if wanted in known else -1
    headline = text_of(node.get("headline") or node.get("name"))
    if headline and og_title:
        fit += 2 if headline[:30].lower() in og_title.lower() else 0
    fit += ("datePublished" in node) + ("articleBody" in node) + ("headline" in node)
    fit -= 2 * bool({"review", "claimreview", "socialmediaposting"} & kinds(node))
    return fit


def persons(value: object, by_id: Mapping[str, Node], depth: int = 0) -> Iterator[str]:
    """Yield the names in an author value, following references to other nodes of the page."""
    if isinstance(value, list):
        for item in value[:30]:
            yield from persons(item, by_id, depth)
    elif isinstance(value, Mapping):
        if _ADMIN.search(str(value.get("@id") or value.get("url") or "")):
            return
        parts = (text_of(value.get("givenName")), text_of(value.get("familyName")))
        name = value.get("name") or " ".join(filter(None, parts))
        node = by_id.get(str(value.get("@id")))
        if not name and node is not None and depth < _REFERENCES:
            yield from persons(node, by_id, depth + 1)
        else:
            yield from strings(name)
    elif isinstance(value, str) and "://" not in value:
        yield value


def strings(value: object) -> Sequence[str]:
    """Return all texts in a value of JSON-LD: a text, a list of them, or named things."""
    if isinstance(value, list):
        return [text for item in value for text in strings(item)]
    found = text_of(value)
    return [found] if found else []
