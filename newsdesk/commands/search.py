"""newsdesk search: the articles that answer a query, how they are spread, what may be missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from newsdesk.options import AsJson, Home, Since, Until

if TYPE_CHECKING:
    from datetime import tzinfo

    from rich.console import Console

    from stories.archive.asking import Headline
    from stories.archive.survey import Survey

FACETS = ("outlet", "language", "day", "topic", "kind")
ORDERS = ("time", "relevance")
WIDEST = 40
MOST = 10


def search(  # noqa: PLR0913 - an option, an argument
    what: Annotated[
        str, typer.Argument(metavar="QUERY|NAME", help="A saved search's name, else a query.")
    ],
    *,
    topic: Annotated[
        str | None, typer.Option(metavar="TOPIC", help="Only articles of this topic.")
    ] = None,
    since: Since = None,
    until: Until = None,
    order: Annotated[
        str | None,
        typer.Option(metavar="ORDER", help="time (the newest first) or relevance."),
    ] = None,
    facet: Annotated[
        list[str] | None,
        typer.Option(metavar="FACET", help="outlet, language, day, topic or kind; repeatable."),
    ] = None,
    timeline: Annotated[
        bool, typer.Option("--timeline", help="How many a day; the same as --facet day.")
    ] = False,
    limit: Annotated[int, typer.Option(min=1, max=1_000, help="At most so many.")] = 20,
    offset: Annotated[int, typer.Option(min=0, help="After so many; in order of time.")] = 0,
    as_json: AsJson = False,
    home: Home = None,
) -> None:
    """The articles that answer a query: which, how many, where."""
    from datetime import UTC, datetime

    from newsdesk import answers, desk, shapes
    from newsdesk.asked import asked
    from newsdesk.lacking import say_lacking
    from newsdesk.misuse import Misuse
    from newsdesk.terminal import console, data, line

    facets = [*(facet or ()), *(["day"] if timeline else ())]
    if wrong := [name for name in facets if name not in FACETS]:
        raise Misuse(f"There is no facet {wrong[0]}.", f"Allowed: {', '.join(FACETS)}.")
    if order not in (None, *ORDERS):
        raise Misuse(f"There is no order {order}.", f"Allowed: {', '.join(ORDERS)}.")
    with desk.at(home) as here:
        question, saved_order = asked(here, what, topic=topic, since=since, until=until)
        order = order or saved_order
        with here.archive.reading() as tx:
            survey = tx.asking.survey(question, list(dict.fromkeys(facets)))
            scores: dict[int, float] = {}
            among = survey.count
            if order == "relevance":
                ranked = tx.asking.relevant(question, datetime.now(UTC), limit + offset)
                ids = list(ranked.ids[offset:])
                scores = dict(zip(ranked.ids, ranked.scores, strict=True))
                among = ranked.among
            else:
                ids = tx.asking.newest(question, limit, offset)
            found = tx.asking.headlines(ids)
            sentences = tx.asking.sentences(question, ids)
            complete = tx.asking.completeness(question)
        if as_json:
            data(
                {
                    "query": question.query,
                    "topic": question.topic,
                    "since": shapes.moment(question.since),
                    "until": shapes.moment(question.until),
                    "order": order,
                    "count": survey.count,
                    "among": among,
                    "articles": [
                        answers.headline(one, sentences.get(one.id, ""), scores.get(one.id))
                        for one in found
                    ],
                    "facets": answers.facets(survey),
                    "completeness": answers.completeness(complete),
                }
            )
            return
        say = console()
        say.print(f"{line(question.query)}: {_counted(survey.count, among, order)}\n")
        for one in found:
            entry(say, one, sentences.get(one.id, ""), here.zone)
        _facets(say, survey)
        say_lacking(say, complete)


def _counted(count: int, among: int, order: str) -> str:
    from newsdesk.terminal import several

    if order == "time":
        return f"{several(count, 'article')}, newest first"
    of = f" among the newest {among:,}" if among < count else ""
    return f"{several(count, 'article')}, the best{of} first"


def entry(say: Console, one: Headline, sentence: str, zone: tzinfo) -> None:
    """An article in a few lines: number and title; when and where; the sentence that answered."""
    from rich.text import Text

    from newsdesk.moments import clock
    from newsdesk.terminal import indented, line

    say.print(indented(Text.assemble((f"{one.id:>6}  ", "cyan"), (line(one.title), "bold")), 0))
    said = [clock(one.published or one.seen, zone), line(one.outlet), line(one.language)]
    say.print(indented(" · ".join(filter(None, said)), 8))
    if sentence and sentence != one.title:
        say.print(indented(line(sentence), 8, "dim"))
    say.print(f"        {line(one.url)}\n", style="dim", soft_wrap=True)


def _facets(say: Console, survey: Survey) -> None:
    from newsdesk.terminal import line, rows, table

    for name, values in survey.facets.items():
        looked_up = name in {"topic", "kind"} and survey.among < survey.count
        say.print(f"By {name}" + (f" (of the newest {survey.among:,})" if looked_up else ""))
        shown = values if name == "day" else values[:MOST]
        most = max((many for _, many in values), default=1)
        sheet = table("", "", "", right=(1,))
        for value, many in shown:
            bar = "▇" * max(1, round(WIDEST * many / most))
            sheet.add_row(line(value) or "-", f"{many:,}", bar)
        rows(say, sheet)
        if len(values) > len(shown):
            say.print(f"and {len(values) - len(shown)} more; --json has them all")
        say.print()
