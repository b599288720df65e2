"""newsdesk init: a commented newsdesk.toml and the data folder."""

from __future__ import annotations

from pathlib import Path

from newsdesk.options import Home


def init(*, home: Home = None) -> None:
    """Make a commented newsdesk.toml and the folder for the data."""
    from newsdesk.terminal import console
    from stories import declare

    folder = home or Path.cwd()
    there = (folder / "newsdesk.toml").exists()
    declare.init(folder)
    say = console()
    if there:
        say.print(f"{folder / 'newsdesk.toml'} is there already; nothing was changed.")
        return
    say.print(f"Made {folder / 'newsdesk.toml'} and {folder / 'data'}/.")
    say.print("Next:  newsdesk source add https://www.example-courier.com/")
    say.print("       newsdesk topic add NAME --query 'WORDS OR \"A PHRASE\"'")
    say.print("       newsdesk crawl")
