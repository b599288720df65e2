"""The command newsdesk."""

from __future__ import annotations

import io
import os
import sys
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from newsdesk import __version__
from newsdesk.commands import rule, saved, source, topic
from newsdesk.commands.blindspots import blindspots
from newsdesk.commands.check import check
from newsdesk.commands.coverage import coverage
from newsdesk.commands.crawl import crawl
from newsdesk.commands.demo import demo
from newsdesk.commands.export import export
from newsdesk.commands.gaps import gaps
from newsdesk.commands.import_ import import_
from newsdesk.commands.init import init
from newsdesk.commands.like import like
from newsdesk.commands.regroup import regroup
from newsdesk.commands.run import run
from newsdesk.commands.runs import runs
from newsdesk.commands.search import search
from newsdesk.commands.show import show
from newsdesk.commands.sources import sources
from newsdesk.commands.stories import stories
from newsdesk.commands.watch import watch
from newsdesk.commands.why import why
from newsdesk.misuse import explain
from newsdesk.options import Home

SET_UP = ("init", "source", "topic", "check")
AT_WORK = ("crawl", "run", "runs", "sources")
READING = ("stories", "search", "like", "saved", "show", "why", "gaps")
IN_AND_OUT = ("export", "import")
OUTWARD = ("watch", "coverage", "blindspots")
BY_HAND = ("rule", "regroup")
ORDER = (*SET_UP, *AT_WORK, *READING, *BY_HAND, *IN_AND_OUT, *OUTWARD, "demo")


class _InOrder(TyperGroup):
    """Lists the commands as an operator meets them."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ANN401 - typer keeps its type to itself
        """The names, those of ORDER first."""
        place = {name: number for number, name in enumerate(ORDER)}
        return sorted(super().list_commands(ctx), key=lambda name: place.get(name, len(ORDER)))


app = typer.Typer(
    name="newsdesk",
    cls=_InOrder,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

app.add_typer(source.app, name="source")
app.add_typer(topic.app, name="topic")
app.add_typer(saved.app, name="saved")
app.add_typer(rule.app, name="rule")
app.command("import")(import_)
for command in (
    *(init, check, crawl, run, runs, sources, stories, show, why, export),
    *(search, like, gaps, watch, coverage, blindspots, demo),
    regroup,
):
    app.command()(command)


def _version(value: bool) -> None:  # noqa: FBT001 - the signature of an option's callback
    if value:
        typer.echo(f"newsdesk {__version__}")
        raise typer.Exit


@app.callback()
def newsdesk(
    *,
    home: Home = None,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say which this is.")
    ] = False,
) -> None:
    """Watches the press for the topics that you name."""


def main() -> None:
    """Run the command line; every expected error becomes one message on stderr.

    Exit codes: 0 done, 1 failed, 2 the operator's mistake, 130 interrupted.
    """
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a character gets a question mark, not a traceback.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        app()
    except Exception as error:
        message = explain(error)
        if message is None:
            raise
        typer.echo(f"newsdesk: {message.what}", err=True)
        if message.then:
            typer.echo(message.then, err=True)
        sys.exit(message.code)
    finally:
        _flush()


def _flush() -> None:
    """Write out what is left; who has stopped listening (``| head``) is not bothered with it."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
