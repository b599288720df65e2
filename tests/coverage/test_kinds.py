"""Where a page has a term, what lists show of it, and what all its words say."""

from __future__ import annotations

import pytest

from pipeline.compared import Feature, Place, Read, Text
from pipeline.credits import by_table
from pipeline.features import features_of
from pipeline.headings import Headings
from pipeline.kinds import Kinds
from pipeline.likeness import Likeness
from pipeline.proposal import propose
from pipeline.seed import Seed
from pipeline.shares import FEW_LISTED, Shares
from pipeline.starts import ends
from pipeline.vocabulary import FEWEST, MOST, weigh_words
from tests.coverage.terms import term

FILLING = (
    "The harbour was closed.",
    "Ships waited outside.",
    "The union met at noon.",
    "Prices rose a little.",
    "Rain fell in the evening.",
    "Nobody was there to see it.",
)


def a_page(
    likeness: Likeness, name: str, title: str, *said: str, known: float | None = None
) -> Read:
    """A page that says these sentences first, and then speaks of other things."""
    text = " ".join([*said, *FILLING])
    return likeness.read(name, title, text, known=known, language="en")


@pytest.mark.parametrize(
    ("places", "place"),
    [
        ([], Place.NOWHERE),
        ([0, 7], Place.HEADLINE),
        ([1], Place.CENTRAL),
        ([4, 6, 8], Place.CENTRAL),
        ([5, 9], Place.PASSING),
    ],
)
def test_where_a_page_has_a_term(places: list[int], place: Place) -> None:
    lines = ["The Oder rose." if n in places else "Rain fell." for n in range(12)]
    assert where("oder", *lines) is place


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("Mayor Anna Brask said that the pumps had failed.", Place.PASSING),
        ("The pumps had failed, according to Mayor Anna Brask.", Place.PASSING),
        ("Die Pumpen versagten, sagte Anna Brask am Montag.", Place.PASSING),
        ("Selon Anna Brask, les pompes sont tombées en panne.", Place.PASSING),
        ("Police searched the office of Mayor Anna Brask.", Place.CENTRAL),
        ("Anna Brask resigned, her lawyer said.", Place.CENTRAL),
    ],
)
def test_who_only_speaks_is_not_what_a_page_is_about(line: str, place: Place) -> None:
    assert where('"anna brask"', "The pumps", line) is place
    assert where('"anna brask"', f"Anna Brask: {line}", line) is Place.HEADLINE


def where(name: str, title: str, *lines: str) -> Place:
    """Where a page has a term, its headline being the first of its lines."""
    page = Read(has=frozenset(), sentences=len(lines), text=Text(title, "\n".join(lines)))
    page.look_for(name, term(name))
    return page.place(name)


def test_of_a_page_of_which_only_the_terms_are_remembered_the_place_is_not_known() -> None:
    assert Read(has=frozenset({"oder"}), sentences=0).place("oder") is Place.SOMEWHERE


def test_a_term_says_more_on_top_than_in_passing() -> None:
    oder = Feature(term("oder"), 0.75, 0.001)
    likeness = Likeness({"oder": oder})
    for number in range(10):
        a_page(
            likeness,
            f"on{number}",
            f"Fish die in the Oder, part {number}",
            "The Oder is ill.",
            known=0.99,
        )
        a_page(
            likeness,
            f"off{number}",
            f"A bridge, part {number}",
            *FILLING,
            "The Oder rose.",
            known=0.0,
        )
    likeness.learn()
    lack, passing, central, headline, _ = oder.by_place
    assert lack < 0 <= central <= headline
    assert passing < central - 1
    assert passing >= min(lack, 0), "in passing it says no more against a page than its lack does"
    assert a_page(likeness, "new", "Who poisoned the Oder?", "Nobody knows.").likely > 0.5
    assert a_page(likeness, "aside", "A bridge", *FILLING, "The Oder rose.").likely < 0.5


