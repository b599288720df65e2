"""newsdesk check: whether file, database and sources are in order."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import typer

from newsdesk.options import Home

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import tzinfo

    from newsdesk.desk import Desk
    from scheduler.pulse import Pulse
    from stories.model import SourceState

FAILING = 3
ASLEEP = timedelta(minutes=5)
PACKAGES = ("newsdesk", "scheduler", "spiders", "pipeline", "stories")


def check(*, home: Home = None) -> None:
    """Say whether file, database, sources and service are in order."""
    from newsdesk import desk
    from newsdesk.terminal import console, line, several
    from scheduler.pulse import pulse

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
        now = datetime.now(UTC)
        beat = pulse(here.config, here.archive, now)
        say.print(f"Service   {_service(beat, here.zone)}")
        troubles += [*_topics(here), *_sources(states, undiscovered), *_ailing(beat, now)]
    if not troubles:
        say.print("All is in order.")
        return
    say.print()
    for trouble in troubles:
        say.print(f"! {line(trouble)}")
    raise typer.Exit(1)


def _service(beat: Pulse, zone: tzinfo) -> str:
    from newsdesk.moments import clock

    last = f"last round {clock(beat.last_round, zone)}" if beat.last_round else "no round yet"
    if beat.running and beat.beat:
        return f"at work since {clock(beat.beat.since, zone)}; {last}."
    return f"newsdesk run is not at work here; {last}."


def _ailing(beat: Pulse, now: datetime) -> Iterator[str]:
    """What troubles a service that is at work."""
    if not beat.running or beat.beat is None:
        return
    if beat.beat.trouble:
        yield f"newsdesk run has trouble: {beat.beat.trouble}"
    if now - beat.beat.looked > ASLEEP:
        yield f"newsdesk run has not looked after its work since {beat.beat.looked:%H:%M} UTC."


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
