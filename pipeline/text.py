"""The text of an article, chosen among what several ways of reading find."""

from __future__ import annotations

from pipeline.extract import extract
from pipeline.reading import Reading
from pipeline.title import plain


def text(reading: Reading) -> None:
    """Read the text, a paragraph a line, without the headline."""
    lines = extract(reading.tree, reading.url)
    heads = {plain(reading.title)} | {plain(h.text_content()) for h in reading.tree.iter("h1")}
    while lines and (not plain(lines[0][1]) or plain(lines[0][1]) in heads):
        del lines[0]
    reading.lines = lines
    reading.evidence["text"] = "trafilatura"
