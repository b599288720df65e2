"""Turns what went wrong into one message: what happened, where, and what to do next."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

MISTAKE = 2
FAILURE = 1


class Misuse(Exception):  # noqa: N818 - a verdict on what was asked, named as one
    """The operator's own mistake: what happened, and what to do next."""

    def __init__(self, what: str, then: str = "") -> None:
        """Both are sentences for the screen."""
        super().__init__(what, then)
        self.what = what
        self.then = then


class Failure(Misuse):
    """What failed through no mistake of the operator's, and needs a sentence, no traceback."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What is printed to stderr, and the exit code that goes with it."""

    what: str
    then: str = ""
    code: int = FAILURE


def unknown(noun: str, name: str, known: Iterable[str], *, see: str) -> Misuse:
    """The mistake of naming something that is not there, with the nearest name that is."""
    near = get_close_matches(name, list(known), n=1, cutoff=0.5)
    then = f"Did you mean {near[0]}?" if near else f"{see} lists what there is."
    return Misuse(f"There is no {noun} called {name}.", then)


def explain(error: Exception) -> Message | None:
    """The message for an expected error; None for one that is a bug."""
    # Imported when something has gone wrong already: most commands never need them.
    from stories.archive import ArchiveError  # noqa: PLC0415
    from stories.config import ConfigError  # noqa: PLC0415
    from stories.mending import QueryError, TooCostly  # noqa: PLC0415

    match error:
        case Misuse():
            code = FAILURE if isinstance(error, Failure) else MISTAKE
            return Message(what=error.what, then=error.then, code=code)
        case ConfigError():
            many = f"{len(error.mistakes)} mistakes:\n" if len(error.mistakes) > 1 else ""
            return Message(what=f"{many}{error}", code=MISTAKE)
        case QueryError():
            place = f"has a mistake at character {error.position + 1}"
            wrong = "is too costly" if isinstance(error, TooCostly) else place
            then = f"Ask for {error.hint}." if isinstance(error, TooCostly) else error.hint
            return Message(what=f"The query {wrong}: {error.message}", then=then, code=MISTAKE)
        case ArchiveError():
            return Message(
                what=str(error), then="newsdesk check says more about file and database."
            )
        case OSError() if error.filename:
            return Message(what=f"{error.filename}: {error.strerror}.")
    return None
