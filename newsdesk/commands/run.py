"""newsdesk run: the desk at work, on its schedules, for months."""

from __future__ import annotations

from newsdesk.options import Home


def run(*, home: Home = None) -> None:
    """Work on the schedules until told to stop (Ctrl-C, SIGTERM)."""
    import logging

    from newsdesk import desk, logs
    from scheduler.service import serve

    logs.log(logging.INFO, times=True)
    with desk.at(home) as here:
        config = here.config
    serve(config)
