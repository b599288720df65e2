"""Who is credited in words: the outlets that a text names as its sources.

*The Moscow Times reported*, *told Life, a Russian tabloid*, *(Reuters)*, *laut dpa*, *a déclaré à
l'AFP*, *according to its website*, *This article first appeared in …*. A name is an outlet when
it is a known one, when a word in it or beside it says so, when it is a host, or when only an
outlet can stand where it stands; persons, offices and companies are let go.
"""

# ruff: noqa: RUF001 - the letters and quotation marks of every language are meant
from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from pipeline.credit_phrases import PHRASES, Phrases
from pipeline.mentions import TITLES, UPPER
from pipeline.well_known import AGENCIES_IN_SMALL, agencies, folded, well_known

_CAP = rf"[{UPPER}][\w’'&+-]*(?:\.(?=[\w’'&+-])[\w’'&+-]+)*(?:(?<=\b[{UPPER}])\.)?"
_LINK = (
    r"(?:of|the|and|de|del|della|des|du|di|da|do|dos|la|le|les|el|los|las|y|e|et|von|der|für|am"
    r"|im|van|и|&|24|[0-9]{1,2})"
)
_HOST = r"(?<![\w@.])(?:[a-z0-9-]+\.)+(?:com|org|net|info|news|tv|media|[a-z]{2}|example|test)\b"
_LOWER = r"(?:dpa|afp|sid|epd|kna|taz|rbb|g1|ntv|n-tv|elDiario\.es)\b(?!-)"
_NAME = (
    rf"(?:[„“«»‚‘\"›‹]|<<)?"
    rf"(?P<name>{_HOST}|{_CAP}(?:[ -](?:(?:{_LINK} ){{0,2}})(?:{_CAP}|\d+)){{0,5}}|{_LOWER})"
    rf"(?:[“”«»‘’\"›‹]|>>)?(?:[’']s)?"
)
_WORDS_BETWEEN = r"(?:,? [^\s.;:!?,]+){0,6}?,? ?"

_MEDIA_WORD = re.compile(
    r"(?:times|post|herald|tribune|gazette|journal|news|newspaper|chronicle|observer|courier"
    r"|examiner|inquirer|enquirer|dispatch|daily|weekly|bulletin|telegraph|guardian|sentinel"
    r"|ledger|register|advertiser|argus|beacon|press|radio|tv|television|broadcasting|magazine"
    r"|wire|newswire|fm|reporter|mercury|evening|morning|zeitung|anzeiger|nachrichten|tagblatt"
    r"|tageblatt|kurier|rundschau|rundfunk|bote|blatt|allgemeine|volksstimme|volksblatt|merkur"
    r"|presse|depeche|dépêche|courrier|gazzetta|giornale|corriere|messaggero|gazzettino|mattino"
    r"|diario|periódico|periodico|noticias|heraldo|correo|crónica|cronica|jornal|correio|gazeta"
    r"|dziennik|kurier|krant|dagblad|nieuwsblad|courant|tidning|tidningen|tidende|avisa|blad"
    r"|bladet|nyheter|posten|posten|gazetesi|haber|ajansı|новости|новостей|известия|газета"
    r"|independent|monitor|globe|echo|mirror|star|standard|review|voice|intelligencer|ведомости|вести|вестник|правда|время|комсомольская|телеграф|дневник|журнал|фм|тв)\Z",
    re.IGNORECASE,
)
_AGENCY_LINE = re.compile(
    r"^[^.!?\n]{0,60}?[(/|](?P<name>[A-Za-zČÉÀ-ž][\w./ -]{1,24})[)/|]\s*(?:[-–—.:]|$|\s)"
)
_AGENCY_END = re.compile(
    r"[(/\[](?P<name>[A-Za-zČ][\w. -]{1,18}(?:[/,] ?[\w. -]{2,18})*)[)/\]]\.?$"
)
_PLAIN_NOUNS = ("nachrichten", "register", "journal", "presse")
"""Single nouns that end so are no names of outlets by themselves."""

