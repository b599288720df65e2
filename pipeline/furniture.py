"""Lines that stand among the paragraphs of an article and are not its text."""

from __future__ import annotations

import re
from typing import Final

from pipeline.blocks import HEADINGS, Block
from pipeline.instants import moment
from pipeline.phrases import phrases, says

_LONGEST_NOTICE: Final = 340
_LONGEST_CREDIT: Final = 120
_LONGEST_CAPTION: Final = 320
_LONGEST_STAMP: Final = 120
_LEAST_BESIDE_DATE: Final = 20
_LINKED: Final = 0.75
_LEAST_LINK: Final = 24
_BRIEF: Final = 60
SENTENCE_ENDS: Final = (".", "!", "?", "…", "”", "“", "»", "。")
_LEADING = re.compile(r"\W*")
_RIGHTS = re.compile(
    r"[©ⓒ]\s?[^\W\d]"
    r"|\((?:foto|photo|bild|image|picture|imago|getty|(?:ap|afp|epa|dpa|file)[ /]?(?:photo|foto))"
    r"\b[^()]{0,60}\)\W*\Z"
    r"|(?:\b(?:foto|photo|bild|image|picture|illustration)|写真|사진)\s?(?:credit|by)?\s?[:\uff1a]"
    r"[^.!?]{2,60}\Z",
    re.IGNORECASE,
)
_SIGNS = "©ⓒ(:\uff1a"  # one of them is in all that _RIGHTS finds
_TAGS = re.compile(
    r"(?:tags|schlagworte|schlagwörter|mots-clés|etiquetas|теги|キーワード)\b", re.IGNORECASE
)
_FILED = re.compile(
    r"\b(?:tags?|schlagw\w+|categor\w+|kategori\w*|rubri\w+|section|ressort|filed under|рубрика|"
    r"etiquetas|mots-clés)\s*:",
    re.IGNORECASE,
)
_NUMBERS = re.compile(r"[\d\W]+")


def is_link(block: Block) -> bool:
    """Whether a block is nothing but a link to another page, as teasers are."""
    if block.linked < _LINKED * len(block.text):
        return False
    return block.tags[-1] in HEADINGS or "li" in block.tags[-3:] or block.size > _LEAST_LINK


def points_elsewhere(block: Block) -> bool:
    """Whether a line begins as lines do that send the reader to other articles.

    Short ones do; long ones only when much of them is a link; whole sentences only with a link.
    """
    text = block.text
    if not block.linked and text.endswith(SENTENCE_ENDS):
        return False
    brief = len(text) < _BRIEF or 3 * block.linked > len(text)
    return brief and _begins(text, "elsewhere")


def is_notice(text: str) -> bool:
    """Whether a line speaks for the outlet and not for the article: subscribe, follow, rights."""
    if _TAGS.match(text):
        return True
    return len(text) < _LONGEST_NOTICE and says("notice", text)


def is_credit(text: str) -> bool:
    """Whether a line names the source of a picture."""
    if len(text) < _LONGEST_CREDIT and _begins(text, "credit"):
        return True
    signed = len(text) < _LONGEST_CAPTION and any(sign in text for sign in _SIGNS)
    return signed and _RIGHTS.search(text) is not None


def is_stamp(text: str) -> bool:
    """Whether a line is a date of publication or of an update and hardly anything more."""
    if len(text) > _LONGEST_STAMP or not any(char.isdigit() for char in text):
        return False
    if _begins(text, "stamp"):
        return True
    return moment(text) is not None and len(_NUMBERS.sub("", text)) < _LEAST_BESIDE_DATE


def is_filing(text: str) -> bool:
    """Whether a line says when and under what an article was filed: date, tags, section."""
    return len(text) <= _LONGEST_STAMP and bool(_FILED.search(text)) and moment(text) is not None


def _begins(text: str, name: str) -> bool:
    lead = _LEADING.match(text)
    return phrases(name).match(text, lead.end() if lead else 0) is not None
