"""Waiting for something that another process does."""

from __future__ import annotations

import time
from collections.abc import Callable

PAUSE = 0.05


def until(true: Callable[[], bool], seconds: float = 60) -> None:
    """Wait for something to come true; a minute is long enough for the slowest machine."""
    for _ in range(round(seconds / PAUSE)):
        if true():
            return
        time.sleep(PAUSE)
    raise AssertionError("it never came true")
