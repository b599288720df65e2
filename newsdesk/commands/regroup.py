"""newsdesk regroup: everything stored is grouped anew, by today's rules and every ruling."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from newsdesk.options import AsJson, Home

if TYPE_CHECKING:
    from rich.console import Console

    from pipeline.regroup import Change
    from stories.model import Copy


def regroup(
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would change.")] = False,
    as_json: AsJson = False,
    home: Home = None,
) -> None:
    """Find copies and stories anew over all that is stored."""
    from newsdesk import desk, story_shapes
    from newsdesk.misuse import Failure
    from newsdesk.terminal import console, data, several
    from pipeline import regroup as anew

    with desk.at(home) as here:
        try:
            found = anew.regroup(here.archive, dry_run=dry_run)
        except anew.RegroupError as error:
            raise Failure(str(error)) from error
    if as_json:
        data(
            {
                "articles": found.articles,
                "dry_run": dry_run,
                "changes": [story_shapes.change(one) for one in found.changes],
            }
        )
        return
    say = console()
    for one in found.changes:
        _change(say, one)
    would = "would change" if dry_run else "changed"
    say.print(f"{several(found.articles, 'article')}, {len(found.changes)} {would}.")


def _change(say: Console, one: Change) -> None:
    from newsdesk.terminal import indented, line

    say.print(f"{one.article:>5}  {line(one.url)}", soft_wrap=True)
    before, after = _copy(one.copy_before), _copy(one.copy_after)
    if before != after:
        say.print(indented(f"copy: {before} -> {after}", style="yellow"))
    if one.story_before != one.story_after:
        to = "a new one" if one.story_after is None else one.story_after
        say.print(indented(f"story: {one.story_before} -> {to}", style="yellow"))


def _copy(one: Copy | None) -> str:
    return "none" if one is None else f"{one.kind} of {one.of}"
