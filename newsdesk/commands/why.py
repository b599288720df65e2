"""newsdesk why: what became of an address, step by step, and how it was met on the way outward."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from newsdesk.options import AsJson, Home

if TYPE_CHECKING:
    from datetime import tzinfo

    from rich.console import Console

    from newsdesk.met import Met
    from stories.archive.addresses import AddressState
    from stories.model import Verdict


def why(
    url: Annotated[str, typer.Argument(metavar="URL", help="The address, in any variant.")],
    *,
    as_json: AsJson = False,
    home: Home = None,
) -> None:
    """What became of an address, step by step."""
    from newsdesk import desk, met, shapes
    from newsdesk.misuse import Misuse
    from newsdesk.terminal import console, data, line
    from pipeline.address import key

    asked = url if "://" in url else f"https://{url}"
    its_key = key(asked)
    with desk.at(home) as here:
        with here.archive.reading() as tx:
            state = tx.addresses.get(its_key)
            history = tx.ledger.of(its_key)
            filed = tx.articles.get(state.article) if state and state.article else None
            outward = met.met_as(tx, its_key)
            whole = tx.events.divided(filed.story)[0] if filed else None
        if state is None and not outward:
            raise Misuse(
                f"{asked} was never seen at any source, and never met on the way outward.",
                "newsdesk sources shows what is asked; the address may be announced elsewhere.",
            )
        if as_json:
            data(
                {
                    "url": state.url if state else outward[0].way.url,
                    "key": its_key,
                    "source": state.source if state else None,
                    "first_seen": shapes.moment(state.first_seen) if state else None,
                    "last_seen": shapes.moment(state.last_seen) if state else None,
                    "times": state.times if state else 0,
                    "waiting": state.waiting if state else False,
                    "outcome": state.outcome.value if state and state.outcome else None,
                    "retry_at": shapes.moment(state.retry_at) if state else None,
                    "article": state.article if state else None,
                    "story": filed.story if filed else None,
                    "divided_from": whole,
                    "topics": list(filed.topics) if filed else [],
                    "outward": met.shapes(outward),
                    "runs": [shapes.verdict(number, one) for number, one in history],
                }
            )
            return
        say = console()
        if state is not None:
            _now(say, state, here.zone)
        else:
            say.print(line(outward[0].way.url), style="bold", soft_wrap=True)
            say.print("Seen at no source.")
        if filed:
            topics = ", ".join(filed.topics) or "no topic"
            say.print(f"It is article {filed.id} of story {filed.story}, under {topics}.")
        if filed and whole:
            say.print(f"Story {filed.story} was part of story {whole}, until that was divided.")
        for way in outward:
            _outward(say, way, here.zone)
        for number, one in history:
            _run(say, number, one, here.zone)


def _now(say: Console, state: AddressState, zone: tzinfo) -> None:
    from newsdesk.moments import clock
    from newsdesk.terminal import line

    say.print(line(state.url), style="bold", soft_wrap=True)
    first = f"{clock(state.first_seen, zone)} at {line(state.source) or 'an import'}"
    if state.times > 1:
        last = clock(state.last_seen, zone)
        say.print(f"Seen {state.times} times, first {first}, last {last}.")
    else:
        say.print(f"Seen once, {first}.")
    if state.waiting and state.retry_at:
        say.print(f"It waits, and is tried again from {clock(state.retry_at, zone)} on.")
    elif state.waiting:
        say.print("It waits to be fetched by the next crawl.")


def _outward(say: Console, one: Met, zone: tzinfo) -> None:
    from rich.text import Text

    from newsdesk.moments import clock
    from newsdesk.reasons import told
    from newsdesk.terminal import indented, line

    way = one.way
    kind = "" if way.kind.value == "page" else f" as a {way.kind.value}"
    steps = f"{way.distance} {'step' if way.distance == 1 else 'steps'} out"
    head = f"Outward for {one.topic}: met{kind} {steps}, {line(one.how)}"
    at = f"  ({clock(way.asked, zone)})" if way.asked else ""
    end = Text.assemble(
        (way.state.value, "bold"), f": {told(one.why)}" if one.why else "", (at, "dim")
    )
    say.print()
    say.print(head, soft_wrap=True, markup=False)
    if way.hint:
        say.print(f"  Said of it there: {line(way.hint)}", soft_wrap=True, markup=False)
    say.print(indented(end, 2))


def _run(say: Console, number: int, one: Verdict, zone: tzinfo) -> None:
    from rich.text import Text

    from newsdesk.moments import clock
    from newsdesk.reasons import told
    from newsdesk.terminal import indented, line, rows, table

    why = told(one.reason.removeprefix(f"{one.outcome.value}:"))
    reason = f": {why}" if why else ""
    where = f"  (run {number}, {clock(one.at, zone)})"
    say.print()
    say.print(indented(Text.assemble((one.outcome.value, "bold"), reason, (where, "dim")), 0))
    steps = table("", "")
    for step in one.steps:
        steps.add_row(f"  {step.at.astimezone(zone):%H:%M:%S}", line(step.what))
    rows(say, steps)
    if one.retry_at:
        say.print(f"  Tried again from {clock(one.retry_at, zone)} on.")
