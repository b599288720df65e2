"""What can be wrong with a configuration: where it is, what was found, what is allowed."""

from __future__ import annotations

import difflib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from stories import sections

FILE = "newsdesk.toml"
ENVIRONMENT = "environment"

LONGEST_SHOWN = 80

_TABLES: dict[str, type[BaseModel]] = {
    "archive": sections.ArchiveConfig,
    "fetch": sections.FetchConfig,
    "read": sections.ReadConfig,
    "file": sections.FileConfig,
    "schedule": sections.ScheduleConfig,
    "outward": sections.OutwardConfig,
    "topics": sections.TopicConfig,
    "sources": sections.SourceConfig,
    "search": sections.SearchConfig,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """One thing that is wrong: in which file, at which key, what was found, what is allowed."""

    file: str
    key: str
    found: str
    allowed: str

    def __str__(self) -> str:
        where = f"{self.file}: {self.key} = " if self.key else f"{self.file}: "
        return f"{where}{self.found}; allowed: {self.allowed}"


class ConfigError(Exception):
    """All that is wrong with a configuration, one mistake a line."""

    def __init__(self, mistakes: tuple[Mistake, ...]) -> None:
        super().__init__(mistakes)
        self.mistakes = mistakes

    @classmethod
    def one(cls, file: str, key: str, found: str, allowed: str) -> Self:
        """A single mistake."""
        return cls((Mistake(file=file, key=key, found=found, allowed=allowed),))

    def __str__(self) -> str:
        return "\n".join(map(str, self.mistakes))


def mistakes_of(error: ValidationError, over: Mapping[str, Any]) -> list[Mistake]:
    """What pydantic found, in our words; `over` is what came from the environment."""
    return [_mistake(detail, over) for detail in error.errors(include_url=False)]


def unknown(
    place: tuple[str, ...], found: object, file: str, known: Sequence[str] | None = None
) -> Mistake:
    """A key that has no meaning, or with `known` a value that is none of those."""
    allowed = _keys_at(place) if known is None else tuple(known)
    word = place[-1] if known is None else str(found)
    near = difflib.get_close_matches(word, allowed, 1)
    said = f"did you mean {near[0]}?" if near else (", ".join(allowed) or "none is declared yet")
    return Mistake(file=file, key=".".join(place), found=_shown(found), allowed=said)


def _mistake(detail: ErrorDetails, over: Mapping[str, Any]) -> Mistake:
    place = tuple(str(part) for part in detail["loc"] if part != "[key]")
    file = ENVIRONMENT if _is_in(place, over) else FILE
    if detail["type"] == "extra_forbidden":
        return unknown(place, detail["input"], file)
    if detail["type"] == "value_error":
        allowed = str(detail["ctx"]["error"])
    else:
        allowed = detail["msg"].removeprefix("Input should be ").removeprefix("a valid ")
    return Mistake(file=file, key=".".join(place), found=_shown(detail["input"]), allowed=allowed)


def _is_in(place: Sequence[str], over: Mapping[str, Any]) -> bool:
    here: object = over
    for part in place:
        if not isinstance(here, Mapping) or part not in here:
            return not isinstance(here, Mapping)
        here = here[part]
    return True


def _keys_at(place: Sequence[str]) -> tuple[str, ...]:
    """The keys that are allowed beside the one at this place."""
    if len(place) == 1:
        return tuple(_TABLES)
    return tuple(_TABLES[place[0]].model_fields)


def _shown(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + "…"
