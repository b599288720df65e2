"""Whose an article is that is signed with another outlet's name, in texts of several languages."""

# ruff: noqa: ISC004 - a paragraph a string, and they are long
from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from pipeline.credits import How, credits_in
from pipeline.notices import reprinted_from, says_reprinted
from pipeline.read import read
from spiders.closing import mirrors
from spiders.outlets import Outlets
from spiders.ways import ways_out
from spiders.whose import whose
from stories.model import Article, Instant, Page, Precision, Sighting
from stories.ways import Origin

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
CALLED = {
    "Continental Wire": "continental-wire.example",
    "Nordischer Bote": "nordischer-bote.example",
    "Agencia del Sur": "agencia-del-sur.example",
    "Anna Brooks": "annabrooks.example",
    "Valley Chronicle": "valley-chronicle.example",
    "Hill Town Packet": "hilltownpacket.example",
}
ENGLISH = (
    "Engineers lowered the level of the reservoir above Hill Town on Thursday night after water had"
    " been found in a gallery that was dry for sixty years.",
    "The valley authority said that there was no danger, and that farmers below the wall would be"
    " told before any of the gates was opened for longer than an hour.",
    "Two of the gauges had not worked since the spring, according to a paper that the council will"
    " discuss when it meets next week; nobody had been told of it until now.",
)
GERMAN = (
    "Die Talsperre oberhalb der Stadt ist am Donnerstagabend abgesenkt worden, nachdem in einem"
    " Stollen Wasser gefunden wurde, der sechzig Jahre lang trocken war.",
    "Eine Gefahr bestehe nicht, teilte die Behörde mit; die Bauern unterhalb der Mauer würden"
    " benachrichtigt, bevor eines der Tore für mehr als eine Stunde geöffnet werde.",
    "Zwei Messgeräte waren seit dem Frühjahr ausgefallen, wie aus einem Papier hervorgeht, über das"
    " der Rat in der kommenden Woche berät, und niemand hatte davon erfahren.",
)
SPANISH = (
    "Los ingenieros bajaron el jueves por la noche el nivel del embalse que está sobre la ciudad"
    " después de hallar agua en una galería que llevaba sesenta años seca.",
    "La autoridad del valle dijo que no hay peligro y que los agricultores serán avisados antes de"
    " que se abra alguna de las compuertas durante más de una hora.",
    "Dos de los medidores no funcionaban desde la primavera, según un documento que el concejo va a"
    " discutir la próxima semana y del que nadie había oído hablar.",
)


def outlets() -> Outlets:
    known = Outlets({}, [])
    for name, host in CALLED.items():
        known.called(name, host)
    return known


def article(
    texts: tuple[str, ...],
    *,
    host: str = "hilltownpacket.example",
    byline: str = "",
    site: str = "",
    below: str = "",
    language: str = "en",
) -> Article:
    meta = f'<meta property="og:site_name" content="{site}">' if site else ""
    meta += f'<meta name="author" content="{byline.removeprefix("By ")}">' if byline else ""
    body = "".join(f"<p>{text}</p>" for text in texts)
    by = f'<p class="byline">{byline}</p>' if byline else ""
    page = (
        f'<!doctype html><html lang="{language}"><head><title>The level of the reservoir is lowered'
        f"</title>{meta}</head><body><main><h1>The level of the reservoir is lowered</h1>{by}"
        f'<div class="text">{body}</div>{below}</main></body></html>'
    )
    url = f"https://{host}/2026/11/the-level-of-the-reservoir"
    return read(
        Page(
            url=url, answered=url, status=200, headers=(("content-type", "text/html"),),
            body=page.encode(), fetched=NOW, sighting=Sighting(url=url, source="", seen=NOW),
        )
    )  # fmt: skip


def origin(one: Article) -> str | None:
    found = whose(one, outlets())
    assert found is None or isinstance(found, Origin)
    return found.outlet if found else None


@pytest.mark.parametrize("byline", ["By Continental Wire", "By Continental Wire staff"])
def test_a_byline_that_is_another_outlet(byline: str) -> None:
    found = whose(article(ENGLISH, byline=byline), outlets())
    assert found is not None
    assert found.outlet == "continental-wire.example"
    assert found.url is None
    assert found.evidence.startswith("byline: Continental Wire")


