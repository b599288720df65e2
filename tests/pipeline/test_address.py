"""One key an article: a public list of pairs, and what must hold for any text whatever."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.address import clean, is_story, key, outlet, same_site, site

PAIRS: list[tuple[str, str, str, str]] = [
    tuple(pair)
    for pair in tomllib.loads(Path(__file__).with_name("addresses.toml").read_text("utf-8"))[
        "pairs"
    ]
]
PIECES = st.text(
    alphabet=st.sampled_from(list("abAB019/.?&=#%;:@-_+~!$[]wm ampindexhtmlüñ日\t\n\x00")),
    max_size=50,
)
ADDRESSES = st.one_of(
    st.text(max_size=60),
    PIECES,
    PIECES.map(lambda text: f"https://www.courier.example/{text}"),
    PIECES.map(lambda text: f"http://{text}"),
)


def test_the_list_is_long_enough() -> None:
    assert len(PAIRS) >= 150
    assert len({(one, other) for _, one, other, _ in PAIRS}) == len(PAIRS)


@pytest.mark.parametrize(("verdict", "one", "other", "why"), PAIRS)
def test_pair(verdict: str, one: str, other: str, why: str) -> None:
    assert (key(one) == key(other)) == (verdict == "same"), (why, key(one), key(other))


@settings(max_examples=500, deadline=None)
@given(ADDRESSES)
def test_key_is_idempotent(text: str) -> None:
    assert key(key(text)) == key(text)


@settings(max_examples=500, deadline=None)
@given(ADDRESSES)
def test_cleaning_keeps_the_key_and_is_idempotent(text: str) -> None:
    cleaned = clean(text)
    assert key(cleaned) == key(text)
    assert clean(cleaned) == cleaned


@settings(max_examples=200, deadline=None)
@given(
    st.dictionaries(st.from_regex(r"[a-z]{1,6}", fullmatch=True), st.integers(0, 99), max_size=6),
    st.randoms(use_true_random=False),
)
def test_the_order_of_parameters_does_not_matter(
    parameters: dict[str, int], random: object
) -> None:
    pairs = [f"{name}={value}" for name, value in parameters.items()]
    shuffled = sorted(pairs, key=lambda _: random.random())  # type: ignore[attr-defined]  # hypothesis gives a Random
    base = "https://courier.example/story?"
    assert key(base + "&".join(pairs)) == key(base + "&".join(shuffled))


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://www.courier.example/a", "courier.example"),
        ("http://m.courier.example:8080/a", "courier.example"),
        ("https://amp.courier.example", "courier.example"),
        ("https://sport.courier.example/a", "sport.courier.example"),
        ("https://www.example", "www.example"),
        ("mailto:jane@courier.example", ""),
    ],
)
def test_outlet(url: str, host: str) -> None:
    assert outlet(url) == host


def test_sites_are_told_apart_without_the_network() -> None:
    assert site("news.bbc.co.uk") == "bbc.co.uk"
    assert site("jane.github.io") == "jane.github.io"
    assert same_site("https://sport.lemonde.fr/a", "https://www.lemonde.fr/b")
    assert not same_site("https://jane.blogspot.com", "https://john.blogspot.com")


def test_clean_shows_the_address_without_trackers() -> None:
    assert (
        clean(" HTTP://User@Courier.Example:80/A%20b?utm_source=x&id=7#top ")
        == "http://courier.example/A%20b?id=7"
    )


@pytest.mark.parametrize(
    ("url", "story"),
    [
        ("https://courier.example/2026/05/09/x", True),
        ("https://courier.example/politics/the-council-votes-tonight", True),
        ("https://courier.example/doc/7715044", True),
        ("https://courier.example/?p=4711", True),
        ("https://courier.example/politics/", False),
        ("https://courier.example/", False),
    ],
)
def test_is_story(url: str, *, story: bool) -> None:
    assert is_story(url) == story
