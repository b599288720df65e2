"""The one tokenisation: what is a word, in every script."""

# ruff: noqa: RUF001 - letters that look alike are what this is about

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stories.words import LONGEST, words


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("", []),
        (" \n\t…—!", []),
        ("Yes, California!", ["yes", "california"]),
        ("don't don’t", ["don", "t", "don", "t"]),
        ("U.S. 3,000 C++", ["u", "s", "3", "000", "c"]),
        ("co-op a_b", ["co", "op", "a", "b"]),
        ("STRASSE straße", ["strasse", "strasse"]),
        ("Ürümqi café naïve Đà Łódź Ørsted", ["urumqi", "cafe", "naive", "da", "lodz", "orsted"]),
        ("e\u0301 é", ["e", "e"]),
        ("İstanbul ISPARTA ısparta", ["istanbul", "isparta", "isparta"]),
        ("ﬁnance Ⅷ ½ ２０２６ ①", ["finance", "viii", "1", "2", "2026", "1"]),
        ("٣٤", ["34"]),
        ("Ёлка Й", ["елка", "и"]),
        ("Ελλάς ΕΛΛΑΣ", ["ελλασ", "ελλασ"]),
        ("مَدرَسة", ["مدرسة"]),
        ("שָׁלוֹם", ["שלום"]),
        ("हिन्दी", ["हिन्दी"]),
        ("北京市 abc中", ["北", "京", "市", "abc", "中"]),
        ("ﾄｳｷｮｳ がく", ["ト", "ウ", "キ", "ョ", "ウ", "が", "く"]),
        ("ไทย", ["ไ", "ท", "ย"]),
        ("서울에서", ["서", "울", "에", "서"]),
        (
            "soft\u00adhyphen zero\u200bwidth non\u200cjoiner",
            ["softhyphen", "zero", "width", "nonjoiner"],
        ),
        ("emoji🙂word 🏳️‍🌈", ["emoji", "word"]),
        ("x" * 100 + " y", ["x" * LONGEST, "y"]),
        ("half\ud800way", ["half", "way"]),
    ],
)
def test_words(text: str, tokens: list[str]) -> None:
    assert words(text) == tokens


@given(st.text())
def test_tokens_are_safe_in_either_index(text: str) -> None:
    for token in words(text):
        assert 0 < len(token) <= LONGEST
        assert not any(char.isspace() or char in "'\"\\:*\0" for char in token)
        assert token == token.lower()
        token.encode()


@given(st.text(), st.text())
def test_a_text_has_the_words_of_its_parts(left: str, right: str) -> None:
    assert words(f"{left}\n{right}") == words(left) + words(right)


@given(st.text(st.characters(max_codepoint=127)))
def test_plain_text_takes_no_other_way(text: str) -> None:
    assert words(text) == words(text + " é")[:-1]


@given(st.text())
def test_tokens_are_tokens(text: str) -> None:
    """A word that is asked for as it was found, is found."""
    for token in words(text):
        assert words(token) == [token]
