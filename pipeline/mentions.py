"""Names in a running text: runs of capitalised words, and what stands between quotation marks.

No list of names and no model: capitals within a sentence, small words that link them, titles that
stand before people, and what quotation marks single out, are enough to propose; rarity decides.
"""

# ruff: noqa: RUF001 - the letters and quotation marks of every language are meant
from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+(?:[.'’&-][^\W_]+)*", re.UNICODE)
_QUOTED = re.compile(r"[“”„«‹\"]\s*([^“”„«»‹›\"\n]{2,60}?)[\s,.;:!?]*[”“»›\"]")
_SENTENCE_ENDS = re.compile(r"[.!?…:;。！？]")
_ELIDED = re.compile(r"(?:[cdjlmnstCDJLMNST]|[Qq]u|[Aa]ll|[Dd](?:e|a)ll|[Nn]ell|[Ss]ull)[’'](?=\w)")
_POSSESSIVE = re.compile(r"[’'`](?:s|S)?$")

SHORTEST = 2
"""Letters that a name of one word has at least."""

MOST_QUOTED = 4
"""Words that a quoted name may have; more is somebody's speech."""

LINKS = frozenset(
    """
    of the for and de del della dello dei degli di da do dos das du des la le les el los las y e
    von vom zu zur zum der den dem des und van ten ter op bin al ibn für et à au aux в на и w na
    i sur in im am
    """.split()  # noqa: SIM905 - a table of words reads better as words
)
_OF = frozenset(
    """
    of de del della di da do du des von van der la le для of
    """.split()  # noqa: SIM905 - a table of words reads better as words
)

TITLES = frozenset(
    """
    mr mrs ms miss mx dr prof sir lord lady dame sen senator rep gov governor president
    vice-president premier prime minister chancellor mayor king queen prince princess pope
    bishop archbishop judge justice general gen colonel col captain capt lieutenant lt sergeant
    sgt reverend rev spokesman spokeswoman chairman chairwoman director secretary ambassador
    chief prosecutor inspector superintendent detective constable sheriff commissioner councillor
    attorney magistrate coach
    herr frau präsident präsidentin kanzler kanzlerin bürgermeister bürgermeisterin minister
    ministerin sprecher sprecherin staatsanwalt staatsanwältin oberstaatsanwalt
    oberstaatsanwältin richter richterin landrat landrätin m mm mme mlle monsieur madame
    président présidente ministre maire procureur procureure juge commissaire préfet préfète señor
    señora sr sra srta don doña presidente presidenta ministro ministra alcalde
    alcaldesa signor signora sig onorevole sindaco sindaca senhor senhora prefeito prefeita
    meneer mevrouw burgemeester pan pani prezydent premier burmistrz господин госпожа президент
    министр мэр губернатор
    """.split()  # noqa: SIM905 - a table of words reads better as words
)


_SAY = (
    "said|says|told|tells|added|adds|explained|warned|argued|noted|asked|sagte|sagt|erklärte|teilte"
    "|betonte|meinte|a déclaré|a dit|a indiqué|a affirmé|a expliqué|dijo|declaró|afirmó|explicó"
    "|aseguró|ha detto|ha dichiarato|ha spiegato|disse|afirmou|declarou|zei|zegt|сказал|сказала"
    "|заявил|заявила|сообщил|сообщила|powiedział|powiedziała|sade|säger"
)
_ACCORDING = (
    "according to|laut|zufolge|nach (?:Angaben|Worten) (?:von|des|der)|selon|d[’']après|según"
    "|secondo|segundo|volgens|по словам|według|enligt"
)
_SAYS = rf"(?:, [^,.]{{2,60}},)? (?:has |had |hat )?(?:{_SAY})\b"
_SPEAKS_AFTER = re.compile(_SAYS)
_BEFORE = re.compile(
    rf"(?:\b(?:{_SAY}|{_ACCORDING})(?: [\w.-]+){{0,3}}"
    r"|(?<![\w-])(?:in|at|from|near|around|across|outside|off|im|am|aus|nach|bei|à|en|dans|depuis|desde"
    r"|em|da|di|nel|nella|te|uit|w|z|na|в|во|из|на|под|i|från)(?: the| der| dem| la| el)?)\s*$"
)

UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢİĪĶĹĻŁŃŅŇŌŐŒŘŚŞŠŢŤŪŮŰŹŻŽȘȚΑ-ΩА-ЯЁІЇЄҐ"
"""The capital letters of a character class."""

_NAMED = rf"[{UPPER}][\w.'’-]*(?: (?:(?:of|de|van|von|der|del|la|di) )?[{UPPER}][\w.'’-]*)*"
_SPEAKER = re.compile(
    rf"{_NAMED}(?={_SAYS})|\b(?:{_SAY}|(?i:{_ACCORDING}))"
    rf"(?: (?:the|der|die|le|la|el|il|o|a))?(?: (?:{'|'.join(sorted(TITLES))}))? {_NAMED}"
)


@lru_cache(maxsize=4096)
def without_speakers(sentence: str) -> str:
    """A sentence without the names that only say who speaks; kept, as what waits is asked again."""
    return _SPEAKER.sub(" ", sentence)


class Kind(StrEnum):
    """How a term comes to stand in a text."""

    NAME = "name"
    QUOTED = "quoted"
    ACRONYM = "acronym"
    WORD = "word"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A name where it stands: its words as written, the number of its line, and how it is marked.

    `initial` says that it begins a sentence, so that its capital letter says nothing by itself;
    `aside` that it only says who speaks, or where: *said the mayor*, *in Moscow*.
    """

    words: tuple[str, ...]
    line: int
    kind: Kind
    initial: bool = False
    aside: bool = False

    @property
    def folded(self) -> tuple[str, ...]:
        """Its words in lower case: mentions that share them are of the same name."""
        return tuple(word.casefold() for word in self.words)


@dataclass(frozen=True, slots=True)
class Token:
    """A word with its place in its line."""

    text: str
    start: int
    end: int


def tokens(line: str) -> list[Token]:
    """The words of a line, possessive endings taken off."""
    found = []
    for match in _WORD.finditer(line):
        text = _POSSESSIVE.sub("", match[0])
        start = match.start()
        if elided := _ELIDED.match(text):
            text, start = text[elided.end() :], start + elided.end()
        if text:
            found.append(Token(text, start, start + len(text)))
    return found


def mentions(lines: list[str], language: str | None) -> list[Mention]:
    """Every name in the text, in order; the first line is taken for a title when it is cased so."""
    found: list[Mention] = []
    nouns = language is not None and language.partition("-")[0] == "de"
    for number, line in enumerate(lines):
        words = tokens(line)
        if words and _all_capitals(words) and len(words) > 3:  # noqa: PLR2004
            continue  # a heading in title case: its capitals say nothing
        found.extend(_runs(line, words, number, nouns=nouns))
        found.extend(_quoted(line, number))
    return found


def _all_capitals(words: list[Token]) -> bool:
    cased = [word for word in words if word.text[0].isupper() or word.text[0].islower()]
    high = sum(word.text[0].isupper() for word in cased if len(word.text) > 3)  # noqa: PLR2004
    long = sum(len(word.text) > 3 for word in cased)  # noqa: PLR2004
    return bool(long) and high >= 0.8 * long


def _runs(line: str, words: list[Token], number: int, *, nouns: bool) -> Iterator[Mention]:
    at = 0
    while at < len(words):
        if not _is_capital(words[at]):
            at += 1
            continue
        end = _end_of_run(line, words, at, linked=not nouns)
        initial = _begins_sentence(line, words[at].start)
        aside = _is_aside(line, words[at].start, words[end - 1].end)
        for one in _named(words[at:end], number, initial=initial, nouns=nouns):
            yield replace(one, aside=aside)
        at = end


def _is_aside(line: str, start: int, end: int) -> bool:
    """Whether a name only says who speaks, or where something is."""
    return (
        _SPEAKS_AFTER.match(line, end) is not None
        or _BEFORE.search(line[max(0, start - 50) : start]) is not None
    )


def _end_of_run(line: str, words: list[Token], at: int, *, linked: bool) -> int:
    """Where a run of capitalised words ends; small words count only between two of them."""
    end = at + 1
    while end < len(words):
        if not _adjacent(line, words[end - 1], words[end]):
            break
        if _is_capital(words[end]):
            end += 1
            continue
        ahead = end
        while (
            ahead < len(words)
            and ahead - end < 2  # noqa: PLR2004
            and words[ahead].text in LINKS
            and _adjacent(line, words[ahead - 1], words[ahead])
        ):
            ahead += 1
        joined = (
            linked
            and end < ahead < len(words)
            and words[end].text in _OF
            and _is_capital(words[ahead])
            and _adjacent(line, words[ahead - 1], words[ahead])
        )
        if not joined:
            break
        end = ahead + 1
    return end


def _named(run: list[Token], number: int, *, initial: bool, nouns: bool) -> Iterator[Mention]:
    """The name within a run: without a title before it, cut where a title stands within it."""
    for words, starts in _parts(run, initial=initial):
        while words and words[-1] in LINKS:
            words.pop()
        if not words or (len(words) == 1 and len(words[0]) < SHORTEST):
            continue
        kind = Kind.NAME
        if len(words) == 1 and words[0].isupper():
            kind = Kind.ACRONYM
        elif len(words) == 1 and nouns:
            kind = Kind.WORD
        yield Mention(words=tuple(words), line=number, kind=kind, initial=starts)


def _parts(run: list[Token], *, initial: bool) -> Iterator[tuple[list[str], bool]]:
    """The parts of a run between titles, and whether each begins its sentence."""
    part: list[str] = []
    for token in run:
        if token.text.rstrip(".").casefold() not in TITLES:
            part.append(token.text)
            continue
        if part:
            yield part, initial
        part, initial = [], False
    if part:
        yield part, initial


def _quoted(line: str, number: int) -> Iterator[Mention]:
    for match in _QUOTED.finditer(line):
        words = [token.text for token in tokens(match[1])]
        if not words or len(words) > MOST_QUOTED or not any(map(str.isalpha, "".join(words))):
            continue
        capitals = all(word[0].isupper() or word in LINKS for word in words)
        speech = match[0][-2] in ",.!?" or line[match.end() : match.end() + 1] == ","
        if capitals or (words[0][0].isupper() and not speech):
            yield Mention(words=tuple(words), line=number, kind=Kind.QUOTED)


def _is_capital(token: Token) -> bool:
    return token.text[0].isupper()


def _adjacent(line: str, one: Token, other: Token) -> bool:
    """Whether two words stand side by side; a comma is let pass after one very short word only.

    ``Yes, California`` is one name where ``Moscow, Russia`` is two, and capitals cannot tell.
    """
    between = line[one.end : other.start]
    if between.startswith(("’s", "'s")):
        return False
    if between in {"’ ", "' "}:  # a plural's possessive, as in *Teachers' Union*
        return one.text.endswith("s")
    if between in {" ", "\N{NO-BREAK SPACE}", "-", " & ", ". "}:
        return between != ". " or _is_cut_short(one.text)
    return between == ", " and one.text.casefold() in EXCLAIMED


EXCLAIMED = frozenset(
    """
    yes no oui non ja nein si sí да нет tak nie sim não evet hayır
    """.split()  # noqa: SIM905 - a table of words reads better as words
)


def _is_cut_short(word: str) -> bool:
    """Whether a full stop after a word may be that of an initial, as in *J. Smith*, *St. Paul*."""
    return len(word) == 1 or (len(word) == 2 and word[1].islower())  # noqa: PLR2004


def _begins_sentence(line: str, start: int) -> bool:
    before = line[:start].rstrip(" \"'“”„«‹([–—-\N{NO-BREAK SPACE}…")
    return not before or bool(_SENTENCE_ENDS.match(before[-1]))
