"""newsdesk watch: from a story to a topic."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from newsdesk.options import AsJson, Home, Since

if TYPE_CHECKING:
    from collections.abc import Collection

    from newsdesk.desk import Desk
    from newsdesk.story import Handed
    from pipeline.proposal import Proposal

BEFORE = timedelta(days=30)
"""How far before its story coverage is looked for in archives, when nobody says."""


def watch(
    story: Annotated[
        str, typer.Argument(metavar="STORY", help="An address, a text or HTML file, or - .")
    ],
    *,
    name: Annotated[
        str | None, typer.Option(metavar="NAME", help="What the topic is called; else proposed.")
    ] = None,
    query: Annotated[
        str | None,
        typer.Option("--query", "-q", metavar="QUERY", help="This query instead of the proposed."),
    ] = None,
    schedule: Annotated[
        str | None, typer.Option(metavar="CRON", help="When it is crawled: five fields.")
    ] = None,
    since: Since = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Follow it without asking.")] = False,
    as_json: AsJson = False,
    home: Home = None,
) -> None:
    """Propose a topic for a story, and follow it.

    With a reason for each term.
    """
    from newsdesk import desk
    from newsdesk.misuse import Misuse
    from newsdesk.story import handed
    from newsdesk.terminal import console, data
    from pipeline.proposal import Unproposable
    from stories import query as language

    with desk.at(home) as here:
        got = handed(here.config, story)
        try:
            proposal = proposed(here, got)
        except Unproposable as error:
            raise Misuse(f"No topic can be proposed: {error}.", "Name one: --query.") from error
        chosen = query or proposal.query
        language.parse(chosen)
        called = name or name_for(proposal, here.config.topics)
        if name in here.config.topics:
            raise Misuse(f"There is a topic called {name} already.", "Choose another --name.")
        back = here.moment(since) or (got.published - BEFORE if got.published else None)
        if as_json:
            data({"name": called, **shape(proposal, chosen), "followed": yes})
        else:
            show(proposal, chosen, called)
        if not yes and (as_json or not typer.confirm("Follow it?", default=True, err=True)):
            return
        follow(here, got, called, chosen, schedule, back)
        # A query of the operator's own is never touched afterwards.
    with desk.at(home) as here, here.archive.reading() as tx:
        from stories.archive.asking import Question

        stored = tx.asking.count(Question(topic=called))
    if not as_json:
        console().print(
            f"Topic {called} is followed; {stored} stored articles answer it."
            f"\nnewsdesk crawl --topic {called} looks for more."
        )


def proposed(here: Desk, got: Handed) -> Proposal:
    """The proposal, weighed by what is stored."""
    from newsdesk.naming import known_outlets
    from pipeline.candidates import candidates
    from pipeline.proposal import propose
    from pipeline.salience import Stored
    from pipeline.seed import parts
    from spiders.outlets import host_of
    from stories.archive.asking import Question
    from stories.words import words

    with here.archive.reading() as tx:
        known = known_outlets(here.config, tx)
        for url in got.linked:
            known.met(host_of(url))
        articles = tx.articles.count()
        counts: dict[tuple[str, ...], int] = {}
        if articles:
            body, _ = parts(got.seed)
            for one in candidates(got.seed, body):
                for form in one.forms:
                    run = tuple(words(" ".join(form)))
                    phrase = '"' + " ".join(run) + '"'
                    counts[run] = tx.asking.count(Question(query=phrase))
    return propose(got.seed, Stored(articles=articles, counts=counts), known)


def follow(
    here: Desk,
    got: Handed,
    name: str,
    query: str,
    schedule: str | None,
    since: datetime | None,
) -> None:
    """Declare the topic and keep its story."""
    from collections import Counter

    from spiders.outlets import host_of
    from stories import declare
    from stories.ways import Watched

    now = datetime.now(UTC)
    declare.add_topic(here.config.home, name, query, schedule=schedule)
    with here.archive.writing() as tx:
        tx.coverage.forget(name)
        tx.coverage.watch(
            Watched(
                topic=name,
                url=got.url,
                title=got.seed.title,
                text="\n".join(got.seed.lines),
                roles=got.seed.roles,
                language=got.seed.language,
                outlet=got.seed.outlet,
                authors=got.seed.authors,
                published=got.published,
                proposed=query,
                since=since,
                made=now,
            )
        )
        # What the story took counts like all that is asked for the topic.
        tx.coverage.spend(name, Counter(host_of(url) for url in got.asked), now)


def name_for(proposal: Proposal, taken: Collection[str]) -> str:
    """A name for the topic: its best term, with a number where that is taken."""
    from stories.words import words

    first = next((term for term in proposal.terms), None)
    plain = "-".join(words(first.query.replace("*", "")))[:40] if first else ""
    plain = re.sub(r"[^\w-]+", "-", plain).strip("-") or "topic"
    found, number = plain, 2
    while found in taken:
        found, number = f"{plain}-{number}", number + 1
    return found


def shape(proposal: Proposal, query: str) -> dict[str, object]:
    """The proposal as JSON."""
    return {
        "query": query,
        "language": proposal.language,
        "terms": [
            {
                "term": term.query,
                "variants": list(term.variants),
                "kind": term.kind.value,
                "decides": "alone" if term.decides else "with another",
                "rarity": term.bits,
                "reason": term.reason,
            }
            for term in proposal.terms
        ],
        "credits": [
            {"name": one.name, "how": one.how.value, "host": one.host, "words": one.words}
            for one in proposal.credits
        ],
        "quotations": [
            {
                "first": one.first + 1,
                "last": one.last + 1,
                "sign": one.sign,
                "source": one.by.name if one.by else None,
            }
            for one in proposal.quotations
        ],
        "times": [
            {"words": one.words, "day": one.day.isoformat() if one.day else None}
            for one in proposal.times
        ],
        "furniture": list(proposal.furniture),
    }


def show(proposal: Proposal, query: str, name: str) -> None:
    """Print the proposal for an operator to judge."""
    from newsdesk.terminal import console, line, rows, table

    say = console()
    say.print(f"Topic {name}\n", style="bold")
    sheet = table("Term", "Variants", "Why")
    for term in proposal.terms:
        sheet.add_row(line(term.query), line(", ".join(term.variants)), line(term.reason))
    rows(say, sheet)
    say.print(f"\nquery = {line(query)}\n", soft_wrap=True)
    for one in proposal.credits:
        where = f" ({one.host})" if one.host else ""
        say.print(f"Credits {line(one.name)}{where}: {line(one.words)}", style="dim")
    for quoted in proposal.quotations:
        source = line(quoted.by.name) if quoted.by else "no named source"
        say.print(
            f"Quotes paragraphs {quoted.first + 1} to {quoted.last + 1}: {source} ({quoted.sign})",
            style="dim",
        )
    for time in proposal.times:
        day = time.day.isoformat() if time.day else "relative, until the day of the story is known"
        say.print(f"Time “{line(time.words)}”: {day}", style="dim")
    for text in proposal.furniture:
        say.print(f"Furniture: {line(text)}", style="dim")
