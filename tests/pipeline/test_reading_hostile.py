"""Pages that are made to hurt: they cost little, harm nobody, and lose their article last."""

from __future__ import annotations

import gzip
import json
from random import Random

import pytest

from pipeline.document import MAX_TAGS, decode, parse
from pipeline.read import read
from stories.model import Article, Dropped
from tests.pipeline.reading import SENTENCES, article, news, page

PLAIN = article()
KEPT = {
    "divs around it": "<div>" * 1000 + PLAIN + "</div>" * 1000,
    "spans in it": article(within="<span>" * 100_000),
    "quotations in it": article(within="<blockquote>" * 5000),
    "tables in it": article(within="<table><tr><td>" * 3000),
    "a node of ten megabytes": article(below="<p>" + "word " * 2_200_000),
    "a hundred thousand attributes": article(
        within=f"<p {' '.join(f'a{n}=1' for n in range(100_000))}>x</p>"
    ),
    "a million paragraphs": article(below="<p>word word</p>" * 1_000_000),
    "a hundred thousand links": article(below='<a href="/x">y</a> ' * 100_000),
    "a row of a hundred thousand cells": article(
        below=f"<table><tr>{'<td>1</td>' * 100_000}</tr></table>"
    ),
    "a million breaks": article(below="<br>" * 1_000_000),
    "a million entities": article(below=f"<p>{'&amp;' * 1_000_000}</p>"),
    "five million less-than signs": article(below="<" * 5_000_000),
    "structured data without an end": article(
        head=f'<script type="application/ld+json">{{"a":{"[" * 2_500_000}</script>'
    ),
    "structured data of eleven megabytes": article(
        head=f'<script type="application/ld+json">{{"x":"{"y" * 11_000_000}"}}</script>'
    ),
    "structured data of great depth": article(
        head=f'<script type="application/ld+json">{"[" * 100_000}{"]" * 100_000}</script>'
    ),
    "structured data that goes in circles": article(
        data={
            "@graph": [
                news(headline="Bridge", author={"@id": "#a"}),
                {"@type": "Person", "@id": "#a"},
            ]
        }
    ),
    "NULs": PLAIN.replace("bridge", "bri\x00dge"),
    "references to characters that are none": PLAIN.replace("bridge", "bri&#0;&#x1F;dge"),
}


@pytest.mark.parametrize("case", KEPT)
def test_the_article_is_kept(case: str) -> None:
    found = read(page(KEPT[case])).text
    assert all(" ".join(sentence.split()[:3]) in found for sentence in SENTENCES[1:3])


def test_lone_surrogates_are_taken_out() -> None:
    body = PLAIN.encode().replace(b"bridge", b"bri\xed\xa0\x80dge")
    assert read(page(body)).text.split("\n") == list(SENTENCES)


def test_gzip_that_nobody_announced_is_unpacked_even_when_cut() -> None:
    noise = "".join(Random(1).choices("abcdefgh ", k=5000))
    packed = gzip.compress((PLAIN + f"<!-- {noise} -->").encode())
    for body in (packed, packed[:-400]):
        assert read(page(body)).text.split("\n") == list(SENTENCES)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "empty"),
        (b" \n ", "empty"),
        (b"hello world", "empty"),
        (b'{"a": 1}', "empty"),
        (b"<html></html>", "empty"),
        (b"%PDF-1.7\x01\x02\x03\x04", "binary"),
        (Random(7).randbytes(100_000), "binary"),
        (b"\x1f\x8b\x08" + b"junk" * 1000, "empty"),
    ],
)
def test_what_is_no_document_is_dropped(body: bytes, reason: str) -> None:
    with pytest.raises(Dropped) as verdict:
        read(page(body))
    assert verdict.value.reason == reason


@pytest.mark.parametrize(
    ("text", "charset", "header", "meta"),
    [
        ("Störung über München", "utf-8", "", ""),
        ("Störung über München", "latin-1", "iso-8859-1", ""),
        ("Störung über München", "cp1252", "", "windows-1252"),
        ("Störung über München", "utf-8", "iso-8859-1", "iso-8859-1"),
        ("Störung über München", "cp1252", "utf-8", "windows-1252"),
        ("Новости и погода", "cp1251", "windows-1251", ""),
        ("港の橋が再開", "shift_jis", "", "Shift_JIS"),
        ("港口大桥重新开放", "gb18030", "gb2312", ""),
        ("항구 다리 재개통", "euc-kr", "", "euc-kr"),
        ("Störung", "utf-16", "", ""),
    ],
)
def test_charsets(text: str, charset: str, header: str, meta: str) -> None:
    head = f'<meta charset="{meta}">' if meta else ""
    body = f"<html><head>{head}</head><body><p>{text}</p></body></html>".encode(charset)
    headers = (("Content-Type", f"text/html; charset={header}"),) if header else ()
    assert text in decode(body, headers)[0]


def test_one_bad_byte_does_not_change_the_charset() -> None:
    body = ("Störung über München " * 40).encode() + b"\xff" + "über".encode()
    text, charset = decode(body)
    assert charset == "utf-8"
    assert text.count("\N{REPLACEMENT CHARACTER}") == 1
    assert text.count("München") == 40


def test_trees_are_bounded() -> None:
    tree = parse("<p>x</p>" * (3 * MAX_TAGS))
    assert tree is not None
    assert sum(1 for _ in tree.iter()) <= MAX_TAGS + 2


@pytest.mark.parametrize("seed", range(40))
def test_torn_pages_are_read_or_dropped(seed: int) -> None:
    """Cut and shuffle a page at random: no other exception may come of it."""
    random = Random(seed)
    data = news(headline="Bridge", datePublished="2026-05-09", author={"name": "Jane"})
    source = article(data=data, within="<table><tr><td>1</td></tr></table><ul><li>x</ul>").encode()
    cuts = sorted(random.sample(range(len(source)), 8))
    parts = [source[a:b] for a, b in zip([0, *cuts], [*cuts, len(source)], strict=True)]
    random.shuffle(parts)
    try:
        found = read(page(b"".join(parts)))
    except Dropped as verdict:
        found = None
        said = verdict.reason
    assert isinstance(found, Article) or said


def test_evidence_is_plain_data() -> None:
    data = news(headline="Harbour bridge reopens", datePublished="2026-05-09T10:00:00Z")
    found = read(page(article(data=data)))
    assert json.loads(json.dumps(dict(found.evidence)))
    assert json.loads(json.dumps(dict(found.facts)))
