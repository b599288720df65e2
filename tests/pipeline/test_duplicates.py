from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.duplicates import kind_of_copy, overlap, quotes
from pipeline.fingerprint import COMPARED, fingerprint, hashes, runs
from stories.model import CopyKind
from stories.words import words
from tests.pipeline.invented import paragraphs, sentences

REPORT = sentences(1, 30)
OTHER = sentences(2, 30)
HOURS = timedelta(hours=6)
MONTHS = timedelta(days=60)

TEXTS = {
    "the same in other paragraphs": (REPORT, paragraphs(REPORT, each=5), CopyKind.SAME),
    "under a dateline": (REPORT, f"HILLTON (Wire) -- {paragraphs(REPORT)}", CopyKind.SAME),
    "with two sentences of its own": (
        REPORT,
        paragraphs([*OTHER[:2], *REPORT[2:]]),
        CopyKind.WIRE,
    ),
    "the first third, then a paywall": (
        REPORT,
        paragraphs([*REPORT[:10], "Subscribe to read more."]),
        CopyKind.TRUNCATED,
    ),
    "with a quarter more": (REPORT, paragraphs([*REPORT, *OTHER[:8]]), CopyKind.EXTENDED),
    "with twice as much more": (
        REPORT[:10],
        paragraphs([*REPORT[:10], *OTHER[:20]]),
        CopyKind.EXTENDED,
    ),
    "a commentary that quotes half of it": (
        REPORT,
        paragraphs([*OTHER[:6], *REPORT[5:20], *OTHER[6:14]]),
        None,
    ),
    "a commentary on a short report, all of it quoted": (
        REPORT[:8],
        paragraphs([*OTHER[:6], *REPORT[:8], *OTHER[6:9]]),
        None,
    ),
    "another article": (REPORT, paragraphs(OTHER), None),
}


@pytest.mark.parametrize("name", TEXTS)
def test_what_a_later_text_is_to_an_earlier_one(name: str) -> None:
    first, second, kind = TEXTS[name]
    shared = overlap(fingerprint(paragraphs(first)), fingerprint(second))
    assert kind_of_copy(shared, same_outlet=False, apart=HOURS) is kind
    assert quotes(shared, same_outlet=False) == (name != "another article")


def test_the_same_outlet_may_say_it_anew_with_half_of_it_new() -> None:
    shared = overlap(
        fingerprint(paragraphs(REPORT)),
        fingerprint(paragraphs([*OTHER[:11], *REPORT[8:22]])),
    )
    assert kind_of_copy(shared, same_outlet=True, apart=HOURS) is CopyKind.UPDATE
    assert kind_of_copy(shared, same_outlet=True, apart=MONTHS) is None
    assert kind_of_copy(shared, same_outlet=False, apart=HOURS) is None


def test_long_after_only_the_whole_counts() -> None:
    whole = overlap(fingerprint(paragraphs(REPORT)), fingerprint(paragraphs(REPORT)))
    most = overlap(
        fingerprint(paragraphs(REPORT)), fingerprint(paragraphs([*OTHER[:6], *REPORT[:20]]))
    )
    assert kind_of_copy(most, same_outlet=False, apart=HOURS) is CopyKind.WIRE
    assert kind_of_copy(most, same_outlet=False, apart=MONTHS) is None
    assert kind_of_copy(whole, same_outlet=False, apart=MONTHS) is CopyKind.SAME


@pytest.mark.parametrize(
    "text",
    [
        "在加州的一场运动开设了一个大使馆，成员们说他们想要独立。" * 6,  # noqa: RUF001 - the comma of Chinese
        "ผู้สนับสนุนการแยกตัวเปิดสถานทูตในต่างประเทศเมื่อวันอาทิตย์" * 6,
        "Сторонники отделения открыли посольство за рубежом в воскресенье. " * 6,
    ],
)
def test_any_script_has_words_to_compare(text: str) -> None:
    one = fingerprint(text)
    assert len(one.words) > 20
    shared = overlap(one, fingerprint(f"— {text} —"))
    assert kind_of_copy(shared, same_outlet=False, apart=HOURS) is CopyKind.SAME


@given(st.text(max_size=400), st.text(max_size=400))
def test_shares_are_shares_whatever_the_texts(first: str, second: str) -> None:
    one, other = fingerprint(first), fingerprint(second)
    shared = overlap(one, other)
    assert all(
        0 <= share <= 1 for share in (shared.earlier, shared.later, shared.opening, shared.score)
    )
    assert (one.digest == other.digest) or first != second
    if len(one.words) >= COMPARED:
        itself = overlap(one, one)
        assert itself.earlier == itself.later == 1.0


@given(st.lists(st.sampled_from(OTHER + REPORT), min_size=12, max_size=30))
def test_a_sketch_of_a_part_is_in_that_of_the_whole_as_far_as_it_is_as_coarse(
    some: list[str],
) -> None:
    whole = set(fingerprint(" ".join(some)).sketch)
    part = fingerprint(" ".join(some[:6])).sketch
    coarse = {value for value in part if value % 16 == 0}
    assert coarse <= whole


@given(
    st.text(
        st.sampled_from("abcXYZ 09.,\n\u200b\u00e9\u00df\u00f8\u4e2d\u0e01\ufb00\U00010428"),
        max_size=600,
    ),
    st.sampled_from(["", "x" * 70, "\u0436" * 70, "\U00010428" * 64, "y" * 300]),
)
def test_words_are_hashed_alike_one_by_one_and_all_at_once(text: str, long: str) -> None:
    said = f"{text} {long}"
    one_by_one = [int(hashes(word)[0]) for word in words(said)]
    padding = " and so on" * 50
    assert hashes(said + padding).tolist() == one_by_one + hashes(padding).tolist()


def test_runs_of_words_depend_on_their_order() -> None:
    there, back = hashes("one two three"), hashes("three two one")
    assert runs(there, 3) != runs(back, 3)
    assert len(runs(there, 4)) == 0
