"""Which names stand where a text says whose it is: in its dateline, in the line that closes it."""

# ruff: noqa: RUF001 - the dashes of every language are meant
from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.notices import reprinted_from
from pipeline.reading import Reading

_WORDS = r"[^\W\d_][^()\[\]\n|:;!?„“”\"»«]{1,58}?"
_NAME = rf"(?P<name>{_WORDS})"
_DATELINE = re.compile(
    rf"\A[^\w(]*(?:[^\W\d_][\w.' -]{{1,30}}(?:,\s\w[\w.' ]{{1,20}}){{0,2}}\s*)?"
    rf"[(（]{_NAME}[)）]\s*(?:[—–:.-]|\s)"
)
"""VELMOUTH, May 9 (Continental Wire) — ..."""
_SOURCE = r"quelle|source|fonte|fuente|font|bron|kilde|källa|lähde|zdroj|źródło|источник|kaynak"
_LINE = re.compile(
    rf"\A\s*(?:[(\[（/]\s*(?:(?:{_SOURCE})\s*:?\s*)?{_NAME}\s*[)\]）/]"
    rf"|[—–]\s*(?P<dash>{_WORDS})|(?:{_SOURCE})\s*[:：]\s*(?P<source>{_WORDS}))\W*\Z",
    re.IGNORECASE,
)
"""A line that has nothing else: (Continental Wire), — Continental Wire, Quelle: Nordischer Bote."""
_ENDING = re.compile(rf"[^\s„“”\"»«’'][.!?…]\s+[(\[（]{_NAME}[)\]）]\W*\Z")
"""The end of the last paragraph, where it is no quotation."""
_FIRST, _BELOW = 2, 4
_SHORT, _NOTICE = 90, 200


def signed(reading: Reading) -> None:
    """Note the names of dateline, closing line and *first appeared in*, whoever they are."""
    found = dict.fromkeys(_names(reading))
    if found:
        reading.facts["signed"] = [list(one) for one in found]


def _names(reading: Reading) -> Iterator[tuple[str, str]]:
    lines = [line for _, line in reading.lines]
    for line in lines[:_FIRST]:
        if dateline := _DATELINE.match(line[:_SHORT]):
            yield "dateline", _plain(dateline["name"])
    ends = [ending for line in lines if (ending := _ENDING.search(line[-_SHORT:]))]
    if len(ends) == 1 and _ENDING.search(lines[-1][-_SHORT:]):  # more of them: a press review
        yield "closing line", _plain(ends[0]["name"])
    for block in reading.found:
        if len(block.text) < _NOTICE and (name := reprinted_from(block.text)):
            yield "reprint", _plain(name)
    for line in dict.fromkeys((*lines[-2:], *_below(reading))):
        if len(line) < _SHORT and (whole := _LINE.match(line)):
            yield "closing line", _plain(whole["name"] or whole["dash"] or whole["source"])


def _below(reading: Reading) -> list[str]:
    """The short lines right below the text."""
    if not reading.body:
        return []
    last = max(block.order for block in reading.body)
    below = [block for block in reading.found if block.order > last]
    return [block.text for block in below[:_BELOW]]


def _plain(name: str) -> str:
    return " ".join(name.split()).strip(" .,")
