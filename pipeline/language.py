"""The language of a text: what the page claims, held against its script and its small words."""

from __future__ import annotations

import re

from pipeline.reading import Reading
from pipeline.structured import text_of

_SMALL_WORDS = {
    "en": "the of and to in that is for on with was as by it at from are his he has this be",
    "de": "der die das und den von zu mit sich des auf ist nicht ein eine dem im auch als wird",
    "fr": "le la les des et en du une que est dans pour qui par sur au pas plus avec il",
    "es": "el la de que y en los del las por una con no es para se su al lo como",
    "it": "il di che la e per un in è del della con non i le sono una dei alla si",
    "pt": "o que de a e do da em um para com não uma os no se na por mais dos",
    "nl": "de het een van en in is dat op te voor met zijn niet aan er door ook bij als",
    "sv": "och att det i som en på är av för med till den har inte om ett han",
    "da": "og at det i er en til på af for med den der har som ikke de et fra var",
    "no": "og i det at er en til på av for med som den har ikke et fra ble var om seg",
    "fi": "ja on ei että se oli mutta hän kun myös tai sen ovat joka mukaan kuin",
    "is": "og að í á er sem um við til með en það af var ekki fyrir hann hefur",
    "pl": "w i na z do nie się że to jest o jak po za od dla przez ale oraz",
    "cs": "a v se na je že s o do z to by pro jako podle ve ale po za které",
    "sk": "a v sa na je že s o do z to by pre ako podľa vo ale po za ktoré",
    "hu": "a az és hogy nem is egy ez van meg de csak volt már mint el azt ki",
    "ro": "de și în a la cu nu pe care este un din o pentru că mai au sunt",
    "hr": "i u je se na da za od su s koji ne što kao iz ali o to bi",
    "tr": "ve bir bu da için ile de olarak çok daha sonra olan gibi en ne kadar",
    "id": "yang dan di dengan untuk dari ini itu tidak pada dalam akan ke juga oleh",
    "vi": "và của là có trong được cho không một các đã với người này khi để",
    "ca": "el la de que i en els del les per una amb no és va a al com",
    "sw": "na ya wa kwa ni za katika la kuwa hiyo cha hii kama pia huo",
    "zu": "ukuthi futhi uma kodwa lapho njengoba ngesikhathi kusho ngoba nje kanye lo leli",
    "et": "ja on ei et see oli ka kui aga oma mis ning või ta",
    "lt": "ir kad yra su ne į iš bet buvo tai apie kaip nuo už jis",
    "lv": "un ir ka ar no uz par bet kas nav arī tas lai pēc",
    "ru": "и в не на что с по как это он но из за его от для были",
    "uk": "і в не на що з та до як це за про від його для але у є",
    "bg": "и на да в се за не от е с че по са до като ще",
    "sr": "и у је да се на за су од са који не као из али о",
    "el": "και το να του η της με που την από για είναι τα στο",
    "ar": "في من على أن إلى عن مع هذا التي الذي كان ما لا بعد",
    "fa": "در به از که این با است را برای آن یک های می شود",
    "he": "של את על לא הוא זה עם כי גם אל היא מה או כל",
    "hi": "के में है की से को का और ने पर यह भी कि नहीं",
}
_OF_WORD: dict[str, list[str]] = {}
for _tag, _words in _SMALL_WORDS.items():
    for _word in _words.split():
        _OF_WORD.setdefault(_word, []).append(_tag)
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
_WORD = re.compile(r"[^\W\d_]+")
_TAG = re.compile(r"[a-z]{2,3}(?:[-_][a-zA-Z0-9]{2,8})*\Z", re.IGNORECASE)
_SAME = {"nb": "no", "nn": "no", "bs": "hr", "ms": "id", "in": "id", "iw": "he"}
_SAMPLE = 6000
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
            reading.facts["language tag"] = tag.strip().replace("_", "-")
            reading.language = tag.strip().replace("_", "-").partition("-")[0].lower()
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
    letters = max(1, sum(char.isalpha() for char in text))
    for script, tag, share in _SCRIPTS:
        if len(script.findall(text)) > share * letters:
            return tag, 1.0, 1.0 if claim == tag or (tag == "zh" and claim == "ja") else 0.0
    words = _WORD.findall(text.lower())
    if not words:
        return None, 0.0, 0.0
    hits: dict[str, int] = {}
    for word in words:
        for tag in _OF_WORD.get(word, ()):
            hits[tag] = hits.get(tag, 0) + 1
    if not hits:
        return None, 0.0, 0.0
    best = max(hits, key=lambda tag: (hits[tag], tag))
    own = hits.get(_SAME.get(claim or "", claim or ""), 0)
    if claim and claim not in _SMALL_WORDS and claim not in _SAME:
        return None, 0.0, 0.0
    if claim and _SAME.get(claim, claim) == best:
        return claim, hits[best] / len(words), own / len(words)
    return best, hits[best] / len(words), own / len(words)
