"""What the readers know of one page while they read it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from lxml import html

from pipeline.blocks import Block
from pipeline.structured import Structured
from stories.model import Citation, Instant, Page


@dataclass(slots=True, kw_only=True)
class Reading:
    """One page between the first reader and the last: each fills in what it finds.

    `tree` belongs to the readers in turn: each leaves it as it found it. `lines` has the text, a
    role and a paragraph each; `found` are all paragraphs of the page, `body` those of the text.
    """

    page: Page
    tree: html.HtmlElement
    claims: Structured
    url: str = ""
    key: str = ""
    outlet: str = ""
    title: str = ""
    lines: list[tuple[str, str]] = field(default_factory=list)
    found: Sequence[Block] = ()
    body: Sequence[Block] = ()
    authors: tuple[str, ...] = ()
    language: str | None = None
    language_tag: str | None = None
    published: Instant | None = None
    modified: Instant | None = None
    image: str | None = None
    cites: tuple[Citation, ...] = ()
    evidence: dict[str, str] = field(default_factory=dict)
    facts: dict[str, object] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The text, a paragraph a line."""
        return "\n".join(line for _, line in self.lines)
