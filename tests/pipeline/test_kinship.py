"""Stories of two languages that share names, numbers and links are linked, others are not."""

from __future__ import annotations

from itertools import permutations

import pytest

from pipeline.file import Filer, Read
from pipeline.meeting import EARLY
from stories.archive import Archive
from stories.model import Citation
from tests.pipeline.invented import read

ENGLISH = (
    "NORDHAVEN - The ferry Stella Marin ran aground off Sorrel Head at dawn on Monday.\n"
    "There were 214 passengers aboard, the company Ravnik Line said, and none was hurt.\n"
    "Captain Oda Brekke told the harbour office that the rudder had failed in the strait.\n"
    "Tugs waited for the tide while volunteers in small boats handed over blankets and soup.\n"
    "A teacher who was travelling with her pupils spoke of a dull bang and of falling crockery.\n"
    "The line runs twice a day; replacement coaches leave from the old customs shed tonight.\n"
    "Insurers put the damage to hull and propeller at several months of repairs in a dry dock."
)
GERMAN = (
    "Die Fähre Stella Marin ist am Montag vor Sorrel Head auf eine Sandbank gelaufen.\n"
    "An Bord waren nach Angaben der Reederei Ravnik 214 Menschen, verletzt wurde keiner.\n"
    "Kapitänin Oda Brekke sagte dem Hafenamt, das Ruder habe in der Meerenge versagt.\n"
    "Schlepper warteten auf das Hochwasser, Fischer brachten den Wartenden warme Decken.\n"
    "Eine Lehrerin berichtete von einem dumpfen Schlag, danach sei Geschirr zu Boden gefallen.\n"
    "Die Linie verkehrt zweimal täglich; am Abend sollen Busse die Gestrandeten weiterbringen.\n"
    "Gutachter schätzen, dass die Reparatur an Rumpf und Schraube mehrere Monate dauern wird."
)
OTHER = (
    "Der Gemeinderat hat in der Nacht zum Montag den Haushalt für das nächste Jahr beschlossen.\n"
    "Für die Brücke stehen 318 Millionen bereit, sagte Bürgermeister Tammo Vries aus Ostrum.\n"
    "Die Opposition im Rathaus verließ den Saal noch vor der Abstimmung und sang draußen weiter."
)


@pytest.fixture(autouse=True)
def _strict(monkeypatch: pytest.MonkeyPatch) -> None:
    """So short reports are mostly names, which would make them one story."""
    monkeypatch.setattr("pipeline.grouping.JOINS", 0.4)


def several() -> list[Read]:
    return [
        read(
            "https://courier.example/ferry", "Ferry Stella Marin aground off Sorrel Head", ENGLISH
        ),
        read("https://blatt.example/rat", "Haushalt beschlossen", OTHER, language="de", hours=1),
        read(
            "https://blatt.example/faehre",
            "Stella Marin läuft auf Grund",
            GERMAN,
            language="de",
            hours=3,
            cites=(Citation(url="https://courier.example/ferry", how="link"),),
        ),
    ]


def linked(archive: Archive) -> dict[str, set[str]]:
    """What each report's story is also covered in, by addresses."""
    with archive.reading() as tx:
        filed = tx.articles.after(0, 100)
        of_story: dict[int, set[str]] = {}
        for one in filed:
            of_story.setdefault(one.story, set()).add(one.article.url)
        return {
            one.article.url: {
                url for other in tx.kin.of(one.story) for url in of_story[other.story]
            }
            for one in filed
        }


def test_the_same_event_in_another_language_is_also_covered(archive: Archive) -> None:
    Filer(archive).file(several())
    assert linked(archive) == {
        "https://courier.example/ferry": {"https://blatt.example/faehre"},
        "https://blatt.example/rat": set(),
        "https://blatt.example/faehre": {"https://courier.example/ferry"},
    }
    with archive.reading() as tx:
        ferry = tx.articles.after(0, 1)[0]
        (other,) = tx.kin.of(ferry.story)
    assert other.languages == ("de",)
    assert other.title == "Stella Marin läuft auf Grund"
    assert {"Stella", "Marin", "Sorrel", "Brekke", "214"} <= set(other.shared)


def test_the_links_do_not_depend_on_the_batches(archive: Archive) -> None:
    for one in several():
        Filer(archive).file([one])
    assert linked(archive)["https://courier.example/ferry"] == {"https://blatt.example/faehre"}


def test_long_after_it_is_another_event(archive: Archive) -> None:
    first, _, last = several()
    later = read(last.article.url, last.article.title, GERMAN, language="de", hours=24 * 20)
    Filer(archive).file([first, later])
    assert linked(archive)[first.article.url] == set()


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_what_both_have_does_not_depend_on_who_came_first(
    archive: Archive, order: tuple[int, ...]
) -> None:
    """A short copy, the wire report that it repeats, and the report in the other language."""
    wire, _, german = several()
    short = read(
        "https://gazette.example/ferry",
        "Ferry aground",
        "\n".join(line for line in ENGLISH.splitlines() if "Brekke" not in line),
        hours=1,
    )
    for at in order:
        Filer(archive).file([(wire, short, german)[at]])
    with archive.reading() as tx:
        filed = {one.article.url: one.story for one in tx.articles.after(0, 100)}
        assert filed[wire.article.url] == filed[short.article.url]
        (other,) = tx.kin.of(filed[german.article.url])
    assert "Brekke" in other.shared


def test_a_report_that_comes_late_makes_a_link_too(archive: Archive) -> None:
    """The first reports of a story say too little to be anybody's kin."""
    wire, _, german = several()
    dull = "\n".join(line for line in ENGLISH.splitlines() if "Brekke" not in line)
    early = [
        read(
            f"https://gazette-{number}.example/ferry",
            "Aground",
            "\n".join(
                [
                    *dull.splitlines()[3:6],
                    f"What the {number}th gazette adds is hardly worth a line.",
                ]
            ),
            hours=number / 10,
        )
        for number in range(EARLY)
    ]
    for one in (*early, german, wire):
        Filer(archive).file([one])
    with archive.reading() as tx:
        filed = {one.article.url: one.story for one in tx.articles.after(0, 100)}
        assert {filed[one.article.url] for one in (*early, wire)} == {filed[wire.article.url]}
        (other,) = tx.kin.of(filed[german.article.url])
    assert other.story == filed[wire.article.url]
    assert "Brekke" in other.shared
