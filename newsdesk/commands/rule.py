"""newsdesk rule ...: what the operator decides about copies and stories, against every method."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from newsdesk.options import AsJson, Home

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from stories.archive import Transaction
    from stories.archive.rulings import Ruling

app = typer.Typer(no_args_is_help=True, help="Decide about copies and stories: it wins, for good.")

Which = Annotated[
    str, typer.Argument(metavar="ARTICLE", help="Its number, or its address in any variant.")
]
AStory = Annotated[int, typer.Argument(metavar="STORY", help="Its number.")]

SENTENCES = {
    "not-a-copy": "article {article} is not a copy of {other}",
    "original": "article {article} is the original of its group",
    "merge": "the stories of articles {article} and {other} are one",
    "split": "article {article} is not of the story of article {other}",
}


@app.command("not-a-copy")
def not_a_copy(article: Which, *, home: Home = None) -> None:
    """An article repeats nothing: it stands for itself."""
    from pipeline import ruling

    _rule(home, article, ruling.not_a_copy)


@app.command()
def original(article: Which, *, home: Home = None) -> None:
    """An article is the one that the others of its group repeat."""
    from pipeline import ruling

    _rule(home, article, ruling.original)


@app.command()
def split(article: Which, *, home: Home = None) -> None:
    """An article, with what repeats it, is a story of its own."""
    from pipeline import ruling

    _rule(home, article, ruling.split)


@app.command()
def merge(story: AStory, other: AStory, *, home: Home = None) -> None:
    """Two stories are one: the older number stays, the other leads to it."""
    from pipeline import ruling

    _rule(home, None, lambda tx, _, now: ruling.merge(tx, story, other, now))


@app.command("list")
def list_(*, as_json: AsJson = False, home: Home = None) -> None:
    """Every decision that stands."""
    from newsdesk import desk, story_shapes
    from newsdesk.moments import clock
    from newsdesk.terminal import console, data
    from stories.archive.rulings import Rulings

    with desk.at(home) as here:
        with here.archive.reading() as tx:
            every = Rulings(tx.connection).all()
        if as_json:
            data([story_shapes.ruling(one) for one in every])
            return
        say = console()
        if not every:
            say.print("Nothing was ruled.")
        for one in every:
            say.print(f"{one.id:>5}  {clock(one.at, here.zone)}  {_sentence(one)}")


@app.command()
def withdraw(
    number: Annotated[int, typer.Argument(metavar="N", help="Its number in newsdesk rule list.")],
    *,
    home: Home = None,
) -> None:
    """Takes a decision back; newsdesk regroup then does without it."""
    from newsdesk import desk
    from newsdesk.misuse import Misuse
    from newsdesk.terminal import console
    from stories.archive.rulings import Rulings

    with desk.at(home) as here, here.archive.writing() as tx:
        done = Rulings(tx.connection).withdraw(number)
    if not done:
        raise Misuse(f"There is no ruling {number}.", "newsdesk rule list has those that stand.")
    console().print(f"Ruling {number} is withdrawn. newsdesk regroup makes it so.")


def _rule(
    home: Path | None, which: str | None, decide: Callable[[Transaction, int, datetime], int]
) -> None:
    """Carry a decision out, and say under which number it is kept."""
    from newsdesk import desk
    from newsdesk.misuse import Misuse
    from newsdesk.terminal import console
    from pipeline.ruling import RulingError
    from stories.archive.rulings import Rulings

    with desk.at(home) as here, here.archive.writing() as tx:
        try:
            number = decide(tx, 0 if which is None else article(tx, which), datetime.now(UTC))
        except RulingError as error:
            raise Misuse(str(error)) from error
        (said,) = (one for one in Rulings(tx.connection).all() if one.id == number)
    console().print(f"Ruling {number}: {_sentence(said)}.")


def article(tx: Transaction, told: str) -> int:
    """The article that a number or an address means. Raises Misuse when there is none."""
    from newsdesk.misuse import Misuse
    from pipeline.address import key

    if told.isdecimal():
        if tx.articles.get(int(told)) is None:
            raise Misuse(f"There is no article {told}.", "newsdesk show STORY lists a story's.")
        return int(told)
    its_key = key(told if "://" in told else f"https://{told}")
    state = tx.addresses.get(its_key)
    found = state.article if state else tx.articles.by_key([its_key]).get(its_key)
    if found is None:
        raise Misuse(f"No article is filed under {told}.", f"newsdesk why {told} says why not.")
    return found


def _sentence(one: Ruling) -> str:
    return SENTENCES[one.what.value].format(article=one.article, other=one.other)
