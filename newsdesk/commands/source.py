"""newsdesk source: where to look."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from newsdesk.options import Home

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from spiders.discover import Found
    from stories.config import Config

app = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="Where to look: add, remove, import, export."
)


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
    """Add outlets by home page: their feeds and news sitemaps are found. Or a source by --kind."""
    from newsdesk import declaring, desk
    from newsdesk.terminal import console
    from stories import declare
    from stories.config import load

    config = load(home)
    declaring.check_kind(kind)
    new, there = declaring.named(declaring.wanted(urls or [], file), config.sources, name=name)
    say = console()
    for url, known in there.items():
        say.print(f"{url} is there already, as {known}.")
    if not new:
        return
    if kind is not None:
        kinds = {key: {"url": url, "kind": kind} for key, url in new.items()}
        declare.add_sources(config.home, kinds)
        desk.align(home)
        for key, url in new.items():
            say.print(f"Added {key}, a {kind}: {url}")
        return
    found = _look(config, tuple(new.values()))
    declare.add_sources(config.home, {key: {"url": url} for key, url in new.items()})
    if _keep(home, new, found):
        raise typer.Exit(1)


@app.command()
def remove(
    names: Annotated[list[str], typer.Argument(metavar="NAME...", help="As in newsdesk.toml.")],
    *,
    home: Home = None,
) -> None:
    """No longer look there. What came from it stays stored."""
    from newsdesk import desk
    from newsdesk.misuse import unknown
    from newsdesk.terminal import console
    from stories import declare
    from stories.config import load

    config = load(home)
    for name in names:
        if name not in config.sources:
            raise unknown("source", name, config.sources, see="newsdesk sources")
    declare.remove_sources(config.home, names)
    desk.align(home)
    console().print(f"Removed {', '.join(names)}. What came from there stays stored.")


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="OPML, as feed readers write it.")],
    *,
    home: Home = None,
) -> None:
    """Add the sources of an OPML file."""
    from newsdesk import declaring, desk
    from newsdesk.misuse import Misuse
    from newsdesk.terminal import console
    from stories import declare, opml
    from stories.config import load

    config = load(home)
    try:
        outlines = opml.read(declaring.read_bytes(file))
    except opml.OPMLError as error:
        raise Misuse(f"{file} is not OPML: {error}.") from error
    kinds = {one.url: one.kind for one in outlines if declaring.is_web_address(one.url)}
    new, there = declaring.named(kinds, config.sources)
    entries = {name: {"url": url, "kind": kinds[url]} for name, url in new.items()}
    declare.add_sources(config.home, entries)
    desk.align(home)
    say = console()
    say.print(f"{len(new)} added, {len(there)} there already.")
    if len(kinds) < len(outlines):
        say.print(f"{len(outlines) - len(kinds)} left out: they have no web address.")
    if None in {kinds[url] for url in new.values()}:
        say.print("Home pages among them are looked through by the next newsdesk crawl.")


@app.command()
def export(
    *,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Else to stdout.")
    ] = None,
    home: Home = None,
) -> None:
    """Write the declared sources as OPML."""
    from newsdesk.output import opened
    from stories import opml
    from stories.config import load

    outlines = [
        opml.Outline(title=one.outlet or name, url=one.url, kind=one.kind)
        for name, one in load(home).sources.items()
    ]
    with opened(output) as out:
        out.write(opml.write(outlines))


def _look(config: Config, urls: Sequence[str]) -> dict[str, Found]:
    """What the home pages have to offer, by the address that was asked for."""
    from newsdesk.terminal import console
    from spiders import crawl

    pages = "1 home page" if len(urls) == 1 else f"{len(urls)} home pages"
    with console(error=True).status(f"Looking at {pages} ..."):
        return {one.url: one for one in crawl.run(lambda: crawl.discover(config, urls))}


def _keep(home: Path | None, new: Mapping[str, str], found: Mapping[str, Found]) -> int:
    """Store what was found under its declared names, and say so.

    Returns how many pages had nothing to offer.
    """
    from datetime import UTC, datetime

    from newsdesk import desk
    from newsdesk.terminal import console, line, several
    from spiders.discover import renamed

    say, failed = console(), []
    finds = {name: (renamed(found[url], name), found[url].error) for name, url in new.items()}
    with desk.at(home) as here, here.archive.writing() as tx:
        tx.sources.found_all(finds, datetime.now(UTC))
    for name, (sources, error) in finds.items():
        if sources:
            say.print(name, style="bold")
        else:
            failed.append((name, error))
        for source in sources:
            say.print(f"  {source.kind.value:<8} {line(source.url)}", soft_wrap=True)
    if len(new) > 1:
        some = several(sum(len(one.sources) for one in found.values()), "source")
        say.print(f"Found {some} of {several(len(new) - len(failed), 'outlet')}.")
    for name, error in failed:
        say.print(f"{name}: nothing found: {line(error)}")
    if failed:
        say.print(
            "The next crawl looks again. newsdesk source remove NAME takes a wrong one out;\n"
            "newsdesk source add URL --kind feed names a source that is not announced."
        )
    return len(failed)
