"""What an answer may lack, as it is said below lists, counts and exports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsdesk.terminal import indented, line

if TYPE_CHECKING:
    from rich.console import Console

    from stories.archive.completeness import Completeness

MOST = 5


def say_lacking(say: Console, complete: Completeness) -> None:
    """How complete an answer can be, and the first of the sources that lacked."""
    if not complete.lacking:
        return
    say.print(f"May be incomplete: {complete.sentence()}", style="yellow")
    for one in complete.lacking[:MOST]:
        say.print(indented(line(one.sentence()), 4, "dim"))
    if len(complete.lacking) > MOST:
        more = len(complete.lacking) - MOST
        say.print(f"    and {more} more: newsdesk gaps lists them", style="dim")
