"""Times that a text tells from where it stands: *last weekend*, *Monday*, *vor zwei Tagen*.

They stay as they are until the day of the text is known; only then do they become days.
"""

# ruff: noqa: RUF001 - the letters and quotation marks of every language are meant
from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

_DAYS = (
    "monday|montag|lundi|lunes|lunedì|segunda-feira|понедельник|poniedziałek|maandag|måndag",
    "tuesday|dienstag|mardi|martes|martedì|terça-feira|вторник|wtorek|dinsdag|tisdag",
    "wednesday|mittwoch|mercredi|miércoles|mercoledì|quarta-feira|среду|środę|woensdag|onsdag",
    "thursday|donnerstag|jeudi|jueves|giovedì|quinta-feira|четверг|czwartek|donderdag|torsdag",
    "friday|freitag|vendredi|viernes|venerdì|sexta-feira|пятницу|piątek|vrijdag|fredag",
    "saturday|samstag|sonnabend|samedi|sábado|sabato|субботу|sobotę|zaterdag|lördag",
    "sunday|sonntag|dimanche|domingo|domenica|воскресенье|niedzielę|zondag|söndag",
)
_SHIFTS = {
    "day before yesterday": -2,
    "yesterday": -1,
    "today": 0,
    "tonight": 0,
    "tomorrow": 1,
    "this morning": 0,
    "this evening": 0,
    "vorgestern": -2,
    "gestern": -1,
    "heute": 0,
    "morgen": 1,
    "avant-hier": -2,
    "hier": -1,
    "aujourd’hui": 0,
    "aujourd'hui": 0,
    "demain": 1,
    "anteayer": -2,
    "ayer": -1,
    "hoy": 0,
    "ieri": -1,
    "oggi": 0,
    "domani": 1,
    "ontem": -1,
    "hoje": 0,
    "amanhã": 1,
    "вчера": -1,
    "сегодня": 0,
    "завтра": 1,
    "позавчера": -2,
    "wczoraj": -1,
    "dzisiaj": 0,
    "dziś": 0,
    "jutro": 1,
    "gisteren": -1,
    "vandaag": 0,
    "igår": -1,
    "i går": -1,
    "idag": 0,
}
_SPANS = (
    r"(?:last|this|next|earlier this|later this) (?:weekend|week|month|year|summer|winter|spring"
    r"|autumn|fall)|(?:past|last) (?:two|three|four|few|several|\d+) (?:days|weeks|months|years)"
    r"|(?:two|three|four|\d+) (?:days|weeks|months|years) ago"
    r"|(?:am )?(?:vergangene[nrs]?|letzte[nrs]?|kommende[nrs]?|nächste[nrs]?|diese[nrs]?)"
    r" (?:wochenende|woche|monat|jahr)|vor (?:zwei|drei|vier|einigen|wenigen|\d+)"
    r" (?:tagen|wochen|monaten|jahren)"
    r"|(?:le )?(?:week-end|mois|an|année) (?:dernier|dernière|prochain|prochaine)"
    r"|la semaine (?:dernière|prochaine)|il y a (?:deux|trois|quelques|\d+) (?:jours|semaines|mois)"
    r"|(?:el|la) (?:pasad[oa]|próxim[oa]) (?:fin de semana|semana|mes|año)"
    r"|(?:el|la) (?:fin de semana|semana|mes|año) (?:pasad[oa]|próxim[oa]|que viene)"
    r"|hace (?:dos|tres|unos|unas|\d+) (?:días|semanas|meses)"
    r"|(?:la|lo) scors[oa] (?:settimana|mese|anno|fine settimana)|(?:due|tre|pochi) giorni fa"
    r"|(?:na|no) (?:semana|mês|ano) passad[oa]|há (?:dois|três|\d+) dias"
    r"|на (?:прошлой|этой|следующей) неделе|в прошлом (?:году|месяце)|(?:два|три|\d+) дня назад"
    r"|w zeszłym (?:tygodniu|miesiącu|roku)|(?:vorige|afgelopen|volgende) (?:week|maand|weekend)"
    r"|förra (?:veckan|månaden|året)"
)
_DAY = re.compile(
    r"(?<![\w-])(?:(?:last|this|next|on|am|ce|el|le|il|на|в|во|w|op|i) )?"
    r"(?P<day>" + "|".join(f"(?P<d{i}>{names})" for i, names in enumerate(_DAYS)) + r")s?(?!\w)"
    r"(?! \d|, \w+ \d|, \d)",
    re.IGNORECASE,
)
_SHIFT = re.compile(
    rf"(?<![\w-])(?:{'|'.join(sorted(_SHIFTS, key=len, reverse=True))})(?![\w-])", re.IGNORECASE
)
_SPAN = re.compile(rf"(?<![\w-])(?:{_SPANS})(?!\w)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldTime:
    """A time as told, on which line; `day` once it could be counted from the day of the text."""

    words: str
    line: int
    day: date | None = None


def told_times(lines: Sequence[str], day: date | None = None) -> list[ToldTime]:
    """The relative times of a text in order; counted from `day`, when that is known.

    A weekday is the last one up to `day`; spans (*last week*) have no single day and stay as told.
    """
    found: list[tuple[int, int, ToldTime]] = []
    for number, line in enumerate(lines):
        found += [
            (number, match.start(), ToldTime(words=match[0], line=number))
            for match in _SPAN.finditer(line)
        ]
        for match in _SHIFT.finditer(line):
            then = day and day + timedelta(days=_SHIFTS[match[0].lower()])
            found.append((number, match.start(), ToldTime(words=match[0], line=number, day=then)))
        for match in _DAY.finditer(line):
            weekday = next(i for i in range(7) if match[f"d{i}"])
            then = day and day - timedelta(days=(day.weekday() - weekday) % 7)
            words = match[0].strip()
            found.append((number, match.start(), ToldTime(words=words, line=number, day=then)))
    return [one for _, _, one in sorted(found, key=lambda entry: entry[:2])]
