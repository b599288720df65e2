"""Luqum's parser of Lucene's syntax, imported without what ply says about it."""

from __future__ import annotations

import io
from contextlib import redirect_stderr

# The first import on a machine makes tables, and tells of conflicts that are luqum's own.
with redirect_stderr(io.StringIO()):
    from luqum import tree
    from luqum.exceptions import ParseError
    from luqum.thread import parse

__all__ = ["ParseError", "parse", "tree"]
