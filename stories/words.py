"""The one tokenisation: what counts as a word, for articles and for queries, on every engine.

Compatibility forms are unified (NFKC), case is folded, accents on Latin, Greek, Cyrillic, Arabic
and Hebrew letters are dropped. Scripts written without spaces between words (Han, kana, Hangul,
Thai, Lao, Khmer, Burmese, Tibetan) give one token a character, so that a word in them is a phrase.
"""

from __future__ import annotations

import unicodedata

# Changes whenever the same text may give other tokens: the archive then indexes anew.
EDITION = f"1/{unicodedata.unidata_version}"

LONGEST = 64
"""Characters of a token that count; both engines have a limit, of bytes, above it."""

_ASCII = bytes(
    byte if byte in b"abcdefghijklmnopqrstuvwxyz0123456789" else 0x20
    for byte in bytes(range(256)).lower()
)
"""What each byte of a text in ASCII becomes."""

# Letters whose stroke or missing dot Unicode does not count as an accent.
_STROKES = {
    "đ": "d",
    "ø": "o",
    "ł": "l",
    "ħ": "h",
    "ŧ": "t",
    "\N{LATIN SMALL LETTER DOTLESS I}": "i",
}

_ACCENTS = (
    (0x0300, 0x036F),
    (0x0483, 0x0489),
    (0x0591, 0x05C7),
    (0x0610, 0x061A),
    (0x064B, 0x065F),
    (0x0670, 0x0670),
    (0x06D6, 0x06ED),
    (0x1AB0, 0x1AFF),
    (0x1DC0, 0x1DFF),
    (0x20D0, 0x20FF),
    (0xFE00, 0xFE0F),
    (0xFE20, 0xFE2F),
)

_UNSPACED = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x0F00, 0x0FFF),  # Tibetan
    (0x1000, 0x109F),  # Burmese
    (0x1100, 0x11FF),  # Hangul jamo
    (0x1780, 0x17FF),  # Khmer
    (0x2E80, 0x2FDF),  # Han radicals
    (0x3005, 0x3007),
    (0x3021, 0x3029),
    (0x3031, 0x303C),
    (0x3040, 0x31FF),  # kana, bopomofo, Hangul compatibility jamo
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xA960, 0xA97F),
    (0xAA60, 0xAA7F),
    (0xAC00, 0xD7FF),
    (0xF900, 0xFAFF),
    (0x1AFF0, 0x1B16F),
    (0x20000, 0x3FFFF),
)


def words(text: str) -> list[str]:
    """The tokens of a text, in order."""
    found = spaced(text).split()
    if max(map(len, found), default=0) > LONGEST:
        return [word[:LONGEST] for word in found]
    return found


def spaced(text: str) -> str:
    """The tokens of a text in their whole length, with spaces between, before and after them."""
    if text.isascii():
        return text.encode().translate(_ASCII).decode()
    return unicodedata.normalize("NFKC", text).translate(_FOLD)


def unspaced(token: str) -> bool:
    """Whether a token is a character of a script that has no spaces between its words."""
    return len(token) == 1 and _within(ord(token), _UNSPACED)


class _Fold(dict[int, str]):
    """What each character becomes; found out once, at its first use."""

    def __missing__(self, point: int) -> str:
        folded = self[point] = _fold(chr(point))
        return folded


_FOLD = _Fold()


def _fold(char: str) -> str:
    if _within(ord(char), _UNSPACED):
        return f" {char} " if unicodedata.category(char)[0] in "LNM" else " "
    out = []
    for piece in unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", char).casefold()):
        kind = unicodedata.category(piece)
        if kind == "Nd":
            out.append(str(unicodedata.decimal(piece)))
        elif kind[0] in "LN":
            out.append(_STROKES.get(piece, piece))
        elif kind[0] == "M":
            out.append("" if _within(ord(piece), _ACCENTS) else piece)
        elif kind != "Cf" or piece == "\u200b":
            # Joiners and soft hyphens lie within words; the zero-width space is between them.
            out.append(" ")
    return "".join(out)


def _within(point: int, ranges: tuple[tuple[int, int], ...]) -> bool:
    return any(first <= point <= last for first, last in ranges)
