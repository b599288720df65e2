"""The terms of a story, as tests of likeness give them."""

from __future__ import annotations

from pipeline.compared import Feature
from stories.query import Term, parse


def term(text: str) -> tuple[Term, ...]:
    found = parse(text)
    assert isinstance(found, Term)
    return (found,)


def features() -> dict[str, Feature]:
    return {
        "quillfeather": Feature(term("quillfeather"), 0.75, 1e-6),
        "oster exit": Feature(term('"oster exit"'), 0.5, 1e-6),
        "embassy": Feature(term("embassy"), 0.2, 0.005),
        "brask": Feature(term("brask"), 0.5, 1e-6),
    }
