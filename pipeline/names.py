"""Names in bylines: of persons, of agencies, of the house itself."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet

from pipeline.plain import plain_name

AGENCIES = {
    "ap": "AP", "associatedpress": "AP", "reuters": "Reuters", "dpa": "dpa", "afp": "AFP",
    "deutschepresseagentur": "dpa", "agencefrancepresse": "AFP", "tass": "TASS", "apa": "APA",
    "sda": "SDA", "ansa": "ANSA", "efe": "EFE", "sid": "SID", "kna": "KNA", "epd": "epd",
    "pap": "PAP", "ctk": "ČTK", "upi": "UPI", "xinhua": "Xinhua", "kyodo": "Kyodo",
    "yonhap": "Yonhap", "pti": "PTI", "ani": "ANI", "aap": "AAP", "pa": "PA",
    "pressassociation": "PA", "bloomberg": "Bloomberg", "ritzau": "Ritzau", "ntb": "NTB",
    "tt": "TT", "stt": "STT", "belga": "Belga", "anp": "ANP", "lusa": "Lusa",
    "interfax": "Interfax", "ukrinform": "Ukrinform", "europapress": "Europa Press",
    "keystonesda": "Keystone-SDA", "adnkronos": "Adnkronos", "jiji": "Jiji", "bernama": "Bernama",
    "antara": "Antara", "dpaafx": "dpa-AFX",
}  # fmt: skip
"""News agencies by the letters of their names."""

BAR = re.compile(r"\s+[|•·/]\s+")
SIGNED = re.compile(
    r"\s*[(\uff08]?\s*(?i:责编|责任编辑|编辑|记者|作者|本报记者|記者|文|글|기자|autor(?:in)?(?:/autor)?|"
    r"author|text|von|by|por|par|di|af|av|door|автор|автори|oleh|penulis|yazan)"
    r"\s*[:\uff1a\s]\s*(?P<names>.{2,100}?)\s*[)\uff09]?\s*\Z"
)
"""A line that begins as signed ones do: By Jane Doe; Von: Jane Doe."""

_BY = re.compile(
    r"^\s*(?:(?:written|posted|published|reported|story|words|text|analysis|opinion|interview|"
    r"review)\s+)?(?:by|von|vom|de la redacci\w+|por|par|di|door|av|af|przez|od|texte?|texto|testo|"
    r"author|autore?r?n?|автор|tekst|ein\w* \w+ von|escrito por|gastbeitrag von|oleh|eftir|"
    r"kirjoittanut|από)\b\s*:?\s*",
    re.IGNORECASE,
)
_SPLIT = re.compile(
    r"\s*(?:[;|/\u2022\u00b7\uff0f\u3001\n]|,(?!\s*(?:jr|sr|ii|iii|md|phd|dr)\b)|"
    r"\s(?:and|und|et|y|e|og|och|ja|en|i|и|та|&|with|mit)\s)\s*",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"\S+@\S+|https?://\S+|www\.\S+|@\w+")
_DATED = re.compile(r"\d{4}|\d{1,2}[.:/]\d{2}|\d+\s*(?:min|hour|std|ago)", re.IGNORECASE)
_ROLE = re.compile(
    r"(?:\s*[,(\-\N{EN DASH}|]\s*|\s+)(?:(?:chief|senior|staff|political|deputy|associate|special|"
    r"contributing|foreign|world|business|sports?|health|science|environment)\s+)*"
    r"(?:editor|reporter(?:in)?|correspondent|writer|columnist|redakteur(?:in)?|journalist(?:in)?|"
    r"korrespondent(?:in)?|producer|photographer)s?\b.*\Z",
    re.IGNORECASE,
)
_NOBODY = frozenset(
    """
    admin administrator staff editor editors editorial redaktion redaction redaccion redazione
    guest unknown anonymous author authors autor autoren webmaster news newsdesk user editorialteam
    nachrichten actualites noticias notizie zpravy редакция redazioneweb teamredaktion
    newsroom editorialstaff staffwriter staffreporter webdesk onlineredaktion none null undefined
    """.split()  # noqa: SIM905 -- a table of names reads better as words
)
_SMALL = r"(?:de|del|della|di|da|dos|do|von|van|der|den|zu|le|la|el|al|bin|ibn|ben|ter|af|av|y|e)\b"
_PERSON = re.compile(
    r"(?:(?:Dr|Prof|Mag|Ing|Sir|Dame|Mr|Mrs|Ms)\.?\s)*"
    rf"(?:[^\W\d_a-z][\w.'\u2019\-]*|{_SMALL})(?:\s(?:[^\W\d_a-z][\w.'\u2019\-]+|{_SMALL})){{1,5}}\Z"
)
_HAN_NAME = re.compile(r"[\u3400-\u9fff\uac00-\ud7af]{2,4}\Z")
_EDGES = ' \t.,;:-\u2013\u2014|()[]*\u00b7\u2022"'
_SHORTEST = 2
_LONGEST = 60
_MOST_WORDS = 7
_LEAST_HOUSE = 3
_LONG_HOUSE = 6


def names(texts: Iterable[str]) -> Iterator[str]:
    """Take bylines apart into names, without what is no name: roles, dates, addresses."""
    for text in texts:
        line = " ".join(html.unescape(text).replace("\u00ad", "").split())
        for part in _SPLIT.split(_BY.sub("", _ADDRESS.sub(" ", line))):
            whole = _BY.sub("", part)
            name = _ROLE.sub("", whole).strip(_EDGES)
            only_role = name != whole.strip(_EDGES) and name == name.lower()
            if _is_name(name) and not only_role:
                yield name


def is_person(name: str) -> bool:
    """Whether a text looks like the name of a person: two to six words that begin in capitals."""
    return bool(_PERSON.match(name) or _HAN_NAME.match(name))


def is_house(name: str, houses: AbstractSet[str]) -> bool:
    """Whether a name is the outlet's own and not a person's or an agency's.

    A short name of the house must be a word of it, and not the family name of a person.
    """
    mine = plain_name(name)
    if mine in houses:
        return True
    if mine in AGENCIES:
        return False
    if any(len(house) >= _LONG_HOUSE and house in mine for house in houses):
        return True
    words = [plain_name(word) for word in name.split()]
    shared = [word for word in words if len(word) >= _LEAST_HOUSE and word in houses]
    return bool(shared) and not (is_person(name) and words[0] not in shared)


def _is_name(name: str) -> bool:
    return (
        _SHORTEST <= len(name) <= _LONGEST
        and len(name.split()) <= _MOST_WORDS
        and plain_name(name) not in _NOBODY
        and not _DATED.search(name)
        and any(char.isalpha() for char in name)
    )
