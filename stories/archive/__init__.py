"""The one door to what is kept: open_archive, then short transactions that read as sentences."""

from __future__ import annotations

from stories.archive.addresses import AddressState, Noted, Waiting
from stories.archive.asking import Question
from stories.archive.door import Archive, ArchiveError, open_archive
from stories.archive.exporting import Export
from stories.archive.transaction import Transaction

__all__ = [
    "AddressState",
    "Archive",
    "ArchiveError",
    "Export",
    "Noted",
    "Question",
    "Transaction",
    "Waiting",
    "open_archive",
]
