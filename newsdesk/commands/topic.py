"""newsdesk topic: what the operator follows."""

from __future__ import annotations

from typing import Annotated

import typer

from newsdesk.options import AsJson, Home

app = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="What you follow: add, remove, list."
)

Name = Annotated[str, typer.Argument(metavar="NAME", help="What to call it.")]


@app.command()
def add(
    name: Name,
    query: Annotated[
        str,
        typer.Option(
            "--query", "-q", metavar="QUERY", help='Words, AND OR NOT, "phrases", prefix*.'
        ),
    ],
    *,
    schedule: Annotated[
        str | None, typer.Option(metavar="CRON", help="When its sources are due: five fields.")
    ] = None,
    time_zone: Annotated[
        str | None, typer.Option(metavar="ZONE", help="The zone of the schedule: Europe/Berlin.")
    ] = None,
    source: Annotated[
        list[str] | None,
        typer.Option("--source", metavar="NAME", help="Only articles of it; may be repeated."),
    ] = None,
    home: Home = None,
) -> None:
    """Follow a topic. What is stored already is filed under it at once."""
    from newsdesk import desk
    from newsdesk.misuse import unknown
    from newsdesk.terminal import console, several
    from stories import declare
    from stories import query as language
    from stories.archive.asking import Question
    from stories.config import load

    language.parse(query, topic=True)
    before = load(home)
    for one in source or ():
        if one not in before.sources:
            raise unknown("source", one, before.sources, see="newsdesk sources")
    declare.add_topic(
        before.home, name, query=query, schedule=schedule, time_zone=time_zone, sources=source or ()
    )
    with desk.at(home) as open_desk, open_desk.archive.reading() as tx:
        stored = tx.asking.count(Question(topic=name))
    console().print(f"Topic {name}: {query}")
    console().print(
        f"{several(stored, 'stored article')} under it."
        if stored
        else "Nothing that is stored answers it yet."
    )


@app.command("test")
def try_(
    name: Name,
    *,
    query: Annotated[
        str | None,
        typer.Option("--query", "-q", metavar="QUERY", help="Try this one instead of its own."),
    ] = None,
    days: Annotated[int, typer.Option(min=1, help="Of so many days.")] = 30,
    as_json: AsJson = False,
    home: Home = None,
) -> None:
    """What a query would find, gain and lose against the topic's own, before it is in force."""
    from dataclasses import asdict
    from datetime import UTC, datetime, timedelta

    from newsdesk import desk
    from newsdesk.misuse import Misuse
    from newsdesk.terminal import console, data, line, several

    with desk.at(home) as here, here.archive.reading() as tx:
        stored = tx.topics.get(name)
        asked = query or (stored and stored.query)
        if not asked:
            raise Misuse(f"There is no topic {name}.", "Say what to try: --query QUERY.")
        got = tx.topics.trial(asked, datetime.now(UTC) - timedelta(days=days), name)
    if as_json:
        data(asdict(got))
        return
    say = console()
    say.print(f"{several(got.hits, 'article')} of the last {several(days, 'day')}")
    if stored and stored.query != asked:
        say.print(f"{got.gained} gained and {got.lost} lost against {line(stored.query)}")
    for warning in got.warnings:
        say.print(f"Mind: {line(warning)}")
    for hit in got.sample:
        say.print(f"\n{line(hit.title)} · {line(hit.outlet)}")
        say.print(f"    {line(hit.sentence)}")


@app.command()
def remove(name: Name, *, home: Home = None) -> None:
    """Stop following a topic. Its articles stay stored."""
    from newsdesk import desk
    from newsdesk.misuse import unknown
    from newsdesk.terminal import console
    from stories import declare
    from stories.config import load

    config = load(home)
    if name not in config.topics:
        raise unknown("topic", name, config.topics, see="newsdesk topic list")
    declare.remove_topic(config.home, name)
    with desk.at(home):
        console().print(f"Topic {name} is no longer followed.")


@app.command("list")
def list_(*, as_json: AsJson = False, home: Home = None) -> None:
    """The topics with their queries and schedules."""
    from newsdesk.terminal import console, data, line, rows, table
    from stories.config import load

    topics = load(home).topics
    if as_json:
        data([{"name": name, **one.model_dump(mode="json")} for name, one in topics.items()])
        return
    if not topics:
        console().print("No topics yet. newsdesk topic add NAME --query QUERY makes one.")
        return
    sheet = table("Topic", "Schedule", "Query")
    for name, one in topics.items():
        sheet.add_row(name, one.schedule or "-", line(one.query))
    rows(console(), sheet)
