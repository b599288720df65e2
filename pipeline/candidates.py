"""What of a story can be a term of its topic: names, what is quoted, words not everybody uses."""

# ruff: noqa: RUF001 - the letters of every language are meant
from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from pipeline import background
from pipeline.credits import Credit, How
from pipeline.mentions import EXCLAIMED, LINKS, TITLES, Kind, Mention, mentions, tokens
from pipeline.seed import Seed
from pipeline.spelling_kin import akin, nearly
from pipeline.told_times import told_times
from pipeline.well_known import folded
from stories.words import words

_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]+")
_PIECE = re.compile(r"[\u30a0-\u30ff]+|[\u4e00-\u9fff\u3400-\u4dbf]+|[\u0e00-\u0eff]+")
_MONTHS = frozenset(
    """
    january february march april june july august september october november december januar
    februar märz mai juni juli oktober dezember janvier février mars avril juin juillet août
    septembre octobre novembre décembre enero febrero marzo abril mayo junio julio agosto
    septiembre octubre noviembre diciembre gennaio febbraio aprile maggio giugno luglio settembre
    ottobre dicembre janeiro fevereiro março maio junho julho setembro outubro dezembro
    """.split()  # noqa: SIM905 - a table of names reads better as words
)

NEVER_HEARD = 4e-5
"""A word with a capital that so few articles have is a name or a coinage: a German noun, or what
begins a sentence."""

NOUN = 3e-6
"""German words as frequent as this are nouns and not names."""

HEADLINED, TELLING = 1.3, 2.0
"""Decimal orders of rarity from which a plain word is a candidate: one in the headline, where few
words must say all, and any other."""

COMMON = 1e-4
"""Words as frequent as this are cut off the beginning of a name that begins a sentence."""


@dataclass(slots=True, kw_only=True)
class Candidate:
    """What may become a term: the ways it is written, where it stands first, how often.

    `forms` are runs of words as written, the most telling first; `first` is the number of the
    line, the headline being -1. `aside` counts where it but says who speaks, or where.
    """

    forms: list[tuple[str, ...]]
    kind: Kind
    count: int = 0
    first: int = 10_000
    aside: int = 0
    lines: set[int] = field(default_factory=set)

    @property
    def folded(self) -> tuple[str, ...]:
        """The words by which it is looked up."""
        return tuple(word for part in self.forms[0] for word in words(part))


def candidates(seed: Seed, body: Sequence[str], credited: Iterable[Credit] = ()) -> list[Candidate]:
    """Everything in a story that could single it out; outlets and writers are not among it."""
    lines = [seed.title, *body]
    away = {folded(name) for name in (seed.outlet or "", *seed.authors) if name}
    outlets: dict[int, list[str]] = defaultdict(list)
    for credit in credited:
        if credit.how is not How.WEBSITE:
            away.add(folded(credit.name))
            outlets[credit.line + 1].append(f" {credit.name.casefold()} ")
    times = {part for one in told_times(lines) for part in words(one.words)}
    if sum(len(run) for run in _UNSPACED.findall(" ".join(body))) > 0.3 * len("".join(body)):
        return _unspaced(lines)
    found: dict[tuple[str, ...], Candidate] = {}
    raw = mentions(lines, seed.language)
    within = {
        word.casefold()
        for one in raw
        for place, word in enumerate(one.words)
        if not (one.initial and place == 0)
    }
    for one in raw:
        name = _bare(one, seed.language, within)
        if not name or folded(" ".join(name)) in away:
            continue
        if len(name) == 1 and (
            name[0].casefold() in times or not _telling(one, name, seed, within)
        ):
            continue
        if any(f" {' '.join(map(str.casefold, name))} " in said for said in outlets[one.line]):
            continue
        _count(found, name, one.kind, one.line - 1, aside=one.aside)
    _plain_words(found, lines, seed.language, times, away)
    for candidate in found.values():
        form = candidate.forms[0]
        if candidate.kind is Kind.WORD and form[0][0].isupper():
            rare = background.share(form, seed.language) <= NEVER_HEARD
            candidate.kind = Kind.NAME if rare else Kind.WORD
    return _families(list(found.values()))


def _bare(one: Mention, language: str | None, within: set[str]) -> tuple[str, ...]:
    """A mention without what only its place made part of it."""
    name = list(one.words)
    if (
        one.initial
        and len(name) > 1
        and name[0].casefold() not in within | EXCLAIMED
        and background.frequency(name[0], language) >= COMMON
    ):
        name = name[1:]
    while name and name[0].casefold() in LINKS and len(name) > 1 and one.kind is not Kind.QUOTED:
        name = name[1:]
    if language is not None and language.startswith("de") and one.kind is not Kind.QUOTED:
        # Every noun has a capital there: what everybody says is no part of the name beside it.
        while len(name) > 1 and background.frequency(name[0], language) >= NOUN:
            name = name[1:]
    after = name[0].partition("-")[2][:1]
    if len(name) == 1 and "-" in name[0] and not (after.isupper() or after.isdigit()):
        name = [name[0].partition("-")[0]]
    return tuple(name)


