"""The language of a text: what the page claims, held against its script and its small words."""

from __future__ import annotations

import re
from collections import Counter
from importlib.resources import files

from pipeline.reading import Reading
from pipeline.structured import text_of

_OF_WORD: dict[str, list[str]] = {}
"""The languages that have a small word."""
for _line in (files("pipeline") / "words" / "small.txt").read_text(encoding="utf-8").splitlines():
    _tag, *_words = _line.split()
    for _word in () if _tag == "#" else _words:
        _OF_WORD.setdefault(_word, []).append(_tag)
_KNOWN = {tag for tags in _OF_WORD.values() for tag in tags}
_SCRIPTS = (
    (re.compile(r"[\u3040-\u30ff]"), "ja", 0.1),
    (re.compile(r"[\uac00-\ud7af]"), "ko", 0.2),
    (re.compile(r"[\u4e00-\u9fff]"), "zh", 0.3),
    (re.compile(r"[\u0e00-\u0e7f]"), "th", 0.3),
    (re.compile(r"[\u10a0-\u10ff]"), "ka", 0.3),
    (re.compile(r"[\u0530-\u058f]"), "hy", 0.3),
    (re.compile(r"[\u0980-\u09ff]"), "bn", 0.3),
    (re.compile(r"[\u0b80-\u0bff]"), "ta", 0.3),
    (re.compile(r"[\u0c00-\u0c7f]"), "te", 0.3),
    (re.compile(r"[\u1000-\u109f]"), "my", 0.3),
    (re.compile(r"[\u1780-\u17ff]"), "km", 0.3),
)
_BEYOND = re.compile(r"[\u0530-\ud7af]")
"""Where all of these scripts lie: most pages have none of it, and are asked once."""
_LEAST_SHARE = min(share for _, _, share in _SCRIPTS)
_WORD = re.compile(r"[^\W\d_]+")
_TAG = re.compile(r"[a-z]{2,3}(?:[-_][a-zA-Z0-9]{2,8})*\Z", re.IGNORECASE)
_SAME = {"nb": "no", "nn": "no", "bs": "hr", "ms": "id", "in": "id", "iw": "he"}
# ISO 639-2 where pages use it; everything here speaks ISO 639-1.
_TWO_LETTERS = {
    "ara": "ar",
    "deu": "de",
    "eng": "en",
    "fra": "fr",
    "fre": "fr",
    "ger": "de",
    "ita": "it",
    "jpn": "ja",
    "kor": "ko",
    "nld": "nl",
    "por": "pt",
    "rus": "ru",
    "spa": "es",
    "tur": "tr",
    "ukr": "uk",
    "zho": "zh",
}
_SAMPLE = 4000
_SURE = 0.06


def claimed_language(reading: Reading) -> None:
    """Note the language that a page claims, with its region: it tells of the zone of its times."""
    claims = reading.claims
    root = reading.tree if reading.tree.tag == "html" else reading.tree.find(".//html")
    offered = (
        ("json-ld inLanguage", text_of(claims.article.get("inLanguage"))),
        (
            "html lang",
            root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang")
            if root is not None
            else None,
        ),
        ("og:locale", claims.first("og:locale")),
        (
            "meta language",
            claims.first("language", "content-language", "dc.language", "inlanguage"),
        ),
    )
    for rule, tag in offered:
        if tag and _TAG.match(tag.strip()):
            reading.language_tag = tag.strip().replace("_", "-")
            code = reading.language_tag.partition("-")[0].lower()
            reading.language = _TWO_LETTERS.get(code, code)
            reading.evidence["language"] = rule
            return


def language(reading: Reading) -> None:
    """Settle the language: the page's claim, unless its text is plainly in another one."""
    text = reading.text[:_SAMPLE]
    found, share, claim_share = _heard(text, reading.language)
    if found is None or found == reading.language:
        return
    if reading.language is None or (share >= _SURE and share > 3 * claim_share):
        reading.language = found
        reading.evidence["language"] = "script and small words of the text"


def language_of(text: str) -> str | None:
    """The language that a bare text reads like, None when its small words do not tell."""
    return _heard(text[:_SAMPLE], None)[0]


def _heard(text: str, claim: str | None) -> tuple[str | None, float, float]:
    """Return the language a text reads like, the share of its small words, and the claim's."""
    letters = 1 if text.isascii() else max(1, sum(map(str.isalpha, text)))
    beyond = len(_BEYOND.findall(text)) > _LEAST_SHARE * letters
    for script, tag, share in _SCRIPTS if beyond else ():
        if len(script.findall(text)) > share * letters:
            return tag, 1.0, 1.0 if claim == tag or (tag == "zh" and claim == "ja") else 0.0
    words = _WORD.findall(text.lower())
    if not words:
        return None, 0.0, 0.0
    hits: dict[str, int] = {}
    for word, times in Counter(words).items():
        for tag in _OF_WORD.get(word, ()):
            hits[tag] = hits.get(tag, 0) + times
    if not hits:
        return None, 0.0, 0.0
    best = max(hits, key=lambda tag: (hits[tag], tag))
    own = hits.get(_SAME.get(claim or "", claim or ""), 0)
    if claim and claim not in _KNOWN and claim not in _SAME:
        return None, 0.0, 0.0
    if claim and _SAME.get(claim, claim) == best:
        return claim, hits[best] / len(words), own / len(words)
    return best, hits[best] / len(words), own / len(words)