@pytest.mark.parametrize(
    ("texts", "below", "language", "outlet"),
    [
        (ENGLISH, "<p>(Continental Wire)</p>", "en", "continental-wire.example"),
        (ENGLISH, "<p>— Continental Wire</p>", "en", "continental-wire.example"),
        (GERMAN, "<p>Quelle: Nordischer Bote</p>", "de", "nordischer-bote.example"),
        (SPANISH, "<p>(Fuente: Agencia del Sur)</p>", "es", "agencia-del-sur.example"),
    ],
)
def test_a_line_that_closes_the_text(
    texts: tuple[str, ...], below: str, language: str, outlet: str
) -> None:
    found = whose(article(texts, below=below, language=language), outlets())
    assert found is not None
    assert found.outlet == outlet
    assert found.evidence.startswith("closing line: ")


def test_the_end_of_the_last_paragraph() -> None:
    assert origin(article((*GERMAN[:2], f"{GERMAN[2]} (Nordischer Bote)"))) == (
        "nordischer-bote.example"
    )


def test_a_dateline() -> None:
    texts = (f"HILL TOWN (Continental Wire) — {ENGLISH[0]}", *ENGLISH[1:])
    found = whose(article(texts, byline="By Maria Ortega"), outlets())
    assert found is not None
    assert found.evidence == "dateline: Continental Wire"


def test_a_mirror_is_seen_by_the_name_of_its_site() -> None:
    known = Outlets({}, [])
    known.called("Valley Chronicle", "all-news-mirror.example")
    mirrored = article(ENGLISH, host="all-news-mirror.example", site="Valley Chronicle")
    assert whose(mirrored, known) is None
    known.called("Valley Chronicle", "valley-chronicle.example")
    found = whose(mirrored, known)
    assert found is not None
    assert found.outlet == "valley-chronicle.example"
    assert found.evidence == "site name: Valley Chronicle"
    known.called("Valley Chronicle", "all-news-mirror.example")
    assert known.named("The Valley Chronicle") == "valley-chronicle.example"


@pytest.mark.parametrize(
    ("host", "byline", "site", "below"),
    [
        ("continental-wire.example", "By Continental Wire", "Continental Wire", ""),
        ("hilltownpacket.example", "By Hill Town Packet staff", "Hill Town Packet", ""),
        ("hilltownpacket.example", "By Anna Brooks", "Hill Town Packet", ""),
        ("hilltownpacket.example", "By Peter Lamb", "Hill Town Packet", "<p>(Peter Lamb)</p>"),
        ("hilltownpacket.example", "By Peter Lamb", "", "<p>Source: The Council</p>"),
        ("hilltownpacket.example", "By Continental Wire and Nordischer Bote", "", ""),
        ("hilltownpacket.example", "By Hill Town Packet", "", "<p>(Continental Wire)</p>"),
    ],
)
def test_persons_and_the_own_name_are_no_credit(
    host: str, byline: str, site: str, below: str
) -> None:
    assert origin(article(ENGLISH, host=host, byline=byline, site=site, below=below)) is None


def test_a_press_review_is_nobody_elses() -> None:
    wire = "Continental Wire"
    texts = tuple(
        f"{text} ({name})"
        for text, name in zip(ENGLISH, ("Valley Chronicle", "The Other", wire), strict=True)
    )
    assert origin(article(texts)) is None
    quoted = (*ENGLISH[:2], f"“{ENGLISH[2]}” (Continental Wire)")
    assert origin(article(quoted)) is None


def test_a_site_without_metadata_is_called_as_its_title_ends() -> None:
    page = (
        b"<html><head><title>The dam - Valley Chronicle</title></head><body><p>x</p></body></html>"
    )
    assert ways_out(page, "https://www.valley-chronicle.example/a").outlet == "Valley Chronicle"
    assert ways_out(page, "https://mirror.example/a").outlet is None


@pytest.mark.parametrize(
    ("notice", "language"),
    [
        ("This article first appeared in the Valley Chronicle.", "en"),
        ("Dieser Artikel erschien zuerst im Nordischer Bote.", "de"),
        ("From our partner, the Valley Chronicle.", "en"),
    ],
)
def test_a_notice_that_it_first_appeared_elsewhere(notice: str, language: str) -> None:
    texts = GERMAN if language == "de" else ENGLISH
    found = whose(
        article(texts, byline="By Maria Ortega", below=f"<p>{notice}</p>", language=language),
        outlets(),
    )
    assert found is not None
    assert found.evidence.startswith("reprint: ")


