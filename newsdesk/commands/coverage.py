"""newsdesk coverage: what was found of a watched story, by which way, and what was left."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from newsdesk.options import AsJson, Home

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from stories.model import FiledArticle
    from stories.ways import Origin, Way


def coverage(
    topic: Annotated[
        str, typer.Argument(metavar="TOPIC", help="A topic that newsdesk watch made.")
    ],
    *,
    left: Annotated[bool, typer.Option("--left", help="Also every way that was left, and why.")] = (
        False
    ),
    as_json: AsJson = False,
    home: Home = None,
) -> None:
    """What a watched topic has found, by which way, whose it is.

    And what was left, and why.
    """
    from newsdesk import desk
    from newsdesk.misuse import Misuse
    from newsdesk.terminal import console, data, line
    from stories.ways import WayState

    with desk.at(home) as here:
        here.known_topic(topic)
        with here.archive.reading() as tx:
            watched = tx.coverage.watched(topic)
            if watched is None:
                raise Misuse(
                    f"{topic} was not made from a story.",
                    "newsdesk watch STORY makes such a topic.",
                )
            ways = tx.coverage.ways(topic)
            got = [w for w in ways if w.article and w.state in {WayState.FOUND, WayState.COPY}]
            articles = tx.articles.get_many([w.article for w in got if w.article])
            origins = tx.coverage.origins(list(articles))
            spent = tx.coverage.spent(topic, datetime.min.replace(tzinfo=UTC))
            hour = tx.coverage.spent(topic, datetime.now(UTC))
        by_key = {way.key: way for way in ways}
        rest = [way for way in ways if way not in got]
        if as_json:
            data(
                {
                    "topic": topic,
                    "query": here.config.topics[topic].query,
                    "story": {"url": watched.url, "title": watched.title},
                    "requests": sum(spent.values()),
                    "requests_this_hour": sum(hour.values()),
                    "requests_by_host": spent,
                    "articles": [
                        _found(way, articles[way.article], origins, by_key)
                        for way in got
                        if way.article in articles
                    ],
                    "ways": dict(Counter(way.state.value for way in ways)),
                    "left": [
                        {
                            "url": way.url,
                            "kind": way.kind.value,
                            "how": way.how,
                            "hint": way.hint,
                            "evidence": way.evidence,
                            "state": way.state.value,
                            "why": way.why,
                            "distance": way.distance,
                            "relevance": way.score,
                        }
                        for way in rest
                    ],
                }
            )
            return
        say = console()
        own = [way for way in got if way.state is WayState.FOUND]
        say.print(
            f"{topic}: {len(own)} articles of "
            f"{len({_outlet(articles[w.article], origins) for w in own if w.article})} outlets, "
            f"{len(got) - len(own)} copies, {sum(spent.values())} requests\n",
            style="bold",
        )
        for way in sorted(got, key=lambda one: (one.distance, one.key)):
            one = articles[way.article]  # type: ignore[index] # only those with an article are here
            say.print(f"{one.id:>5}  {line(one.article.title)}")
            origin = origins.get(one.id)
            credit = f" · reporting of {line(origin.outlet)}" if origin else ""
            copy = " · copy" if way.state is WayState.COPY else ""
            say.print(
                f"       {line(one.article.outlet)}{credit}{copy} · {way.how}, "
                f"{way.distance} steps out · {line(way.why)}",
                style="dim",
            )
        _left(rest, whole=left)


def _left(rest: Sequence[Way], *, whole: bool) -> None:
    from newsdesk.terminal import console, line

    say = console()
    counts = Counter((way.state.value, way.kind.value) for way in rest)
    say.print("\nWays that are not coverage, by what became of them:")
    for (state, kind), number in sorted(counts.items()):
        say.print(f"  {number:>5}  {kind} {state}")
    if whole:
        for way in rest:
            say.print(f"  {way.state.value:<10} {line(way.url)}: {line(way.why or way.hint)}")
    elif rest:
        say.print("--left lists them, each with its reason.", style="dim")


def _outlet(one: FiledArticle, origins: Mapping[int, Origin]) -> str:
    origin = origins.get(one.id)
    return origin.outlet if origin else one.article.outlet


def _found(
    way: Way, one: FiledArticle, origins: Mapping[int, Origin], ways: Mapping[str, Way]
) -> dict[str, object]:
    """An article of the coverage as JSON: whose it is, who carries it, and the path to it."""
    origin = origins.get(one.id)
    path: list[dict[str, object]] = []
    step: Way | None = way
    while step is not None and len(path) < 50:  # noqa: PLR2004 - no path is longer than its distance
        path.append({"url": step.url, "kind": step.kind.value, "how": step.how})
        step = ways.get(step.parent or "")
    return {
        "id": one.id,
        "url": one.article.url,
        "title": one.article.title,
        "outlet": _outlet(one, origins),
        "carried_by": one.article.outlet,
        "credit": (
            {"outlet": origin.outlet, "url": origin.url, "evidence": origin.evidence}
            if origin
            else None
        ),
        "copy_of": one.copy.url if one.copy else None,
        "state": way.state.value,
        "how": way.how,
        "distance": way.distance,
        "relevance": way.score,
        "terms": list(way.terms),
        "path": path[::-1],
        "story": one.story,
    }
