"""Times as the web writes them, read into instants: ISO 8601, RFC 5322, epochs, day-first forms."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from typing import NamedTuple

from stories.model import Precision


class Moment(NamedTuple):
    """A time as it was read: `at` is naive when no zone was said."""

    at: datetime
    precision: Precision

    @property
    def zoned(self) -> bool:
        """Whether the zone was said, so that the instant is known and not only the local time."""
        return self.at.tzinfo is not None


_CLOCK = r"(?P<h>[01]?\d|2[0-4])[:.](?P<m>[0-5]\d)(?::(?P<s>[0-5]\d|60))?(?:[.,]\d{1,9})?"
_ZONE = r"(?P<z>Z|UTC|GMT|[+\N{MINUS SIGN}-]\d\d:?(?:\d\d)?|[A-Z]{2,5}\b)"
_ISO = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<sep>[-/.]?)(?P<mo>0?[1-9]|1[0-2])(?P=sep)"
    r"(?P<d>3[01]|[12]\d|0?[1-9])(?!\d)"
    rf"(?:(?:\s*[T,|\-\N{{EN DASH}}]\s*|\s+(?:at\s+)?){_CLOCK}\s*(?P<ap>[ap]\.?m\b\.?)?\s*{_ZONE}?)?",
    re.IGNORECASE,
)
_BASIC = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<mo>\d\d)(?P<d>\d\d)T(?P<h>\d\d)(?P<m>\d\d)(?P<s>\d\d)?"
    + rf"{_ZONE}?"
)
_DAY_FIRST = re.compile(
    r"(?<!\d)(?P<d>3[01]|[12]\d|0?[1-9])(?P<sep>[./-])\s?(?P<mo>0?[1-9]|1[0-2])(?P=sep)\s?"
    r"(?P<y>(?:19|20)\d\d|\d\d)(?!\d)"
    rf"(?:[\s,|\-\N{{EN DASH}}\N{{BULLET}}]*(?:um|kl\.?|at|h|a las|alle|ore)?[\s,]*{_CLOCK}"
    rf"\s*(?P<ap>[ap]\.?m\b\.?)?\s*(?:h|Uhr)?\s*{_ZONE}?)?",
    re.IGNORECASE,
)
_EPOCH = re.compile(r"(?:1\d{9}|1\d{12})\Z")
_SECONDS_A_DAY = 86_400

_ZONES = {
    "Z": 0, "UTC": 0, "GMT": 0, "WET": 0, "WEST": 60, "BST": 60, "CET": 60, "MEZ": 60,
    "CEST": 120, "MESZ": 120, "EET": 120, "EEST": 180, "MSK": 180, "SAST": 120, "EAT": 180,
    "EST": -300, "EDT": -240, "CST": -360, "CDT": -300, "MST": -420, "MDT": -360,
    "PST": -480, "PDT": -420, "AKST": -540, "AKDT": -480, "HST": -600, "NST": -210, "NDT": -150,
    "AST": -240, "ADT": -180, "BRT": -180, "ART": -180, "JST": 540, "KST": 540, "HKT": 480,
    "SGT": 480, "PHT": 480, "WIB": 420, "WITA": 480, "WIT": 540, "ICT": 420, "NZST": 720,
    "NZDT": 780, "AEST": 600, "AEDT": 660, "ACST": 570, "ACDT": 630, "AWST": 480, "PKT": 300,
    "GST": 240, "TRT": 180, "UAH": 120,
}  # fmt: skip
"""Minutes east of UTC of the zone names that news pages use. IST is left out: three zones own it."""

_NAMES = {
    name: number
    for number, names in enumerate(
        (
            "jan january januar jänner januari janvier enero ene gennaio gen janeiro ledna leden "
            "stycznia sty января янв січня ocak jannar januára ianuarie ian tammikuuta január "
            "janúar siječnja jaanuar ιανουαρίου ιαν",
            "feb february februar februari février févr fév febrero febbraio fevereiro fev února "
            "únor lutego lut февраля фев лютого şubat februára februarie helmikuuta február "
            "febrúar veljače veebruar φεβρουαρίου φεβ",
            "mar march märz mär mrz maart mars marzo março března březen marca марта мар березня "
            "mart maret martie maaliskuuta március ožujka märts marts μαρτίου μαρ",
            "apr april avril avr abril abr aprile dubna duben kwietnia kwi апреля апр квітня nisan "
            "apríla aprilie huhtikuuta április apríl travnja aprill απριλίου απρ",
            "may mai mei mayo maggio mag maio května květen maja мая травня mayıs mája toukokuuta "
            "május maí svibnja maj μαΐου",
            "jun june juni juin junio giugno giu junho června červen czerwca cze июня июн червня "
            "haziran júna iunie kesäkuuta június júní lipnja juuni ιουνίου",
            "jul july juli juillet juil julio luglio lug julho července červenec lipca lip июля "
            "июл липня temmuz júla iulie heinäkuuta július júlí srpnja juuli ιουλίου",
            "aug august augusti août agosto ago srpna srpen sierpnia sie августа авг серпня "
            "ağustos agustus augusta elokuuta augusztus ágúst kolovoza αυγούστου αυγ",
            "sep sept september septembre septiembre settembre set setembro září września wrz "
            "сентября сен сент вересня eylül septembra septembrie syyskuuta szeptember rujna "
            "σεπτεμβρίου σεπ",
            "oct october oktober okt octobre octubre ottobre ott outubro out října říjen "
            "października paź октября окт жовтня ekim októbra octombrie lokakuuta október "
            "listopada-hr oktoober οκτωβρίου οκτ",
            "nov november novembre noviembre novembro listopadu listopad listopada lis ноября ноя "
            "нояб листопада kasım novembra noiembrie marraskuuta nóvember νοεμβρίου νοε",
            "dec december dezember dez décembre déc diciembre dic dicembre dezembro prosince "
            "prosinec grudnia gru декабря дек грудня aralık desember des decembra decembrie "
            "joulukuuta desembris prosinca detsember δεκεμβρίου δεκ",
        ),
        1,
    )
    for name in names.split()
}
_WORD = r"(?P<mon>[^\W\d_]{3,12})"
_NAMED_DAY_FIRST = re.compile(
    rf"(?<!\d)(?P<d>3[01]|[12]\d|0?[1-9])(?:\.|er|st|nd|rd|th|º)?\s*(?:de\s+|di\s+|of\s+)?[-/]?{_WORD}\.?,?"
    r"\s*(?:de\s+|del\s+)?[-/]?(?P<y>(?:19|20)\d\d)"
    rf"(?:\s*(?:г\.?|р\.?|r\.|jm)?[\s,|\-\N{{EN DASH}}\N{{BULLET}}\N{{MIDDLE DOT}}]*(?:um|kl\.?|at|a las|alle|ore|à|v|o|в|о)?[\s,]*"
    rf"{_CLOCK}\s*(?P<ap>[ap]\.?m\b\.?)?\s*(?:h|Uhr)?\s*{_ZONE}?)?",
    re.IGNORECASE,
)
_NAMED_MONTH_FIRST = re.compile(
    rf"(?<![^\W\d_]){_WORD}\.?\s+(?P<d>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?,?\s+(?P<y>(?:19|20)\d\d)"
    rf"(?:[\s,|\-\N{{EN DASH}}\N{{BULLET}}\N{{MIDDLE DOT}}]*(?:at)?\s*{_CLOCK}\s*(?P<ap>[ap]\.?m\b\.?)?\s*{_ZONE}?)?",
    re.IGNORECASE,
)
_CLOCK_FIRST = re.compile(
    rf"{_CLOCK}\s*(?P<ap>[ap]\.?m\b\.?)?\s*{_ZONE}?[\s,|\N{{BULLET}}\N{{MIDDLE DOT}}]+"
    rf"(?:(?P<d>3[01]|[12]\d|0?[1-9])\s+{_WORD}|(?P<mon2>[^\W\d_]{{3,12}})\.?\s+(?P<d2>3[01]|[12]\d|0?[1-9])),?"
    r"\s+(?P<y>(?:19|20)\d\d)",
    re.IGNORECASE,
)
_JAVA = re.compile(
    rf"\w{{3}},?\s+(?P<mon>[A-Z][a-z]{{2}})\s+(?P<d>\d\d?)\s+(?:(?P<y>(?:19|20)\d\d)\s+)?{_CLOCK}\s+"
    r"(?P<z>[A-Z]{3,4}(?:[+-]\d{4})?)(?:\s+(?P<y2>(?:19|20)\d\d))?"
)
_CJK = re.compile(
    r"(?P<y>(?:19|20)\d\d)\s*[年년]\s*(?P<mo>\d\d?)\s*[月월]\s*(?P<d>\d\d?)\s*[日일]"
    r"(?:[^\d午오]{0,8}(?P<half>午前|午後|오전|오후)?\s*(?P<h>\d\d?)\s*[:時时시]\s*(?P<m>\d\d)?\s*[分분]?(?::(?P<s>\d\d))?)?"
)


def moment(text: str) -> Moment | None:
    """Read the first time that stands in a text, or None.

    Day comes before month in forms of numbers alone; whoever knows better asks differently.
    """
    text = text.strip()[:200]
    if not any(char.isdigit() for char in text):
        return None
    if _EPOCH.match(text):
        return _epoch(text)
    for shape in (
        _ISO,
        _BASIC,
        _JAVA,
        _CJK,
        _CLOCK_FIRST,
        _NAMED_DAY_FIRST,
        _NAMED_MONTH_FIRST,
        _DAY_FIRST,
    ):
        if (found := shape.search(text)) and (read := _read(found)):
            return read
    return None


def _epoch(text: str) -> Moment:
    seconds = int(text) / (1000 if len(text) > 10 else 1)
    return Moment(datetime.fromtimestamp(seconds, UTC), Precision.SECOND)


def _read(found: re.Match[str]) -> Moment | None:
    part = found.groupdict()
    name = part.get("mon") or part.get("mon2")
    month = _NAMES.get(name.lower().rstrip(".")) if name else int(part["mo"])
    year = int(part.get("y") or part.get("y2") or 0)
    if month is None or not year:
        return None
    if year < 100:
        year += 2000
    hour, minute, second = (int(part.get(name) or 0) for name in "hms")
    half = (part.get("ap") or part.get("half") or "").lower()
    if half and hour <= 12:
        hour = hour % 12 + (12 if half[:1] == "p" or half in {"午後", "오후"} else 0)
    known = part.get("h") is not None
    try:
        at = datetime(
            year, month, int(part.get("d") or part["d2"]), hour % 24, minute, min(second, 59)
        )  # noqa: DTZ001 -- the zone, if said, is set below
    except ValueError:
        return None
    if hour == 24:
        at += timedelta(days=1)
    zone = _zone(part.get("z")) if known else None
    if not known:
        return Moment(at, Precision.DAY)
    precision = Precision.SECOND if part.get("s") else Precision.MINUTE
    return Moment(at.replace(tzinfo=zone) if zone else at, precision)


def _zone(text: str | None) -> timezone | None:
    if not text:
        return None
    text = text.upper().replace("\N{MINUS SIGN}", "-")
    if text[:3] in {"GMT", "UTC"} and len(text) > 3:
        text = text[3:]
    if text[0] in "+-":
        digits = text[1:].replace(":", "").ljust(4, "0")
        minutes = int(digits[:2]) * 60 + int(digits[2:])
        if minutes > 14 * 60:
            return None
        return timezone(timedelta(minutes=-minutes if text[0] == "-" else minutes))
    minutes_east = _ZONES.get(text)
    return None if minutes_east is None else timezone(timedelta(minutes=minutes_east))
