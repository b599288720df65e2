"""SQLite, PostgreSQL and a plain slow reading of the language give the same answer to any query.

Articles are asked while their words are loose, when some are bound in a volume and others revised
since, and when volumes were merged.
"""

# ruff: noqa: RUF001, SIM905 - words of many scripts, as a line of them is read

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import Stemmer
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stories.archive import Archive, Transaction, open_archive
from stories.archive.binding import bind
from stories.archive.learning import learn, spoken
from stories.archive.loose import loose_sheets
from stories.archive.merging import begin, proceed
from stories.model import Article, Instant, Precision
from stories.words import words

from .articles import article

VOCABULARY = (
    "calexit yes California CALIFORNIA embassy the a of co-op U.S. don't don’t 3,000 3000 C++ AT&T"
    " straße STRASSE Ürümqi URUMQI ürümqi café cafe naïve Đà đà İstanbul istanbul ısparta ISPARTA"
    " Москва москва МОСКВЫ Ёлка елка Ελλάδα ΕΛΛΑΔΑ ελλάς مدرسة مَدرَسة المدرسة שלום שָׁלוֹם"
    " 北京 北京市 北 京 東京 とうきょう トウキョウ ﾄｳｷｮｳ ไทย ประเทศไทย 서울 서울에서 हिन्दी हिन्द"
    " run runs Running ran bank Banks banking laufen läuft Lauf Läufe Häuser haus corriendo correr"
    " ﬁnance finance Ⅷ viii ½ soft\u00adhyphen zero\u200bwidth 🏳️‍🌈 e\u0301 é emoji🙂word"
).split(" ")
BETWEEN = (" ", " ", " ", "\n", ", ", "-", "", "。", "\u00a0", " — ")
OUTLETS = ("The Example Courier", "Ελληνικά Νέα", "北京日报", "courier.test", "Courier")
LANGUAGES = (None, "en", "EN-gb", "de", "de_AT", "es", "ru", "zh-Hant", "e", "", "english")
SITES = (
    *("courier.test", "news.courier.test", "xcourier.test", "a_b.example", "axb.example"),
    *("paper.example.co.uk", "blatt.example.de"),
)
BYLINES = (None, "By Ann Bank", "Von Jürgen Lauf", "北京 Ann")
DAYS = tuple(datetime(2026, 1, day, 12, 30, tzinfo=UTC) for day in (1, 2, 3, 15, 31))


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


ARTICLES = st.fixed_dictionaries(
    {
        "title": prose(6),
        "text": prose(30),
        "outlet": st.sampled_from(OUTLETS),
        "language": st.sampled_from(LANGUAGES),
        "byline": st.sampled_from(BYLINES),
        "published": st.one_of(
            st.none(),
            st.sampled_from(DAYS).map(
                lambda at: Instant(at=at, precision=Precision.MINUTE, evidence="test")
            ),
        ),
        "seen": st.sampled_from(DAYS),
    }
)


FIELDS: dict[str, Callable[[Article], list[str]]] = {
    "": lambda one: [one.title, one.text],
    "title:": lambda one: [one.title],
    "text:": lambda one: [one.text],
    "lead:": lambda one: [one.text.split("\n")[0]],
    "byline:": lambda one: [one.byline or ""],
    "outlet:": lambda one: [one.outlet],
}
STEMMERS = {"en": "english", "de": "german", "es": "spanish", "ru": "russian"}

Find = Callable[[list[str], str | None], list[tuple[int, int]]]


def same_word(one: str, other: str, language: str | None) -> bool:
    code = (language or "").lower().replace("_", "-").split("-")[0]
    if one == other or code not in STEMMERS:
        return one == other
    stemmer = Stemmer.Stemmer(STEMMERS[code])
    return bool(stemmer.stemWord(one) == stemmer.stemWord(other))


@dataclass(frozen=True)
class Wanted:
    """Words as they are typed, and where they stand among tokens: first and last place."""

    typed: str
    find: Find


def wanted(value: str, how: str, *, inflects: bool = True) -> Wanted | None:
    asked = words(value)
    if not asked or (how == "prefix" and len(asked[-1]) < 2 and asked[-1].isascii()):
        return None
    plain = "".join("\\" + char if not char.isalnum() and char != " " else char for char in value)
    inflected = False
    if how == "prefix":
        typed = plain.replace(" ", "\\ ") + "*"
    elif how == "quoted" or not plain[:1].isalnum():
        typed = '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    elif how == "exact":
        typed = "=" + plain.replace(" ", "\\ ")
    else:
        typed = plain.replace(" ", "\\ ")
        inflected = inflects and len(asked) == 1

    def find(tokens: list[str], language: str | None) -> list[tuple[int, int]]:
        found = []
        for start in range(len(tokens) - len(asked) + 1):
            here = tokens[start : start + len(asked)]
            if inflected:
                last = same_word(here[0], asked[0], language)
            elif how == "prefix":
                last = here[-1].startswith(asked[-1])
            else:
                last = here[-1] == asked[-1]
            if here[:-1] == asked[:-1] and last:
                found.append((start, start + len(asked) - 1))
        return found

    return Wanted(typed, find)


