"""Work during which the interpreter does not look for garbage.

A batch makes some hundred thousand objects, and all but a few hundred are let go as soon as nothing
refers to them. The collector seeks those few, which refer to each other in a circle; but it looks
through all that were made, every 700 of them, and now and then through all that the process has.
That took a sixth of the time of filing.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def undisturbed() -> Iterator[None]:
    """Let the collector wait until the work is done, or has failed; it then looks once."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
