"""What is kept between questions as long as it is used: two generations, the older one let go."""

from __future__ import annotations

from typing import Generic, TypeVar

Thing = TypeVar("Thing")


class Kept(Generic[Thing]):
    """Things by their numbers; what was not asked for between two calls of :meth:`age` is gone."""

    __slots__ = ("_new", "_old")

    def __init__(self) -> None:
        self._new: dict[int, Thing] = {}
        self._old: dict[int, Thing] = {}

    def get(self, number: int) -> Thing | None:
        """A thing, if it is still here."""
        found = self._new.get(number)
        if found is None and (found := self._old.pop(number, None)) is not None:
            self._new[number] = found
        return found

    def put(self, number: int, thing: Thing) -> Thing:
        """Keep a thing."""
        self._new[number] = thing
        return thing

    def age(self) -> None:
        """Let go of the older generation."""
        self._old, self._new = self._new, {}
