"""The shapes in which the web writes dates and times, in the order in which they are tried."""

from __future__ import annotations

import re
from typing import Final

_CLOCK = (
    r"(?P<h>[01]?\d|2[0-4])(?:[:.\uff1a]|\s?[hu]\s?)(?P<m>[0-5]\d)(?!\d)"
    r"(?::(?P<s>[0-5]\d|60))?(?:[.,]\d{1,9})?"
)
_NOON = r"(?P<half>午前|午後|上午|下午|오전|오후)"
_HALF = r"\s*(?P<ap>[ap]\.?\s?m\b\.?)?"
_ZONE = (
    r"\s*(?P<z>Z|UTC|GMT|\(?(?:GMT|UTC)[+-]\d\d?\b|[+\N{MINUS SIGN}-]\d\d:?(?:\d\d)?|[A-Z]{2,5}\b)?"
)
_YEAR = r"(?P<y>(?:19|20)\d\d)"
_ANY_YEAR = r"(?P<y>(?:19|20|25)\d\d)"  # Thai years are 543 ahead
_DAY = r"(?P<d>3[01]|[12]\d|0?[1-9])"
_MONTH = r"(?P<mo>0?[1-9]|1[0-2])"
# Vowels of Indic scripts and Thai are no letters to the machine, and Thai months have dots.
_LETTER = r"[^\W\d_]"
_MARKED = r"(?:[^\W\d_]|[\u0591-\u05c7\u064b-\u0652\u0900-\u0965\u0980-\u09e5\u0e31-\u0e4e])"
_NAME = rf"(?P<mon>{_MARKED}{{2,3}}\.{_MARKED}|{_MARKED}\.{_MARKED}|{_MARKED}{{2,14}})"
_GAP = r"[\s,|\-\N{EN DASH}\N{BULLET}\N{MIDDLE DOT}/;(]*"
_AT = (
    r"(?:(?:um|klo|kl\.?|at|as|às|h|a las?|a les|alle(?: ore)?|ore|ora|à|v|o|u|в|om|en|saat|pukul|"
    r"jam|lúc|στις|ob|plkst\.?|kell|în|ω|\N{CYRILLIC SMALL LETTER O})[\s,:]+"
    # a weekday
    rf"|{_LETTER}{{3,12}}[\s,]+(?=\d\d?:\d\d))?"
)
_OF_YEAR = (
    r"(?:\s*(?:\N{CYRILLIC SMALL LETTER GHE}\.?|\N{CYRILLIC SMALL LETTER ER}\.?|"
    r"года|року|r\.|jm|\.(?=\s)))?"
)
_LATER = rf"(?:{_GAP}{_AT}{_CLOCK}{_HALF}\s*(?:h|Uhr|uur|น\.)?{_ZONE})?"

SHAPES: Final = tuple(
    re.compile(shape, re.IGNORECASE)
    for shape in (
        # 2026-05-09T10:00:00Z, 2026/05/09 10:00
        (
            rf"(?<!\d){_YEAR}(?P<sep>[-/.]?){_MONTH}(?P=sep){_DAY}(?!\d|T\d{{4}})\.?"
            rf"(?:(?:\s*[T,|\-\N{{EN DASH}}]\s*|\s+(?:at\s+)?){_NOON}?\s*{_CLOCK}{_HALF}{_ZONE})?"
        ),
        # 2026. 5. 9. 오후 2:05
        (
            rf"(?<!\d){_YEAR}\.\s{_MONTH}\.\s{_DAY}(?!\d)\.?"
            rf"(?:\s*{_NOON}?\s*{_CLOCK}{_HALF}{_ZONE})?"
        ),
        # 20260509T100000Z, 20260509100000
        (
            rf"(?<!\d){_YEAR}(?P<mo>\d\d)(?P<d>\d\d)(?:T|(?=\d{{6}}(?!\d)))"
            rf"(?P<h>\d\d)(?P<m>\d\d)(?P<s>\d\d)?(?!\d){_ZONE}"
        ),
        # Sat May 09 10:00:00 CEST 2026, Sat May 9 2026 10:00:00 GMT+0200
        (
            rf"\w{{3}},?\s+{_NAME}\s+(?P<d>\d\d?)\s+(?:{_YEAR}\s+)?{_CLOCK}"
            r"(?:\s+(?P<z>[A-Z]{3,4}(?:[+-]\d{4})?))?(?:\s+(?P<y2>(?:19|20)\d\d))?"
        ),
        # 2026年5月9日 午後3時12分
        (
            rf"{_YEAR}\s*[年년]\s*(?P<mo>\d\d?)\s*[月월]\s*(?P<d>\d\d?)\s*[日일]"
            rf"(?:[^\d午오]{{0,8}}{_NOON}?\s*(?P<h>\d\d?)\s*[:時时시点點]\s*(?P<m>\d\d)?"
            r"\s*[分분]?(?::(?P<s>\d\d))?)?"
        ),
        # 15:56 BST, 9 May 2026; 2:05 PM EDT, Sat May 9, 2026
        (
            rf"{_CLOCK}{_HALF}{_ZONE}[\s,|\N{{BULLET}}\N{{MIDDLE DOT}}]+"
            rf"(?:on\s+)?(?:{_LETTER}{{2,10}}\.?,?\s+)??(?:{_DAY}\.?\s+{_NAME}"
            rf"|(?P<mon2>{_LETTER}{{3,12}})\.?\s+(?P<d2>3[01]|[12]\d|0?[1-9])),?\s+{_YEAR}"
        ),
        # 9. Mai 2026, 10.00 Uhr; 9 de mayo de 2026
        (
            rf"(?<!\d){_DAY}(?:\.|er|st|nd|rd|th|º)?\s*(?:de\s+|di\s+|of\s+|d['\u2019]\s?)?[-/]?"
            rf"{_NAME}\.?,?\s*(?:de\s+|del\s+|พ\.ศ\.\s*)?[-/]?{_ANY_YEAR}{_OF_YEAR}{_LATER}"
        ),
        # May 9, 2026 10:00 AM; gegužės 9 d. 2026
        (rf"(?<![^\W\d_]){_NAME}\.?\s+{_DAY}(?:st|nd|rd|th|\s?d\.)?,?\s+{_YEAR}{_LATER}"),
        # 2026. május 9. 14:05; 2026 m. gegužės 9 d. 14:05
        (rf"(?<!\d){_YEAR}\.?\s+(?:m\.\s*)?{_NAME}\.?\s+{_DAY}(?!\d)(?:\.|\s?d\.?)?{_LATER}"),
        # 2026. gada 9. maijs, plkst. 14:05
        rf"(?<!\d){_YEAR}\.?\s+gada\s+{_DAY}\.\s*{_NAME}{_LATER}",
        # 9 tháng 5, 2026
        rf"(?<!\d){_DAY}\s+tháng\s+{_MONTH}(?:\s+năm|,)?\s+{_YEAR}{_LATER}",
        # 09.05.2026, 10:00; 9/5/26
        (
            rf"(?<!\d){_DAY}(?P<sep>[./-])\s?{_MONTH}(?P=sep)\s?(?P<y>(?:19|20)\d\d|\d\d)(?!\d)"
            rf"{_OF_YEAR}{_LATER}"
        ),
    )
)
"""The last is the form of numbers alone, of which day and month may stand the other way round."""