def test_outlets_are_found_by_name_and_by_host() -> None:
    outlets = Outlets({"dailybeacon": ("The Daily Beacon", "beacon.example")}, [])
    outlets.met("kuestenkurier.example")
    outlets.met("harbour-gazette.example")
    assert outlets("The Daily Beacon") == "beacon.example"
    assert outlets("Küstenkurier") == "kuestenkurier.example"
    assert outlets("The Harbour Gazette") == "harbour-gazette.example"
    assert outlets("Nobody's Paper") is None
    outlets.seen_at("https://www.evening-mail.example/a-b-c-1")
    assert outlets("The Evening Mail") == "evening-mail.example"
    assert outlets.place("evening-mail.example") == "www.evening-mail.example"
    assert outlets.place("beacon.example") == "beacon.example"


def test_a_mirror_whose_host_has_the_name_in_it_is_seen_too() -> None:
    known = Outlets({}, [])
    known.called("The Valley Gazette", "the-valley-gazette-mirror.example")
    mirrored = article(ENGLISH, host="the-valley-gazette-mirror.example", site="The Valley Gazette")
    assert whose(mirrored, known) is None, "nobody else is known by that name"
    known.called("The Valley Gazette", "the-valley-gazette.example")
    found = whose(mirrored, known)
    assert found is not None
    assert found.outlet == "the-valley-gazette.example"
    known.called("The Valley Gazette", "the-valley-gazette-mirror.example")
    assert known.named("The Valley Gazette") == "the-valley-gazette.example"
    assert whose(article(ENGLISH, host="gazette.example", site="Gazette"), known) is None


@pytest.mark.parametrize(
    ("mirror", "url", "is_one"),
    [
        ("the-valley-gazette-mirror.example", "/2026/11/the-level-of-the-reservoir", True),
        ("the-valley-gazette-mirror.example", "/a/4711", False),
        ("hilltownpacket.example", "/2026/11/the-level-of-the-reservoir", False),
    ],
)
def test_who_is_called_after_an_outlet_and_has_its_pages_mirrors_it(
    mirror: str, url: str, *, is_one: bool
) -> None:
    first = article(ENGLISH, host="the-valley-gazette.example")
    there = replace(first, outlet=mirror, url=f"https://{mirror}{url}")
    assert mirrors(there, first) is is_one
    assert not mirrors(first, there)
    assert not mirrors(first, first)


@pytest.mark.parametrize(
    ("mirror", "later", "is_one"),
    [
        ("gazette.mirrorland.example", 0, True),
        ("gazette.mirrorland.example", 1, False),
        ("gazette.example", 0, False),
        ("news.mirrorland.example", 0, False),
    ],
)
def test_a_host_below_another_site_mirrors_whom_it_is_called_after(
    mirror: str, later: int, *, is_one: bool
) -> None:
    at = Instant(at=NOW, precision=Precision.SECOND, evidence="json-ld")
    first = replace(article(ENGLISH, host="the-valley-gazette.example"), published=at)
    there = replace(
        first,
        outlet=mirror,
        url=f"https://{mirror}/m/4711",
        published=replace(at, at=NOW + timedelta(seconds=later)),
    )
    assert mirrors(there, first) is is_one
    assert not mirrors(first, there)


def test_of_two_names_on_a_line_the_notice_says_whose_it_is() -> None:
    line = (
        "The long tale that first appeared in The Ledger is none. It first appeared in The Beacon."
    )
    assert reprinted_from(line) == "The Beacon"


@pytest.mark.parametrize(
    ("line", "whole"),
    [
        ("Crews flooded the bog (source: the Valley Chronicle).", False),
        ("Die Pumpen standen still (Quelle: Nordischer Bote).", False),
        ("A story that was first published in the Valley Chronicle said so.", False),
        ("Crews flooded the bog. (Source: the Valley Chronicle)", True),
        ("It was first published in the Valley Chronicle.", True),
        ("Source: the Valley Chronicle", True),
    ],
)
def test_a_source_named_behind_one_sentence_is_not_that_of_the_text(
    line: str, *, whole: bool
) -> None:
    assert says_reprinted(line) is whole
    credited = credits_in([line], "de" if "Bote" in line else "en")
    assert (How.ORIGIN in {one.how for one in credited}) is whole
    assert says_reprinted(f"Background. {line}", "Background") is False, "that is another link"
