"""newsdesk show: one story, its articles, their copies, and the text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from newsdesk.options import AsJson, Home

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import tzinfo

    from rich.console import Console

    from stories.model import FiledArticle


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
    """The articles of a story in order of time, what copies what, and the text of one."""
    from newsdesk import desk, shapes
    from newsdesk.misuse import Misuse
    from newsdesk.terminal import console, data, line
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
        numbers = {report.id: report for report in articles}
        read = numbers.get(article or one.lead)
        if read is None:
            known = ", ".join(map(str, numbers))
            raise Misuse(f"Story {story} has no article {article}.", f"It has {known}.")
        say = console()
        say.print(f"Story {one.id}: {line(one.title)}", style="bold")
        counts = (
            f"{one.articles} articles of {len(one.outlets)} outlets, {one.copies} of them copies"
        )
        say.print(f"{counts}; topics: {', '.join(one.topics) or 'none'}\n")
        for report in articles:
            _report(say, report, here.zone, lead=report.id == one.lead)
        _text(say, read, articles)


def _report(say: Console, one: FiledArticle, zone: tzinfo, *, lead: bool) -> None:
    from rich.text import Text

    from newsdesk.moments import claimed
    from newsdesk.terminal import line

    article = one.article
    say.print(
        Text.assemble((f"{one.id:>5}  ", "cyan"), (line(article.title), "bold" if lead else ""))
    )
    byline = f" · {line(article.byline)}" if article.byline else ""
    when = claimed(article.published, zone)
    language = f" · {article.language}" if article.language else ""
    say.print(f"       {when} · {line(article.outlet)}{byline}{language}", style="dim")
    if one.copy:
        share = f"{one.copy.score:.0%} of the shorter text"
        say.print(f"       copy ({one.copy.kind.value}) of {one.copy.of}: {share}", style="yellow")
    for cited in article.cites:
        say.print(f"       cites ({line(cited.how)}) {line(cited.url)}", style="yellow")
    if one.versions > 1:
        say.print(f"       edited: this is version {one.versions}", style="yellow")
    say.print(f"       {line(article.url)}", soft_wrap=True)


def _text(say: Console, one: FiledArticle, articles: Sequence[FiledArticle]) -> None:
    from newsdesk.terminal import harmless, line

    say.print(f"\nText of {one.id}, {line(one.article.outlet)}\n", style="bold")
    for paragraph in harmless(one.article.text).splitlines():
        say.print(f"{paragraph}\n")
    if len(articles) > 1:
        say.print("--article N shows the text of another.", style="dim")