def _telling(one: Mention, name: tuple[str, ...], seed: Seed, within: set[str]) -> bool:
    """Whether one word is a name; what begins a sentence is where it has a capital within one too.

    Or when the language has no such word.
    """
    word = name[0]
    if len(word) < 2 or word.casefold() in TITLES or word.isdigit():  # noqa: PLR2004
        return False
    if one.kind is Kind.QUOTED:
        return word[0].isupper() and word.casefold() not in EXCLAIMED
    if word.casefold() in EXCLAIMED | LINKS | _MONTHS:
        return False
    if not one.initial or word.casefold() in within:
        return True
    return background.share((word,), seed.language) <= NEVER_HEARD


def _count(
    found: dict[tuple[str, ...], Candidate],
    name: tuple[str, ...],
    kind: Kind,
    line: int,
    *,
    aside: bool = False,
) -> None:
    key = tuple(words(" ".join(name)))
    if not key:
        return
    one = found.setdefault(key, Candidate(forms=[name], kind=kind))
    if kind is Kind.QUOTED and one.kind is not Kind.QUOTED:
        one.kind = Kind.QUOTED
        one.count -= 1  # what stands between quotation marks was counted as a name already
    if name not in one.forms:
        one.forms.append(name)
    one.count += 1
    one.aside += aside
    one.lines.add(line)
    one.first = min(one.first, line)


def _plain_words(
    found: dict[tuple[str, ...], Candidate],
    lines: Sequence[str],
    language: str | None,
    times: set[str],
    away: set[str],
) -> None:
    """Add the words in small letters that are not in everybody's mouth."""
    for number, line in enumerate(lines):
        for token in tokens(line):
            for piece in token.text.split("-"):
                word = piece.strip("’'.")
                key = tuple(words(word))
                if len(word) < 4 or len(key) != 1 or key[0] in times or folded(word) in away:  # noqa: PLR2004
                    continue
                least = TELLING if number else HEADLINED
                begins = not number and token.start == 0
                if word[0].isupper() and key not in found and language != "de" and not begins:
                    continue
                if key in found:
                    if found[key].kind is Kind.WORD:
                        _count(found, (word,), Kind.WORD, number - 1)
                    continue
                rare = background.bits(background.share((word,), language))
                if rare >= least and not word.isdigit():
                    _count(found, (word,), Kind.WORD, number - 1)


def _families(found: list[Candidate]) -> list[Candidate]:
    """Join what is one thing written in several ways: misspelt names, plurals, derivations."""
    found.sort(key=lambda one: (-len(one.folded), one.kind is Kind.WORD, one.first, one.folded))
    kept: list[Candidate] = []
    for one in found:
        kin = next((other for other in kept if _same(one, other)), None)
        if kin is None:
            kept.append(one)
            continue
        if one.count > kin.count and len(one.folded) > 1:
            kin.forms = [*one.forms, *kin.forms]
        else:
            kin.forms += [form for form in one.forms if form not in kin.forms]
        if Kind.QUOTED in {one.kind, kin.kind}:
            kin.kind = Kind.QUOTED
        kin.count += one.count
        kin.aside += one.aside
        kin.first = min(kin.first, one.first)
        kin.lines |= one.lines
    return kept


def _same(one: Candidate, other: Candidate) -> bool:
    mine, theirs = one.folded, other.folded
    if len(mine) != len(theirs) or (Kind.WORD in {one.kind, other.kind} and one.kind != other.kind):
        return False
    if len(mine) == 1 and akin(mine[0], theirs[0]):
        return True
    return all(a == b or nearly(a, b) for a, b in zip(mine, theirs, strict=True))


def _unspaced(lines: Sequence[str]) -> list[Candidate]:
    """Terms of a script without spaces: runs of characters that come back, the longest ones."""
    seen: Counter[str] = Counter()
    first: dict[str, int] = {}
    for number, line in enumerate(lines):
        for run in _PIECE.findall(line):
            for size in range(2, 9):
                for at in range(len(run) - size + 1):
                    piece = run[at : at + size]
                    seen[piece] += 1
                    first.setdefault(piece, number - 1)
    often = {piece: n for piece, n in seen.items() if n > 1}
    whole = [
        piece
        for piece, n in often.items()
        if not any(piece != other and piece in other and often[other] >= n for other in often)
    ]
    return [
        Candidate(
            forms=[(piece,)],
            kind=Kind.NAME if len(piece) > 2 else Kind.WORD,  # noqa: PLR2004
            count=often[piece],
            first=first[piece],
        )
        for piece in sorted(whole, key=lambda piece: (-often[piece] * len(piece), piece))[:30]
    ]
