"""What is kept, and how to ask for it. Imports nothing of ours.

From Python: ``from stories import open_archive``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from stories.archive import open_archive

__all__ = ["open_archive"]


def __getattr__(name: str) -> object:
    """The door to the archive, brought in when it is asked for: most of us need only a noun."""
    if name != "open_archive":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from stories.archive import open_archive  # noqa: PLC0415 - see above

    return open_archive
