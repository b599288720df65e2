"""newsdesk stories: the stories of a topic, or those that answer a query."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from newsdesk.options import AsJson, Home, Since, Until

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import tzinfo

    from rich.padding import Padding

    from stories.model import Story

MOST = 8


def stories(
    what: Annotated[
        str | None, typer.Argument(metavar="TOPIC|QUERY", help="A topic's name, else a query.")
    ] = None,
    *,
    since: Since = None,
    until: Until = None,
    limit: Annotated[int, typer.Option(min=1, help="At most so many.")] = 50,
    as_json: AsJson = False,
    home: Home = None,
) -> None:
    """The stories of a topic, or those that answer a query."""
    from newsdesk import desk, shapes
    from newsdesk.lacking import say_lacking
    from newsdesk.terminal import console, data, line, several
    from stories.archive.asking import Question

    with desk.at(home) as here:
        topic = what if what in here.config.topics else None
        asked = Question(
            topic=topic,
            query=None if topic else what,
            since=here.moment(since),
            until=here.moment(until),
        )
        with here.archive.reading() as tx:
            found = tx.asking.stories(
                asked.topic, asked.query, asked.since, asked.until, limit=limit + 1
            )
            complete = tx.asking.completeness(asked)
        shown, more = found[:limit], len(found) > limit
        if as_json:
            data([shapes.story(one) for one in shown])
            say_lacking(console(error=True), complete)
            return
        say = console()
        if not shown:
            say.print(_nothing(what, topic, list(here.config.topics)))
            say_lacking(say, complete)
            return
        some = several(len(shown), "story", "stories")
        say.print(f"{line(what) or 'Everything'}: {some}, newest first\n")
        for one in shown:
            for part in entry(one, here.zone):
                say.print(part)
        if more:
            say.print(f"There are more: --limit {limit * 2} shows them.")
        say_lacking(say, complete)


def entry(one: Story, zone: tzinfo) -> Iterator[Padding | str]:
    """A story in three lines: number and title; when, how much, in which languages; where."""
    from rich.text import Text

    from newsdesk.moments import clock
    from newsdesk.terminal import indented, line

    yield indented(Text.assemble((f"{one.id:>5}  ", "cyan"), (line(one.title), "bold")), 0)
    first, last = clock(one.first_at, zone), clock(one.last_at, zone)
    said = [
        first if first == last else f"{first} to {last}",
        counted(one),
        line(" ".join(one.languages)),
    ]
    yield indented(" · ".join(filter(None, said)))
    more = f" and {len(one.outlets) - MOST} more" if len(one.outlets) > MOST else ""
    yield indented(f"{line(', '.join(one.outlets[:MOST]))}{more}", style="dim")
    yield ""


def counted(one: Story) -> str:
    """``5 articles (3 copies)``."""
    from newsdesk.terminal import several

    copies = f" ({several(one.copies, 'copy', 'copies')})" if one.copies else ""
    return several(one.articles, "article") + copies


def _nothing(what: str | None, topic: str | None, topics: list[str]) -> str:
    from difflib import get_close_matches

    from newsdesk.terminal import line

    if topic:
        return f"No story of {topic} yet. newsdesk crawl looks for some; --since may be too short."
    if not what:
        return "Nothing is stored yet. newsdesk crawl fetches what the sources have."
    near = get_close_matches(what, topics, n=1, cutoff=0.5)
    hint = f" There is a topic called {near[0]}." if near else ""
    return f"No story answers {line(what)}.{hint}"