def test_pages_that_were_read_for_a_name_do_not_make_it_everybodys() -> None:
    """The lists show that hardly any heading has it, however many of the pages that were read."""
    features = {
        "oder": Feature(term("oder"), 0.5, 0.001),
    }

    def said_in_headlines(*, listed: bool) -> float:
        shares = Shares(features)
        if listed:
            for number in range(FEW_LISTED):
                shares.note_listed(f"list{number}", f" a heading of its own {number} ")
            shares.note_listed("one", " the oder again ")
        pages = [
            (Read(has=frozenset({"oder"}), sentences=9, at={"oder": [0]}), likely, 1.0)
            for likely in [0.9] * 8 + [0.1] * 8
        ]
        shares.weigh(pages)
        return features["oder"].by_place[Place.HEADLINE]

    assert said_in_headlines(listed=True) > said_in_headlines(listed=False) + 1


def test_a_further_term_is_looked_for_in_what_lists_showed() -> None:
    features = {"oder": Feature(term("oder"), 0.5, 0.001)}
    shares = Shares(features)
    for number in range(FEW_LISTED):
        shares.note_listed(f"list{number}", f" the salt of the earth {number} ")
    for name in ("salt", "algae"):
        features[name] = Feature(term(name), 0.5, 0.001)
        shares.note_term(name)
    theirs = {name: shares.imagined(name)[1][Place.HEADLINE] for name in features}
    assert theirs["algae"] == theirs["oder"] < theirs["salt"]


def test_terms_of_one_sentence_that_several_pages_have_count_as_one() -> None:
    names = ("fabian", "ecologist", "freshwater", "drain")
    features = {name: Feature(term(name), 0.3, 0.001) for name in names}
    kinds = Kinds(features, Headings())
    kinds.speak("en", names)
    has = frozenset(names)

    def chance(at: dict[str, list[int]]) -> float:
        return kinds.chance(Read(has=has, sentences=4, at=at, text=Text("", ""), language="en"))

    together = chance({name: [3] for name in names})
    apart = chance({name: [place + 1] for place, name in enumerate(names)})
    assert 0.5 < together < apart


def test_who_lacks_a_name_lacks_its_parts_only_once() -> None:
    """Coverage that names the brand alone is not told by the maker's name and both its words."""

    def of_the_brand_alone(*makers: str) -> float:
        terms = {one: Feature(term(f'"{one}"'), 0.6, 1e-6) for one in ("nestorel", *makers)}
        likeness = Likeness(terms)
        for number in range(6):
            a_page(likeness, f"on{number}", f"Nestorel, part {number}", "Orchard Dairies is shut.")
            a_page(likeness, f"off{number}", f"A bridge, part {number}", "Nobody knows why.")
        likeness.learn()
        return a_page(likeness, "new", "The night shift", "Nestorel was made here.").likely

    alone = of_the_brand_alone("orchard dairies")
    assert of_the_brand_alone("orchard dairies", "orchard", "dairies") > alone - 0.05


def test_how_the_pages_differ_most_is_a_way_to_begin() -> None:
    ours, others = {"dam": [1], "sluice": [2]}, {"fair": [1], "rain": [2]}
    pages = [
        Read(has=frozenset(at), sentences=9, at=dict(at), central=frozenset(at))
        for at in [ours, ours, {**ours, "rain": [3]}, others, others, others, others, ours]
    ]
    one, other = ends(pages, ["dam", "sluice", "fair", "rain", "nowhere"])
    side = [guess > 0.5 for guess in one]
    assert side in ([True] * 3 + [False] * 4 + [True], [False] * 3 + [True] * 4 + [False])
    assert all(a + b == pytest.approx(1) for a, b in zip(one, other, strict=True))
    assert ends(pages[:3], ["dam"]) == [], "too few"
    assert ends([pages[0]] * 9, ["dam"]) == [], "all the same"


