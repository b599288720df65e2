"""The gate: what is no article is dropped and says what it is; what is one passes."""

from __future__ import annotations

from collections import Counter

import pytest

from pipeline.read import read
from stories.model import Dropped
from tests.pipeline.junk import SPEECH, Junk, junk
from tests.pipeline.reading import article, news, page

JUNK = list(junk())
SHORT_NEWS = {
    "en": "The council approved the budget on Tuesday by nine votes to seven. The mayor said that "
    "work on the harbour would begin in June and cost eleven million. The opposition announced "
    "that it would go to court over the sale of the old fish market.",
    "de": "Der Rat hat am Dienstag mit neun zu sieben Stimmen den Haushalt beschlossen. Die "
    "Bürgermeisterin sagte, die Arbeiten am Hafen begännen im Juni und kosteten elf Millionen. "
    "Die Opposition will gegen den Verkauf der alten Fischhalle klagen.",
    "fr": "Le conseil a adopté mardi le budget par neuf voix contre sept. La maire a indiqué que "
    "les travaux du port commenceraient en juin et coûteraient onze millions. L'opposition a "
    "annoncé un recours contre la vente de l'ancienne halle aux poissons.",
    "es": "El consejo aprobó el martes el presupuesto por nueve votos contra siete. La alcaldesa "
    "dijo que las obras del puerto empezarán en junio y costarán once millones. La oposición "
    "anunció que recurrirá la venta de la antigua lonja de pescado.",
    "it": "Il consiglio ha approvato martedì il bilancio con nove voti contro sette. La sindaca "
    "ha detto che i lavori al porto cominceranno a giugno e costeranno undici milioni. "
    "L'opposizione farà ricorso contro la vendita del vecchio mercato del pesce.",
    "ru": "Совет во вторник принял бюджет девятью голосами против семи. Мэр сообщила, что работы "
    "в порту начнутся в июне и обойдутся в одиннадцать миллионов. Оппозиция заявила, что "
    "обжалует продажу старого рыбного рынка в суде.",
}


def verdict(one: Junk) -> str | None:
    try:
        read(page(one.html, one.url))
    except Dropped as dropped:
        return dropped.reason if dropped.detail else None
    return None


def test_junk_is_caught_and_named() -> None:
    assert len(JUNK) >= 60
    assert len(SPEECH) >= 6
    found = [(one.kind, one.language, verdict(one)) for one in JUNK]
    missed = [one for one in found if one[2] is None]
    misnamed = [one for one in found if one[2] not in {None, one[0]}]
    assert len(missed) <= 0.02 * len(JUNK), missed
    assert len(misnamed) <= 0.05 * len(JUNK), misnamed


def test_every_language_has_every_kind() -> None:
    kinds = Counter(one.kind for one in JUNK)
    assert all(count % len(SPEECH) == 0 for count in kinds.values())


@pytest.mark.parametrize("language", SHORT_NEWS)
@pytest.mark.parametrize("claimed", [True, False])
def test_short_news_passes(language: str, *, claimed: bool) -> None:
    data = news(headline="The budget", datePublished="2026-05-09T10:00:00Z") if claimed else None
    document = article(paragraphs=[SHORT_NEWS[language]], language=language, data=data)
    assert SHORT_NEWS[language][:60] in read(page(document)).text


@pytest.mark.parametrize(
    "title",
    [
        "Page not found: how the web forgets",
        "Access denied: refugees at the border",
        "Just a moment... an actor remembers",
        "503 homes burnt in the valley",
    ],
)
def test_news_of_such_things_passes(title: str) -> None:
    data = news(headline=title, datePublished="2026-05-09T10:00:00Z")
    assert read(page(article(title=title, data=data))).title == title


def test_news_about_cookies_is_no_consent_wall() -> None:
    paragraphs = [
        "The regulator fined the company over its cookies and told it to ask for consent anew.",
        "Privacy groups had complained that users could accept all cookies with one click.",
        "The company said that it would change its banner, and that partners had been told so.",
        "Lawyers expect that other publishers will follow within weeks rather than months.",
        "The fine of three million is the highest that the regulator has ever set for this.",
        "An appeal is possible until the end of June; the company has not said what it will do.",
    ]
    assert read(page(article(paragraphs=paragraphs))).text.count("\n") == 5
