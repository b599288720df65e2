"""Where the text of an article lives on its page: what holds it, and what is beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Final

from lxml import html

from pipeline.blocks import Block

Kind = tuple[str, str]
"""What tells one kind of container from another: its tag and its class."""

_LONG: Final = 80
_LINKED: Final = 0.3
_SHARE_OF_SPINE: Final = 0.6
_SHARE_OF_HEAVY: Final = 0.15
_SHARE_OF_KIND: Final = 0.25
_HOLDERS: Final = frozenset({"div", "section", "article", "main", "td"})
_ASIDE: Final = frozenset({"figure", "figcaption", "footer", "form", "aside"})
_STRONG: Final = frozenset(
    """
    comment comments related newsletter newsletters outbrain taboola recommended recommendation
    recommendations recirc trending infobox factbox figcaption caption captions
    """.split()  # noqa: SIM905 -- a table of names reads better as words
)
"""Words of class and id whose boxes are never text, even when they hold much of it."""
_BOXES: Final = _STRONG | frozenset(
    """
    share sharing social promo promotion bio authorbox breadcrumb breadcrumbs subscribe advert
    advertisement credit credits copyright gallery footer signup consent cookie poll quiz donate
    donation feedback byline dateline mostread popular disclaimer affiliate anmeldung
    bildunterschrift pubdate legende didascalia card image photo picture media teaser widget aside
    sidebar info meta tags author authors rating
    """.split()  # noqa: SIM905 -- a table of names reads better as words
)
"""Words of class and id that name the boxes around a text."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The containers of a text.

    `spine` has the elements that hold most of it, `heavy` those that hold a good part, `kinds`
    the kinds of the innermost containers, `posts` the kinds of the ``<article>`` elements that
    hold a good part together, as those of a live blog do.
    """

    spine: AbstractSet[html.HtmlElement]
    heavy: AbstractSet[html.HtmlElement]
    kinds: AbstractSet[Kind]
    posts: AbstractSet[Kind]

    def holds(self, block: Block) -> bool:
        """Whether a block stands directly in a container of the kind that holds the text."""
        return container(block) in self.kinds

    def within(self, block: Block) -> bool:
        """Whether a block stands in such a container, be it some levels below."""
        element: html.HtmlElement | None = block.element
        while element is not None and element not in self.spine:
            if kind(element) in self.kinds:
                return True
            element = element.getparent()
        return element is not None and kind(element) in self.kinds

    def boxed(self, block: Block, *, but: AbstractSet[str] = frozenset()) -> bool:
        """Whether something between a block and the spine is a figure, a footer, a named box."""
        element: html.HtmlElement | None = block.element
        names = len(block.names)
        while element is not None and element not in self.spine:
            names -= 1
            here = block.names[names] - but if names >= 0 else frozenset()
            if element.tag in _ASIDE or _STRONG & here:
                return True
            strange = element.tag == "article" and kind(element) not in self.posts
            if strange or _BOXES & here:
                return element not in self.heavy and kind(element) not in self.kinds
            element = element.getparent()
        return False


def frame(voted: Iterable[Block]) -> Frame:
    """Find the containers of a text from the paragraphs that were taken for it."""
    weights: Counter[html.HtmlElement] = Counter()
    kinds: Counter[Kind] = Counter()
    posts: Counter[Kind] = Counter()
    total = 0
    for block in voted:
        if block.size < _LONG or block.linked > _LINKED * len(block.text):
            continue
        total += block.size
        kinds[container(block)] += block.size
        for element in block.element.iterancestors():
            weights[element] += block.size
            if element.tag == "article":
                posts[kind(element)] += block.size
    return Frame(
        frozenset(e for e, size in weights.items() if size >= _SHARE_OF_SPINE * total),
        frozenset(e for e, size in weights.items() if size >= _SHARE_OF_HEAVY * total),
        frozenset(k for k, size in kinds.items() if size >= _SHARE_OF_KIND * total),
        frozenset(k for k, size in posts.items() if size >= _SHARE_OF_KIND * total),
    )


def container(block: Block) -> Kind:
    """Return the kind of element that a paragraph stands in."""
    holder: html.HtmlElement = block.element
    parent = holder.getparent()
    return kind(holder if holder.tag in _HOLDERS or parent is None else parent)


def kind(element: html.HtmlElement) -> Kind:
    """Return what tells one kind of container from another: its tag and its class."""
    return str(element.tag), element.get("class") or element.get("id") or ""
