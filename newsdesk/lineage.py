"""The lineage of a story as a picture in the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text
from rich.tree import Tree

from newsdesk.terminal import line
from pipeline.lineage import hangs_on

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.lineage import Tie
    from stories.model import FiledArticle


def picture(articles: Sequence[FiledArticle], first: int, owed: Sequence[Tie]) -> Tree | None:
    """Who hangs on whom, the first report on top; None when nobody owes anything to another."""
    parents = hangs_on(articles, owed)
    if not parents:
        return None
    tree = Tree(Text("Who reports, who repeats", "bold"), guide_style="dim")
    below: dict[int | None, list[FiledArticle]] = {}
    for one in articles:
        tie = parents.get(one.id)
        below.setdefault(tie.of if tie else None, []).append(one)

    def grow(branch: Tree, some: Sequence[FiledArticle]) -> None:
        for one in some:
            tie = parents.get(one.id)
            said = tie.how if tie else "first report" if one.id == first else "on its own"
            label = Text.assemble((f"{one.id}  ", "cyan"), line(one.article.outlet), "  ", said)
            grow(branch.add(label), below.get(one.id, []))

    grow(tree, sorted(below.get(None, []), key=lambda one: one.id != first))
    return tree


def elsewhere(owed: Sequence[Tie]) -> Iterator[str]:
    """Outlets that are credited and have nothing in the story: ``dpa.com, by 3 and 7``."""
    by: dict[str, list[int]] = {}
    for tie in owed:
        if tie.of is None:
            by.setdefault(tie.outlet, []).append(tie.article)
    for outlet, numbers in by.items():
        yield f"{line(outlet)}, by {' and '.join(map(str, numbers))}"
