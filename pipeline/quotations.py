"""Long quotations in a commentary: what it repeats at length, and whether it says from whom.

Marked ones are easy: block quotations, and paragraphs wholly between quotation marks. In bare text
a commentator (*I*, *we*, *our*) who lets several paragraphs of a report stand gives it away: there
an ellipsis opens a paragraph, or people are introduced and quoted as reporters do it.
"""

# ruff: noqa: RUF001 - the letters and quotation marks of every language are meant
from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.credits import Credit, How

LONG = 25
"""Words from which a quotation counts as long."""

_FIRST_PERSON = re.compile(
    r"(?<![\w’'-])(?:I|I’m|I'm|I’ve|my|our|ours|us|me|ich|mein\w*|unser\w*|wir|je|j[’'](?=\w)|mon|ma|mes"
    r"|notre|nos|nous|yo|mi|mis|nuestr[oa]s?|creo|io|mio|mia|nostr[oaie]|я|мой|моя|мы|наш\w*|eu|meu"
    r"|minha|nosso|nossa|ik|mijn|onze|ons|jag|mina|vår)(?![\w’'-])"
)
_SPEECH = re.compile(r"[“„«»\"][^“”„«»\"]{2,}[”“»«\"]")
_SAID = re.compile(
    r"(?<!\w)(?:said|says|told|wrote|added|reported|announced|sagte|sagt|erklärte|teilte|schrieb"
    r"|a déclaré|a dit|a indiqué|a affirmé|explique|dijo|declaró|afirmó|explicó|aseguró|ha detto"
    r"|ha dichiarato|disse|afirmou|zei|zegt|verklaarde|сказал\w*|заявил\w*|сообщил\w*|powiedział\w*"
    r"|sade|säger)(?!\w)"
)
_OPENS = re.compile(r"^\s*(?:…|\.\.\.|\[…\]|\[\.\.\.\]|\(…\)|\(\.\.\.\))")
_INTRODUCES = re.compile(r"[:：]\s*$")
# A paragraph that begins so goes on from what the commentator said before.
_TURNS = re.compile(
    r"\s*(?:now|so|but|and|also|yet|however|well|meanwhile|nun|jetzt|also|aber|und|doch|or|mais|et"
    r"|maintenant|pero|ahora|y|ma|ora|mas|agora|но|и|теперь|maar|nu|men|och)\b",
    re.IGNORECASE,
)
_WHOLE = re.compile(r"^\s*[“„«\"][^”»\"]+[”“»\"]?\s*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """A run of lines that somebody else wrote, the last one included, and by whom if said.

    `by` is the credit that names the source, None for a quotation without a named one; `sign`
    says by what it was recognised.
    """

    first: int
    last: int
    sign: str
    by: Credit | None = None


def quotations(
    lines: Sequence[str], credited: Sequence[Credit] = (), roles: str = ""
) -> list[Quoted]:
    """The long quotations of a text, in order; `roles` marks block quotations by ``q``."""
    found = [
        *_marked(lines, roles),
        *(_bare(lines) if "q" not in roles else ()),
    ]
    return [
        Quoted(first=a, last=b, sign=sign, by=_source(a, b, lines, credited))
        for a, b, sign in sorted(found)
        if sum(len(line.split()) for line in lines[a : b + 1]) >= LONG
    ]


def _marked(lines: Sequence[str], roles: str) -> list[tuple[int, int, str]]:
    found = []
    at = 0
    while at < len(lines):
        quoted = roles[at : at + 1] == "q" or (
            _WHOLE.match(lines[at]) is not None and len(lines[at].split()) >= LONG
        )
        end = at
        while quoted and end + 1 < len(lines) and roles[end + 1 : end + 2] == "q":
            end += 1
        if quoted:
            sign = "block quotation" if roles[at : at + 1] == "q" else "quotation marks"
            found.append((at, end, sign))
        at = end + 1
    return found


def _bare(lines: Sequence[str]) -> list[tuple[int, int, str]]:
    """Report within commentary: only where the writer speaks in the first person elsewhere."""
    own = [i for i, line in enumerate(lines) if line.strip() and _speaks(line)]
    if not own:
        return []
    said = [i for i, line in enumerate(lines) if line.strip() and i not in own]
    found: list[tuple[int, int, str]] = []
    run: list[int] = []
    for place, number in enumerate(said):
        starts = _OPENS.match(lines[number]) is not None
        broken = place and any(said[place - 1] < i < number for i in own)
        if run and (starts or broken):
            found += _judged(run, lines)
            run = []
        run.append(number)
        if _reports(lines[number]) and not _next_reports(said, place, lines):
            found += _judged(run, lines)
            run = []
    return found + _judged(run, lines)


def _judged(run: list[int], lines: Sequence[str]) -> list[tuple[int, int, str]]:
    while run and _TURNS.match(lines[run[0]]) and not _reports(lines[run[0]]):
        run = run[1:]
    while run and not (_reports(lines[run[-1]]) or _OPENS.match(lines[run[0]])):
        run = run[:-1]
    if not run:
        return []
    if _OPENS.match(lines[run[0]]):
        return [(run[0], run[-1], "an ellipsis, then reporting")]
    if sum(bool(_reports(lines[i])) for i in run) and len(run) > 1:
        return [(run[0], run[-1], "reporting within commentary")]
    return []


def _next_reports(said: list[int], place: int, lines: Sequence[str]) -> bool:
    """Whether reporting goes on within the next two paragraphs, without a new opening."""
    for number in said[place + 1 : place + 3]:
        if _OPENS.match(lines[number]):
            return False
        if _reports(lines[number]):
            return True
    return False


def _reports(line: str) -> bool:
    """Whether a paragraph quotes somebody and says who said it, as reports do."""
    return bool(_SAID.search(line)) and bool(_SPEECH.search(line))


def _speaks(line: str) -> bool:
    """Whether the writer speaks in the first person, outside of what others are quoted with."""
    return _FIRST_PERSON.search(_SPEECH.sub(" ", line)) is not None


def _source(
    first: int, last: int, lines: Sequence[str], credited: Sequence[Credit]
) -> Credit | None:
    """The credit that introduces a quotation, or that closes it; those within are its own."""
    before = next((i for i in range(first - 1, -1, -1) if lines[i].strip()), None)
    after = next((i for i in range(last + 1, len(lines)) if lines[i].strip()), None)
    for credit in credited:
        if credit.how is How.WEBSITE:
            continue
        if credit.line == before:
            return credit
        if credit.line == after and len(lines[after].split()) <= 12:  # noqa: PLR2004
            return credit
    return None
