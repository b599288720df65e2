"""The shapes of credits: how a language says that another outlet reported, and what a name is."""

# ruff: noqa: RUF001 - the letters and quotation marks of every language are meant
from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from pipeline.credit_phrases import PHRASES, Phrases
from pipeline.mentions import UPPER

CAP = rf"[{UPPER}][\w’'&+-]*(?:\.(?=[\w’'&+-])[\w’'&+-]+)*(?:(?<=\b[{UPPER}])\.)?"
LINK = (
    r"(?:of|the|and|de|del|della|des|du|di|da|do|dos|la|le|les|el|los|las|y|e|et|von|der|für|am"
    r"|im|van|и|&|24|[0-9]{1,2})"
)
HOST = r"(?<![\w@.])(?:[a-z0-9-]+\.)+(?:com|org|net|info|news|tv|media|[a-z]{2}|example|test)\b"
_LOWER = r"(?:dpa|afp|sid|epd|kna|taz|rbb|g1|ntv|n-tv|elDiario\.es)\b(?!-)"
_NAME = (
    rf"(?:[„“«»‚‘\"›‹]|<<)?"
    rf"(?P<name>{HOST}|{CAP}(?:[ -](?:(?:{LINK} ){{0,2}})(?:{CAP}|\d+)){{0,5}}|{_LOWER})"
    rf"(?:[“”«»‘’\"›‹]|>>)?(?:[’']s)?"
)
WORDS_BETWEEN = r"(?:,? [^\s.;:!?,]+){0,6}?,? ?"

AGENCY_LINE = re.compile(
    r"^[^.!?\n]{0,60}?[(/|](?P<name>[A-Za-zČÉÀ-ž][\w./ -]{1,24})[)/|]\s*(?:[-–—.:]|$|\s)"
)
AGENCY_END = re.compile(r"[(/\[](?P<name>[A-Za-zČ][\w. -]{1,18}(?:[/,] ?[\w. -]{2,18})*)[)/\]]\.?$")


class Patterns(NamedTuple):
    """Where a credit stands in one language, each with a group ``name``.

    `after` is a name and then what it did, `ending` the same at a clause's end, `before` what it
    did and then the name, `asked` who was spoken to, `origin` where the whole text is from.
    """

    after: re.Pattern[str]
    ending: re.Pattern[str]
    before: re.Pattern[str]
    asked: re.Pattern[str]
    origin: re.Pattern[str]


def tongue_of(language: str | None) -> str:
    """The language whose phrases say most about one; English for those that have none."""
    code = (language or "en").partition("-")[0].lower()
    code = {"no": "sv", "nb": "sv", "nn": "sv", "da": "sv", "ca": "es", "gl": "es"}.get(code, code)
    return code if code in PHRASES else "en"


@lru_cache(maxsize=32)
def patterns(tongue: str) -> Patterns:
    """The patterns of a language of :func:`tongue_of`."""
    said = PHRASES[tongue]
    nouns = rf"(?:(?:[\w-]+ ){{0,2}}(?:{said.nouns}) )"
    lead = _lead(said)
    asked = said.asked.replace("~", WORDS_BETWEEN) or r"(?!)"
    return Patterns(
        re.compile(rf"{_NAME} (?:{said.after})\b"),
        re.compile(
            rf"[,”\"»“] (?:{lead})?{_NAME} (?:{said.after})(?=[.,;]|$| (?:on|last|earlier)\b)"
        ),
        re.compile(_begin(said.before.replace("~", WORDS_BETWEEN), lead, nouns)),
        re.compile(_begin(asked, lead, nouns)),
        re.compile(
            rf"(?:^|[.(|]\s?|\s)(?i:{said.origin.replace('~', WORDS_BETWEEN)})\s?(?:{lead})?"
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
def own(language: str | None) -> re.Pattern[str]:
    """*On its website*, without whose it is."""
    return re.compile(rf"(?i:(?<!\w){PHRASES[tongue_of(language)].own})\b")


@lru_cache(maxsize=32)
def beside(tongue: str) -> re.Pattern[str]:
    """What stands right after a name and says that it is an outlet: *, a Russian tabloid*."""
    nouns = PHRASES[tongue].nouns
    return re.compile(rf"[”»“\"]?(?:, (?:[^\s,.;]+ ){{0,4}}| \(?)(?:{nouns})\b")


def trimmed(name: str) -> str:
    """A name without what only its place in a sentence has put behind it."""
    return re.sub(r"[’']s$", "", name).rstrip(".,-’' ")