def term(value: str, field: str, how: str) -> Says | None:
    got = wanted(value, how, inflects=field not in {"byline:", "outlet:"})
    if got is None or (field == "outlet:" and how == "exact"):
        return None

    def means(one: Article) -> bool:
        return any(got.find(words(text), one.language) for text in FIELDS[field](one))

    return Says(field + got.typed, means)


def near(parts: list[tuple[str, str]], field: str, distance: int, *, ordered: bool) -> Says | None:
    got = [wanted(value, how, inflects=field != "byline:") for value, how in parts]
    if None in got or field == "outlet:":
        return None
    terms = [one for one in got if one is not None]

    def means(one: Article) -> bool:
        return any(close(words(text), one.language) for text in FIELDS[field](one))

    def close(tokens: list[str], language: str | None) -> bool:
        spans = terms[0].find(tokens, language)
        for each in terms[1:]:
            spans = [
                (first, last)
                for first, last in each.find(tokens, language)
                if any(
                    0 < first - end <= distance or (not ordered and 0 < start - last <= distance)
                    for start, end in spans
                )
            ]
        return bool(spans)

    operator = f" {'ONEAR' if ordered else 'NEAR'}/{distance} "
    return Says(f"{field}({operator.join(one.typed for one in terms)})", means)


def period(field: str, first: int, last: int) -> Says:
    """Whole days of January."""

    def means(one: Article) -> bool:
        at = one.seen if field == "seen" else one.published and one.published.at
        return at is not None and first <= at.day <= last

    return Says(f"{field}:[2026-01-{first:02} TO 2026-01-{last:02}]", means)


def country(code: str) -> Says:
    ending = {"gb": ".uk", "de": ".de"}[code]
    return Says(f"country:{code}", lambda one: one.url.split("/")[2].endswith(ending))


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
        term,
        WORDS,
        st.sampled_from(["", "", "", "title:", "text:", "lead:", "byline:", "outlet:"]),
        st.sampled_from(["plain", "plain", "quoted", "exact", "prefix"]),
    )
    .filter(lambda said: said is not None)
    .map(lambda said: said or Says("", lambda _: False))
)
NEARS = (
    st.builds(
        near,
        st.lists(
            st.tuples(WORDS, st.sampled_from(["plain", "plain", "quoted", "prefix"])),
            min_size=2,
            max_size=3,
        ),
        st.sampled_from(["", "", "title:", "text:", "lead:"]),
        st.integers(1, 8),
        ordered=st.booleans(),
    )
    .filter(lambda said: said is not None)
    .map(lambda said: said or Says("", lambda _: False))
)
LEAVES = st.one_of(
    TERMS,
    TERMS,
    TERMS,
    NEARS,
    st.builds(
        period,
        st.sampled_from(["published", "seen"]),
        st.integers(1, 3),
        st.integers(3, 31),
    ),
    st.builds(country, st.sampled_from(["gb", "de"])),
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


def bound(tx: Transaction) -> None:
    """Bind what is loose, as is done after a commit."""
    learn(tx.connection, spoken(loose_sheets(tx.connection, {})))
    bind(tx.connection)


def revised(tx: Transaction, articles: list[Article]) -> None:
    """Every second article is said anew: in the end each says what it is to say."""
    for number, one in enumerate(articles):
        if number % 2:
            tx.articles.revise(tx.articles.by_key([one.key])[one.key], one)
        if number % 4 == 1:
            bound(tx)


def answers(
    archive: Archive, articles: list[Article], queries: list[str], state: str = "loose"
) -> list[set[str]]:
    """The keys that each query finds among these articles, which are not kept."""
    found: list[set[str]] = []
    with suppress(_Undo), archive.writing() as tx:
        for number, one in enumerate(articles):
            # What it said before must be forgotten.
            other = state in {"revised", "merging"} and number % 2
            said = replace(one, title="run bank 北京", text="the of a run") if other else one
            tx.articles.add(said)
            if state in {"merged", "merging"}:
                bound(tx)
        if state != "loose":
            bound(tx)
        if state == "merging":
            begin(tx.connection, (1_000,), 2)
        if state in {"revised", "merging"}:
            revised(tx, articles)
        if state == "merged":
            begin(tx.connection, (1_000,), 2)
        while proceed(tx.connection):
            pass
        found += [{one.article.key for one in tx.asking.articles(query=query)} for query in queries]
        raise _Undo
    return found


@settings(
    max_examples=100,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.large_base_example],
)
@given(
    drawn=st.lists(st.tuples(ARTICLES, st.sampled_from(SITES)), min_size=1, max_size=6),
    asked=st.lists(QUERIES, min_size=20, max_size=20),
    state=st.sampled_from(["loose", "bound", "revised", "merged", "merging"]),
)
def test_engines_agree(
    engines: dict[str, Archive],
    drawn: list[tuple[dict[str, object], str]],
    asked: list[Says],
    state: str,
) -> None:
    """2,000 queries at least."""
    articles = [article(f"{site}/{number}", **said) for number, (said, site) in enumerate(drawn)]
    expected = [{one.key for one in articles if said.means(one)} for said in asked]
    typed = [said.typed for said in asked]
    for name, archive in engines.items():
        for query, right, got in zip(
            typed, expected, answers(archive, articles, typed, state), strict=True
        ):
            assert got == right, f"{name}, {state}: {query}"


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
