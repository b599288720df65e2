"""Export formats: a file each, found by walking this folder.

A format is a module with ``write(rows) -> Iterator[str]``: pieces of text, made as they are asked
for, so that an export of any size takes little memory. Its name is the name of the file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import cast

from stories.row import Row

Write = Callable[[Iterable[Row]], Iterator[str]]


@cache
def names() -> tuple[str, ...]:
    """The formats there are, by name."""
    return tuple(sorted(module.name for module in iter_modules(__path__)))


def writer(name: str) -> Write:
    """The format of this name; raises LookupError with the names there are."""
    if name not in names():
        raise LookupError(f"there is no format {name}; there are {', '.join(names())}")
    return cast("Write", import_module(f"{__name__}.{name}").write)
