"""newsdesk gaps: which sources were down, blocked or quiet in a time."""

from __future__ import annotations

from newsdesk.options import AsJson, Home, Since, Until


def gaps(
    *, since: Since = None, until: Until = None, as_json: AsJson = False, home: Home = None
) -> None:
    """Which sources were down, blocked or quiet, or lost items."""
    from newsdesk import answers, desk
    from newsdesk.terminal import console, data, indented, line
    from stories.archive.asking import Question

    with desk.at(home) as here:
        question = Question(since=here.moment(since), until=here.moment(until))
        with here.archive.reading() as tx:
            found = tx.asking.completeness(question)
    if as_json:
        data(answers.completeness(found))
        return
    say = console()
    say.print(found.sentence())
    for one in found.lacking:
        say.print(indented(line(one.sentence()), 4))
