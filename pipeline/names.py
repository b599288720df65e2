"""Names in bylines: of persons, of agencies, of the house itself."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from importlib.resources import files

from pipeline.phrases import phrases
from pipeline.plain import plain_name


def _agencies() -> dict[str, str]:
    source = (files("pipeline") / "words" / "agencies.txt").read_text(encoding="utf-8")
    lines = [line.split(" = ") for line in source.splitlines() if " = " in line]
    return {plain_name(form): kept for kept, forms in lines for form in forms.split(",")}


AGENCIES = _agencies()
"""News agencies by the letters of their names."""

BAR = re.compile(r"\s+[|•·/]\s+")
SIGNED = re.compile(
    r"\s*[(\uff08]?\s*(?i:责编|责任编辑|编辑|记者|作者|本报记者|記者|文|글|기자|autor(?:in)?(?:/autor)?|"
    r"author|text|von|by|por|par|di|af|av|door|автор|автори|oleh|penulis|yazan)"
    r"\s*[:\uff1a\s]\s*(?P<names>.{2,100}?)\s*[)\uff09]?\s*\Z"
)
"""A line that begins as signed ones do: By Jane Doe; Von: Jane Doe."""

_KIND = (
    r"(?:written|posted|published|reported|story|words|texte?|analys[ei]s?|opinion|interview|review|"
    r"(?:ein\w*\s)?(?:kommentar|gastbeitrag|kolumne|reportage|essay|bericht|analyse|interview)|"
    r"geschrieben|verfasst|aufgezeichnet|protokolliert|propos recueillis|écrit|escrito|publicado|"
    r"scritto|opracowanie|geschreven|skrevet|skriven)"
)
_ROLE_BEFORE = (
    r"(?:reporter|writer|penulis|pewarta|yazar|muhabir|autore?r?n?|author|автор\w*|текст|"
    r"correspondent|corresponsal|enviad[oa] especial|redacteur|redactor[ae]?|journaliste?|tekst)"
)
_BY = re.compile(
    rf"^\W*(?:{_KIND}\s+)?(?:by|von|vom|por|par|di|door|av|af|przez|od|oleh|eftir|από|"
    rf"a cura di|dal nostro inviato|de (?:nuestr[oa]|su) \w+|"
    rf"(?:texte?|texto|testo|text|tekst)(?=\s*:)|"
    rf"avec|mit|with|con|kirjoittanut|{_ROLE_BEFORE}(?=\s*:)|(?:onze|notre|unser\w*)\s{_ROLE_BEFORE})\b\s*[:\-]?\s*",
    re.IGNORECASE,
)
_PICTURED = re.compile(
    r"\W*(?:photos?|fotos?|bilder?|pictures?|videos?|camera|graphics?|grafik\w*|illustrations?|"
    r"edit(?:ed|ing|or)|editors?|produced|translat\w+|übersetz\w+|фото|редактор|编辑|責任編輯|编审|"
    r"사진)(?:\s+by|\s+von)?\s*[:\uff1a]"
    r"|\W*(?:edited|translated|produced|additional reporting) by\b",
    re.IGNORECASE,
)
_SPLIT = re.compile(
    r"\s*(?:[;|/\u2022\u00b7\uff0f\u3001\n()\uff08\uff09\[\]]|,(?!\s*(?:jr|sr|ii|iii|md|phd|dr)\b)|"
    r"\s[\u2013\u2014-]\s|\s(?:and|und|et|y|e|og|och|ja|en|i|и|та|ve|dan|&|with|mit|avec|con|med)\s)\s*",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"\S+@\S+|https?://\S+|www\.\S+|@\w+")
_DATED = re.compile(r"\d{4}|\d{1,2}[.:/]\d{2}|\d+\s*(?:min|hour|std|ago)", re.IGNORECASE)
_WHEN = re.compile(
    r"\s+(?:in|aus|from|reporting from|for(?: the)?|à|updated|published)\s+(?:\d|[^\W\d_a-z]).*\Z"
    r"|(?:\s+on|(?:\A|\s)(?:[Uu]pdated|[Pp]ublished|[Pp]osted))\s+\w+\.?\s+\d.*\Z"
)
_ROLE = re.compile(
    r"(?:\s*[,(\-\N{EN DASH}|]\s*|\s+|\A)"
    r"(?:(?:chief|senior|staff|political|deputy|associate|special|contributing|"
    r"foreign|world|business|sports?|health|science|environment|managing|global)\s+)*"
    r"(?:editor|reporter(?:in)?|correspondent|writer|columnist|redakteur(?:in)?|journalist(?:in)?|"
    r"korrespondent(?:in)?|producer|photographer|redacteur|redactora?|corresponsal|periodista|"
    r"giornalista|dziennikarz|bbc news|penulis|wartawan|muhabir)s?\b.*\Z",
    re.IGNORECASE,
)
_EAST = re.compile(
    r"\A(?:本[报報社刊]?(?:特[约約派])?[记記]者|[记記]者|作者|撰文|文|글|취재)[\s:\uff1a/]*(?=[\u3400-\u9fff\uac00-\ud7af]{2})"
    r"|(?<=[\u3400-\u9fff\uac00-\ud7af]{2})\s*(?:선임기자|기자|특파원|논설위원|인턴|記者|记者|报道|報導)\Z"
)
_ENDING = re.compile(
    r"\s(?:the\s)?"
    r"(?:associated press|reuters|afp|dpa|bloomberg|canadian press|press association)\Z",
    re.IGNORECASE,
)
_WRITTEN_SO = frozenset({"dpa", "epd", "Reuters"})
_SMALL = r"(?:de|del|della|di|da|dos|do|von|van|der|den|zu|le|la|el|al|bin|ibn|ben|ter|af|av|y|e)\b"
_PERSON = re.compile(
    r"(?:(?:Dr|Prof|Mag|Ing|Sir|Dame|Mr|Mrs|Ms)\.?\s)*"
    rf"(?:[^\W\d_a-z][\w.'\u2019\-]*|{_SMALL})(?:\s(?:[^\W\d_a-z][\w.'\u2019\-]+|{_SMALL})){{1,5}}\Z"
)
_HAN_NAME = re.compile(r"[\u3400-\u9fff\uac00-\ud7af]{2,4}\Z")
_EDGES = ' \t.,;:-\u2013\u2014|()[]*\u00b7\u2022"'
_SHORTEST = 2
_LONGEST = 60
_LONGEST_LINE = 1_000
_MOST_WORDS = 7
_LEAST_HOUSE = 3
_LONG_HOUSE = 6


def names(texts: Iterable[str]) -> Iterator[str]:
    """Take bylines apart into names, without what is no name: roles, dates, addresses."""
    for text in texts:
        line = " ".join(html.unescape(text[:_LONGEST_LINE]).replace("\u00ad", "").split())
        for part in _SPLIT.split(_BY.sub("", _ADDRESS.sub(" ", line))):
            if _PICTURED.match(part):
                continue
            whole = _EAST.sub("", _WHEN.sub("", _BY.sub("", part)).strip(_EDGES))
            agency = None if agency_of(whole) else _ENDING.search(whole)
            for one in (whole[: agency.start()], agency[0]) if agency else (whole,):
                name = _ROLE.sub("", one).strip(_EDGES)
                has_role = name != one.strip(_EDGES)
                if _is_name(name) and (not has_role or is_person(name) or agency_of(name)):
                    yield name


def agency_of(name: str) -> str | None:
    """Return the agency that a name stands for, by itself or with a place: AP, AFP Deutschland."""
    if known := AGENCIES.get(plain_name(name)):
        return known
    first, _, rest = name.replace("-", " ").partition(" ")
    sure = rest and " " not in rest and (first.isupper() or first in _WRITTEN_SO)
    return AGENCIES.get(plain_name(first)) if sure else None


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
        and not phrases("nobody").fullmatch(name)
        and not _DATED.search(name)
        and any(char.isalpha() for char in name)
    )