def test_a_detail_that_few_reports_share_is_not_taken_for_the_topic() -> None:
    """Three reports of one phone call have more in common than the topic's others have."""
    features = {"isaura": Feature(term("isaura"), 0.75, 1e-6)} | {
        name: Feature(term(name), 0.12, 1e-5)
        for name in ("recorder", "voyage", "mosscrop", "refit")
    }
    likeness = Likeness(features)
    call = ["The recorder has it.", "On that voyage nobody slept.", "Mosscrop saw the refit."]
    a_page(likeness, "story", "The Isaura was told to sail", *call, known=1.0)
    for number in range(3):
        a_page(likeness, f"call{number}", f"The Isaura, call {number}", *call)
    for number in range(12):
        a_page(likeness, f"on{number}", f"The Isaura, day {number}", f"Day {number} of the Isaura.")
        likeness.learn()
    assert sum(page.likely > 0.5 for page in likeness.pages.values()) == 16


def test_pages_that_share_most_words_with_the_topics_are_nearer_than_others() -> None:
    def page(name: str, likely: float, *words: str) -> Read:
        told = " ".join([*words, name])
        return Read(has=frozenset(), sentences=9, text=Text("", told), language="en", likely=likely)

    dam = ("reservoir", "turbines", "valley", "villages", "concrete", "gorge")
    bread = ("oven", "flour", "recipe", "butter", "yeast", "bakery")
    ours = [page(f"on{n}", 1.0, *dam[n % 3 :]) for n in range(FEWEST + 1)]
    others = [page(f"off{n}", 0.0, *bread[n % 3 :]) for n in range(FEWEST + 1)]
    late = page("late", 0.4, *dam)
    foreign = Read(
        has=frozenset(), sentences=9, text=Text("", "Stausee"), language="de", likely=0.5
    )
    weigh_words([*ours, *others, late, foreign])
    assert 0 < late.by_words <= MOST
    assert all(-MOST <= other.by_words < 0 for other in others)
    assert foreign.by_words == 0, "too few pages of its language were read"


def test_a_page_of_the_topic_is_known_by_its_words_though_its_names_stand_in_passing() -> None:
    likeness = Likeness({"vesla": Feature(term("vesla"), 0.5, 0.0001)})
    dam = (
        "The reservoir will drown the valley. Its turbines wait. Concrete was poured in the gorge."
    )
    bread = "The oven is hot. Flour and butter wait. The bakery has a new recipe for its yeast."
    for number in range(8):
        a_page(likeness, f"on{number}", f"Vesla, part {number}", "The Vesla rises.", dam)
        a_page(likeness, f"off{number}", f"Bread, part {number}", bread)
    aside = (*FILLING, "The Vesla is old.", "Nobody owns the Vesla.")
    wordy = a_page(likeness, "wordy", "Leave the river alone", dam, *aside)
    other = a_page(likeness, "other", "A bakery opens", bread, *aside)
    likeness.learn()
    likeness.learn()
    assert wordy.likely > 100 * other.likely


def told(title: str, *lines: str) -> tuple[dict[str, Feature], str]:
    """The terms of an English story, and the query that is proposed for it."""
    seed = Seed(title=title, lines=lines, language="en")
    query = propose(seed).query
    return features_of(seed, query, by_table), query


def test_last_names_are_terms_of_their_own() -> None:
    features, _ = told(
        "Trial of Walid Irving opens",
        "The trial of Walid Irving opened in the capital, and a bridge was named Karrow Town.",
        "A witness described how envelopes were handed to Walid Irving in a parking garage.",
        "Outside the courthouse some three hundred people banged saucepans on the railings.",
    )
    assert "walid irving" in features
    assert "irving" in features
    assert "town" not in features, "a word that everybody has is nobody's name"
    likeness = Likeness(features)
    assert likeness.of_line("Irving pleads not guilty")[1] > 0
    both, one = (likeness.of_line(line)[1] for line in ("Walid Irving pleads", "Irving pleads"))
    assert both == pytest.approx(likeness.of_line("Walid Irving, again")[1])
    assert one <= both


def test_common_words_of_the_headline_are_terms_and_those_of_the_text_are_not() -> None:
    features, query = told(
        "Kenyan doctors vote on offer",
        "Church leaders have offered to mediate between the government and the doctors.",
        "Nurses stay, for now, in the wards of Kenyatta National Hospital, the union says.",
        "The walkout in the public hospitals began in December over an old agreement.",
    )
    assert {"kenyan", "doctors"} <= features.keys()
    assert "leaders" not in features
    assert "kenyan" in query
