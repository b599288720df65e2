"""newsdesk like: the articles most like one."""

from __future__ import annotations

from typing import Annotated

import typer

from newsdesk.options import AsJson, Home


def like(
    what: Annotated[str, typer.Argument(metavar="ARTICLE|URL", help="Its number, or its address.")],
    *,
    limit: Annotated[int, typer.Option(min=1, max=200, help="At most so many.")] = 10,
    as_json: AsJson = False,
    home: Home = None,
) -> None:
    """The articles most like one, by its most telling words."""
    from newsdesk import answers, desk
    from newsdesk.commands.search import entry
    from newsdesk.misuse import Misuse
    from newsdesk.terminal import console, data, line
    from pipeline.address import key

    with desk.at(home) as here:
        with here.archive.reading() as tx:
            number = int(what) if what.isascii() and what.isdigit() else None
            if number is None:
                address = tx.addresses.get(key(what))
                number = (
                    address.article if address else tx.articles.by_key([key(what)]).get(key(what))
                )
            if number is None:
                raise Misuse(
                    f"{line(what)} is no article here.",
                    f"newsdesk why {line(what)} says what became of it.",
                )
            try:
                found = tx.asking.alike(number, limit)
            except LookupError as error:
                raise Misuse(f"There is no article {number}.") from error
            listed = tx.asking.headlines([one for one, _ in found.found])
        likeness = dict(found.found)
        if as_json:
            data(
                {
                    "article": number,
                    "words": list(found.words),
                    "articles": [answers.headline(one, "", likeness[one.id]) for one in listed],
                }
            )
            return
        say = console()
        if not listed:
            say.print("No other article is like it.")
            return
        say.print(f"By {line(', '.join(found.words))}\n")
        for one in listed:
            entry(say, one, f"{likeness[one.id]:.0%} alike", here.zone)
