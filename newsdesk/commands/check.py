"""newsdesk check: whether file, database and sources are in order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from newsdesk.options import Home

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from newsdesk.desk import Desk
    from stories.model import SourceState

FAILING = 3
PACKAGES = ("newsdesk", "scheduler", "spiders", "pipeline", "stories")


def check(*, home: Home = None) -> None:
    """Say whether newsdesk.toml, the database and the sources are in order."""
    from newsdesk import desk
    from newsdesk.terminal import console, line, several

    say = console()
    troubles = list(_strangers())
    with desk.at(home) as here:
        config = here.config
        say.print(f"File      {config.home / 'newsdesk.toml'} is in order.")
        say.print(f"Topics    {len(config.topics)}")
        with here.archive.reading() as tx:
            states = tx.sources.all()
            undiscovered = tx.sources.undiscovered()
            articles = tx.articles.count()
            waiting = tx.addresses.counts().get("waiting", 0)
        say.print(
            f"Database  {several(articles, 'article')}; {waiting or 'nothing'} waits to be fetched."
        )
        polled = sum(state.polled is not None for state in states)
        say.print(f"Sources   {len(states)}, of which {polled} were polled.")
        troubles += [*_topics(here), *_sources(states, undiscovered)]
    if not troubles:
        say.print("All is in order.")
        return
    say.print()
    for trouble in troubles:
        say.print(f"! {line(trouble)}")
    raise typer.Exit(1)


def _strangers() -> Iterator[str]:
    """Other distributions that own one of our package names: theirs and ours would mix."""
    from importlib.metadata import packages_distributions

    owners = packages_distributions()
    for name in PACKAGES:
        for owner in sorted(set(owners.get(name, ())) - {"newsdesk"}):
            yield f"The package {name} is also installed by {owner}: pip uninstall {owner}."


def _topics(here: Desk) -> Iterator[str]:
    topics = here.config.topics
    if not topics:
        yield "There are no topics: newsdesk topic add NAME --query QUERY."
    for name, one in topics.items():
        for missing in sorted(set(one.sources) - set(here.config.sources)):
            yield f"Topic {name} is limited to {missing}, which is no source."


def _sources(states: Sequence[SourceState], undiscovered: Mapping[str, str]) -> Iterator[str]:
    if not states and not undiscovered:
        yield "There are no sources: newsdesk source add URL."
    for name, url in undiscovered.items():
        yield f"{name}: nothing was found yet on {url}; the next crawl looks again."
    for one in states:
        if one.failures >= FAILING:
            yield f"{one.source.name} failed {one.failures} times in a row: {one.error}"
