"""The one door to what is kept: open_archive, then short transactions that read as sentences."""

from __future__ import annotations

from stories.archive.addresses import Noted, Waiting
from stories.archive.door import Archive, ArchiveError, open_archive
from stories.archive.transaction import Transaction

__all__ = ["Archive", "ArchiveError", "Noted", "Transaction", "Waiting", "open_archive"]
