"""Export formats: a file each, found by walking this folder.

A format is a module with ``write(rows, about) -> Iterator[str | bytes]``: pieces made as they are
asked for, so that an export of any size takes little memory. Its name is the name of the file.
Those with a library of their own say in NEEDS which extra brings it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import BinaryIO, cast

from stories.row import Row


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What an export is of: feeds and sheets say it at their head."""

    title: str = "Newsdesk"
    url: str = "urn:newsdesk"
    facts: Mapping[str, object] = field(default_factory=dict)


Write = Callable[[Iterable[Row], About], Iterator[str | bytes]]


@cache
def names() -> tuple[str, ...]:
    """The formats there are, by name."""
    return tuple(sorted(module.name for module in iter_modules(__path__)))


def writer(
    name: str, about: About | None = None
) -> Callable[[Iterable[Row]], Iterator[str | bytes]]:
    """The format of this name; raises LookupError with the names there are, or what to install."""
    if name not in names():
        raise LookupError(f"there is no format {name}; there are {', '.join(names())}")
    try:
        module = import_module(f"{__name__}.{name}")
    except ModuleNotFoundError as error:
        raise LookupError(f"{name} needs {error.name}: pip install 'newsdesk[{name}]'") from error
    write = cast("Write", module.write)
    return lambda rows: write(rows, about or About())


def write(name: str, rows: Iterable[Row], out: BinaryIO, about: About | None = None) -> int:
    """Write all rows to a binary file; returns how many rows there were."""
    count = 0

    def counted() -> Iterator[Row]:
        nonlocal count
        for row in rows:
            count += 1
            yield row

    out.writelines(
        piece.encode() if isinstance(piece, str) else piece
        for piece in writer(name, about)(counted())
    )
    return count
