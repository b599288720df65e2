"""newsdesk show: one story, its articles, their copies, and the text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from newsdesk.options import AsJson, Home
from stories.model import CopyKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import tzinfo

    from rich.console import Console

    from stories.model import FiledArticle

WORDS = {"link": "links", "credit": "credits", "quotes": "quotes"}


def show(
    story: Annotated[int, typer.Argument(metavar="STORY", help="Its number in newsdesk stories.")],
    *,
    article: Annotated[
        int | None,
        typer.Option("--article", metavar="N", help="Whose text; else the lead's."),
    ] = None,
    as_json: AsJson = False,
    home: Home = None,
) -> None:
    """The articles of a story, what copies what, and a text."""
    from newsdesk import desk, shapes
    from newsdesk.commands.stories import counted
    from newsdesk.misuse import Misuse
    from newsdesk.terminal import console, data, line, several
    from stories.row import row_of

    with desk.at(home) as here:
        with here.archive.reading() as tx:
            found = tx.asking.story(story)
        if found is None:
            raise Misuse(f"There is no story {story}.", "newsdesk stories lists what there is.")
        one, articles = found
        if as_json:
            data({**shapes.story(one), "reports": [row_of(report) for report in articles]})
            return
        read = next((report for report in articles if report.id == (article or one.lead)), None)
        if read is None:
            known = ", ".join(str(report.id) for report in articles)
            raise Misuse(f"Story {story} has no article {article}.", f"It has {known}.")
        say = console()
        say.print(f"Story {one.id}: {line(one.title)}", style="bold")
        outlets = several(len(one.outlets), "outlet")
        topics = ", ".join(one.topics) or "none"
        say.print(f"{counted(one)} · {outlets} · topics: {topics}\n")
        numbers = {report.article.url: report.id for report in articles}
        for report in articles:
            _report(say, report, numbers, here.zone, lead=report.id == one.lead)
        _text(say, read, more=len(articles) > 1)


def _report(
    say: Console, one: FiledArticle, numbers: Mapping[str, int], zone: tzinfo, *, lead: bool
) -> None:
    from rich.text import Text

    from newsdesk.moments import claimed
    from newsdesk.terminal import indented, line

    article = one.article
    title = (line(article.title), "bold" if lead else "")
    say.print(indented(Text.assemble((f"{one.id:>5}  ", "cyan"), title), 0))
    said = [claimed(article.published, zone), line(article.outlet), line(article.byline)]
    say.print(indented(" · ".join(filter(None, [*said, line(article.language)]))))
    for remark in _remarks(one, numbers):
        say.print(indented(remark, style="yellow"))
    say.print(f"       {line(article.url)}", style="dim", soft_wrap=True)


def _remarks(one: FiledArticle, numbers: Mapping[str, int]) -> Iterator[str]:
    """What filing found: copy, quotations and links, edits. Articles of the story by number."""
    from newsdesk.terminal import line

    if one.copy:
        kind = "the same" if one.copy.kind is CopyKind.SAME else one.copy.kind.value
        share = f"{one.copy.score:.0%} of the shorter text is the same"
        yield f"copy of {one.copy.of} ({kind}): {share}"
    for cited in one.article.cites:
        yield f"{WORDS.get(cited.how, line(cited.how))} {numbers.get(cited.url, line(cited.url))}"
    if one.versions > 1:
        yield f"edited: version {one.versions}"


def _text(say: Console, one: FiledArticle, *, more: bool) -> None:
    from newsdesk.terminal import harmless, line

    say.print(f"\nText of {one.id}, {line(one.article.outlet)}\n", style="bold")
    for paragraph in harmless(one.article.text).splitlines():
        say.print(f"{paragraph}\n")
    if more:
        say.print("--article N shows the text of another.", style="dim")
