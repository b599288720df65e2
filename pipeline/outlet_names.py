"""What is an outlet by its name: the words of which outlets are called, and those that are none."""

# ruff: noqa: RUF001 - the letters of every language are meant
from __future__ import annotations

import re

from pipeline.credit_patterns import HOST, beside, tongue_of
from pipeline.credit_phrases import PHRASES
from pipeline.mentions import TITLES

_MEDIA_WORD = re.compile(
    r"(?:times|post|herald|tribune|gazette|journal|news|newspaper|chronicle|observer|courier"
    r"|examiner|inquirer|enquirer|dispatch|daily|weekly|bulletin|telegraph|guardian|sentinel"
    r"|ledger|register|advertiser|argus|beacon|press|radio|tv|television|broadcasting|magazine"
    r"|wire|newswire|fm|reporter|mercury|evening|morning|zeitung|anzeiger|nachrichten|tagblatt"
    r"|tageblatt|kurier|rundschau|rundfunk|bote|blatt|allgemeine|volksstimme|volksblatt|merkur"
    r"|presse|depeche|dépêche|courrier|gazzetta|giornale|corriere|messaggero|gazzettino|mattino"
    r"|diario|periódico|periodico|noticias|heraldo|correo|crónica|cronica|jornal|correio|gazeta"
    r"|dziennik|krant|dagblad|nieuwsblad|courant|tidning|tidningen|tidende|avisa|blad"
    r"|bladet|nyheter|posten|gazetesi|haber|ajansı|новости|новостей|известия|газета"
    r"|independent|monitor|globe|echo|mirror|star|standard|review|voice|intelligencer"
    r"|ведомости|вести|вестник|правда|время|комсомольская|телеграф|дневник|журнал|фм|тв)\Z",
    re.IGNORECASE,
)
_PLAIN_NOUNS = ("nachrichten", "register", "journal", "presse")
"""Single nouns that end so are no names of outlets by themselves."""

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


def is_outlet(
    line: str, match: re.Match[str], name: str, *, strong: bool, language: str | None
) -> bool:
    """Whether a name that stands where a credit may is an outlet's.

    `match` is the credit in its line, `strong` where hardly anything but an outlet can stand.
    """
    parts = re.split(r"[\s-]", name)
    if parts[0].casefold() in _NOT_OUTLETS or parts[0].rstrip(".").casefold() in TITLES:
        return False
    if (
        re.fullmatch(HOST, name)
        or ("noun" in match.groupdict() and match["noun"])
        or beside(tongue_of(language)).match(line, match.end("name"))
    ):
        return True
    said = [part for part in name.split() if _MEDIA_WORD.search(part.rpartition("-")[2])]
    if said and not name.isupper() and (" " in name or not name.lower().endswith(_PLAIN_NOUNS)):
        return True
    if not strong or PHRASES[tongue_of(language)].capital_nouns:
        return False
    # *The Intercept reported*: no person has an article, no company reports at a clause's end.
    start = match.start("name")
    return name.startswith("The ") or (
        line[max(0, start - 4) : start].casefold() == "the " and len(parts) > 1
    )


def is_media_name(name: str) -> bool:
    """Whether a name has a word of which outlets are made, or an article before it."""
    return name.startswith("The ") or any(_MEDIA_WORD.search(part) for part in name.split())
