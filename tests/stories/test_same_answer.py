"""SQLite, PostgreSQL and a plain slow reading of the language give the same answer to any query."""

# ruff: noqa: RUF001, SIM905 - words of many scripts, as a line of them is read

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stories.archive import Archive, open_archive
from stories.model import Article
from stories.words import words

from .articles import article

VOCABULARY = (
    "calexit yes California CALIFORNIA embassy the a of co-op U.S. don't don’t 3,000 3000 C++ AT&T"
    " straße STRASSE Ürümqi URUMQI ürümqi café cafe naïve Đà đà İstanbul istanbul ısparta ISPARTA"
    " Москва москва МОСКВЫ Ёлка елка Ελλάδα ΕΛΛΑΔΑ ελλάς مدرسة مَدرَسة المدرسة שלום שָׁלוֹם"
    " 北京 北京市 北 京 東京 とうきょう トウキョウ ﾄｳｷｮｳ ไทย ประเทศไทย 서울 서울에서 हिन्दी हिन्द"
    " ﬁnance finance Ⅷ viii ½ soft\u00adhyphen zero\u200bwidth 🏳️‍🌈 e\u0301 é emoji🙂word"
).split(" ")
BETWEEN = (" ", " ", " ", "\n", ", ", "-", "", "。", "\u00a0", " — ")
OUTLETS = ("The Example Courier", "Ελληνικά Νέα", "北京日报", "courier.test", "Courier")
LANGUAGES = (None, "en", "EN-gb", "zh-Hant", "e", "", "english")
SITES = ("courier.test", "news.courier.test", "xcourier.test", "a_b.example", "axb.example")


@dataclass(frozen=True)
class Says:
    """A query as it is typed, and what it means."""

    typed: str
    means: Callable[[Article], bool]


def prose(most: int) -> st.SearchStrategy[str]:
    piece = st.tuples(st.sampled_from(VOCABULARY), st.sampled_from(BETWEEN)).map("".join)
    return st.one_of(
        st.lists(piece, max_size=most).map("".join),
        st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=most),
    )


ARTICLES = st.builds(
    lambda title, text, outlet, language, site: (title, text, outlet, language, site),
    prose(6),
    prose(30),
    st.sampled_from(OUTLETS),
    st.sampled_from(LANGUAGES),
    st.sampled_from(SITES),
)


def holds(tokens: list[str], asked: list[str], *, prefix: bool) -> bool:
    for start in range(len(tokens) - len(asked) + 1):
        here = tokens[start : start + len(asked)]
        last = here[-1].startswith(asked[-1]) if prefix else here[-1] == asked[-1]
        if here[:-1] == asked[:-1] and last:
            return True
    return False


def term(value: str, field: str, *, prefix: bool, quoted: bool) -> Says | None:
    asked = words(value)
    if not asked or (prefix and len(asked[-1]) < 2 and asked[-1].isascii()):
        return None
    plain = "".join("\\" + char if not char.isalnum() and char != " " else char for char in value)
    if prefix:
        typed = plain.replace(" ", "\\ ") + "*"
    elif quoted or not plain[:1].isalnum():
        typed = '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    else:
        typed = plain.replace(" ", "\\ ")
    looked_in: dict[str, Callable[[Article], list[list[str]]]] = {
        "": lambda one: [words(one.title), words(one.text)],
        "title:": lambda one: [words(one.title)],
        "text:": lambda one: [words(one.text)],
        "outlet:": lambda one: [words(one.outlet)],
    }

    def means(one: Article) -> bool:
        return any(holds(tokens, asked, prefix=prefix) for tokens in looked_in[field](one))

    return Says(field + typed, means)


def language(code: str) -> Says:
    return Says(
        f"language:{code}",
        lambda one: (
            (one.language or "").lower() == code.lower()
            or (one.language or "").lower().startswith(code.lower() + "-")
        ),
    )


def site(name: str) -> Says:
    def means(one: Article) -> bool:
        host = one.url.split("/")[2]
        return host == name or host.endswith("." + name)

    return Says(f"site:{name}", means)


def both(parts: list[Says], between: str) -> Says:
    typed = between.join(part.typed for part in parts)
    return Says(f"({typed})", lambda one: all(part.means(one) for part in parts))


def either(parts: list[Says]) -> Says:
    typed = " OR ".join(part.typed for part in parts)
    return Says(f"({typed})", lambda one: any(part.means(one) for part in parts))


def lacking(part: Says, sign: str) -> Says:
    return Says(f"{sign}{part.typed}", lambda one: not part.means(one))


