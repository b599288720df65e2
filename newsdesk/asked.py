"""What an operator asks for: a saved search by its name, or a query, in a period."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from newsdesk.misuse import unknown
from stories.archive.asking import Question

if TYPE_CHECKING:
    from newsdesk.desk import Desk


def asked(
    here: Desk,
    what: str | None,
    *,
    topic: str | None = None,
    since: str | None = None,
    until: str | None = None,
) -> tuple[Question, str]:
    """The question and the order that `what` means: a saved search's name, else a query.

    What is said beside it counts before what is saved. Raises Misuse for a topic that is not there.
    """
    saved = here.config.saved.get(what) if what else None
    if topic is not None:
        here.known_topic(topic)
    begin = here.moment(since)
    if saved and saved.days and begin is None:
        begin = datetime.now(UTC) - timedelta(days=saved.days)
    question = Question(
        query=saved.query if saved else what,
        topic=topic or (saved.topic if saved else None),
        since=begin,
        until=here.moment(until),
    )
    return question, saved.order if saved else "time"


def known_search(here: Desk, name: str) -> None:
    """Raise Misuse unless `name` is a saved search of newsdesk.toml."""
    if name not in here.config.saved:
        raise unknown("saved search", name, here.config.saved, see="newsdesk saved list")
