"""newsdesk saved: searches that are kept by name."""

from __future__ import annotations

from typing import Annotated

import typer

from newsdesk.options import AsJson, Home

app = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="Searches kept by name: add, remove, list."
)

Name = Annotated[str, typer.Argument(metavar="NAME", help="What to call it.")]


@app.command()
def add(
    name: Name,
    query: Annotated[str, typer.Argument(metavar="QUERY", help="What an article must answer.")],
    *,
    topic: Annotated[
        str | None, typer.Option(metavar="TOPIC", help="Only articles of this topic.")
    ] = None,
    days: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="Only what was published in N days.")
    ] = None,
    order: Annotated[
        str | None, typer.Option(metavar="ORDER", help="time (the newest first) or relevance.")
    ] = None,
    home: Home = None,
) -> None:
    """Keep a search. newsdesk search NAME asks it, newsdesk export --saved NAME feeds it on."""
    from newsdesk import desk
    from newsdesk.asked import asked
    from newsdesk.misuse import unknown
    from newsdesk.terminal import console, several
    from stories import declare
    from stories import query as language
    from stories.config import load

    language.parse(query)
    config = load(home)
    if topic is not None and topic not in config.topics:
        raise unknown("topic", topic, config.topics, see="newsdesk topic list")
    declare.add_saved(config.home, name, query, topic=topic, days=days, order=order)
    with desk.at(home) as here, here.archive.reading() as tx:
        stored = tx.asking.count(asked(here, name)[0])
    console().print(f"Saved as {name}: {several(stored, 'article')} now.")


@app.command()
def remove(name: Name, *, home: Home = None) -> None:
    """Forget a saved search."""
    from newsdesk.misuse import unknown
    from newsdesk.terminal import console
    from stories import declare
    from stories.config import load

    config = load(home)
    if name not in config.saved:
        raise unknown("saved search", name, config.saved, see="newsdesk saved list")
    declare.remove_saved(config.home, name)
    console().print(f"{name} is no longer saved.")


@app.command("list")
def list_(*, as_json: AsJson = False, home: Home = None) -> None:
    """The saved searches, and how many articles each has now."""
    from newsdesk import desk
    from newsdesk.asked import asked
    from newsdesk.terminal import console, data, line, rows, table

    with desk.at(home) as here, here.archive.reading() as tx:
        saved = here.config.saved
        counts = {name: tx.asking.count(asked(here, name)[0]) for name in saved}
    if as_json:
        data(
            [
                {"name": name, **one.model_dump(mode="json"), "articles": counts[name]}
                for name, one in saved.items()
            ]
        )
        return
    if not saved:
        console().print("No saved searches yet. newsdesk saved add NAME QUERY keeps one.")
        return
    sheet = table("Search", "Articles", "Query", right=(1,))
    for name, one in saved.items():
        beside = [f"topic {one.topic}" if one.topic else "", f"{one.days} days" if one.days else ""]
        said = " · ".join(filter(None, [line(one.query), *beside]))
        sheet.add_row(name, f"{counts[name]:,}", said)
    rows(console(), sheet)
