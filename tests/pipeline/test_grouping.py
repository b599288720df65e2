"""Which articles become one story: in a young archive, in any script, and after growing."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.commonness import expected, is_common
from pipeline.counting import Worded, term_of
from pipeline.file import Filer, Read
from pipeline.fingerprint import LENGTH, hashes
from pipeline.frequencies import SPACE, Frequencies
from pipeline.grouping import Grouping
from pipeline.neighbours import Sought
from pipeline.ruling import split
from pipeline.terms import about
from pipeline.unspaced import by_twos
from stories.archive import Archive, open_archive
from stories.words import words
from tests.pipeline.invented import DAY, outcome_of, paragraphs, read, sentences

JAPANESE = {
    "quake": (
        "宮崎県で震度5弱の地震",
        (
            "宮崎県で13日夜、震度5弱の強い揺れを観測する地震があり、気象庁は津波注意報を出した。"
            "震源は日向灘で、地震の規模を示すマグニチュードは6.9と推定される。"
            "気象庁によると、宮崎港では20センチの津波を観測した。県内でけが人の情報が入っている。"
        ),
    ),
    "quake again": (
        "宮崎で震度5弱、津波注意報",
        (
            "気象庁は13日、日向灘を震源とする地震で宮崎県に津波注意報を発表した。"
            "宮崎市では震度5弱を観測し、宮崎港に20センチの津波が到達した。"
            "県によると、けが人の情報が入っており、確認を急いでいる。地震の規模は6.9だった。"
        ),
    ),
    "university": (
        "大学元理事長を逮捕",
        (
            "東京の私立大学の元理事長が、大学に不正な工事代金を支払わせたとして警視庁に逮捕された。"
            "調べによると、元理事長は建築士への報酬の名目で1億円あまりを支払わせ、一部を受け取った疑い。"
            "大学は会見を開き、学生と保護者に謝罪した。"
        ),
    ),
    "television": (
        "テレビ局の問題、スポーツ界にも影響",
        (
            "テレビ局をめぐる問題で、広告を見合わせる企業が相次ぎ、スポーツ大会の運営にも影響が出ている。"
            "協賛金に頼る競技団体は、ビジネスの仕組みを見直さざるを得ないという。"
            "関係者は、来年の大会の開催が危ぶまれると話した。"
        ),
    ),
}


def stories_of(archive: Archive) -> dict[str, int]:
    with archive.reading() as tx:
        return {one.article.url: one.story for one in tx.articles.after(0, 10_000)}


def test_a_script_without_spaces_groups_by_events_not_by_characters(archive: Archive) -> None:
    Filer(archive).file(
        [
            read(f"https://shimbun-{n}.example/{n}", *said, language="ja", hours=n)
            for n, said in enumerate(JAPANESE.values())
        ]
    )
    stories = list(stories_of(archive).values())
    assert stories[0] == stories[1]
    assert len(set(stories)) == 3


def test_characters_are_taken_by_twos_and_words_are_left() -> None:
    text = "気象庁は13日 UN と 会談 x y"
    made = by_twos(hashes(text))
    singles = words(text)
    assert singles[:4] == ["気", "象", "庁", "は"]
    left = [word for word in ("13", "un", "x", "y") if hashes(word)[0] in made]
    assert left == ["13", "un", "x", "y"]
    assert hashes("庁")[0] not in made
    assert len(made) == 3 + 1 + 1 + 1 + 1 + 1 + 1 + 2 - 1
    assert (by_twos(hashes("plain words only")) == hashes("plain words only")).all()


def test_common_words_of_a_language_are_common_from_the_first_article_on() -> None:
    def share(word: str, language: str | None) -> float:
        hashed = hashes(word)
        lengths = (hashed >> np.uint64(LENGTH)).astype(np.int64)
        return float(expected(term_of(hashed), lengths, language, SPACE)[0])

    assert share("because", "en") > 0.2 > share("minister", "en") > share("harbour", "en")
    assert share("nicht", "de") > 0.5 > share("nicht", "en")
    assert share("zyxwvut", "en") <= 0.004
    assert share("the", None) > share("harbour", None)
    assert is_common("sagte", "de-AT")
    assert not is_common("brekke", "de")
    assert not is_common("said", "tlh")


def test_a_story_of_the_same_outlet_is_less_near(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    def sought(outlet: str) -> Sought:
        words = Worded(
            title=hashes("Harbour wall"),
            text=hashes(" ".join(sentences(7, 12))),
            language="en",
            outlet=outlet,
        )
        return Sought(about=about(words, Frequencies()), day=730_000, known=1_000)

    with archive.writing() as tx:
        grouping = Grouping(tx.subjects, {}, {})
        first = sought("gazette.example")
        grouping.join(1, first.about, first.day)
        assert grouping.nearest(sought("gazette.example"), {}) == 1
        # The very same words: only their outlet can part them, at such a price.
        monkeypatch.setattr("pipeline.grouping.HOUSE", 1.0)
        assert grouping.nearest(sought("gazette.example"), {}) is None
        assert grouping.nearest(sought("herald.example"), {}) == 1


@pytest.fixture
def grown() -> list[Read]:
    """Two reports a fortnight apart open a story each; then many say the same of both."""
    texts = [sentences(50, 14, seed=number) for number in range(8)]
    others = [sentences(subject, 14) for subject in range(60, 80)]
    made = [
        read(f"https://other-{n}.example/{n}", text[0], paragraphs(text), hours=n)
        for n, text in enumerate(others)
    ]
    for n, text in enumerate(texts):
        hours = 24 * 30 * (n % 2) + n
        made.append(read(f"https://o-{n}.example/{n}", text[0], paragraphs(text), hours=hours))
    return made


def slowly(monkeypatch: pytest.MonkeyPatch) -> None:
    """An invented press is told apart by little: what joins at once in it must take its time."""
    monkeypatch.setattr("pipeline.grouping.RIVALRY", 30.0)
    monkeypatch.setattr("pipeline.grouping.SAME", 0.1)
    monkeypatch.setattr("pipeline.grouping.YOUNG", 0.0)


def test_stories_that_turn_out_to_be_one_are_joined_and_the_old_number_leads_there(
    archive: Archive, grown: list[Read], monkeypatch: pytest.MonkeyPatch
) -> None:
    slowly(monkeypatch)
    filed = Filer(archive).file(grown)
    mine = {stories_of(archive)[one.article.url] for one in grown[20:]}
    assert len(mine) == 1
    with archive.reading() as tx:
        gone = tx.events.joined()
        assert gone
        assert set(gone.values()) == mine
        (story,) = tx.events.stories(sorted(mine)).values()
        assert story.articles == 8
        for number in gone:
            found = tx.asking.story(number)
            assert found is not None
            assert found[0].id in mine
    said = [step.what for one in filed if one.verdict for step in one.verdict.steps]
    assert any("as it turns out" in what for what in said)


def test_joining_does_not_depend_on_the_batches(
    tmp_path_factory: pytest.TempPathFactory,
    grown: list[Read],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    slowly(monkeypatch)
    found = []
    for size in (1, 5, 1000):
        url = f"sqlite:///{tmp_path_factory.mktemp('joining') / 'a.db'}"
        with open_archive(url) as one:
            for at in range(0, len(grown), size):
                Filer(one).file(grown[at : at + size])
            with one.reading() as tx:
                found.append((outcome_of(one), tx.events.joined()))
    assert found[0] == found[1] == found[2]
    assert found[0][1]


def test_what_the_operator_has_split_is_not_joined_again(
    archive: Archive, grown: list[Read], monkeypatch: pytest.MonkeyPatch
) -> None:
    filer = Filer(archive)
    filer.file(grown[:-2])
    away = grown[-3].article.url
    with archive.writing() as tx:
        number = tx.articles.by_key([grown[-3].article.key])[grown[-3].article.key]
        split(tx, number, DAY)
    before = stories_of(archive)[away]
    monkeypatch.setattr("pipeline.grouping.SAME", 0.0)
    monkeypatch.setattr("pipeline.grouping.GROWN", 2)
    filer.file(grown[-2:])
    after = stories_of(archive)
    assert after[away] == before
    assert after[grown[20].article.url] != before
