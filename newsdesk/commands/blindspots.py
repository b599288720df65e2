"""newsdesk blindspots: outlets that cover or are cited in a story and are not among the sources."""

from __future__ import annotations

from typing import Annotated

import typer

from newsdesk.options import AsJson, Home


def blindspots(
    topic: Annotated[str, typer.Argument(metavar="TOPIC", help="A topic's name.")],
    *,
    as_json: AsJson = False,
    home: Home = None,
) -> None:
    """Outlets that cover a topic and are no source yet. With their feeds."""
    from newsdesk import desk
    from newsdesk.naming import known_outlets
    from newsdesk.terminal import console, data, line
    from pipeline.blindspots import blind_spots
    from stories.archive.asking import Question

    with desk.at(home) as here:
        here.known_topic(topic)
        with here.archive.reading() as tx:
            known = known_outlets(here.config, tx)
            ways = tx.coverage.ways(topic)
            ids = list(tx.asking.ids(Question(topic=topic)))
            articles = list(tx.articles.get_many(ids).values())
            origins = tx.coverage.origins(ids)
            polled = [state.source.url for state in tx.sources.all()]
            polled += [one.url for one in here.config.sources.values()]
        found = blind_spots(articles, origins, ways, polled, known)
        if as_json:
            data(
                [
                    {
                        "outlet": one.outlet,
                        "articles": one.articles,
                        "cited": one.cited,
                        "credited": one.credited,
                        "feeds": list(one.feeds),
                        "evidence": list(one.evidence),
                        "add": one.line,
                    }
                    for one in found
                ]
            )
            return
        say = console()
        if not found:
            say.print(f"Every outlet that covers {topic} or is cited there is a source.")
            return
        for one in found:
            say.print(line(one.outlet), style="bold")
            say.print(
                f"  {one.articles} articles, linked by {one.cited}, credited by {one.credited}",
                style="dim",
            )
            say.print(f"  {line(one.line)}", soft_wrap=True)
