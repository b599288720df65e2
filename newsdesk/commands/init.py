"""newsdesk init: a commented newsdesk.toml and the data folder."""

from __future__ import annotations

from newsdesk.options import Home


def init(*, home: Home = None) -> None:
    """Make a commented newsdesk.toml and the folder for the data."""
    from newsdesk.terminal import console
    from stories import declare
    from stories.config import home_of

    folder, say = home_of(home), console()
    if not declare.init(folder):
        say.print(f"{folder / 'newsdesk.toml'} is there already; nothing was changed.")
        return
    say.print(f"Made {folder / 'newsdesk.toml'} and {folder / 'data'}/.")
    say.print("Next:  newsdesk source add https://www.example-courier.com/")
    say.print("       newsdesk topic add NAME --query 'WORDS OR \"A PHRASE\"'")
    say.print("       newsdesk crawl")