SHORT, TITLED = 3, frozenset({"Efe", "Rai", "Yle", "SvD", "Fox", "Sky", "Ria"})
"""Names of so few letters are initials, and written so; these are not."""

_DATELINES = 3
"""Lines of a text that may begin with a place and an agency."""

_CLAUSE_ENDS = re.compile(r"[.!?…:|—–](?:[”»\"’)]*\s|$)")
_BEFORE_ORIGIN = 3
"""Words that may stand before *first appeared in …* in a sentence of its own: *It was …*."""

_NOT_OUTLETS = frozenset(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april may
    june july august september october november december twitter facebook instagram youtube
    tiktok telegram whatsapp x google reddit linkedin truth threads mastodon bluesky wikipedia
    congress parliament senate court police reporters journalists i it he she they we this that
    his her their its montag dienstag mittwoch donnerstag freitag samstag sonntag lundi mardi
    mercredi jeudi vendredi samedi dimanche lunes martes miércoles jueves viernes sábado domingo
    """.split()  # noqa: SIM905 - a table of words reads better as words
)


class How(StrEnum):
    """In which way a text credits."""

    REPORTED = "reported"
    TOLD = "told"
    AGENCY = "agency"
    ORIGIN = "origin"
    WEBSITE = "website"


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """One outlet that a text credits: as named there, how, in which words, on which line.

    `host` is where it answers, when that is known; for a website it is that of whoever is named.
    """

    name: str
    how: How
    words: str
    line: int
    host: str | None = None


Known = Callable[[str], str | None]
"""Gives the host of an outlet by what it is called, or None."""


def by_table(name: str) -> str | None:
    """The host of an outlet that the whole world credits."""
    if len(name) <= SHORT and not (name.isupper() or name in AGENCIES_IN_SMALL or name in TITLED):
        return None
    return well_known().get(folded(name))


def credits_in(lines: Sequence[str], language: str | None, known: Known = by_table) -> list[Credit]:
    """The credits of a text, in order, each outlet once for each way of crediting it."""
    found: dict[tuple[str, How], Credit] = {}
    last_name = ""
    for number, line in enumerate(lines):
        for credit in _of_line(line, number, language, known, last_name):
            found.setdefault((folded(credit.name), credit.how), credit)
        last_name = _subject(line) or last_name
    told = {name for name, how in found if how is not How.WEBSITE}
    return [
        one
        for (name, how), one in found.items()
        if how is not How.TOLD or (name, How.REPORTED) not in found or name not in told
    ]


def agencies_in(lines: Sequence[str]) -> Iterator[Credit]:
    """The news agencies that a text credits where these sign, in order."""
    for number, line in enumerate(lines):
        yield from _of_agencies(line, number)


@lru_cache(maxsize=1)
def _origins() -> re.Pattern[str]:
    shapes = (said.origin.replace("~", _WORDS_BETWEEN) for said in PHRASES.values())
    return re.compile(rf"(?i:(?:^|[.(|]\s?|\s)(?:{'|'.join(shapes)}))")


def says_reprinted(text: str, link: str = "") -> bool:
    """Whether a line, in any language, says that the whole text comes from elsewhere.

    With what is linked there, whether it says so of the link.
    """
    return any(
        _stands_alone(text, match) and link in text[match.start() :]
        for match in _origins().finditer(text)
    )


def _stands_alone(text: str, match: re.Match[str]) -> bool:
    """Whether what says where a text is from is a sentence of its own, and no aside in another.

    *The pumps ran dry (source: the Evening Bell)* credits one sentence, not the whole text.
    """
    before = text[: match.start() + (text[match.start()] in ".|")]
    begun = _CLAUSE_ENDS.split(before)[-1].split()
    return len(begun) <= (0 if ":" in match[0] else _BEFORE_ORIGIN)


def reprinted_from(sentence: str) -> str | None:
    """The name in a sentence, of any language, that says where the whole text is from."""
    if not says_reprinted(sentence):
        return None
    for tongue in PHRASES:
        if match := _compiled(tongue)[-1].search(sentence):
            return _trimmed(match["name"])
    return None


def _of_line(
    line: str, number: int, language: str | None, known: Known, last_name: str
) -> Iterator[Credit]:
    yield from _named(line, number, language, known)
    yield from _of_agencies(line, number)
    for match in _own(language).finditer(line):
        owner = _owner(line[: match.start()]) or last_name
        plain = PHRASES[_tongue(language)].capital_nouns and known(owner) is None
        if owner and not plain:
            yield Credit(
                name=owner, how=How.WEBSITE, words=match[0].strip(), line=number, host=known(owner)
            )


def _of_agencies(line: str, number: int) -> Iterator[Credit]:
    for match in _agencies(line, number):
        for name in map(str.strip, re.split(r"[/,]", match["name"])):
            if (host := agency(name)) is not None:
                yield Credit(
                    name=name, how=How.AGENCY, words=match[0].strip(), line=number, host=host
                )


def _named(line: str, number: int, language: str | None, known: Known) -> Iterator[Credit]:
    """The outlets that a line names where it credits."""
    for match, how, strong in _matches(line, language):
        name = _trimmed(match["name"])
        if name.casefold() in TITLES:
            continue
        name, host = _known_part(name, known)
        if host is None and not _is_outlet(line, match, name, strong=strong, language=language):
            continue
        if host is None and "." in name and " " not in name and name.islower():
            host = name
        yield Credit(name=name, how=how, words=_around(line, match), line=number, host=host)


def _known_part(name: str, known: Known) -> tuple[str, str | None]:
    """The part of a name that is a known outlet's: who speaks may follow it without a comma."""
    parts = name.split(" ")
    for last in range(len(parts), 0, -1):
        start = " ".join(parts[:last])
        if (host := known(start)) is not None:
            return start, host
    return name, None


def _matches(line: str, language: str | None) -> Iterator[tuple[re.Match[str], How, bool]]:
    """Every place where a credit may stand; `strong` where hardly anything but an outlet can."""
    after, ending, before, asked, origin = _compiled(_tongue(language))
    for match in origin.finditer(line):
        yield match, How.ORIGIN if _stands_alone(line, match) else How.REPORTED, True
    for match in ending.finditer(line):
        yield match, How.REPORTED, True
    for match in after.finditer(line):
        yield match, How.REPORTED, False
    for match in before.finditer(line):
        yield match, How.REPORTED, False
    for match in asked.finditer(line):
        yield match, How.TOLD, False


def _agencies(line: str, number: int) -> Iterator[re.Match[str]]:
    if number < _DATELINES and (match := _AGENCY_LINE.search(line)):
        yield match
    if match := _AGENCY_END.search(line):
        yield match


def agency(name: str) -> str | None:
    """The host of a news agency that signs by this name; one in small letters only as it does."""
    if not name or not (name[0].isupper() or name in AGENCIES_IN_SMALL):
        return None
    host = by_table(name)
    return host if host in agencies() else None


def _tongue(language: str | None) -> str:
    code = (language or "en").partition("-")[0].lower()
    code = {"no": "sv", "nb": "sv", "nn": "sv", "da": "sv", "ca": "es", "gl": "es"}.get(code, code)
    return code if code in PHRASES else "en"


@lru_cache(maxsize=32)
def _compiled(tongue: str) -> tuple[re.Pattern[str], ...]:
    said = PHRASES[tongue]
    nouns = rf"(?:(?:[\w-]+ ){{0,2}}(?:{said.nouns}) )"
    lead = _lead(said)
    asked = said.asked.replace("~", _WORDS_BETWEEN) or r"(?!)"
    return (
        re.compile(rf"{_NAME} (?:{said.after})\b"),
        re.compile(
            rf"[,”\"»“] (?:{lead})?{_NAME} (?:{said.after})(?=[.,;]|$| (?:on|last|earlier)\b)"
        ),
        re.compile(_begin(said.before.replace("~", _WORDS_BETWEEN), lead, nouns)),
        re.compile(_begin(asked, lead, nouns)),
        re.compile(
            rf"(?:^|[.(|]\s?|\s)(?i:{said.origin.replace('~', _WORDS_BETWEEN)})\s?(?:{lead})?"
            rf"{nouns}?{_NAME}"
        ),
    )


def _begin(phrase: str, lead: str, nouns: str) -> str:
    """A phrase that a name follows, with what may stand between them."""
    return rf"(?<![\w-])(?i:{phrase})(?:(?<=[’'])| )(?:{lead})?(?P<noun>{nouns})?(?:{lead})?{_NAME}"


def _lead(said: Phrases) -> str:
    """The articles that may stand before a name, each with the space after it, if there is one."""
    plain = [one for one in said.articles.split("|") if one and "’" not in one]
    elided = [one for one in said.articles.split("|") if "’" in one]
    shapes = [rf"(?:{'|'.join(plain)}) "] if plain else []
    shapes += [rf"(?:{'|'.join(elided)})"] if elided else []
    return "|".join(shapes) or r"(?!)"


@lru_cache(maxsize=32)
def _own(language: str | None) -> re.Pattern[str]:
    return re.compile(rf"(?i:(?<!\w){PHRASES[_tongue(language)].own})\b")


@lru_cache(maxsize=32)
def _beside(tongue: str) -> re.Pattern[str]:
    """What stands right after a name and says that it is an outlet: *, a Russian tabloid*."""
    nouns = PHRASES[tongue].nouns
    return re.compile(rf"[”»“\"]?(?:, (?:[^\s,.;]+ ){{0,4}}| \(?)(?:{nouns})\b")


def _is_outlet(
    line: str, match: re.Match[str], name: str, *, strong: bool, language: str | None
) -> bool:
    parts = re.split(r"[\s-]", name)
    if parts[0].casefold() in _NOT_OUTLETS or parts[0].rstrip(".").casefold() in TITLES:
        return False
    if (
        re.fullmatch(_HOST, name)
        or ("noun" in match.groupdict() and match["noun"])
        or _beside(_tongue(language)).match(line, match.end("name"))
    ):
        return True
    said = [part for part in name.split() if _MEDIA_WORD.search(part.rpartition("-")[2])]
    if said and not name.isupper() and (" " in name or not name.lower().endswith(_PLAIN_NOUNS)):
        return True
    if not strong or PHRASES[_tongue(language)].capital_nouns:
        return False
    # *The Intercept reported*: no person has an article, no company reports at a clause's end.
    start = match.start("name")
    return name.startswith("The ") or (
        line[max(0, start - 4) : start].casefold() == "the " and len(parts) > 1
    )


def is_media_name(name: str) -> bool:
    """Whether a name has a word of which outlets are made, or an article before it."""
    return name.startswith("The ") or any(_MEDIA_WORD.search(part) for part in name.split())


def _trimmed(name: str) -> str:
    return re.sub(r"[’']s$", "", name).rstrip(".,-’' ")


def _around(line: str, match: re.Match[str]) -> str:
    """The words of the credit, for whoever checks it."""
    return " ".join(line[max(0, match.start() - 20) : match.end() + 20].split())


def _subject(line: str) -> str:
    found = re.findall(rf"{_CAP}(?: (?:(?:{_LINK} ){{0,2}}){_CAP})+", line)
    return found[-1] if found else ""


def _owner(before: str) -> str:
    """Whose website it is: the last name of several words in what stands before."""
    return _subject(before)
