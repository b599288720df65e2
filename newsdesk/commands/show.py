"""newsdesk show: one story, its articles, their copies, and the text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from newsdesk.options import AsJson, Home
from stories.model import CopyKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import tzinfo

    from rich.console import Console

    from pipeline.lineage import Tie
    from stories.archive.kin import AlsoCovered
    from stories.model import FiledArticle, Story

WORDS = {"link": "links", "credit": "credits", "quotes": "quotes"}

LONG = 160
"""Characters of a new sentence that are shown."""

DAY = 24


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
    """The articles of a story: what copies what, what is new."""
    from newsdesk import desk, shapes, story_shapes
    from newsdesk.misuse import Misuse
    from newsdesk.spread import spread
    from newsdesk.terminal import console, data
    from pipeline.lineage import ties
    from pipeline.novelty import novelties

    with desk.at(home) as here:
        with here.archive.reading() as tx:
            found = tx.asking.story(story)
            also = tx.kin.of(found[0].id) if found else []
            whole, left = tx.events.divided(found[0].id) if found else (None, [])
        if found is None:
            raise Misuse(f"There is no story {story}.", "newsdesk stories lists what there is.")
        one, articles = found
        new, owed = novelties(articles), ties(articles)
        if as_json:
            data(
                {
                    "asked": story,
                    **shapes.story(one),
                    "divided_from": whole,
                    "divided_into": left,
                    "spread": story_shapes.spread(spread(articles, here.zone)),
                    "lineage": [story_shapes.tie(tie) for tie in owed],
                    "also_covered_in": [story_shapes.also_covered(other) for other in also],
                    "reports": [story_shapes.report(report, new[report.id]) for report in articles],
                }
            )
            return
        read = next((report for report in articles if report.id == (article or one.lead)), None)
        if read is None:
            known = ", ".join(str(report.id) for report in articles)
            raise Misuse(f"Story {story} has no article {article}.", f"It has {known}.")
        say = console()
        if one.id != story:
            say.print(f"Story {story} was joined to story {one.id}.\n")
        if whole:
            say.print(f"It was part of story {whole}, until that turned out to be two.\n")
        for number in left:
            say.print(f"Story {number} was part of it, until it turned out to be two.\n")
        _story(say, one, articles, here.zone)
        numbers = {report.article.url: report.id for report in articles}
        for report in articles:
            _report(say, report, numbers, here.zone, lead=report.id == one.lead)
            if len(articles) > 1:
                _new(say, new[report.id])
        _lineage(say, one, articles, owed)
        for other in also:
            _also(say, other)
        _text(say, read, more=len(articles) > 1)


def _story(say: Console, one: Story, articles: Sequence[FiledArticle], zone: tzinfo) -> None:
    from newsdesk.commands.stories import counted
    from newsdesk.moments import claimed, clock
    from newsdesk.spread import spread
    from newsdesk.terminal import line, several

    say.print(f"Story {one.id}: {line(one.title)}", style="bold")
    outlets = several(len(one.outlets), "outlet")
    tongues = line(", ".join(one.languages)) or "language unknown"
    topics = ", ".join(one.topics) or "none"
    say.print(f"{counted(one)} · {outlets} · {tongues} · topics: {topics}")
    first = next(report for report in articles if report.id == one.first)
    said = claimed(first.article.published, zone)
    say.print(f"first report: {first.id}, {line(first.article.outlet)}, {said}")
    if len(articles) > 1:
        bars = spread(articles, zone)
        hours = bars.step.total_seconds() / 3600
        by = "hour" if hours == 1 else "day" if hours == DAY else f"{bars.step.days} days"
        since = clock(bars.bars[0].start, zone)
        say.print(f"by {by} since {since}: {bars}")
    say.print()


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
        if one.copy.evidence:
            yield f"the original is {one.copy.of}: {line(', '.join(one.copy.evidence))}"
    for cited in one.article.cites:
        yield f"{WORDS.get(cited.how, line(cited.how))} {numbers.get(cited.url, line(cited.url))}"
    if one.versions > 1:
        yield f"edited: version {one.versions}"


def _new(say: Console, sentences: Sequence[str]) -> None:
    """What an article says that those before it did not: the first of it, and how much more."""
    from newsdesk.terminal import indented, line, several

    if not sentences:
        say.print(indented("nothing new", style="green"))
        return
    first = line(sentences[0])
    if len(first) > LONG:
        first = f"{first[:LONG].rsplit(' ', 1)[0]} ..."
    more = len(sentences) - 1
    also = f" (and {several(more, 'sentence')} more)" if more else ""
    say.print(indented(f"new: {first}{also}", style="green"))


def _lineage(
    say: Console, one: Story, articles: Sequence[FiledArticle], owed: Sequence[Tie]
) -> None:
    """Who hangs on whom, and who is credited that the story does not hold."""
    from newsdesk.lineage import elsewhere, picture

    tree = picture(articles, one.first, owed)
    if tree is not None:
        say.print()
        say.print(tree)
    absent = list(elsewhere(owed))
    if absent:
        say.print(f"Credited, and not in the story: {'; '.join(absent)}", soft_wrap=True)


def _also(say: Console, other: AlsoCovered) -> None:
    from newsdesk.terminal import line

    tongues = line(", ".join(other.languages))
    say.print(f"\nAlso covered in {tongues}: story {other.story}, {line(other.title)}")
    say.print(f"       both have {line(', '.join(other.shared))}", style="dim", soft_wrap=True)


def _text(say: Console, one: FiledArticle, *, more: bool) -> None:
    from newsdesk.terminal import harmless, line

    say.print(f"\nText of {one.id}, {line(one.article.outlet)}\n", style="bold")
    for paragraph in harmless(one.article.text).splitlines():
        say.print(f"{paragraph}\n")
    if more:
        say.print("--article N shows the text of another.", style="dim")
