"""newsdesk source: where to look."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from newsdesk.options import Home

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from spiders.crawl import Found
    from stories.config import Config

app = typer.Typer(no_args_is_help=True, help="Where to look: add, remove, import, export (OPML).")


@app.command()
def add(
    urls: Annotated[
        list[str] | None,
        typer.Argument(metavar="URL...", help="Home pages, or addresses of --kind."),
    ] = None,
    *,
    file: Annotated[
        Path | None,
        typer.Option("--file", metavar="LIST", help="A file with an address a line; - is stdin."),
    ] = None,
    kind: Annotated[
        str | None,
        typer.Option(metavar="KIND", help="What the address is: feed, sitemap or section."),
    ] = None,
    name: Annotated[
        str | None, typer.Option(metavar="NAME", help="What to call it; else after its host.")
    ] = None,
    home: Home = None,
) -> None:
    """Add outlets by home page: their feeds and news sitemaps are found. Or one by --kind."""
    from newsdesk import declaring
    from newsdesk.terminal import console
    from stories import declare
    from stories.config import load

    config = load(home)
    wanted = declaring.wanted(urls or [], file)
    new, there = declaring.named(wanted, config.sources, name=name, kind=kind)
    say = console()
    for url, known in there.items():
        say.print(f"{url} is there already, as {known}.")
    if not new:
        return
    if kind is not None:
        declare.add_sources(
            config.home, {key: {"url": url, "kind": kind} for key, url in new.items()}
        )
        _align(home)
        for key in new:
            say.print(f"Added {key} ({kind}).")
        return
    found = _look(config, tuple(new.values()))
    declare.add_sources(config.home, {key: {"url": url} for key, url in new.items()})
    failed = _keep(home, new, found)
    if failed:
        raise typer.Exit(1)


@app.command()
def remove(
    names: Annotated[list[str], typer.Argument(metavar="NAME...", show_default=False)],
    *,
    home: Home = None,
) -> None:
    """No longer look there. What came from it stays stored."""
    from newsdesk.misuse import unknown
    from newsdesk.terminal import console
    from stories import declare
    from stories.config import load

    config = load(home)
    for name in names:
        if name not in config.sources:
            raise unknown("source", name, config.sources, see="newsdesk sources")
    declare.remove_sources(config.home, names)
    _align(home)
    console().print(f"Removed {', '.join(names)}. What came from there stays stored.")


@app.command("import")
def import_(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="An OPML file, as readers write it.")
    ],
    *,
    home: Home = None,
) -> None:
    """Add the feeds of an OPML file."""
    from newsdesk import declaring
    from newsdesk.terminal import console
    from stories import declare, opml
    from stories.config import load

    config = load(home)
    outlines = opml.read(declaring.read_bytes(file))
    known = {one.url for one in config.sources.values()}
    new = {name: facts for name, facts in outlines.items() if facts["url"] not in known}
    declare.add_sources(config.home, declaring.without_clashes(new, config.sources))
    _align(home)
    console().print(f"{len(new)} added, {len(outlines) - len(new)} there already.")


@app.command()
def export(
    *,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Else to stdout.")
    ] = None,
    home: Home = None,
) -> None:
    """Write the sources as OPML: every feed, under its outlet."""
    import sys

    from newsdesk import desk
    from stories import opml

    with desk.at(home) as here, here.archive.reading() as tx:
        text = opml.write([state.source for state in tx.sources.all()])
    if output:
        output.write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(text)


def _align(home: Path | None) -> None:
    from newsdesk import desk

    with desk.at(home):
        pass


def _look(config: Config, urls: Sequence[str]) -> dict[str, Found]:
    """Ask the home pages what they have to offer; by the address that was asked for."""
    from newsdesk.terminal import console
    from spiders import crawl

    with console(error=True).status(f"Looking at {len(urls)} home page(s) ..."):
        return {one.url: one for one in crawl.run(lambda: crawl.discover(config, urls))}


def _keep(home: Path | None, new: Mapping[str, str], found: Mapping[str, Found]) -> int:
    """Store what was found under its declared names, and say so; returns how many found nothing."""
    from dataclasses import replace
    from datetime import UTC, datetime

    from newsdesk import desk
    from newsdesk.terminal import console, line, table

    sheet, failed = table("Source", "Kind", "Found"), []
    with desk.at(home) as here, here.archive.writing() as tx:
        for name, url in new.items():
            one = found.get(url)
            sources = _called(name, one.sources if one else ())
            error = one.error if one else "it was not answered"
            tx.sources.found(
                name, [replace(s, declared=name) for s in sources], datetime.now(UTC), error
            )
            for source in sources:
                sheet.add_row(source.name, source.kind.value, line(source.url))
            if not sources:
                failed.append((name, error or "no feed, news sitemap or list of articles"))
    say = console()
    if sheet.row_count:
        say.print(sheet)
    for name, error in failed:
        say.print(f"{name}: nothing found yet: {line(error)}")
    if failed:
        say.print(
            "What found nothing is looked at again at the next crawl; "
            "newsdesk source remove NAME takes it out."
        )
    return len(failed)


def _called(name: str, sources: Iterable[object]) -> list[object]:
    return list(sources)