WORDS = st.one_of(
    st.sampled_from(VOCABULARY),
    st.lists(st.sampled_from(VOCABULARY), min_size=2, max_size=4).map(" ".join),
    st.tuples(st.sampled_from(VOCABULARY), st.integers(1, 5)).map(lambda got: got[0][: got[1]]),
)
TERMS = (
    st.builds(
        lambda value, field, how: term(
            value, field, prefix=how == "prefix", quoted=how == "quoted"
        ),
        WORDS,
        st.sampled_from(["", "", "", "title:", "text:", "outlet:"]),
        st.sampled_from(["plain", "quoted", "prefix"]),
    )
    .filter(lambda said: said is not None)
    .map(lambda said: said or Says("", lambda _: False))
)
LEAVES = st.one_of(
    TERMS,
    TERMS,
    TERMS,
    st.builds(language, st.sampled_from(["en", "EN", "zh", "en-GB"])),
    st.builds(site, st.sampled_from(["courier.test", "test", "a_b.example", "urier.test"])),
)
QUERIES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.builds(both, st.lists(inner, min_size=2, max_size=3), st.sampled_from([" ", " AND "])),
        st.builds(either, st.lists(inner, min_size=2, max_size=3)),
        st.builds(lacking, inner, st.sampled_from(["NOT ", "-"])),
    ),
    max_leaves=6,
)


@pytest.fixture(scope="module")
def engines(
    postgres_server: Callable[[], str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Archive]]:
    file: Path = tmp_path_factory.mktemp("same") / "archive.db"
    with open_archive(f"sqlite:///{file}") as lite, open_archive(postgres_server()) as server:
        yield {"sqlite": lite, "postgresql": server}


class _Undo(Exception):  # noqa: N818 - what it does
    pass


def answers(archive: Archive, articles: list[Article], queries: list[str]) -> list[set[str]]:
    """The keys that each query finds among these articles, which are not kept."""
    found: list[set[str]] = []
    with suppress(_Undo), archive.writing() as tx:
        for one in articles:
            tx.articles.add(one)
        found += [{one.article.key for one in tx.asking.articles(query=said)} for said in queries]
        raise _Undo
    return found


@settings(max_examples=200, deadline=None)
@given(drawn=st.lists(ARTICLES, min_size=1, max_size=5), asked=st.lists(QUERIES, max_size=10))
def test_engines_agree(
    engines: dict[str, Archive],
    drawn: list[tuple[str, str, str, str | None, str]],
    asked: list[Says],
) -> None:
    articles = [
        article(f"{site}/{number}", title=title, text=text, outlet=outlet, language=language)
        for number, (title, text, outlet, language, site) in enumerate(drawn)
    ]
    expected = [{one.key for one in articles if said.means(one)} for said in asked]
    typed = [said.typed for said in asked]
    for name, archive in engines.items():
        for query, right, got in zip(
            typed, expected, answers(archive, articles, typed), strict=True
        ):
            assert got == right, f"{name}: {query}"


def test_long_texts_lose_nothing(engines: dict[str, Archive]) -> None:
    """Beyond what one tsvector holds: 16,383 positions, 256 of a word, 1 MB."""
    often = ["the"] * 700 + ["alpha", "omega"] + ["the"] * 700
    many = [f"w{number}" for number in range(40_000)]
    large = [f"{number:07d}".ljust(60, "x") for number in range(30_000)]
    articles = [
        article("courier.test/often", title="the " * 300 + "end", text=" ".join(often)),
        article("courier.test/many", text=" ".join(many)),
        article("courier.test/large", text=" ".join(large)),
    ]
    queries = {
        '"the alpha omega the"': {"often"},
        '"the the the the alpha"': {"often"},
        'title:"the the end"': {"often"},
        '"the end the the"': set(),
        '"w15999 w16000 w16001"': {"many"},
        '"w15990 w15991 w15993"': set(),
        f'"{" ".join(many[15_950:16_014])}"': {"many"},
        f'"{" ".join(many[31_900:31_964])}"': {"many"},
        "w39999 w0": {"many"},
        "w39999 NOT w0": set(),
        f'"{large[6_000]} {large[6_001]}"': {"large"},
        "0029999x*": {"large"},
    }
    for archive in engines.values():
        got = answers(archive, articles, list(queries))
        for query, right, found in zip(queries, queries.values(), got, strict=True):
            assert {key.split("/")[1] for key in found} == right, query[:60]
