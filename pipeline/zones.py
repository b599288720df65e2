"""The zone that a time without one was meant in, by what page, language and country say."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo

_MINUTE = 60
_QUARTER = 900
_WIDEST = 14 * 3600
_BY_COUNTRY = {
    "at": "Europe/Vienna", "be": "Europe/Brussels", "bg": "Europe/Sofia", "by": "Europe/Minsk",
    "ch": "Europe/Zurich", "cy": "Asia/Nicosia", "cz": "Europe/Prague", "de": "Europe/Berlin",
    "dk": "Europe/Copenhagen", "ee": "Europe/Tallinn", "es": "Europe/Madrid",
    "fi": "Europe/Helsinki", "fr": "Europe/Paris", "gr": "Europe/Athens", "hr": "Europe/Zagreb",
    "hu": "Europe/Budapest", "ie": "Europe/Dublin", "is": "Atlantic/Reykjavik",
    "it": "Europe/Rome", "li": "Europe/Vaduz", "lt": "Europe/Vilnius", "lu": "Europe/Luxembourg",
    "lv": "Europe/Riga", "md": "Europe/Chisinau", "mt": "Europe/Malta",
    "nl": "Europe/Amsterdam",
    "no": "Europe/Oslo", "pl": "Europe/Warsaw", "pt": "Europe/Lisbon", "ro": "Europe/Bucharest",
    "rs": "Europe/Belgrade", "se": "Europe/Stockholm", "si": "Europe/Ljubljana",
    "sk": "Europe/Bratislava", "tr": "Europe/Istanbul", "ua": "Europe/Kyiv",
    "uk": "Europe/London", "gb": "Europe/London", "va": "Europe/Vatican",
    "ae": "Asia/Dubai", "af": "Asia/Kabul", "am": "Asia/Yerevan", "az": "Asia/Baku",
    "bd": "Asia/Dhaka", "cn": "Asia/Shanghai", "ge": "Asia/Tbilisi", "hk": "Asia/Hong_Kong",
    "id": "Asia/Jakarta", "il": "Asia/Jerusalem", "in": "Asia/Kolkata", "iq": "Asia/Baghdad",
    "ir": "Asia/Tehran", "jo": "Asia/Amman", "jp": "Asia/Tokyo", "kh": "Asia/Phnom_Penh",
    "kr": "Asia/Seoul", "kw": "Asia/Kuwait", "lb": "Asia/Beirut", "lk": "Asia/Colombo",
    "mm": "Asia/Yangon", "my": "Asia/Kuala_Lumpur", "np": "Asia/Kathmandu", "ph": "Asia/Manila",
    "pk": "Asia/Karachi", "qa": "Asia/Qatar", "sa": "Asia/Riyadh", "sg": "Asia/Singapore",
    "sy": "Asia/Damascus", "th": "Asia/Bangkok", "tw": "Asia/Taipei", "uz": "Asia/Tashkent",
    "vn": "Asia/Ho_Chi_Minh",
    "dz": "Africa/Algiers", "eg": "Africa/Cairo", "et": "Africa/Addis_Ababa",
    "gh": "Africa/Accra", "ke": "Africa/Nairobi", "ma": "Africa/Casablanca",
    "na": "Africa/Windhoek",
    "ng": "Africa/Lagos", "sn": "Africa/Dakar", "tn": "Africa/Tunis", "tz": "Africa/Dar_es_Salaam",
    "ug": "Africa/Kampala", "za": "Africa/Johannesburg", "zw": "Africa/Harare",
    "ar": "America/Argentina/Buenos_Aires", "bo": "America/La_Paz", "co": "America/Bogota",
    "cr": "America/Costa_Rica", "cu": "America/Havana", "do": "America/Santo_Domingo",
    "ec": "America/Guayaquil", "gt": "America/Guatemala", "hn": "America/Tegucigalpa",
    "jm": "America/Jamaica", "pa": "America/Panama", "pe": "America/Lima",
    "py": "America/Asuncion", "uy": "America/Montevideo", "ve": "America/Caracas",
    "cl": "America/Santiago", "nz": "Pacific/Auckland",
}  # fmt: skip
"""Countries that live in one zone, or nearly all of whose people and papers do."""

_WIDE = frozenset({"us", "ca", "au", "br", "mx", "ru", "kz", "cd"})
"""Countries of several zones."""
_ISO = {"uk": "gb"}
_BY_LANGUAGE = {
    "de": "de", "fr": "fr", "it": "it", "nl": "nl", "pl": "pl", "cs": "cz", "sk": "sk", "hu": "hu",
    "sv": "se", "nb": "no", "nn": "no", "no": "no", "da": "dk", "fi": "fi", "is": "is", "et": "ee",
    "lv": "lv", "lt": "lt", "el": "gr", "bg": "bg", "ro": "ro", "hr": "hr", "sl": "si", "sr": "rs",
    "uk": "ua", "tr": "tr", "he": "il", "fa": "ir", "hi": "in", "ja": "jp", "ko": "kr", "th": "th",
    "vi": "vn", "id": "id", "ms": "my", "zh": "cn", "ka": "ge", "hy": "am", "az": "az", "bn": "bd",
    "ur": "pk", "ne": "np", "si": "lk", "km": "kh", "my": "mm", "ca": "es", "gl": "es", "eu": "es",
}  # fmt: skip
"""The country that most of a language's papers lie in; languages of many zones are not here."""


def zone_of(host: str, language: str | None) -> tuple[tzinfo, str]:
    """Return the zone that an outlet most likely writes its times in, and why."""
    country = host.rpartition(".")[2]
    if name := _BY_COUNTRY.get(country):
        return ZoneInfo(name), f"zone of .{country}"
    tag, _, region = (language or "").lower().replace("_", "-").partition("-")
    if name := _BY_COUNTRY.get(region):
        return ZoneInfo(name), f"zone of language {language}"
    if name := _BY_COUNTRY.get(_BY_LANGUAGE.get(tag, "")):
        return ZoneInfo(name), f"zone of language {tag}"
    return UTC, "zone unknown, taken as UTC"


def country_of(host: str, language: str | None) -> tuple[str, str] | None:
    """Return the country of an outlet in two letters, and who says so; None when nobody does."""
    country = host.rpartition(".")[2]
    if country in _BY_COUNTRY or country in _WIDE:
        return _ISO.get(country, country), f"domain .{country}"
    region = (language or "").lower().replace("_", "-").rpartition("-")[2]
    if "-" in (language or "").replace("_", "-") and (region in _BY_COUNTRY or region in _WIDE):
        return _ISO.get(region, region), f"language {language}"
    return None


def sibling(local: datetime, zoned: list[datetime]) -> datetime | None:
    """Return the instant among `zoned` that a local time without a zone is another writing of.

    Either its own clock shows the same, or it differs by a whole number of quarter hours of at
    most 14 hours with the same minutes and seconds past them.
    """
    for other in zoned:
        gap = abs((other.replace(tzinfo=None) - local).total_seconds())
        if gap < _MINUTE:
            return other
    for other in zoned:
        gap = (local - other.astimezone(UTC).replace(tzinfo=None)).total_seconds()
        past = gap % _QUARTER
        if abs(gap) <= _WIDEST and (past < 1 or past > _QUARTER - 1):
            return other
    return None
